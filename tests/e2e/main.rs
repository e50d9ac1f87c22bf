//! Flows across binaries: tasks come in by one, are worked on by another, and both tell the same story.

mod fakes;
mod flows;
mod hostile;
mod pre_commit;
mod queue_and_run;
mod review;
mod schema;
mod simulation;
mod supply_chain;
mod visual_workflow;
mod workflow;

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
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {} {}", self.out, self.err))
    }
}

/// The binaries of this build: where the caller says, else beside this test.
fn bin(name: &str) -> PathBuf {
    let dir = std::env::var_os("LEADFORGE_BIN_DIR").map(PathBuf::from).unwrap_or_else(|| {
        let test = std::env::current_exe().expect("a test knows itself");
        test.parent().and_then(Path::parent).expect("target/PROFILE/deps").to_owned()
    });
    let path = dir.join(name);
    assert!(path.is_file(), "{} is not built: cargo build --workspace", path.display());
    path
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

    fn path(&self) -> PathBuf {
        self.dir.path().join("repo")
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        std::fs::create_dir_all(path.parent().expect("it has one")).expect("created");
        std::fs::write(path, text).expect("written");
    }

    fn task(&self, id: &str, front: &str) {
        let text = format!("+++\ntitle = \"Do {id}\"\n{front}\n+++\nThe text.\n");
        self.write(&format!("docs/TASKS/queue/pending/{id}.md"), &text);
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

    fn call(&self, name: &str, args: &[&str]) -> Answer {
        self.call_in(&self.path(), name, args)
    }

    fn call_in(&self, folder: &Path, name: &str, args: &[&str]) -> Answer {
        let out = Command::new(bin(name))
            .args(args)
            .current_dir(folder)
            .env("XDG_STATE_HOME", self.dir.path().join("state"))
            .env("HOME", self.dir.path())
            .stdin(Stdio::null())
            .output()
            .expect("the command starts");
        Answer {
            code: out.status.code().expect("it exits by itself"),
            out: String::from_utf8(out.stdout).expect("UTF-8"),
            err: String::from_utf8(out.stderr).expect("UTF-8"),
        }
    }

    fn queue(&self, args: &[&str]) -> Answer {
        self.call("lead-queue", args)
    }

    /// Accepts what would run, then runs.
    fn run(&self, args: &[&str]) -> Answer {
        let shown = self.call("lead-forge", &["trust", "--format", "json"]).json();
        let digest = shown["data"]["digest"].as_str().expect("a digest").to_owned();
        self.call("lead-forge", &[&["run", "--trust", &digest], args].concat())
    }
}
