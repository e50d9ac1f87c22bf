//! The fuzz targets of `fuzz/`, replayed on their committed corpora as ordinary tests.

mod answer;
mod change;
mod coverage;
mod imports;
mod report;
mod written_rules;

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
    assert!(count >= 4, "the corpus of {target} has {count} inputs");
}

#[test]
fn answers() {
    replay("answer", answer::run);
}

#[test]
fn changes() {
    replay("change", change::run);
}

#[test]
fn coverages() {
    replay("coverage", coverage::run);
}

#[test]
fn imports_of_all_kinds() {
    replay("imports", imports::run);
}

#[test]
fn written_ruless() {
    replay("written-rules", written_rules::run);
}

#[test]
fn reports() {
    replay("report", report::run);
}
