//! Every spelling that would leave the folder or reach into `.git` is refused, and why.

use std::fmt::Write as _;
use std::io::ErrorKind;
use std::path::{Component, Path};

use leadforge_durable_fs::{Error, Fault, RealDisk, RelPath, SimDisk, create_dir_all, replace};
use proptest::prelude::*;

#[test]
fn hostile_spellings_are_refused_by_name() {
    let long = format!("a/{}", "x".repeat(256));
    let deep = "a/".repeat(2048) + "a";
    let hostile = [
        "",
        "/",
        "/etc/passwd",
        "//server/share",
        "a/",
        "/a",
        "a//b",
        ".",
        "./a",
        "a/.",
        "a/./b",
        "..",
        "../a",
        "a/..",
        "a/../b",
        "...",
        ". .",
        ".. ",
        "a/.. /b",
        "..\u{200b}",
        "\u{feff}",
        " ",
        "a\0b",
        "\0",
        "a\\b",
        "..\\a",
        "\\\\server\\share",
        "C:",
        "C:/a",
        "c:a",
        "a:b",
        &long,
        &deep,
        ".git",
        ".git/config",
        "sub/.git/hooks/pre-commit",
        ".GIT",
        ".Git",
        ".git.",
        ".git ",
        ".git...",
        ".git . .",
        ".git\u{a0}",
        "git~1",
        "GIT~1",
        "sub/GiT~1/x",
        "GIT~27",
        "git~1.",
        ".g\u{200c}it",
        "\u{200d}.git",
        ".git\u{feff}",
        ".gi\u{ad}t",
        ".git\u{fe0f}",
        ".G\u{206a}IT",
        "\u{ff0e}git",
        "\u{ff0e}\u{ff27}\u{ff29}\u{ff34}",
        ".g\u{131}t",
        ".G\u{130}T",
        ".git::$INDEX_ALLOCATION",
        ".git:stream",
        ".GIT::$DATA",
        "git~1:x",
        "a::$DATA",
        ".git .:x",
        ".git\u{e0001}",
        "\u{202e}.git",
    ];
    let mut table = String::new();
    for path in hostile {
        let refused = RelPath::parse(path).expect_err(path);
        let shown: String = path.chars().take(24).collect();
        writeln!(table, "{shown:?}: {}", refused.reason).expect("a string takes everything");
        assert_eq!(refused.path, path);
        assert!(!refused.to_string().contains('\n'), "{refused}");
    }
    insta::assert_snapshot!(table, @r#"
    "": it is empty
    "/": it is absolute
    "/etc/passwd": it is absolute
    "//server/share": it is absolute
    "a/": it has an empty part
    "/a": it is absolute
    "a//b": it has an empty part
    ".": a part is nothing but dots and spaces
    "./a": a part is nothing but dots and spaces
    "a/.": a part is nothing but dots and spaces
    "a/./b": a part is nothing but dots and spaces
    "..": a part is nothing but dots and spaces
    "../a": a part is nothing but dots and spaces
    "a/..": a part is nothing but dots and spaces
    "a/../b": a part is nothing but dots and spaces
    "...": a part is nothing but dots and spaces
    ". .": a part is nothing but dots and spaces
    ".. ": a part is nothing but dots and spaces
    "a/.. /b": a part is nothing but dots and spaces
    "..\u{200b}": a part is nothing but dots and spaces
    "\u{feff}": a part is nothing but dots and spaces
    " ": a part is nothing but dots and spaces
    "a\0b": it holds a NUL
    "\0": it holds a NUL
    "a\\b": it holds a backslash
    "..\\a": it holds a backslash
    "\\\\server\\share": it holds a backslash
    "C:": it begins with a drive letter
    "C:/a": it begins with a drive letter
    "c:a": it begins with a drive letter
    "a:b": it begins with a drive letter
    "a/xxxxxxxxxxxxxxxxxxxxxx": a part is longer than 255 bytes
    "a/a/a/a/a/a/a/a/a/a/a/a/": it is longer than 4095 bytes
    ".git": a part is a spelling of .git
    ".git/config": a part is a spelling of .git
    "sub/.git/hooks/pre-commi": a part is a spelling of .git
    ".GIT": a part is a spelling of .git
    ".Git": a part is a spelling of .git
    ".git.": a part is a spelling of .git
    ".git ": a part is a spelling of .git
    ".git...": a part is a spelling of .git
    ".git . .": a part is a spelling of .git
    ".git\u{a0}": a part is a spelling of .git
    "git~1": a part is a spelling of .git
    "GIT~1": a part is a spelling of .git
    "sub/GiT~1/x": a part is a spelling of .git
    "GIT~27": a part is a spelling of .git
    "git~1.": a part is a spelling of .git
    ".g\u{200c}it": a part is a spelling of .git
    "\u{200d}.git": a part is a spelling of .git
    ".git\u{feff}": a part is a spelling of .git
    ".gi\u{ad}t": a part is a spelling of .git
    ".git\u{fe0f}": a part is a spelling of .git
    ".G\u{206a}IT": a part is a spelling of .git
    "．git": a part is a spelling of .git
    "．ＧＩＴ": a part is a spelling of .git
    ".gıt": a part is a spelling of .git
    ".GİT": a part is a spelling of .git
    ".git::$INDEX_ALLOCATION": a part is a spelling of .git
    ".git:stream": a part is a spelling of .git
    ".GIT::$DATA": a part is a spelling of .git
    "git~1:x": a part is a spelling of .git
    "a::$DATA": it begins with a drive letter
    ".git .:x": a part is a spelling of .git
    ".git\u{e0001}": a part is a spelling of .git
    "\u{202e}.git": a part is a spelling of .git
    "#);
}

#[test]
fn ordinary_names_pass_as_they_are() {
    for path in [
        "a",
        "a/b/c",
        ".github/workflows/ci.yml",
        ".gitignore",
        ".gitmodules",
        ".gitattributes",
        "git",
        "agit",
        ".gitx",
        "x.git",
        "x.git/config",
        "git~",
        "git~x",
        "legit~1",
        "..a",
        "a..",
        "a..b",
        "...a",
        "-rf",
        "~",
        "~root",
        "a b",
        " a",
        "10:30.log",
        "%2e%2e",
        "ünïcödé",
        "日本語",
        "🦀",
        "a\nb",
        "CON",
        "*",
        "$HOME",
        "`id`",
    ] {
        let parsed = RelPath::parse(path).expect(path);
        assert_eq!(parsed.as_str(), path);
        assert_eq!(parsed.to_string(), path);
        assert_eq!(parsed.join_to(Path::new("/r")), Path::new("/r").join(path));
    }
}

#[test]
fn a_link_on_the_way_is_refused_and_missing_folders_are_fine() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let root = dir.path();
    std::fs::create_dir(root.join("real")).expect("a folder");
    std::os::unix::fs::symlink("/etc", root.join("link")).expect("a link");
    std::fs::write(root.join("file"), "").expect("a file");
    let resolve = |path: &str| RelPath::parse(path).expect(path).resolve(&RealDisk, root);

    assert_eq!(resolve("real/new/x").expect("it is inside"), root.join("real/new/x"));
    assert_eq!(resolve("x").expect("it is inside"), root.join("x"));
    // The last part is the verbs' to judge: replace refuses a link there.
    assert_eq!(resolve("link").expect("it is a name"), root.join("link"));
    for escape in ["link/passwd", "link/a/b", "file/x"] {
        let error = resolve(escape).expect_err(escape);
        assert!(matches!(error, Error::NotAFile { .. }), "{error}");
    }
}

