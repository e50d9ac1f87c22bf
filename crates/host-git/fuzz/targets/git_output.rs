//! `cargo xtask fuzz git-output`; what it checks is replayed by the tests of the package.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| leadforge_host_git::fuzzed::git_output(data));
