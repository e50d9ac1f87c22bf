//! `cargo xtask fuzz answer`; what it checks is replayed by the tests of the package.

#![no_main]

#[path = "../../tests/it/fuzzed/answer.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|data: &[u8]| target::run(data));
