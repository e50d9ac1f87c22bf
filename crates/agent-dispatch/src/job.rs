//! What the dispatcher must know of a task, and what it asks of the queue that owns it.

use serde::{Deserialize, Serialize};

use crate::evidence::Evidence;

/// A task as the dispatcher sees it. Jobs are given in landing order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Job {
    /// The task's id; safe as a file name and as a part of a git ref.
    pub id: String,
    /// One line for people.
    pub title: String,
    /// `P0` to `P3`, for people; the order is the list's own.
    pub priority: String,
    /// Where the task came from, if it was imported.
    pub source: Option<String>,
    /// What was asked, as Markdown. Untrusted.
    pub body: String,
    /// The command of the built-in shell agent.
    pub run: Option<String>,
    /// The task's own verification, each a shell command line.
    pub verify: Vec<String>,
    /// Agents that may do it, in order of preference; empty for the default one.
    pub agents: Vec<String>,
    /// Hosts that the task asks for, as `name:port`.
    pub hosts: Vec<String>,
    /// Competing attempts a try.
    pub attempts: u8,
    /// Tries before the task counts as failed.
    pub tries: u8,
    /// Declared globs, for people; `Board::covers` decides.
    pub touches: Vec<String>,
    /// Attempts up to this epoch were forgiven by a release and no longer count as tries.
    pub released: u64,
    /// The epoch under which somebody claimed the task by hand and said that it is done; 0 when nobody did.
    pub done_by_hand: u64,
    /// Ids that must have landed first.
    pub after: Vec<String>,
    /// Ids of earlier jobs whose scope overlaps.
    pub overlaps: Vec<String>,
    /// Hours of a person's work, where the source states it.
    pub estimate_hours: Option<f64>,
    /// Keystrokes of a person, where the source states it.
    pub estimate_keystrokes: Option<u64>,
}

/// Whether a changed path lies within what a task declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// One of the task's globs matches.
    Declared,
    /// The task declared globs and none matches.
    Outside,
    /// The task declared nothing.
    Unknown,
}

/// A lease as the dispatcher holds it: enough to name the branch and to be told apart from a late finisher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The task.
    pub id: String,
    /// The competing slot, from 1.
    pub slot: u8,
    /// Grows with every grant of the task.
    pub epoch: u64,
    /// The holder's session.
    pub session: String,
}

/// The answer to a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claimed {
    /// The task is ours.
    Granted(Grant),
    /// It is not, for these reasons.
    Refused(String),
}

/// How a lease ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The completion is on this integration branch.
    Landed {
        /// Branch name.
        branch: String,
    },
    /// Given back, to be tried again.
    Released,
    /// All tries used.
    Failed {
        /// Of the last try.
        reason: String,
    },
}

/// What the dispatcher needs of a queue. A binary implements it over the real one.
pub trait Board: Send {
    /// Claims one slot of a task; the new epoch is above `floor`.
    ///
    /// # Errors
    /// When the queue could not be asked.
    fn claim(&mut self, id: &str, slot: u8, agent: &str, floor: u64)
    -> Result<Claimed, BoardError>;

    /// Renews a lease.
    ///
    /// # Errors
    /// [`BoardError::Lost`] when it is no longer ours.
    fn beat(&mut self, grant: &Grant) -> Result<(), BoardError>;

    /// Ends a lease.
    ///
    /// # Errors
    /// [`BoardError::Lost`] when it is no longer ours.
    fn settle(&mut self, grant: &Grant, ending: &Ending) -> Result<(), BoardError>;

    /// Whether the task declared this path.
    fn covers(&self, id: &str, path: &str) -> Coverage;

    /// The bytes of the completed task file, with its evidence.
    ///
    /// # Errors
    /// When the definition cannot carry it.
    fn completed(&mut self, id: &str, evidence: &Evidence) -> Result<Vec<u8>, BoardError>;
}

/// Why the queue said no.
#[derive(Debug, thiserror::Error)]
pub enum BoardError {
    /// The lease belongs to another session or epoch now.
    #[error("lease lost: {0}")]
    Lost(String),
    /// The queue's own error.
    #[error("queue: {0}")]
    Queue(String),
}
