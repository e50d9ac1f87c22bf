//! The fuzz targets of `fuzz/`, replayed on their committed corpora as ordinary tests.

#[cfg(feature = "vulns")]
pub(crate) mod advisory;
#[cfg(feature = "vulns")]
pub(crate) mod decisions;
pub(crate) mod document;
pub(crate) mod extract;
pub(crate) mod purl;
pub(crate) mod versions;

use std::path::Path;

fn replay(name: &str, run: impl Fn(&[u8])) {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    // The corpus is a part of the repository, not of the published package.
    if package.join("Cargo.toml.orig").exists() {
        return;
    }
    let mut count = 0;
    for file in std::fs::read_dir(package.join("fuzz/corpus").join(name)).expect("a corpus") {
        run(&std::fs::read(file.expect("a corpus").path()).expect("an input"));
        count += 1;
    }
    assert!(count >= 10, "the corpus of {name} has {count} inputs");
}

#[test]
fn extract_corpus() {
    replay("extract", extract::run);
}

#[test]
fn purl_corpus() {
    replay("purl", purl::run);
}

#[test]
fn versions_corpus() {
    replay("versions", versions::run);
}

#[test]
fn document_corpus() {
    replay("document", document::run);
}

#[cfg(feature = "vulns")]
#[test]
fn advisory_corpus() {
    replay("advisory", advisory::run);
}

#[cfg(feature = "vulns")]
#[test]
fn decisions_corpus() {
    replay("decisions", decisions::run);
}
