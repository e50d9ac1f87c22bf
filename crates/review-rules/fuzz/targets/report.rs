//! `cargo xtask fuzz written-rules`; what it checks is replayed by the tests of the package.

#![no_main]

#[path = "../../tests/it/fuzzed/report.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|data: &[u8]| target::run(data));
