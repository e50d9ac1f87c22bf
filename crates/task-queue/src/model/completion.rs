//! The evidence that a task is done, written by the landing gate into the completed file.

use serde::Serialize;

/// One verification command and how it ended.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Check {
    /// The digest of the command line, `sha256:…`.
    pub command: String,
    /// Its exit code.
    pub exit: i32,
    /// The digest of its log, `sha256:…`.
    pub log: String,
    /// How long it took.
    pub seconds: f64,
}

/// What was done, by whom, when, and how it was checked.
///
/// `commit` and `tree` name the verified commit *below* the one that carries this evidence: a
/// commit cannot contain its own name.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Completion {
    /// The epoch of the lease under which it was done.
    pub epoch: u64,
    /// The session of that lease.
    pub session: String,
    /// The agent that did it.
    pub agent: String,
    /// The verified commit.
    pub commit: String,
    /// The tree of that commit.
    pub tree: String,
    /// The commit that the integration branch grew from; older evidence does not name it.
    pub base: Option<String>,
    /// When the agent began, in milliseconds of Unix time.
    pub started_ms: u64,
    /// When it ended, in milliseconds of Unix time.
    pub ended_ms: u64,
    /// Lines added.
    pub added: u64,
    /// Lines removed.
    pub removed: u64,
    /// The verification commands, in the order in which they ran.
    pub checks: Vec<Check>,
}
