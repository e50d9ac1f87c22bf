//! Evidence: what the landing gate, and nothing else, writes about a verified tree.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The schema of [`Evidence`]; additive changes only within it.
pub const SCHEMA: &str = "leadforge/evidence/1";

/// One verification command, run on one tree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// The command line, from the recorded definition or the configuration.
    pub command: String,
    /// SHA-256 of the command line, hexadecimal.
    pub command_sha256: String,
    /// Its exit code; absent when it was ended.
    pub exit: Option<i32>,
    /// How it ended, in one word: `exited`, `timed-out`, `output-limit`, `memory-limit`, `signalled`.
    pub ended: String,
    /// Wall time in milliseconds.
    pub wall_ms: u64,
    /// CPU time in milliseconds, all descendants included.
    pub cpu_ms: u64,
    /// SHA-256 of the whole kept log, hexadecimal.
    pub log_sha256: String,
    /// The log's last lines, for people; at most 4 KiB.
    pub log_tail: String,
}

impl Check {
    /// True when the command exited with 0 by itself.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.exit == Some(0) && self.ended == "exited"
    }
}

/// The proof that goes into a completed task file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// [`SCHEMA`].
    pub schema: String,
    /// The task.
    pub id: String,
    /// The lease's epoch.
    pub epoch: u64,
    /// The lease's session.
    pub session: String,
    /// Who did the work.
    pub agent: String,
    /// The verified commit; the completion commit stands on top of it and touches only the queue.
    pub commit: String,
    /// That commit's tree, on which the checks ran.
    pub tree: String,
    /// The sandbox of the checks.
    pub sandbox: String,
    /// When the agent began, Unix milliseconds.
    pub started_ms: u64,
    /// When the last check ended, Unix milliseconds.
    pub ended_ms: u64,
    /// Lines added by the work, as git counts them.
    pub added: u64,
    /// Lines removed by the work.
    pub removed: u64,
    /// The checks, in order.
    pub checks: Vec<Check>,
}

/// SHA-256 in lower-case hexadecimal.
#[must_use]
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut out, b| {
        write!(out, "{b:02x}").expect("a String takes every write");
        out
    })
}
