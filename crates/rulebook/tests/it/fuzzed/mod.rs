//! The fuzz target of `fuzz/`, replayed on its committed corpus as an ordinary test, and on random pieces.

pub(crate) mod rule_file;

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
    for file in std::fs::read_dir(package.join("fuzz/corpus/rule-file")).expect("a corpus") {
        rule_file::run(&std::fs::read(file.expect("a corpus").path()).expect("an input"));
        count += 1;
    }
    assert!(count >= 10, "the corpus has {count} inputs");
}

/// Pieces that mean something to Markdown, to the tools or to us.
const PIECES: &[&str] = &[
    "\0",
    "\u{1}",
    "\u{3}",
    "\u{4}",
    "\u{6}",
    "---\n",
    "globs: *.py, a\n",
    "paths:\n  - \"a\"\n",
    "alwaysApply: true\n",
    "description: x\n",
    "trigger: glob\n",
    "# A\n",
    "## B\n",
    "### C\n",
    "# Rule: 01-x.md\n",
    "<!-- leadforge:begin sha256=0000000000000000000000000000000000000000000000000000000000000000 -->\n",
    "<!-- Made from x. -->\n",
    "<!-- leadforge:end -->\n",
    "<!-- rule: x -->\n",
    "<!-- section: y -->\n",
    "<!-- section: y, scoped -->\n",
    "`x`: error, checked by a machine, in py; for `a`, `b`; not for `c`.\n",
    "For `a`.\n",
    "When: x\n",
    "Good:\n",
    "Bad:\n",
    "```\n",
    "```py\n",
    "    ```\n",
    "~~~\n",
    "\n",
    "\r\n",
    "\r",
    "text",
    "  ",
    "@x",
    "&#64;",
    "&amp;#64;",
    "`",
    "<!--",
    "-->",
    "- ",
    "\u{feff}",
    "\u{202e}",
    "é",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pieces(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..20)) {
        rule_file::run(pieces.concat().as_bytes());
    }
}

/// What could take the square of its length does not: each of these ends at once.
#[test]
fn long() {
    for line in [
        "# a\n",
        "    ```x\n",
        "```\n",
        "`` ` ",
        "@ ",
        "Good:\n\n```\nx\n```\n\n",
        "<!--",
        "{",
        "&amp;",
    ] {
        let text = format!("\0{}", line.repeat(60_000 / line.len()));
        rule_file::run(text.as_bytes());
    }
}
