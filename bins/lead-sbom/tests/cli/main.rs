//! `lead-sbom` as its users meet it: every verb and every error.

mod attest;
mod check;
mod dependabot;
mod dockerfile;
mod fetch;
mod history;
mod image;
mod image_programs;
mod lock;
mod make;
mod migrate;
mod pack;
mod peers;
mod server;
mod template;
mod vulns;

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

/// A folder, and how to call the command on it.
struct Folder {
    dir: TempDir,
}

/// What a call left.
struct Answer {
    code: i32,
    out: String,
    err: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).expect("the output is JSON")
    }
}

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self { dir: tempfile::tempdir().expect("a temporary folder") };
        files.iter().for_each(|(path, text)| folder.write(path, text));
        folder
    }

    fn path(&self) -> &Path {
        self.dir.path()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("it has one")).expect("created");
        fs::write(path, text).expect("written");
    }

    /// Calls the command in the folder, without what the environment says of time.
    fn call(&self, args: &[&str]) -> Answer {
        self.call_with(args, &[])
    }

    fn call_with(&self, args: &[&str], set: &[(&str, &str)]) -> Answer {
        let done = Command::new(env!("CARGO_BIN_EXE_lead-sbom"))
            .args(args)
            .current_dir(self.path())
            .env_remove("SOURCE_DATE_EPOCH")
            .envs(set.iter().copied())
            .output()
            .expect("it starts");
        Answer {
            code: done.status.code().expect("it ended by itself"),
            out: String::from_utf8(done.stdout).expect("UTF-8"),
            err: String::from_utf8(done.stderr).expect("UTF-8"),
        }
    }
}
