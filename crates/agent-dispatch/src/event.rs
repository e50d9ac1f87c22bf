//! Everything that happens in a run, as data: the journal's records, the NDJSON stream and the source of every report.

use serde::{Deserialize, Serialize};

use crate::evidence::Check;
use crate::job::Job;

/// One thing that happened; `at` is Unix milliseconds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// When.
    pub at: u64,
    /// What.
    #[serde(flatten)]
    pub what: What,
}

/// A changed file of a work commit, as git counts it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Changed {
    /// One letter, git's.
    pub status: String,
    /// The path; bytes that are no UTF-8 are replaced.
    pub path: String,
    /// Lines added; absent for a binary file.
    pub added: Option<u64>,
    /// Lines removed; absent for a binary file.
    pub removed: Option<u64>,
}

/// The kinds of events.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum What {
    /// A session of the run began; a restarted run has several.
    RunStarted {
        /// This session.
        session: String,
        /// The user's commit that the branch grew from.
        base: String,
        /// The commit that recorded the queue.
        record: String,
        /// The integration branch.
        branch: String,
        /// Attempts at once.
        workers: usize,
        /// The sandbox in use.
        sandbox: String,
        /// How many jobs there are; [`What::Planned`] names them.
        jobs: usize,
    },
    /// Some of the session's jobs, in landing order; a large queue takes several.
    Planned {
        /// The jobs, long texts cut.
        jobs: Vec<Job>,
    },
    /// Something of an earlier session was taken up, saved or removed.
    Recovered {
        /// In words.
        what: String,
    },
    /// An attempt got its lease and its worktree.
    AttemptStarted {
        /// Task.
        id: String,
        /// Which try, from 1.
        round: u8,
        /// Competing slot, from 1.
        slot: u8,
        /// Lease epoch.
        epoch: u64,
        /// The agent's name.
        agent: String,
        /// The attempt's branch.
        branch: String,
        /// The commit it starts from.
        base: String,
        /// Lane for the picture: which worker ran it.
        lane: usize,
        /// True when an earlier session's commit was taken up instead of running the agent again.
        adopted: bool,
    },
    /// The agent's processes have ended.
    AgentEnded {
        /// Task.
        id: String,
        /// Lease epoch.
        epoch: u64,
        /// Exit code, if it exited.
        exit: Option<i32>,
        /// How it ended, in one word.
        ended: String,
        /// Wall milliseconds.
        wall_ms: u64,
        /// CPU milliseconds.
        cpu_ms: u64,
        /// Peak memory in bytes.
        max_rss: u64,
        /// Bytes of output seen.
        output_bytes: u64,
        /// Digest of the kept log.
        log_sha256: String,
        /// Last lines of the log.
        log_tail: String,
        /// Processes that outlived the agent and were ended.
        survivors: u64,
    },
    /// The host made the work commit.
    WorkTaken {
        /// Task.
        id: String,
        /// Lease epoch.
        epoch: u64,
        /// The commit.
        commit: String,
        /// Its tree.
        tree: String,
        /// What it changes against its base.
        files: Vec<Changed>,
        /// Paths outside the declared scope.
        outside: Vec<String>,
        /// Running tasks that declared one of those paths.
        collides: Vec<String>,
        /// Changes under the queue's folder that were discarded.
        discarded: Vec<String>,
    },
    /// One verification command ended.
    Checked {
        /// Task.
        id: String,
        /// Lease epoch.
        epoch: u64,
        /// The tree it ran on.
        tree: String,
        /// True when the gate ran it on the merged tree.
        landing: bool,
        /// What it said.
        check: Check,
    },
    /// An attempt ended, its own verification included.
    AttemptEnded {
        /// Task.
        id: String,
        /// Lease epoch.
        epoch: u64,
        /// Verified or not.
        verified: bool,
        /// The score that competing attempts are compared by; lower is better.
        score: Option<u64>,
        /// Why not, when not.
        reason: Option<String>,
    },
    /// The gate began with an attempt.
    LandingStarted {
        /// Task.
        id: String,
        /// Lease epoch.
        epoch: u64,
        /// The tip it is merged onto.
        tip: String,
    },
    /// On the integration branch.
    Landed {
        /// Task.
        id: String,
        /// Lease epoch.
        epoch: u64,
        /// The completion commit.
        commit: String,
        /// The verified tree.
        tree: String,
        /// True when a merge commit was needed.
        merged: bool,
        /// True when that tree was verified before and not again.
        reused: bool,
        /// The competing attempts that were not chosen, as branches.
        others: Vec<String>,
    },
    /// The gate sent an attempt back.
    SentBack {
        /// Task.
        id: String,
        /// Lease epoch.
        epoch: u64,
        /// Conflict, red, refused.
        reason: String,
    },
    /// A job reached its end in this run.
    Settled {
        /// Task.
        id: String,
        /// `landed`, `failed`, `blocked`, `skipped`.
        outcome: String,
        /// Why, unless landed.
        reason: Option<String>,
    },
    /// The session's end; absent after a kill.
    RunEnded {
        /// The branch's tip.
        tip: String,
    },
}
