//! Globs and overlaps: by cases, and against globset on generated paths.

use globset::{GlobBuilder, GlobMatcher};
use leadforge_task_queue::{Glob, Overlap, Scope, Witness, overlaps};
use proptest::prelude::*;

fn scope(touches: &[&str]) -> Scope {
    let touches = touches.iter().map(|text| Glob::parse(text).expect("a glob")).collect();
    Scope { touches, ..Scope::default() }
}

fn meet(a: &[&str], b: &[&str]) -> Overlap {
    let there = overlaps(&scope(a), &scope(b));
    let back = overlaps(&scope(b), &scope(a));
    assert_eq!(
        std::mem::discriminant(&there),
        std::mem::discriminant(&back),
        "{a:?} {b:?}: {there:?} {back:?}"
    );
    if let Overlap::Same(Witness::Path(path)) = &there {
        assert!(scope(a).contains(path) && scope(b).contains(path), "{a:?} {b:?}: {path}");
    }
    there
}

fn at(path: &str) -> Overlap {
    Overlap::Same(Witness::Path(path.into()))
}

#[test]
fn overlaps_are_found_with_a_path_that_shows_them() {
    assert_eq!(meet(&["src/**"], &["src/app/*.py"]), at("src/app/.py"));
    assert_eq!(meet(&["src/app"], &["src/app/x.py"]), at("src/app/x.py"));
    assert_eq!(meet(&["src/{a,b}/*"], &["src/b/x"]), at("src/b/x"));
    assert_eq!(meet(&["[a-m]*"], &["[k-z]?"]), at("ka"));
    assert_eq!(meet(&["**/test_*.py"], &["tests/**"]), at("tests/test_.py"));
    assert_eq!(meet(&["a/**/z"], &["**/y/z"]), at("a/y/z"));
    assert_eq!(meet(&["docs/"], &["docs/x"]), at("docs/x"));
    assert_eq!(meet(&["a\\?b"], &["a*"]), at("a?b"));
    assert_eq!(meet(&["a,b"], &["a*"]), at("a,b"));
    assert_eq!(meet(&["[]]"], &["?"]), at("]"));
    assert_eq!(meet(&["[]x]"], &["x"]), at("x"));
}

#[test]
fn what_is_apart_is_disjoint() {
    for (a, b) in [
        ("src/**", "tests/**"),
        ("src/*.py", "src/app/*.py"),
        ("*.md", "docs/*.md"),
        ("[a-c]x", "[!a-c]x"),
        ("{a,b}/**", "c/**"),
        ("src/ap", "src/app"),
        ("docs/", "docs.md"),
        ("a?c", "ac"),
        ("**/x/*.rs", "src/*.py"),
        ("a/**/b", "a/?c"),
        ("A/x", "a/x"),
        ("a\\*b", "axb"),
        ("a\\?b", "a\\?xb"),
        // They share `a//c`, which is no path.
        ("a/{,x}/c", "a/{,b}/c"),
    ] {
        assert_eq!(meet(&[a], &[b]), Overlap::Disjoint, "{a} {b}");
    }
}

#[test]
fn what_is_taken_away_does_not_overlap() {
    assert_eq!(meet(&["src/**", "!src/gen/**"], &["src/gen/*.rs"]), Overlap::Disjoint);
    assert_eq!(meet(&["src/**", "!src/gen"], &["src/gen/*.rs"]), Overlap::Disjoint);
    assert_eq!(meet(&["src/**", "!src/gen/**"], &["src/**"]), at("src/a"));
    assert_eq!(meet(&["*", "!a*"], &["*", "![!a]*"]), Overlap::Disjoint);
    assert_eq!(meet(&["*", "!a*"], &["*", "!b*"]), at("c"));
    assert!(!scope(&["src/**", "!src/gen/**"]).contains("src/gen/x"));
}

#[test]
fn an_unknown_scope_is_never_disjoint() {
    assert_eq!(meet(&[], &["src/**"]), Overlap::Unknown);
    assert_eq!(meet(&[], &[]), Overlap::Unknown);
    let port = Scope { resources: vec!["port:1".into()], ..Scope::default() };
    assert!(port.is_unknown());
    assert_eq!(overlaps(&port, &port), Overlap::Same(Witness::Resource("port:1".into())));
}

