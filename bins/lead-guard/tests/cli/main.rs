//! `lead-guard` as its users meet it: every source, every format, and no secret in any of them.

mod baseline;
mod history;
mod silence;
mod sources;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A folder, and how to call the command in it.
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

    /// The rules of the findings.
    fn rules(&self) -> Vec<String> {
        let findings = self.json()["findings"].as_array().expect("a list").clone();
        findings
            .iter()
            .map(|finding| finding["rule"].as_str().expect("a rule").to_owned())
            .collect()
    }
}

/// A token that is none: right in form, drawn for this test.
fn token(last: char) -> String {
    format!("ghp_{}{last}", "0b1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0Uv1Wx")
}

impl Folder {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().expect("a temporary folder") }
    }

    /// A folder with a repository.
    fn repository() -> Self {
        let folder = Self::new();
        folder.git(&["init", "-q", "-b", "main"]);
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

    /// Plain git, which must succeed.
    fn git(&self, args: &[&str]) {
        let identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"];
        let done = Command::new("git")
            .args(identity)
            .args(args)
            .current_dir(self.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .output()
            .expect("git starts");
        assert!(done.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&done.stderr));
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "-A", "-f"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", message]);
    }

    /// `lead-guard secrets` with these arguments.
    fn call(&self, args: &[&str]) -> Answer {
        self.call_with(args, b"")
    }

    fn call_with(&self, args: &[&str], input: &[u8]) -> Answer {
        let mut child = Command::new(env!("CARGO_BIN_EXE_lead-guard"))
            .arg("secrets")
            .args(args)
            .current_dir(self.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        // It may end before it has read all.
        let _ = child.stdin.take().expect("piped").write_all(input);
        let done = child.wait_with_output().expect("it ends");
        Answer {
            code: done.status.code().expect("it ended by itself"),
            out: String::from_utf8(done.stdout).expect("UTF-8"),
            err: String::from_utf8(done.stderr).expect("UTF-8"),
        }
    }
}
