//! `lead-forge` as its users meet it: every verb and every error, as text and as JSON.

mod errors;
mod init;
mod inventory;
mod kill;
mod page;
mod pictures;
mod review;
mod run;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A repository with one commit, and a state folder of its own.
struct Repo {
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
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {}", self.out))
    }
}

impl Repo {
    fn new() -> Self {
        let repo = Self { dir: tempfile::tempdir().expect("a temporary folder") };
        std::fs::create_dir(repo.path()).expect("made");
        repo.git(&["init", "-q", "-b", "main"]);
        repo.write("a.txt", "one\n");
        repo.git(&["add", "-A"]);
        repo.git(&["commit", "-q", "-m", "begin"]);
        repo
    }

    /// A repository with these pending tasks, accepted.
    fn with(tasks: &[(&str, &str)]) -> Self {
        let repo = Self::new();
        for (id, front) in tasks {
            repo.task(id, front);
        }
        repo.accept();
        repo
    }

    fn path(&self) -> PathBuf {
        self.dir.path().join("repo")
    }

    fn state(&self) -> PathBuf {
        self.path().join(".git/leadforge")
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        std::fs::create_dir_all(path.parent().expect("it has one")).expect("created");
        std::fs::write(path, text).expect("written");
    }

    fn read(&self, path: &str) -> Option<String> {
        std::fs::read_to_string(self.path().join(path)).ok()
    }

    fn task(&self, id: &str, front: &str) {
        let text = format!("+++\ntitle = \"Do {id}\"\n{front}\n+++\nThe text.\n");
        self.write(&format!("docs/TASKS/queue/pending/{id}.md"), &text);
    }

    /// Accepts what would run, as a user does: look, then type the digest.
    fn accept(&self) {
        let digest = self.call(&["trust", "--format", "json"]).json()["data"]["digest"].clone();
        let digest = digest.as_str().expect("a digest");
        let accepted = self.call(&["trust", "--accept", digest]);
        assert_eq!(accepted.code, 0, "{}", accepted.err);
    }

    fn git(&self, args: &[&str]) -> String {
        let out = Command::new("git")
            .args(["-c", "user.name=Ann", "-c", "user.email=ann@example.org"])
            .args(args)
            .current_dir(self.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null")
            .output()
            .expect("git runs");
        assert!(out.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8_lossy(&out.stdout).trim_end().to_owned()
    }

    fn command(&self, at: &Path, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lead-forge"));
        command
            .args(args)
            .current_dir(at)
            .env("XDG_STATE_HOME", self.dir.path().join("state"))
            .env("HOME", self.dir.path())
            .env_remove("NO_COLOR")
            .stdin(Stdio::null());
        command
    }

    fn call(&self, args: &[&str]) -> Answer {
        self.call_in(&self.path(), args)
    }

    fn call_in(&self, at: &Path, args: &[&str]) -> Answer {
        let out = self.command(at, args).output().expect("the command starts");
        Answer {
            code: out.status.code().expect("it exits by itself"),
            out: String::from_utf8(out.stdout).expect("UTF-8"),
            err: String::from_utf8(out.stderr).expect("UTF-8"),
        }
    }

    /// Refs of the user and the state of the checkout.
    fn own(&self) -> String {
        let refs = self.git(&["for-each-ref", "--format=%(refname) %(objectname)"]);
        let own: Vec<&str> =
            refs.lines().filter(|l| !l.contains("/lf/") && !l.contains("leadforge")).collect();
        format!(
            "{own:?} {} {}",
            self.git(&["rev-parse", "HEAD"]),
            self.git(&["status", "--porcelain"])
        )
    }
}
