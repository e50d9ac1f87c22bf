//! One task: what is asked for, where, how it is proven, and by whom it may be done.

use serde::Serialize;

use super::{Completion, Priority, TaskId};
use crate::scope::{Glob, Scope};

/// What the source of a task said that it would cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Estimate {
    /// Hours of work.
    pub hours: Option<f64>,
    /// Keystrokes of a person.
    pub keystrokes: Option<u64>,
}

/// One task, as its file describes it.
///
/// The fields may be changed freely: [`Task::to_bytes`] writes the changed ones into the text that
/// was read and leaves everything else, comments and unknown keys included, as it was.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Task {
    /// Its name, which is also the name of its file.
    pub id: TaskId,
    /// One line saying what is asked for.
    pub title: String,
    /// How urgent it is.
    pub priority: Priority,
    /// The tasks that must be completed before this one.
    pub after: Vec<TaskId>,
    /// The files it will change; empty means that nobody knows.
    pub touches: Vec<Glob>,
    /// The symbols it will change, as `path::name`: within that file, nothing else.
    pub symbols: Vec<String>,
    /// What else it needs for itself alone: a port, a database, a device.
    pub resources: Vec<String>,
    /// The command lines that must succeed before it counts as done.
    pub verify: Vec<String>,
    /// The agents that may do it; empty means any.
    pub agents: Vec<String>,
    /// The hosts its agent may reach.
    pub hosts: Vec<String>,
    /// How many agents compete on it at once.
    pub attempts: u8,
    /// How often it is tried before it counts as failed.
    pub tries: u8,
    /// The command line that the built-in shell agent runs.
    pub run: Option<String>,
    /// What its source said that it would cost.
    pub estimate: Option<Estimate>,
    /// Where it was imported from: the key by which a second import finds it.
    pub source: Option<String>,
    /// The evidence, when it is completed.
    pub done: Option<Completion>,
    /// The text below the front matter, byte for byte.
    pub body: String,
    /// The front matter as it was read, which `to_bytes` starts from.
    #[serde(skip)]
    pub(crate) front: String,
    /// The file it was read from, as it was named to us; empty when it was made here.
    #[serde(skip)]
    pub(crate) path: String,
    /// False when the file ends right after the closing `+++`.
    #[serde(skip)]
    pub(crate) closed: bool,
}

impl Task {
    /// A task with this id and title and the default of everything else.
    pub fn new(id: TaskId, title: impl Into<String>) -> Self {
        Self {
            id,
            title: title.into(),
            priority: Priority::default(),
            after: Vec::new(),
            touches: Vec::new(),
            symbols: Vec::new(),
            resources: Vec::new(),
            verify: Vec::new(),
            agents: Vec::new(),
            hosts: Vec::new(),
            attempts: 1,
            tries: 2,
            run: None,
            estimate: None,
            source: None,
            done: None,
            body: String::new(),
            front: String::new(),
            path: String::new(),
            closed: true,
        }
    }

    /// Where it works, for the comparison with other tasks.
    pub fn scope(&self) -> Scope {
        Scope {
            touches: self.touches.clone(),
            symbols: self.symbols.clone(),
            resources: self.resources.clone(),
        }
    }

    /// True when this agent may do it.
    pub fn allows_agent(&self, agent: &str) -> bool {
        self.agents.is_empty() || self.agents.iter().any(|name| name == agent)
    }

    /// The file it was read from, as it was named to the parser; empty when it was made here.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// True when both ask for the same thing, whatever the evidence and the comments say.
    pub fn same_definition(&self, other: &Self) -> bool {
        let bare = |task: &Self| Self {
            done: None,
            front: String::new(),
            path: String::new(),
            closed: true,
            ..task.clone()
        };
        bare(self) == bare(other)
    }
}
