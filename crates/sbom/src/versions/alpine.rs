//! apk: numbers, one letter, suffixes such as `_rc1`, and `-r` with the build; what follows is wrong and older.

use std::cmp::Ordering;

use super::digits;

/// Suffixes from the oldest to the newest; none at all stands where the empty one does.
const SUFFIXES: [&str; 10] = ["alpha", "beta", "pre", "rc", "", "cvs", "svn", "git", "hg", "p"];
/// Where no suffix stands.
const NONE: (usize, &str) = (4, "");

#[derive(Default)]
struct Version<'a> {
    numbers: Vec<&'a str>,
    letter: Option<u8>,
    suffixes: Vec<(usize, &'a str)>,
    build: &'a str,
    /// There is something behind all that, which has no meaning.
    wrong: bool,
    /// That is so, and there is no build before it.
    invalid: bool,
}

pub(super) fn compare(left: &str, right: &str) -> Ordering {
    let (a, b) = (parse(left), parse(right));
    let mut order = Ordering::Equal;
    for (index, (a, b)) in a.numbers.iter().zip(&b.numbers).enumerate() {
        // But for the first, a number that begins with zero is a fraction.
        let fraction = index > 0 && (a.starts_with('0') || b.starts_with('0'));
        order = order.then_with(|| if fraction { a.cmp(b) } else { digits::compare(a, b) });
    }
    order = order.then_with(|| a.numbers.len().cmp(&b.numbers.len()));
    order = order.then_with(|| a.letter.cmp(&b.letter));
    for index in 0..a.suffixes.len().max(b.suffixes.len()) {
        let suffix = |of: &Version<'_>| {
            let (weight, number) = of.suffixes.get(index).unwrap_or(&NONE);
            (
                *weight,
                number.trim_start_matches('0').len(),
                number.trim_start_matches('0').to_owned(),
            )
        };
        order = order.then_with(|| suffix(&a).cmp(&suffix(&b)));
    }
    order = order.then_with(|| digits::compare(a.build, b.build));
    order = order.then_with(|| b.wrong.cmp(&a.wrong));
    // Of two that are no versions, their text decides.
    order.then_with(|| if a.invalid && b.invalid { left.cmp(right) } else { Ordering::Equal })
}

fn parse(text: &str) -> Version<'_> {
    let mut version = Version::default();
    let mut rest = text;
    loop {
        let (number, behind) = digits::leading(rest);
        if number.is_empty() {
            break;
        }
        version.numbers.push(number);
        rest = behind.strip_prefix('.').unwrap_or(behind);
        if rest.len() == behind.len() {
            break;
        }
    }
    if let Some(letter) = rest.bytes().next().filter(u8::is_ascii_lowercase) {
        version.letter = Some(letter);
        rest = &rest[1..];
    }
    while let Some((weight, behind)) = suffix(rest) {
        let (number, behind) = digits::leading(behind);
        version.suffixes.push((weight, number));
        rest = behind;
    }
    if let Some(behind) = rest.strip_prefix('~') {
        // The commit it was built from says nothing about the order.
        rest = behind.trim_start_matches(|c: char| matches!(c, '0'..='9' | 'a'..='f'));
    }
    match rest.strip_prefix("-r") {
        Some(behind) => (version.build, rest) = digits::leading(behind),
        None => version.invalid = !rest.is_empty(),
    }
    version.wrong = !rest.is_empty();
    version
}

/// A suffix at the beginning of a text, and what follows it.
fn suffix(text: &str) -> Option<(usize, &str)> {
    let text = text.strip_prefix('_')?;
    let named = SUFFIXES.iter().enumerate().filter(|(_, name)| !name.is_empty());
    // `pre` before `p`: the longest that fits.
    let fits = named.filter_map(|(weight, name)| Some((weight, text.strip_prefix(name)?)));
    fits.min_by_key(|(_, rest)| rest.len())
}
