//! Sources that want to hurt a reader: deep, long, binary, unended.

use leadforge_review_rules::arch::{Config, Graph, Language, scan};

use super::tree::files;

const ALL: [(Language, &str); 5] = [
    (Language::Python, "py"),
    (Language::Script, "ts"),
    (Language::Script, "tsx"),
    (Language::Script, "js"),
    (Language::Rust, "rs"),
];

/// The same on a thread as the graph starts it.
fn read(extension: &str, source: String) {
    let path = format!("x.{extension}");
    let tree = files(&[(path.as_str(), source.as_str())]);
    Graph::read(&tree, &Config::default()).unwrap();
}

#[test]
fn deep_nesting() {
    // What could be deeper than the stack is not parsed, wherever it is asked.
    let (_, broken) = scan(Language::Script, "ts", "(".repeat(400_000).as_bytes());
    assert_eq!(broken, Some((1, "it could be nested too deeply to be parsed")));
    // As deep as is parsed, and deeper.
    for depth in [48 * 1024 - 8, 400_000] {
        for (open, close) in [
            ("(", ")"),
            ("[", "]"),
            ("{", "}"),
            ("f(", ")"),
            ("a=>", ""),
            ("!", ""),
            ("a?b:", ""),
            ("<a>", "</a>"),
            ("if(a)", ""),
            ("if(a);else ", ""),
            ("`${", "}`"),
            ("a=", ""),
            ("- ", ""),
            ("new ", ""),
            ("async()=>", ""),
            ("type A=", ""),
            ("a<", ">"),
            ("a**", ""),
            ("x:", ""),
            ("f'{", "}'"),
            ("f\"{", "}\""),
            ("/*", "*/"),
            ("use a::{", "}"),
            ("mod a{", "}"),
            ("class A extends ", ""),
            ("typeof ", ""),
            ("do ", ""),
            ("function f(){", "}"),
        ] {
            let times = depth / open.len();
            let source = format!("{}1{}", open.repeat(times), close.repeat(times));
            for extension in ["py", "ts", "tsx", "rs"] {
                read(extension, source.clone());
            }
        }
        read("ts", format!("type A = {}1", "keyof ".repeat(depth / 6)));
        read("ts", format!("type A = {}1", "a extends b ? c : ".repeat(depth / 18)));
        read("ts", format!("type A = {}1", "()=>".repeat(depth / 4)));
        read("ts", format!("let a = {}1", "await ".repeat(depth / 6)));
    }
}

#[test]
fn long_binary_unended() {
    for (language, extension) in ALL {
        for source in [
            "import a; ".repeat(100_000),
            "x".repeat(4_000_000),
            format!("from {} import {}", "a.".repeat(2_000) + "b", "c,".repeat(2_000) + "d"),
            "\0".repeat(100),
            "'''".to_owned(),
            "\"".to_owned(),
            "`${".to_owned(),
            "r##\"".to_owned(),
            "'\\".to_owned(),
            "'\\é".to_owned(),
            "/*/".to_owned(),
            "\\".to_owned(),
            "\\\n".repeat(50_000),
            "use a::{".to_owned(),
            "#[path = \"".to_owned(),
            "import {".to_owned(),
            "from .".to_owned(),
        ] {
            let _ = scan(language, extension, source.as_bytes());
        }
        let _ = scan(language, extension, &[0xff, 0xfe, b'i', 0, b'm', 0]);
        let _ = scan(language, extension, &(0..=255).collect::<Vec<u8>>());
    }
}

#[test]
fn configurations_that_turn_in_circles() {
    let tree = files(&[
        ("tsconfig.json", r#"{"extends": "./a.json", "references": [{"path": "."}]}"#),
        ("tsconfig.a.json", r#"{"extends": ["./tsconfig.json", 1, null], "compilerOptions": 3}"#),
        (
            "package.json",
            r##"{"name": 1, "imports": [[[["x"]]]], "exports": {"#a": {"x": null}}, "main": "."}"##,
        ),
        ("a.ts", "import '#a'; import './'; import '.'; import '/x'; import ''; import '..';"),
        ("Cargo.toml", "[package]\nname = 'x'\n[lib]\npath = '../../..'\n[dependencies]\nx = 1\n"),
        (
            "src/main.rs",
            "mod main; mod a { mod b; } use self::x as y; use self::y as x; pub use x::*; use y::z;",
        ),
        (
            "src/a/b.rs",
            "use super::super::super::super::q; use super::b::*; pub use self::*; use r::s;",
        ),
    ]);
    Graph::read(&tree, &Config::default()).unwrap();
}