#[test]
fn symbols_narrow_a_file_when_both_name_them() {
    let with = |touches: &[&str], symbols: &[&str]| Scope {
        symbols: symbols.iter().map(|s| (*s).to_owned()).collect(),
        ..scope(touches)
    };
    let f = with(&[], &["a.py::f"]);
    let g = with(&[], &["a.py::g"]);
    assert_eq!(overlaps(&f, &g), Overlap::Disjoint);
    assert_eq!(overlaps(&f, &f), Overlap::Same(Witness::Symbol("a.py::f".into())));
    assert_eq!(overlaps(&f, &scope(&["*.py"])), at("a.py"));
    assert_eq!(overlaps(&with(&["*.py"], &["a.py::f"]), &g), Overlap::Disjoint);
    assert_eq!(
        overlaps(&with(&["*.py"], &["a.py::f"]), &with(&["?.py"], &["a.py::g"])),
        at("b.py")
    );
    assert!(f.contains("a.py") && !f.contains("b.py") && !f.is_unknown());
}

#[test]
fn hostile_globs_end_in_unknown_and_not_in_a_long_wait() {
    let stars = "*a".repeat(120);
    let many: Vec<String> = (0..200).map(|n| format!("{}{n}", &stars[..230])).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let other: Vec<String> = many.iter().map(|text| format!("{text}b")).collect();
    let other: Vec<&str> = other.iter().map(String::as_str).collect();
    assert_eq!(meet(&many, &other), Overlap::Unknown);
    let wide = format!("{{{}*}}", "*,".repeat(126));
    assert_eq!(meet(&[&wide], &[&wide]), Overlap::Unknown);
    let minus = format!("!{}", "*a?".repeat(60));
    assert_ne!(meet(&["*", &minus], &["*a*b*", &minus]), Overlap::Disjoint);
}

#[test]
fn globs_that_mean_nothing_are_refused() {
    for bad in [
        "",
        "/a",
        "../a",
        "a/..",
        "a/./b",
        "a//b",
        "a**",
        "**a",
        "{a,b/}**",
        "{a/,b}**",
        "a/***/b",
        "[a",
        "[z-a]",
        "{a",
        "a}",
        "a\\b",
        "!",
        "!!a",
        " a",
        "a\n",
        "[/]",
        "{a,{b,{c,{d,{e}}}}}",
        "./a",
    ] {
        assert!(Glob::parse(bad).is_err(), "{bad:?}");
    }
    assert!(Glob::parse(&"a".repeat(257)).is_err());
    assert!(Glob::parse("{a/,b/}**").is_ok());
    assert!(Glob::parse(&"a".repeat(256)).is_ok());
}

/// Our pattern, and the patterns of globset that mean the same.
fn oracle(text: &str) -> Vec<GlobMatcher> {
    let build = |text: &str| {
        // In globset a class that takes away still has the separator.
        let text = text.replace("[!a]", "[!a/]");
        let mut builder = GlobBuilder::new(&text);
        builder.literal_separator(true).backslash_escape(true);
        builder.build().expect("globset knows it").compile_matcher()
    };
    let last = text.rsplit('/').next().unwrap_or_default();
    let plain = !last.contains(['*', '?', '[', ']', '{', '}']);
    match last {
        "" => vec![build(&format!("{text}**"))],
        _ if plain => vec![build(text), build(&format!("{text}/**"))],
        _ => vec![build(text)],
    }
}

fn matches(oracle: &[GlobMatcher], path: &str) -> bool {
    oracle.iter().any(|glob| glob.is_match(path))
}

fn part() -> impl Strategy<Value = String> {
    let atom = prop_oneof![
        4 => "[abc]",
        2 => Just("*".to_owned()),
        1 => Just("?".to_owned()),
        1 => Just("[ab]".to_owned()),
        1 => Just("[!a]".to_owned()),
        1 => Just("{a,bc}".to_owned()),
        1 => Just("{b*,?c}".to_owned()),
    ];
    // Two stars side by side are not ours.
    proptest::collection::vec(atom, 1..4).prop_map(|atoms| atoms.concat().replace("**", "*a"))
}

