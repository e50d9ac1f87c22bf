//! A throw-away repository, made with plain git under a clean environment.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use leadforge_host_git::{Config, Git, NewWorktree, Oid, Signature, Worktree};

/// A folder with a repository `repo` and an empty `home`.
pub(crate) struct Bed {
    pub(crate) dir: tempfile::TempDir,
}

impl Bed {
    /// A repository on branch `main` with one commit of three files.
    pub(crate) fn new() -> Self {
        Self::with(&[])
    }

    /// The same, with more arguments for `git init`.
    pub(crate) fn with(init: &[&str]) -> Self {
        let bed = Self { dir: tempfile::tempdir().unwrap() };
        fs::create_dir(bed.path("home")).unwrap();
        bed.run(bed.dir.path(), &[&["init", "-q", "-b", "main"], init, &["repo"]].concat());
        bed.git(&["config", "user.name", "Ada"]);
        bed.git(&["config", "user.email", "ada@example.org"]);
        bed.write("a.txt", "one\ntwo\nthree\n");
        bed.write("src/lib.rs", "fn main() {}\n");
        bed.write(".gitignore", "*.log\ntarget/\n");
        bed.commit("first");
        bed
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().canonicalize().unwrap().join(name)
    }

    pub(crate) fn repo(&self) -> PathBuf {
        self.path("repo")
    }

    pub(crate) fn open(&self) -> Git {
        Git::discover(&self.repo(), &config()).unwrap()
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        put(&self.repo(), name, text);
    }

    /// Commits everything and gives the commit.
    pub(crate) fn commit(&self, message: &str) -> Oid {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", message]);
        self.head()
    }

    pub(crate) fn head(&self) -> Oid {
        oid(&self.git(&["rev-parse", "HEAD"]))
    }

    /// Plain git in the repository, which must succeed.
    pub(crate) fn git<S: AsRef<OsStr>>(&self, args: &[S]) -> String {
        self.run(&self.repo(), args)
    }

    pub(crate) fn run<S: AsRef<OsStr>>(&self, cwd: &Path, args: &[S]) -> String {
        let output = self.plain(cwd, args);
        let shown: Vec<_> = args.iter().map(|arg| arg.as_ref().to_string_lossy()).collect();
        assert!(
            output.status.success(),
            "git {shown:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
    }

    pub(crate) fn plain<S: AsRef<OsStr>>(&self, cwd: &Path, args: &[S]) -> Output {
        plain(&self.path("home"), cwd, args)
    }

    /// A worktree of ours on a new branch at `HEAD`.
    pub(crate) fn tree(&self, git: &Git, name: &str) -> Worktree {
        let new = NewWorktree {
            path: self.path(name),
            branch: Some(format!("lf/{name}")),
            at: git.resolve("HEAD").unwrap().unwrap(),
        };
        git.worktree_add(&new).unwrap()
    }
}

/// The user's git, with a home of its own.
pub(crate) fn plain<S: AsRef<OsStr>>(home: &Path, cwd: &Path, args: &[S]) -> Output {
    Command::new("git")
        .env_clear()
        .env("PATH", search_path())
        .env("HOME", home)
        .env("LC_ALL", "C")
        .env("GIT_AUTHOR_DATE", "@1700000000 +0100")
        .env("GIT_COMMITTER_DATE", "@1700000000 +0100")
        .args(["-c", "protocol.file.allow=always"])
        .args(args)
        .current_dir(cwd)
        .output()
        .unwrap()
}

/// Where git is looked up; `HOST_GIT_TEST_PATH` lets the tests run against another version.
pub(crate) fn search_path() -> String {
    std::env::var("HOST_GIT_TEST_PATH").unwrap_or("/usr/local/bin:/usr/bin:/bin".into())
}

pub(crate) fn config() -> Config {
    Config { path: search_path().into(), ..Config::default() }
}

pub(crate) fn put(root: &Path, name: &str, text: &str) {
    let path = root.join(OsStr::from_bytes(name.as_bytes()));
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

pub(crate) fn oid(text: &str) -> Oid {
    Oid::parse(text).unwrap()
}

pub(crate) fn who(name: &str) -> Signature {
    Signature {
        name: name.into(),
        email: format!("{name}@example.org"),
        seconds: 1_700_000_000,
        offset: -90,
    }
}

/// The files of a tree as `MODE PATH` lines.
pub(crate) fn listing(git: &Git, tree: &Oid) -> String {
    let entries = git.ls_tree(tree, "").unwrap();
    let lines = entries.iter().map(|e| format!("{:o} {}\n", e.mode, e.path.escape_ascii()));
    lines.collect()
}
