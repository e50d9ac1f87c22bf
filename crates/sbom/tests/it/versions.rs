//! Orders of versions: a selection of ours for each ecosystem, and osv-scalibr's whole.

use std::cmp::Ordering;

use leadforge_sbom::versions::{Scheme, compare, sort};

/// Lines of `a < b` or `a = b`.
const OURS: &[(Scheme, &str)] = &[
    (
        Scheme::Alpine,
        "1.1_rc2 < 1.1;1.1 < 1.1_p1;1.1_p1 < 1.1a;1.1-r9 < 1.1-r10;2.05 < 2.5;1.2_git < 1.2_hg;\
         1.2_alpha_pre1 < 1.2_alpha;1.3~0abc = 1.3;1.3-r = 1.3-r0;7z < 7.1;3 < 3.0;1.4x1 < 1.4x2",
    ),
    (Scheme::Cran, "1.9-1 < 1.10;0.05 = 0-5;1.0 < 1.0.0;2-0-1 < 2.1"),
    (
        Scheme::Debian,
        "1.0~rc1 < 1.0;1.0 < 1.0+b1;9:0 > 10;1.0-1 < 1.0-1.1;7.0 < 7.a;3.0-0 = 3.0;2.9 < 2.10",
    ),
    (Scheme::Hackage, "1.9 < 1.10;1 < 1.0"),
    (
        Scheme::Maven,
        "2-alpha9 < 2-beta1;2-rc = 2-CR;2-rc < 2-SNAPSHOT;2-SNAPSHOT < 2;2 < 2-sp;2-sp < 2-xyz;2-xyz < 2-1;\
         2-1 < 2.1;2.0.0.Final = 2;2.a1 < 2-a1;2a1 = 2-alpha-1;2.x < 2-x;33.0-jre > 33.0-android;1.02 = 1.2",
    ),
    (Scheme::Nuget, "1.2.3.4 > 1.2.3;1.2 = 1.2.0.0+x;1.2-RC.10 > 1.2-rc.9;1.2-rc < 1.2"),
    (
        Scheme::Packagist,
        "1.2-dev < 1.2a1;1.2-alpha2 < 1.2-beta1;1.2RC2 < 1.2;1.2 < 1.2p1;v1.2 = 1.2;dev-main < 0.1;1.2 < 1.2.0",
    ),
    (Scheme::Pub, "1.2.3 < 1.2.3+1;1.2.3+9 < 1.2.3+10;1.2.3-dev < 1.2.3;1.2.3-a+1 < 1.2.3-a+b"),
    (
        Scheme::Pypi,
        "1.0.dev3 < 1.0a1;1.0a1 < 1.0rc1;1.0rc1 < 1.0;1.0 < 1.0+x;1.0+x < 1.0.post1;1!0.1 > 2.0;1.0 = 1.0.0;\
         7-final-nonsense < 0.1;2-oak-elm < 2-oak-fir;3x-0.pine = 3x-pine",
    ),
    (
        Scheme::Rpm,
        "1.0~beta < 1.0;1.0 < 1.0^git;1.0^git < 1.0.1;1.0-1.el8 < 1.0-1.el9;2:0.1 > 1;1.9 < 1.10;1a < 1.1;3.x_1 = 3.x.1;5 < 5-1",
    ),
    (
        Scheme::Rubygems,
        "2.0.rc1 < 2.0;2.0.a9 < 2.0.a10;1.0 = 1;1.0-x < 1.0;1.9 < 1.10;1.b.0 = 1.0.b",
    ),
    (
        Scheme::Semver,
        "1.2.3-9 < 1.2.3-10;1.2.3-10 < 1.2.3-a;1.2.3-a < 1.2.3-a.0;v1.2 = 1.2.0;1.2.3+a = 1.2.3+b;\
         0.0.0-20190101 < 0.0.0-20200101;1.99999999999999999999999 < 1.100000000000000000000000",
    ),
];

