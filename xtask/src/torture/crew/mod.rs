//! Agents that use `lead-queue` on one repository, and what its answers have promised them.

mod act;
mod check;

use super::Bench;
use crate::sh::{self, Fail, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

pub(super) use act::{Agent, Fate};

/// A repository with its queue.
#[derive(Debug)]
pub(super) struct Crew {
    program: PathBuf,
    dir: PathBuf,
    /// A commit that branches may name.
    commit: String,
    promised: Mutex<Promised>,
    /// The power is being cut: a command may fail from now on.
    dark: AtomicBool,
}

/// Everything that commands with exit 0 have said, and nothing else.
#[derive(Clone, Debug, Default)]
pub(super) struct Promised {
    /// Tasks that are defined.
    pub(super) defined: BTreeSet<String>,
    /// Tokens of leases that nobody has begun to end.
    pub(super) held: BTreeMap<String, Lease>,
    /// Every token that was ever handed out.
    pub(super) tokens: BTreeMap<String, Lease>,
    /// Tasks that are done.
    pub(super) done: BTreeSet<String>,
    /// The highest epoch that was told of a task.
    pub(super) epochs: BTreeMap<String, u64>,
    /// Commands that said yes.
    pub(super) answers: u64,
    /// What must not have happened.
    pub(super) broken: Vec<String>,
    /// How long a command takes, as the last ones did.
    pace: Duration,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lease {
    pub(super) task: String,
    pub(super) epoch: u64,
}

impl Crew {
    /// Makes a repository with one commit and no task.
    pub(super) fn new(bench: &Bench, dir: &Path) -> Result<Self> {
        std::fs::create_dir_all(dir)?;
        git(dir, &["init", "-q", "--template="])?;
        // The tree without files, which git knows by itself.
        let empty = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
        let commit = git(dir, &["commit-tree", "-m", "begin", empty])?.trim().to_owned();
        git(dir, &["update-ref", "HEAD", &commit])?;
        // A clone that somebody works in has been on the disk for longer than a moment.
        sh::capture(sh::program("sync").arg("-f").arg(dir))?;
        let program = bench.bin("lead-queue");
        let begun = Promised { pace: Duration::from_millis(20), ..Promised::default() };
        let (promised, dark) = (Mutex::new(begun), AtomicBool::new(false));
        Ok(Self { program, dir: dir.to_owned(), commit, promised, dark })
    }

    /// Says that the power is about to be cut.
    pub(super) fn darken(&self) {
        self.dark.store(true, Ordering::SeqCst);
    }

    fn is_dark(&self) -> bool {
        self.dark.load(Ordering::SeqCst)
    }

    /// What was promised up to this moment.
    pub(super) fn promised(&self) -> Promised {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Promised> {
        self.promised.lock().expect("no agent panics")
    }

    /// One of our commands, in the repository.
    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.current_dir(&self.dir).args(args).args(["--format", "json"]);
        command
    }
}

fn git(dir: &Path, args: &[&str]) -> Result<String> {
    let mut command = sh::program("git");
    command.current_dir(dir).args(["-c", "user.name=torture"]);
    command.args(["-c", "user.email=torture@localhost"]).args(args);
    sh::capture(&mut command).map_err(|fail| Fail { code: 3, ..fail })
}
