//! The fuzz targets of `fuzz/`, replayed on their seeds and committed corpus as an ordinary test.

mod config;
mod sarif;

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
fn config() {
    replay(
        "config",
        config::run,
        &[
            "",
            "[agent.a]\ncommand = ['x']\n[run]\njobs = 2\n\n%%\nmake\0make test",
            "run = { \"a b\".c = [1, { d = 2024-01-01 }] }\n[agents]\n",
            "[agent.\"\\n\"]\ncomand = ['x']\n",
        ],
    );
}

#[test]
fn sarif() {
    sarif::run(b"\xff\xfe{");
    sarif::run(b"\xef\xbb\xbf{\"runs\": []}");
    sarif::run(b"\x80");
    replay(
        "sarif",
        sarif::run,
        &[
            "",
            "{\"runs\": []}",
            r#"{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "t"}}, "results": [{"ruleId": "r"}]}]}"#,
        ],
    );
}
