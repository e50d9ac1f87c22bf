//! The fuzz targets of `fuzz/`, replayed on their committed corpora as ordinary tests.

pub(crate) mod secret_rules;
pub(crate) mod secrets;

use std::path::Path;

fn replay(target: &str, run: fn(&[u8])) {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    // The corpus is a part of the repository, not of the published package.
    if package.join("Cargo.toml.orig").exists() {
        return;
    }
    let mut count = 0;
    for file in std::fs::read_dir(package.join("fuzz/corpus").join(target)).expect("a corpus") {
        run(&std::fs::read(file.expect("a corpus").path()).expect("an input"));
        count += 1;
    }
    assert!(count >= 5, "the corpus has {count} inputs");
}

#[test]
fn secrets() {
    replay("secrets", secrets::run);
}

#[test]
fn rule_files() {
    replay("secret-rules", secret_rules::run);
}
