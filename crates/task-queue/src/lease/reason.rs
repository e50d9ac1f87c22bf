//! Why a task was not handed out.

use std::fmt;

use serde::Serialize;

use crate::model::TaskId;
use crate::scope::Witness;

/// One reason why a task, or any task, cannot be had now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub enum Reason {
    /// Other tasks must be completed first.
    WaitsFor {
        /// The task.
        task: TaskId,
        /// What it waits for.
        after: Vec<TaskId>,
    },
    /// It would change what a running task changes.
    Overlaps {
        /// The task.
        task: TaskId,
        /// The running one.
        with: TaskId,
        /// What both would change.
        at: Witness,
    },
    /// It or a running task does not say what it changes, and such tasks are to run alone.
    ScopeUnknown {
        /// The task.
        task: TaskId,
        /// The running one.
        with: TaskId,
    },
    /// All its slots are taken.
    Running {
        /// The task.
        task: TaskId,
        /// Who works on it.
        agents: Vec<String>,
    },
    /// It was tried as often as it may be, and waits for a person to release it.
    Failed {
        /// The task.
        task: TaskId,
        /// How many grants of it failed.
        tries: u32,
    },
    /// It is done on a branch that this queue does not show yet.
    Done {
        /// The task.
        task: TaskId,
        /// The epoch under which it was done.
        epoch: u64,
    },
    /// It is completed.
    Completed {
        /// The task.
        task: TaskId,
    },
    /// It is meant for other agents.
    NotForAgent {
        /// The task.
        task: TaskId,
        /// The agents that may do it.
        agents: Vec<String>,
    },
    /// The agent has had as many tasks as it may in this window.
    Quota {
        /// The agent.
        agent: String,
        /// What it had.
        used: u32,
        /// What it may have.
        limit: u32,
    },
    /// The agent works on as many tasks at once as it may.
    Busy {
        /// The agent.
        agent: String,
        /// What it may have at once.
        limit: u32,
    },
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |ids: &[TaskId]| ids.iter().map(TaskId::as_str).collect::<Vec<_>>().join(", ");
        match self {
            Self::WaitsFor { task, after } => write!(f, "{task} waits for {}", list(after)),
            Self::Overlaps { task, with, at } => {
                write!(f, "{task} would change what {with} is changing: {at}")
            }
            Self::ScopeUnknown { task, with } => {
                write!(f, "{task} and {with} cannot run together: what they change is not known")
            }
            Self::Running { task, agents } => {
                write!(f, "{task} is being done by {}", agents.join(", "))
            }
            Self::Failed { task, tries } => {
                write!(f, "{task} has failed {tries} times and waits for its release")
            }
            Self::Done { task, epoch } => {
                write!(f, "{task} is done under epoch {epoch} and not merged here yet")
            }
            Self::Completed { task } => write!(f, "{task} is completed"),
            Self::NotForAgent { task, agents } => {
                write!(f, "{task} is for {} only", agents.join(", "))
            }
            Self::Quota { agent, used, limit } => {
                write!(f, "{agent} has had {used} of {limit} tasks in this window")
            }
            Self::Busy { agent, limit } => {
                write!(f, "{agent} works on {limit} tasks, as many as it may at once")
            }
        }
    }
}
