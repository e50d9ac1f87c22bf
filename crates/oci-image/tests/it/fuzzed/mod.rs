//! The fuzz targets of `fuzz/`, replayed on their seeds and committed corpus as ordinary tests.

pub(crate) mod archive;
pub(crate) mod entries;
pub(crate) mod layer;

use std::path::Path;

use crate::make::{Tar, World, gzip, zstd};

/// Runs a target on its seeds and on every file of its corpus.
fn replay(name: &str, target: fn(&[u8]), seeds: &[Vec<u8>]) {
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

fn layers() -> Vec<Vec<u8>> {
    let tar = Tar::default()
        .folder("d/")
        .pax(&[("path", b"d/long"), ("size", b"3")])
        .file("x", "abc")
        .raw(b"l", b'L', b"", 4, b"d/e\0")
        .file("short", "1")
        .link("k", "d")
        .hard("h", "d/e");
    let second = Tar::default().file("k/.wh.e", "").file("d/.wh..wh..opq", "").file("d", "2");
    vec![tar.end(), second.end(), Tar::default().raw(b"s", b'S', b"", 0, b"").end()]
}

#[test]
fn archive() {
    let world = World::new();
    let mut seeds = vec![Vec::new(), vec![0; 1024]];
    for layer in layers() {
        seeds.push(std::fs::read(world.docker(&[layer])).expect("made"));
    }
    replay("image-archive", archive::run, &seeds);
}

#[test]
fn layer() {
    let mut seeds = layers();
    seeds.extend(layers().iter().flat_map(|layer| [gzip(layer), zstd(layer)]));
    seeds.push([gzip(b"a"), gzip(b"b"), vec![0; 9]].concat());
    seeds.push([&[0x50, 0x2a, 0x4d, 0x18, 1, 0, 0, 0, 7][..], &zstd(b"a")].concat());
    replay("image-layer", layer::run, &seeds);
}

/// Layers spoiled in a few places each, so that packing and headers are met with faults deep inside.
#[test]
fn spoiled_layers() {
    const TIMES: u32 = 400;
    let long: Vec<u8> = (0..40_u32)
        .fold(Tar::default(), |tar, n| tar.file(&format!("d/{n}"), &"text ".repeat(n as usize)))
        .end();
    let all = layers().into_iter().chain([long]);
    for layer in all.flat_map(|layer| [zstd(&layer), gzip(&layer), layer]) {
        let mut state = 1_u32;
        let mut next = |below: usize| {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state as usize % below
        };
        for _ in 0..TIMES {
            let mut bytes = layer.clone();
            for _ in 0..=next(4) {
                let at = next(bytes.len());
                bytes[at] = u8::try_from(next(256)).expect("a byte");
            }
            let end = if next(5) == 0 { next(bytes.len()) } else { bytes.len() };
            layer::run(&bytes[..end]);
        }
    }
}

#[test]
fn entries() {
    let seeds = (0..=255_u8).map(|seed| {
        let mut state = u32::from(seed).wrapping_mul(2_654_435_761) | 1;
        let next = || {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state.to_le_bytes()[1]
        };
        std::iter::repeat_with(next).take(600).collect()
    });
    replay("image-entries", entries::run, &seeds.collect::<Vec<Vec<u8>>>());
}