/// Whether both directions of a line hold.
fn holds(scheme: Scheme, line: &str) -> bool {
    let words: Vec<&str> = line.split(' ').collect();
    let [a, sign, b] = words[..] else { return false };
    let right = match sign {
        "<" => Ordering::Less,
        "=" => Ordering::Equal,
        ">" => Ordering::Greater,
        _ => return false,
    };
    compare(scheme, a, b) == Ok(right) && compare(scheme, b, a) == Ok(right.reverse())
}

#[test]
fn each_ecosystem_has_its_own_order() {
    let all = OURS.iter().flat_map(|(scheme, lines)| lines.split(';').map(|line| (*scheme, line)));
    let wrong: Vec<_> = all.filter(|(scheme, line)| !holds(*scheme, line)).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn what_is_no_version_is_said() {
    let refused = [
        (Scheme::Semver, "latest"),
        (Scheme::Cran, "1.x"),
        (Scheme::Hackage, "1-2"),
        (Scheme::Debian, "1.ä"),
        (Scheme::Nuget, "x"),
        (Scheme::Rubygems, "1 2"),
        (Scheme::Pypi, ""),
        (Scheme::Maven, "1\n2"),
    ];
    for (scheme, version) in refused {
        assert!(compare(scheme, version, "1").is_err(), "{scheme:?} {version:?}");
        assert!(compare(scheme, "1", version).is_err(), "{scheme:?} {version:?}");
    }
}

#[test]
fn sorting_bears_an_order_that_is_not_transitive() {
    let mut items = ["1.5", "1.#", "1", "1.#.2", "1.9", "1.10", "1.#", "1.5"];
    sort(Scheme::Packagist, &mut items, |item| item).expect("all are versions");
    assert_eq!(items.len(), 8);
    let mut plain = ["10.0", "9.0", "1.0rc1", "1.0"];
    sort(Scheme::Pypi, &mut plain, |item| item).expect("all are versions");
    assert_eq!(plain, ["1.0rc1", "1.0", "9.0", "10.0"]);
}

#[test]
fn ecosystems_are_known_by_their_names() {
    assert_eq!(Scheme::of_osv("Debian:12"), Some(Scheme::Debian));
    assert_eq!(Scheme::of_osv("PyPI"), Scheme::of_purl_type("pypi"));
    assert_eq!(Scheme::of_osv("crates.io"), Scheme::of_purl_type("cargo"));
    assert_eq!(Scheme::of_osv("Linux"), None);
    assert_eq!(Scheme::of_purl_type("generic"), None);
}

#[test]
#[ignore = "reads what others recorded: run by cargo xtask conform sbom"]
fn all_recorded_orders_hold() {
    let corpora = std::env::var_os("LEADFORGE_CORPORA").expect("set by xtask");
    let folder = std::path::Path::new(&corpora).join("sbom/versions");
    let (mut count, mut wrong) = (0, Vec::new());
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let scheme = match name.split('-').next().unwrap_or_default() {
            "alpine" => Scheme::Alpine,
            "cran" => Scheme::Cran,
            "debian" => Scheme::Debian,
            "hackage" => Scheme::Hackage,
            "maven" => Scheme::Maven,
            "nuget" => Scheme::Nuget,
            "packagist" => Scheme::Packagist,
            "pub" => Scheme::Pub,
            "pypi" => Scheme::Pypi,
            "redhat" => Scheme::Rpm,
            "rubygems" => Scheme::Rubygems,
            "semver" => Scheme::Semver,
            other => panic!("no scheme for {other}"),
        };
        let text = std::fs::read_to_string(&path).expect("read");
        let comment = |line: &&str| line.starts_with("# ") || line.starts_with("// ");
        for line in text.lines().filter(|line| !line.trim().is_empty()).filter(|l| !comment(l)) {
            count += 1;
            if !holds(scheme, line.trim()) {
                wrong.push(format!("{name}: {line}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count}: {:#?}", wrong.len(), &wrong[..wrong.len().min(40)]);
    assert_eq!(count, 71_818);
}
