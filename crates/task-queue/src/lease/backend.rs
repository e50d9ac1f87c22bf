//! The one seam behind which leases are kept.

use super::reason::Reason;
use super::types::{History, Holder, Lease, Now, Quota};
use crate::error::Error;
use crate::model::{Task, TaskId};
use crate::queue::Queue;

/// Who asks for a task, and under which rules.
#[derive(Clone)]
pub struct ClaimRequest<'a> {
    /// The agent that will work; empty for no agent in particular.
    pub agent: String,
    /// A random text, new for every claim: two claims never share one.
    pub session: String,
    /// The process that stands for the agent.
    pub holder: Holder,
    /// How long the lease lasts without a beat where the holder cannot be seen, in milliseconds.
    pub ttl_ms: u64,
    /// This task and no other.
    pub task: Option<TaskId>,
    /// How often the agent may be handed a task.
    pub quota: Option<Quota>,
    /// How many tasks the agent may have at once.
    pub at_once: Option<u32>,
    /// True when a task of unknown scope is to run alone.
    pub unknown_exclusive: bool,
    /// What the branches of a task tell.
    pub history: &'a dyn Fn(&TaskId) -> Result<History, Error>,
}

impl<'a> ClaimRequest<'a> {
    /// A claim of any task by this agent, for ten minutes, without a quota.
    pub fn new(
        agent: impl Into<String>,
        session: impl Into<String>,
        holder: Holder,
        history: &'a dyn Fn(&TaskId) -> Result<History, Error>,
    ) -> Self {
        Self {
            agent: agent.into(),
            session: session.into(),
            holder,
            ttl_ms: 600_000,
            task: None,
            quota: None,
            at_once: None,
            unknown_exclusive: false,
            history,
        }
    }
}

/// What came of a claim.
#[derive(Clone, Debug, PartialEq)]
pub enum ClaimOutcome {
    /// The task is yours until the lease ends.
    Granted(Lease, Box<Task>),
    /// There is no pending task at all.
    Empty,
    /// There are tasks, and none can be had now; the first reasons in the order of the queue.
    Blocked(Vec<Reason>),
}

/// How work under a lease ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is completed and landed.
    Done,
    /// It did not hold, which counts as a try.
    Failed,
    /// It was given back untried, which counts as nothing.
    Returned,
}

/// Where leases are kept; every method is one transaction.
///
/// All backends obey the same rules and pass the same tests. They may be called from any thread.
pub trait Backend: Send + Sync {
    /// Hands out the first task of this queue that the rules allow, or says why there is none.
    ///
    /// Blockers, overlap with what is running, tries and quotas are decided in this one step.
    fn claim(
        &self,
        queue: &Queue,
        request: &ClaimRequest<'_>,
        now: &Now<'_>,
    ) -> Result<ClaimOutcome, Error>;

    /// Tells that the holder still works, and extends its lease by `ttl_ms` from now.
    ///
    /// # Errors
    /// [`Error::Late`] when the lease is no longer the holder's.
    fn beat(&self, lease: &Lease, ttl_ms: u64, now: &Now<'_>) -> Result<Lease, Error>;

    /// Whether the lease is still the holder's; it lasts no longer for that.
    ///
    /// # Errors
    /// [`Error::Late`] when it is not.
    fn holds(&self, lease: &Lease, now: &Now<'_>) -> Result<(), Error>;

    /// Ends a lease; only its own session with its own epoch can.
    ///
    /// # Errors
    /// [`Error::Late`] when the lease is no longer the holder's: its result must not be taken.
    fn settle(&self, lease: &Lease, outcome: Outcome, now: &Now<'_>) -> Result<(), Error>;

    /// Lets a failed or done task be handed out again; running leases stay.
    ///
    /// `history` names the epochs that no longer count.
    fn release(&self, task: &TaskId, history: &History) -> Result<(), Error>;

    /// All leases, dead ones included, by task and slot.
    fn leases(&self) -> Result<Vec<Lease>, Error>;

    /// Ends the leases of holders that are dead or out of time, and returns them.
    fn reap(&self, now: &Now<'_>) -> Result<Vec<Lease>, Error>;
}
