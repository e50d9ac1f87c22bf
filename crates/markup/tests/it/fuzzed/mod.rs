//! The fuzz target of `fuzz/`, replayed on its seeds and committed corpus as an ordinary test.

pub(crate) mod escape;

use std::path::Path;

/// Runs a target on its seeds and on every file of its corpus.
fn replay(name: &str, target: fn(&[u8]), seeds: &[&str]) {
    seeds.iter().for_each(|seed| target(seed.as_bytes()));
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    // The corpus is a part of the repository, not of the published package.
    if package.join("Cargo.toml.orig").exists() {
        return;
    }
    let files = std::fs::read_dir(package.join("fuzz/corpus").join(name)).expect("a corpus");
    let mut count = 0;
    for file in files {
        target(&std::fs::read(file.expect("a corpus").path()).expect("an input"));
        count += 1;
    }
    assert!(count >= 10, "the corpus of {name} has {count} inputs");
}

#[test]
fn escape() {
    replay(
        "escape",
        escape::run,
        &[
            "",
            "<script>alert(1)</script>\u{1f}javascript:alert(1)",
            "**b** `c` [l](u) @octocat #12 GH-3\u{1f}https://x.example/a_b(c)",
            "=HYPERLINK(\"x\")\u{1f}+1\u{202e}\u{1b}[31m\n::error::x ##[y]",
            "| a | b\n|---|---\n\n    code\n> q\n1. x\n- [ ] y\n$m$ ~~s~~ ^u^ ==h== ||s||",
        ],
    );
}
