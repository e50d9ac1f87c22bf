//! `lead-queue` as its users meet it: every verb and every error, as text and as JSON.

mod errors;
mod files;
mod flow;
mod hostile;
mod import;
mod race;
mod verify;
mod worktree;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A repository of its own, and how to call the command in it.
struct Repo {
    dir: TempDir,
}

/// What a call left.
struct Answer {
    code: i32,
    out: String,
    err: String,
}

impl Repo {
    /// An empty repository with one commit.
    fn new() -> Self {
        let repo = Self { dir: tempfile::tempdir().expect("a temporary folder") };
        repo.git(&["init", "-q", "-b", "main"]);
        repo.git(&["commit", "-q", "--allow-empty", "-m", "begin"]);
        repo
    }

    /// One with these tasks pending.
    fn with(tasks: &[(&str, &str)]) -> Self {
        let repo = Self::new();
        for (id, front) in tasks {
            repo.task(id, front);
        }
        repo
    }

    fn path(&self) -> &Path {
        self.dir.path()
    }

    fn queue(&self) -> PathBuf {
        self.path().join("docs/TASKS/queue")
    }

    fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("it has one")).expect("created");
        fs::write(path, bytes).expect("written");
    }

    fn task(&self, id: &str, front: &str) {
        let text = format!("+++\ntitle = \"Do {id}\"\n{front}+++\nThe text.\n");
        self.write(&format!("docs/TASKS/queue/pending/{id}.md"), text);
    }

    fn git(&self, args: &[&str]) {
        let done = Command::new("git")
            .args(["-c", "user.name=Ann", "-c", "user.email=ann@example.org"])
            .args(args)
            .current_dir(self.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null")
            .status()
            .expect("git runs");
        assert!(done.success(), "git {args:?}");
    }

    fn run(&self, args: &[&str]) -> Answer {
        self.run_in(self.path(), args, "")
    }

    fn run_in(&self, folder: &Path, args: &[&str], input: &str) -> Answer {
        let mut child = command(folder, args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        child.stdin.take().expect("piped").write_all(input.as_bytes()).expect("it reads or ends");
        let done = child.wait_with_output().expect("it ends");
        Answer {
            code: done.status.code().expect("no signal"),
            out: self.plain(&done.stdout),
            err: self.plain(&done.stderr),
        }
    }

    /// A call that must end well, and its JSON.
    fn json(&self, args: &[&str]) -> Value {
        let answer = self.run(&[args, &["--format", "json"]].concat());
        assert_eq!(answer.code, 0, "{args:?}: {}{}", answer.out, answer.err);
        serde_json::from_str(&answer.out).expect("JSON")
    }

    /// Text without what differs from run to run.
    fn plain(&self, bytes: &[u8]) -> String {
        let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
        let real = self.path().canonicalize().expect("it exists");
        text.replace(&*real.to_string_lossy(), "REPO")
            .replace(&*self.path().to_string_lossy(), "REPO")
    }

    /// Exit code, standard error, and what JSON mode says of the same failure.
    fn failure(&self, args: &[&str]) -> String {
        let text = self.run(args);
        let json = self.run(&[args, &["--format", "json"]].concat());
        assert_eq!(text.code, json.code, "{args:?}");
        assert_eq!(text.out, "", "{args:?} writes no result");
        let value: Value = serde_json::from_str(&json.out).expect("an error is JSON too");
        assert_eq!(
            (&value["outcome"], &value["schema"]),
            (&"error".into(), &"leadforge/queue/1".into())
        );
        let error = &value["error"];
        assert_eq!(error["exit"], json.code);
        for line in [error["message"].as_str(), error["hint"].as_str()].into_iter().flatten() {
            assert_eq!(line.lines().count(), 1, "one line: {line:?}");
        }
        format!("exit {}  {}\n{}", text.code, error["code"].as_str().unwrap_or("?"), text.err)
    }
}

/// The command, in a folder, with nothing of the caller's environment that could matter.
fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lead-queue"));
    command.args(args).current_dir(folder).env_remove("NO_COLOR");
    command
}

/// The word for the lease in a claim's JSON.
fn token(claim: &Value) -> String {
    claim["data"]["lease"]["token"].as_str().expect("a lease").to_owned()
}
