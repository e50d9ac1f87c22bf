//! A lease, its holder, and what only the caller can know: the time, who lives, what was tried.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::model::TaskId;

/// The process that works under a lease.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The machine and its boot: after a restart nobody from before is alive.
    pub boot_id: String,
    /// The process namespace, without which a process id means nothing.
    pub space: String,
    /// The process, or 0 when no process stands for the holder and only time can tell.
    pub pid: u32,
    /// When that process started, in the kernel's ticks since boot: a process id is used again.
    pub pid_start: u64,
}

/// Whether a holder is still there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// Its process runs.
    Alive,
    /// Its process is gone.
    Dead,
    /// It cannot be seen from here: only its lease's time counts.
    Unknown,
}

/// Finds out whether a holder is alive; a closure will do.
pub trait Liveness {
    /// Whether this holder is alive.
    fn life(&self, holder: &Holder) -> Life;
}

impl<F: Fn(&Holder) -> Life> Liveness for F {
    fn life(&self, holder: &Holder) -> Life {
        self(holder)
    }
}

/// The moment of a call, and who is alive at it.
#[derive(Clone, Copy)]
pub struct Now<'a> {
    /// Milliseconds of Unix time, which people and other machines may change.
    pub unix_ms: u64,
    /// The boot that `boot_ms` counts from, as in [`Holder::boot_id`].
    pub boot_id: &'a str,
    /// Milliseconds since that boot, suspended time included, which nobody can change.
    pub boot_ms: u64,
    /// Who is alive.
    pub liveness: &'a dyn Liveness,
}

impl std::fmt::Debug for Now<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} (boot {} + {} ms)", self.unix_ms, self.boot_id, self.boot_ms)
    }
}

/// The right to work on one slot of one task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lease {
    /// The task.
    pub task: TaskId,
    /// Which of the competing attempts, counted from 0.
    pub slot: u8,
    /// The number of this grant: every grant of a task has a higher one than all before.
    pub epoch: u64,
    /// A random text that only the holder knows from the start.
    pub session: String,
    /// The agent that works.
    pub agent: String,
    /// The process that stands for it.
    pub holder: Holder,
    /// When it was granted, in milliseconds of Unix time.
    pub granted_ms: u64,
    /// When the holder was last heard of, in milliseconds of Unix time.
    pub beat_ms: u64,
    /// When it runs out unless the holder is seen alive, in milliseconds of Unix time.
    pub expires_ms: u64,
    /// The same in milliseconds since the holder's boot, which counts wherever that boot still is;
    /// 0 when the holder was last heard of under another boot, so that only Unix time can tell.
    pub expires_boot_ms: u64,
}

/// What the branches of a task tell about earlier grants, which outlives the lease database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// The highest epoch that any branch or completed file names; 0 when there is none.
    pub epoch: u64,
    /// The epochs whose branches were kept: each that is not running now counts as a failed try,
    /// so whoever gives a task back untried, or finds what a killed run left, deletes the branch.
    pub tried: BTreeSet<u64>,
    /// The highest epoch under which the task was completed on a branch; 0 when it was not.
    pub done: u64,
}

/// How often an agent may be handed a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Grants within the window.
    pub limit: u32,
    /// When the window began, in milliseconds of Unix time.
    pub since_ms: u64,
}