fn glob() -> impl Strategy<Value = String> {
    let piece = prop_oneof![4 => part(), 1 => Just("**".to_owned())];
    (proptest::collection::vec(piece, 1..5), prop::bool::weighted(0.1)).prop_map(
        |(pieces, slash)| {
            let text = pieces.join("/");
            if slash && !text.ends_with('*') { format!("{text}/") } else { text }
        },
    )
}

fn path() -> impl Strategy<Value = String> {
    proptest::collection::vec("[abc]{1,3}", 1..5).prop_map(|parts| parts.join("/"))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(600) })]

    #[test]
    fn matching_agrees_with_globset(text in glob(), paths in proptest::collection::vec(path(), 20)) {
        let (ours, theirs) = (Glob::parse(&text).expect("a glob"), oracle(&text));
        for path in paths {
            prop_assert_eq!(ours.matches(&path), matches(&theirs, &path), "{} {}", text, path);
        }
    }

    #[test]
    fn overlap_agrees_with_globset(a in glob(), b in glob(), paths in proptest::collection::vec(path(), 60)) {
        let (x, y) = (oracle(&a), oracle(&b));
        let both = paths.iter().find(|path| matches(&x, path) && matches(&y, path));
        match meet(&[&a], &[&b]) {
            Overlap::Disjoint => prop_assert_eq!(both, None, "{} {}", a, b),
            Overlap::Same(Witness::Path(path)) => {
                prop_assert!(matches(&x, &path) && matches(&y, &path), "{} {} {}", a, b, path);
            }
            other => prop_assert!(false, "{a} {b}: {other:?}"),
        }
    }

    #[test]
    fn taking_away_agrees_with_globset(
        a in glob(), b in glob(), minus in glob(),
        paths in proptest::collection::vec(path(), 60),
    ) {
        let (x, y, z) = (oracle(&a), oracle(&b), oracle(&minus));
        let inside = |path: &str| matches(&x, path) && matches(&y, path) && !matches(&z, path);
        match meet(&[&a, &format!("!{minus}")], &[&b]) {
            Overlap::Disjoint => {
                prop_assert_eq!(paths.iter().find(|path| inside(path)), None, "{} {} !{}", a, b, minus);
            }
            Overlap::Same(Witness::Path(path)) => {
                prop_assert!(inside(&path), "{} {} !{} {}", a, b, minus, path);
            }
            other => prop_assert!(false, "{a} {b} !{minus}: {other:?}"),
        }
    }
}

#[test]
fn a_glob_is_its_text() {
    let (one, other) =
        (Glob::parse("src/*.py").expect("a glob"), Glob::parse("src/**").expect("one"));
    assert_eq!((one.to_string().as_str(), one.as_ref()), ("src/*.py", "src/*.py"));
    assert!(format!("{one:?}").contains("src/*.py"));
    assert_ne!(one, other);
    assert_eq!(one, one.clone());
}

#[test]
fn a_witness_is_as_readable_as_it_can_be() {
    for (a, b, expected) in [
        ("[0-9A-Za-z]", "[!5]", "a"),
        ("[0-9A-Z]", "?", "0"),
        ("[A-Z~]", "?", "A"),
        ("[Z~]", "?", "Z"),
        ("[!-Z]", "[0-9]", "0"),
        ("[é-ü]", "?", "é"),
        ("[%A]", "?", "A"),
        ("[ac]", "?", "a"),
        ("x", "[w-z]", "x"),
    ] {
        assert_eq!((meet(&[a], &[b]), meet(&[b], &[a])), (at(expected), at(expected)), "{a} {b}");
    }
}

#[test]
fn what_is_taken_away_ends_where_it_ends() {
    assert_eq!(meet(&["[c-e]", "![c-d]"], &["?"]), at("e"));
    assert_eq!(meet(&["[c-e]", "![d-e]"], &["?"]), at("c"));
    assert_eq!(meet(&["[c-e]", "![c-e]"], &["?"]), Overlap::Disjoint);
    assert_eq!(meet(&["[a-z]", "![a-c]", "!z"], &["?"]), at("d"));
}
