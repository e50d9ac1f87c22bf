//! The fuzz targets of `fuzz/`, replayed on their committed corpora as ordinary tests.

#[cfg(all(feature = "jpeg", feature = "webp"))]
mod jpeg_webp;
mod pixel_counts;
mod png_rows;

use std::path::Path;

/// Runs a target on every file of its corpus.
fn replay(name: &str, target: fn(&[u8])) {
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
fn png_rows() {
    replay("png-rows", png_rows::run);
}

#[test]
#[cfg(all(feature = "jpeg", feature = "webp"))]
fn jpeg_webp() {
    replay("jpeg-webp", jpeg_webp::run);
}

#[test]
fn pixel_counts() {
    replay("pixel-counts", pixel_counts::run);
}

/// Pictures by a generator of numbers, so that the rules are tried without a fuzzer too.
#[test]
fn counts_of_many_small_pictures_are_those_of_the_plain_rules() {
    let mut state = 7_u64;
    let mut next = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as u8
    };
    for _ in 0..400 {
        let length = 60 + usize::from(next()) * 6;
        let data: Vec<u8> = (0..length).map(|_| next()).collect();
        pixel_counts::run(&data);
    }
}
