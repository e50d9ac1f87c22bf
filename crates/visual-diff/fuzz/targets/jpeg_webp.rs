//! `cargo xtask fuzz jpeg-webp`; what it checks is replayed by the tests of the package.

#![no_main]

#[path = "../../tests/it/fuzzed/jpeg_webp.rs"]
mod target;

// A decoder that panics is caught by the crate, which refuses the picture. The fuzzer's own hook would
// end the run there; a panic that nobody catches still does.
libfuzzer_sys::fuzz_target!(
    init: std::panic::set_hook(Box::new(|_| {})),
    |data: &[u8]| target::run(data)
);