#[test]
fn the_longest_paths_that_pass_are_those_of_the_system() {
    assert!(RelPath::parse(&"n".repeat(255)).is_ok());
    assert!(RelPath::parse(&"n".repeat(256)).is_err());
    let folders = "a/".repeat(2047);
    assert!(RelPath::parse(&format!("{folders}n")).is_ok(), "4095 bytes");
    assert!(RelPath::parse(&format!("{folders}nn")).is_err(), "4096 bytes");
    let path = RelPath::parse("a/b").expect("an ordinary path");
    assert_eq!((path.as_ref(), path.to_string().as_str()), ("a/b", "a/b"));
}

#[test]
fn a_folder_that_cannot_be_looked_at_is_not_taken_for_missing() {
    let sim = SimDisk::new(1);
    let path = RelPath::parse("a/b").expect("an ordinary path");
    sim.fail_at(1, Fault::Error(ErrorKind::PermissionDenied));
    let error = path.resolve(&sim, Path::new("/")).expect_err("it may be a link");
    assert_eq!((error.kind(), error.path()), (ErrorKind::PermissionDenied, Path::new("/a")));
}

#[test]
fn paths_resolve_on_the_simulated_disk_too() {
    let disk = SimDisk::new(0);
    create_dir_all(&disk, Path::new("/r/a")).expect("a folder");
    replace(&disk, Path::new("/r/f"), b"").expect("a file");
    let resolve = |path: &str| RelPath::parse(path).expect(path).resolve(&disk, Path::new("/r"));
    assert_eq!(resolve("a/b/c").expect("it is inside"), Path::new("/r/a/b/c"));
    assert!(resolve("f/b").is_err());
}

