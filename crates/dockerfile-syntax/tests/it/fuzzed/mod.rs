//! The fuzz target of `fuzz/`, replayed on its committed corpus as an ordinary test, and on random pieces.

pub(crate) mod dockerfile;

use proptest::prelude::*;
use std::path::Path;

#[test]
fn corpus() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    // The corpus is a part of the repository, not of the published package.
    if package.join("Cargo.toml.orig").exists() {
        return;
    }
    let mut count = 0;
    for file in std::fs::read_dir(package.join("fuzz/corpus/dockerfile")).expect("a corpus") {
        dockerfile::run(&std::fs::read(file.expect("a corpus").path()).expect("an input"));
        count += 1;
    }
    assert!(count >= 10, "the corpus has {count} inputs");
}

/// Pieces that mean something in a Dockerfile or to a shell.
const PIECES: &[&str] = &[
    "FROM ",
    "RUN ",
    "COPY ",
    "ADD ",
    "ENV ",
    "ARG ",
    "ONBUILD ",
    "HEALTHCHECK ",
    "CMD ",
    "NONE",
    "a",
    "b=c",
    "--from=x ",
    "--mount=type=cache,target=/x ",
    "<<EOF",
    "<<-'E'",
    "3<<\"F\" ",
    "EOF",
    "\nE\n",
    "\n",
    "\r\n",
    "\\\n",
    "`\n",
    "# escape=`\n",
    "# c\n",
    " ",
    "\t",
    "[\"a\", \"b\"]",
    "\"",
    "'",
    "$",
    "${",
    "}",
    "${X:-",
    "$(",
    ")",
    "(",
    "((",
    "))",
    "`",
    "&&",
    "||",
    "|",
    ";",
    ";;",
    "case ",
    " in ",
    "esac",
    "if ",
    "for ",
    "do ",
    "done",
    "[[ ",
    "]]",
    "{ ",
    "<",
    ">",
    "2>",
    "=(",
    "\\",
    "é",
    "\u{feff}",
    "#",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pieces(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24)) {
        dockerfile::run(pieces.concat().as_bytes());
    }
}

#[test]
fn deep() {
    for (open, close) in
        [("$(", ")"), ("(", ")"), ("${a:-", "}"), ("`", "`"), ("a=(", ")"), ("\"$(", ")\"")]
    {
        let text = format!("FROM x\nRUN a {}b{}\n", open.repeat(5000), close.repeat(5000));
        dockerfile::run(text.as_bytes());
        dockerfile::run(format!("FROM x\nRUN {}\n", open.repeat(5000)).as_bytes());
    }
    dockerfile::run(format!("{} RUN x", "ONBUILD ".repeat(5000)).as_bytes());
}
