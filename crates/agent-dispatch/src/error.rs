//! What can stop a run as a whole. What stops one attempt is a reason in its events, not an error.

use std::path::PathBuf;

use crate::job::BoardError;
use crate::sandbox;

/// Why a run could not go on. Nothing that was acknowledged is lost: the next start takes up what is there.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Git said no.
    #[error(transparent)]
    Git(#[from] leadforge_host_git::Error),
    /// A file could not be written or read.
    #[error(transparent)]
    File(#[from] leadforge_durable_fs::Error),
    /// A scratch folder could not be made or removed.
    #[error("{path}: {source}")]
    Scratch {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The sandbox could not be set up.
    #[error(transparent)]
    Sandbox(#[from] sandbox::Error),
    /// The queue could not be asked.
    #[error(transparent)]
    Board(#[from] BoardError),
    /// Another run works on this repository.
    #[error("another run works on this repository: {path} is locked")]
    Locked {
        /// The lock file.
        path: PathBuf,
    },
    /// What a killed run had started does not end.
    #[error("what a killed run had started is still at work: {path} is locked")]
    Lingering {
        /// The lock file, which those processes have open.
        path: PathBuf,
    },
    /// The integration branch was moved by somebody else during the run.
    #[error(
        "branch {branch} was moved by somebody else during the run; nothing was landed over it"
    )]
    BranchMoved {
        /// The branch.
        branch: String,
    },
    /// The integration branch is checked out in a worktree; moving it would pull the ground from under its files.
    #[error("branch {branch} is checked out in {at}; land on another branch with --land")]
    CheckedOut {
        /// The branch.
        branch: String,
        /// The worktree.
        at: PathBuf,
    },
    /// The integration branch has a name that cannot be used.
    #[error("--land {branch:?}: {why}")]
    BadBranch {
        /// The name.
        branch: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A branch has the name that ours are below, which git cannot hold at once.
    #[error("a branch called {branch} is in the way of {branch}/…; rename it")]
    InTheWay {
        /// The branch.
        branch: &'static str,
    },
    /// The integration branch exists and no run made it.
    #[error("branch {branch} is not one that a run made, so nothing is landed on it")]
    NotOurs {
        /// The branch.
        branch: String,
    },
    /// The beginning of an id stands for several tasks.
    #[error("{id} is the beginning of {ids}; write more of it")]
    Ambiguous {
        /// What was given.
        id: String,
        /// The tasks.
        ids: String,
    },
    /// A revision that names no commit.
    #[error("{name:?} names no commit here")]
    NoRevision {
        /// What was given.
        name: String,
    },
    /// A completion that is not what a completion has to be; nothing was landed.
    #[error("{id}: {why}; nothing was landed")]
    Unsound {
        /// The task.
        id: String,
        /// What is wrong.
        why: String,
    },
    /// A part of the run ended in a way that it never should.
    #[error("internal error: {0}")]
    Internal(String),
    /// The run was stopped; what was running was ended and is run again by the next.
    #[error("the run was stopped")]
    Stopped,
    /// The repository has no commit to start from.
    #[error("the repository has no commit yet; make one first")]
    NoCommit,
    /// A `prepare` command failed.
    #[error("prepare failed ({ended}): {command}\n{tail}")]
    Prepare {
        /// The command line.
        command: String,
        /// How it ended.
        ended: String,
        /// Its last lines.
        tail: String,
    },
    /// A file that a `prepare` entry names is not in the tree.
    #[error("[[verify.prepare]] locks: {path} is not in the repository")]
    NoLock {
        /// The missing file.
        path: String,
    },
}