/// Strings that are likely to be wrong.
fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("/"),
        Just("."),
        Just(".."),
        Just(".git"),
        Just("GIT~1"),
        Just(" "),
        Just("\\"),
        Just(":"),
        Just("\0"),
        Just("\u{200c}"),
        Just("\u{feff}"),
        Just("::$DATA"),
        Just("a"),
        Just("é"),
        Just("g"),
        Just("i"),
        Just("t"),
        Just("I"),
        Just("\u{ff27}"),
        Just("~1"),
    ];
    prop_oneof![
        proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat()),
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..Default::default() })]

    #[test]
    fn what_passes_stays_below_its_root(path in nasty()) {
        let Ok(parsed) = RelPath::parse(&path) else { return Ok(()) };
        let joined = parsed.join_to(Path::new("/root"));
        let below = joined.strip_prefix("/root").expect("it is below the root");
        prop_assert!(below.components().all(|part| matches!(part, Component::Normal(_))));
        prop_assert_eq!(below.components().count(), parsed.components().count());
        prop_assert_eq!(parsed.components().collect::<Vec<_>>().join("/"), path.as_str());
        for part in path.to_ascii_lowercase().split('/') {
            prop_assert!(part.trim_end_matches(['.', ' ']) != ".git", "{:?}", path);
        }
        prop_assert!(!path.contains(['\0', '\\']));
        prop_assert_eq!(path.parse::<RelPath>(), Ok(parsed));
    }

    #[test]
    fn decorations_of_dot_git_never_pass(
        before in "([a-z]{1,3}/){0,2}",
        upper in proptest::collection::vec(any::<bool>(), 3),
        ignored in proptest::sample::select(vec!["", "\u{200b}", "\u{200c}", "\u{206f}", "\u{feff}", "\u{ad}"]),
        at in 0usize..5,
        tail in "[. ]{0,3}(:[a-z$:]{0,4})?",
        after in "(/[a-z]{1,3}){0,2}",
    ) {
        let mut name: Vec<String> = vec![".".into()];
        name.extend("git".chars().zip(upper).map(|(c, up)| if up { c.to_ascii_uppercase() } else { c }.into()));
        name.insert(at, ignored.into());
        let path = format!("{before}{}{tail}{after}", name.concat());
        prop_assert!(RelPath::parse(&path).is_err(), "{:?}", path);
    }
}
