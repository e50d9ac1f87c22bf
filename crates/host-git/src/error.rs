//! Everything that can go wrong between us and git, each with the value at fault.

use std::io;
use std::path::{Path, PathBuf};

/// Why an operation did not happen.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No repository at or above the starting folder.
    #[error("{}: not inside a git repository", start.display())]
    NotARepository {
        /// The folder the search began in.
        start: PathBuf,
    },
    /// A `.git` file, `commondir` or `HEAD` does not say what git writes there.
    #[error("{}: not a usable git directory: {reason}", path.display())]
    BadLayout {
        /// The file or folder at fault.
        path: PathBuf,
        /// What was expected.
        reason: String,
    },
    /// The repository uses something that we refuse rather than get wrong.
    #[error("{what}: {advice}")]
    Unsupported {
        /// The feature, with the path or key that asks for it.
        what: String,
        /// What the user can do.
        advice: String,
    },
    /// The git program could not be started.
    #[error("cannot run {}: {source}; install git {} or newer", program.display(), crate::MIN_VERSION)]
    GitMissing {
        /// The program as configured.
        program: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
    /// The git program is older than we can work with.
    #[error("git {found} is too old; {needed} or newer is needed for {feature}")]
    GitTooOld {
        /// The version found.
        found: String,
        /// The least version that works.
        needed: String,
        /// What needs it.
        feature: String,
    },
    /// Git answered with a failure.
    #[error("git {verb} failed with {exit}: {line}")]
    Command {
        /// The subcommand.
        verb: String,
        /// `exit N` or `signal N`.
        exit: String,
        /// The first line git wrote to standard error that is not a warning.
        line: String,
    },
    /// Git did not end in time and was stopped.
    #[error("git {verb} did not end within {seconds} s and was stopped")]
    Timeout {
        /// The subcommand.
        verb: String,
        /// The limit.
        seconds: u64,
    },
    /// Git wrote more than the configured limit and was stopped.
    #[error("git {verb} wrote more than {limit} bytes and was stopped")]
    TooMuchOutput {
        /// The subcommand.
        verb: String,
        /// The limit in bytes.
        limit: usize,
    },
    /// Git's output is not what its documentation says.
    #[error("git {verb} wrote something unexpected: {reason}")]
    Output {
        /// The subcommand.
        verb: String,
        /// What was expected and what came.
        reason: String,
    },
    /// A ref is not where the caller expected it: somebody else was faster.
    #[error("a ref moved meanwhile: {line}")]
    RefMoved {
        /// Git's own words, which name the ref and both values.
        line: String,
    },
    /// A lock file of git stayed for the whole waiting time.
    #[error("git {verb} found a lock that did not go away: {line}")]
    Locked {
        /// The subcommand.
        verb: String,
        /// Git's own words, which name the lock file.
        line: String,
    },
    /// The branch exists at another commit, or is checked out somewhere.
    #[error("branch {branch} is in use: {why}")]
    BranchInUse {
        /// The branch, without `refs/heads/`.
        branch: String,
        /// Where it is checked out, or which commit it is at.
        why: String,
    },
    /// An object that should exist cannot be read.
    #[error("{}: object {name} is missing or unreadable", repository.display())]
    MissingObject {
        /// The repository's common folder.
        repository: PathBuf,
        /// The name asked for.
        name: String,
    },
    /// A path, ref name or label that we refuse to hand to git.
    #[error("{value:?} is refused: {reason}")]
    Refused {
        /// The value at fault, shortened.
        value: String,
        /// Why.
        reason: String,
    },
    /// A worktree that is neither under our state folder nor registered by us.
    #[error("{}: not a worktree of ours, so it is left alone", path.display())]
    NotOurs {
        /// The worktree's folder.
        path: PathBuf,
    },
    /// Not an object name.
    #[error("{text:?} is not an object name of 40 or 64 hexadecimal digits")]
    BadOid {
        /// What was given, shortened.
        text: String,
    },
    /// The operating system refused a file operation.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
    /// A durable write or a lock of ours failed.
    #[error(transparent)]
    Disk(#[from] leadforge_durable_fs::Error),
    /// Work could not be saved, so nothing was removed.
    #[error("{}: kept, because its work could not be saved: {source}", path.display())]
    NotRescued {
        /// The worktree's folder.
        path: PathBuf,
        /// What went wrong.
        source: Box<Self>,
    },
}

impl Error {
    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }

    /// What git wrote may hold anything; the error stays one line of a length that people read.
    pub(crate) fn output(verb: &str, reason: impl Into<String>) -> Self {
        let mut shown = String::new();
        for c in reason.into().chars().take(200) {
            if c.is_control() { shown.extend(c.escape_debug()) } else { shown.push(c) }
        }
        Self::Output { verb: verb.into(), reason: shown }
    }

    pub(crate) fn refused(value: &str, reason: impl Into<String>) -> Self {
        Self::Refused { value: value.chars().take(120).collect(), reason: reason.into() }
    }
}
