//! The fuzz targets of `fuzz/`, replayed on their seeds and committed corpora as ordinary tests.

mod log;
mod path;

use std::path::Path;

/// Runs a target on its seeds and on every file of its corpus.
fn replay(name: &str, target: fn(&[u8]), seeds: &[&[u8]]) {
    seeds.iter().for_each(|seed| target(seed));
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
fn log() {
    replay(
        "log",
        log::run,
        &[
            b"",
            b"\x01LFLOG\r\n\x1a",
            // Two batches of two records; then the file is cut, and a bit is flipped.
            b"\x02\x02\x02\x03abc\x02de\x02\x01f\x00\x01\x00\x50\x00\x00\x00\x00\x00\x00\x00",
            b"\x04\x03\x01\x05hello\x01\x05world\x01\x04last\x01\x03\x3b\x00\x00\x00\x3c\x00\x00\x00\x01",
        ],
    );
}

#[test]
fn path() {
    replay(
        "path",
        path::run,
        &[b"", b"docs/TASKS/queue", b"a/../b", b"sub/.GIT. /config", b"\xff", b"a\nb"],
    );
}
