//! Two texts as versions of one scheme: both directions say the same, and each is equal to itself.

use std::cmp::Ordering;

use leadforge_sbom::versions::{Scheme, compare, sort};

const SCHEMES: [Scheme; 12] = [
    Scheme::Alpine,
    Scheme::Cran,
    Scheme::Debian,
    Scheme::Hackage,
    Scheme::Maven,
    Scheme::Nuget,
    Scheme::Packagist,
    Scheme::Pub,
    Scheme::Pypi,
    Scheme::Rpm,
    Scheme::Rubygems,
    Scheme::Semver,
];

pub(crate) fn run(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else { return };
    let Ok(text) = std::str::from_utf8(rest) else { return };
    let scheme = SCHEMES[usize::from(*first) % SCHEMES.len()];
    let words: Vec<&str> = text.split(' ').take(8).collect();
    for a in &words {
        if let Ok(order) = compare(scheme, a, a) {
            assert_eq!(order, Ordering::Equal, "{scheme:?} {a:?}");
        }
        for b in &words {
            let back = compare(scheme, b, a).map(Ordering::reverse);
            assert_eq!(compare(scheme, a, b).is_ok(), back.is_ok(), "{scheme:?} {a:?} {b:?}");
            if let (Ok(there), Ok(back)) = (compare(scheme, a, b), back) {
                assert_eq!(there, back, "{scheme:?} {a:?} {b:?}");
            }
        }
    }
    let mut sorted = words.clone();
    if sort(scheme, &mut sorted, |word| word).is_ok() {
        sorted.sort_unstable();
        let mut plain = words;
        plain.sort_unstable();
        assert_eq!(sorted, plain, "sorting lost a version");
    }
}
