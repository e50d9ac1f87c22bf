//! Everything that can go wrong with a queue, each with the path, line or value at fault.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::model::TaskId;

/// What is wrong with one file, where, what was expected, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fault {
    /// The file as it was named to us, with `/` between its parts.
    pub path: String,
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: String,
    /// What was expected instead.
    pub expected: String,
    /// What a person can do about it.
    pub fix: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, line, problem, expected, fix } = self;
        write!(f, "{}:{line}: {problem}; expected {expected}; {fix}", path.escape_debug())
    }
}

/// Why a holder's word is no longer taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Late {
    /// Nobody holds the task: the lease was settled, reaped or lost with the database.
    Gone,
    /// Somebody else holds that slot now.
    Replaced,
    /// The lease ran out before the holder came back.
    Expired,
}

impl fmt::Display for Late {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gone => "its lease no longer exists",
            Self::Replaced => "another session holds the task now",
            Self::Expired => "its lease has expired",
        })
    }
}

/// The error of this crate.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A task file that cannot be used.
    #[error("{0}")]
    File(Fault),
    /// Several task files that cannot be used.
    #[error("{0}")]
    Queue(Errors),
    /// A text that is no task id.
    #[error("{value:?} is not a task id: {why}")]
    BadId {
        /// The text.
        value: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A text that is no glob of ours.
    #[error("glob {glob:?}: {why}")]
    BadGlob {
        /// The text.
        glob: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// No task begins with this text.
    #[error("no task begins with {0:?}")]
    NoSuchTask(String),
    /// Several tasks begin with this text.
    #[error("{prefix:?} is the beginning of several tasks: {}", join(.tasks))]
    Ambiguous {
        /// The text.
        prefix: String,
        /// The tasks.
        tasks: Vec<TaskId>,
    },
    /// The operating system refused.
    #[error("{}: cannot {doing}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What was tried.
        doing: &'static str,
        /// Why it failed.
        source: std::io::Error,
    },
    /// The ground floor refused to write or lock.
    #[error(transparent)]
    Disk(#[from] leadforge_durable_fs::Error),
    /// The lease database failed.
    #[error("{}: cannot {doing}: {reason}", path.display())]
    Database {
        /// The database.
        path: PathBuf,
        /// What was tried.
        doing: &'static str,
        /// What SQLite said.
        reason: String,
    },
    /// The files changed again and again while they were looked at.
    #[error("{}: the task files keep changing: try again", .0.display())]
    Unsettled(PathBuf),
    /// A holder came back too late: somebody else may be at work, so its result is not taken.
    #[error("{task} epoch {epoch}: refused, {why}")]
    Late {
        /// The task.
        task: TaskId,
        /// The epoch that the holder brought.
        epoch: u64,
        /// Why it is refused.
        why: Late,
    },
}

impl Error {
    /// Wraps a failure of the operating system.
    pub(crate) fn io(path: &Path, doing: &'static str, source: std::io::Error) -> Self {
        Self::Io { path: path.to_owned(), doing, source }
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::File(fault)
    }
}

/// Every fault of a queue, in the order of the files: never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Errors(pub(crate) Vec<Fault>);

impl Errors {
    /// The faults, sorted by path and line.
    pub fn faults(&self) -> &[Fault] {
        &self.0
    }
}

impl fmt::Display for Errors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, fault) in self.0.iter().enumerate() {
            if n > 0 {
                f.write_str("\n")?;
            }
            fault.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Errors {}

fn join(tasks: &[TaskId]) -> String {
    tasks.iter().map(TaskId::as_str).collect::<Vec<_>>().join(", ")
}
