//! `cargo xtask fuzz records`; what it checks is replayed by the tests of the package.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| leadforge_agent_dispatch::fuzzed::records(data));
