//! Runs the example command as users, CI and programs do, and listens.

mod errors;
mod fuzzed;
mod output;
mod processes;
mod sarif;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The example `speak`, built by cargo beside this test.
fn speak() -> Command {
    let test = std::env::current_exe().expect("a test knows its own path");
    let deps = test.parent().expect("a test lies in target/PROFILE/deps");
    let path: PathBuf = deps.parent().expect("and that in target/PROFILE").join("examples/speak");
    assert!(path.is_file(), "{} is missing: run the tests with cargo", path.display());
    let mut command = Command::new(path);
    command.env_clear().stdin(Stdio::null());
    command
}

/// Its exit code, standard output and standard error.
fn heard(args: &[&str]) -> (i32, String, String) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    heard_in(dir.path(), args)
}

fn heard_in(dir: &Path, args: &[&str]) -> (i32, String, String) {
    parts(&speak().args(args).current_dir(dir).output().expect("the example runs"))
}

fn parts(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("it speaks UTF-8");
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}
