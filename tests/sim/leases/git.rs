//! The refs that the queue knows of: attempt branches, and what is completed on the integration branch.

use std::collections::{BTreeMap, BTreeSet};

use leadforge_task_queue::{Completion, History, Queue, complete};

use super::setup::{SCOPES, Setup, task_name};

/// A modelled repository: every change is one compare-and-swap, and durable when it is done.
#[derive(Debug)]
pub(super) struct Git {
    files: BTreeMap<String, String>,
    /// Attempt branches, with the session whose work is on each.
    branches: BTreeMap<(u8, u64), String>,
    pub(super) completed: BTreeSet<u8>,
    done: BTreeMap<u8, u64>,
    queue: Queue,
}

impl Git {
    pub(super) fn new(setup: &Setup) -> Self {
        let mut files = BTreeMap::new();
        for (at, task) in (0..).zip(&setup.tasks) {
            let mut text = format!(
                "+++\ntitle = \"A task\"\npriority = \"P{}\"\nattempts = {}\ntries = {}\n{}\n",
                task.priority,
                task.attempts,
                task.tries,
                SCOPES[usize::from(task.scope)].0
            );
            if let Some(on) = task.after.filter(|on| usize::from(*on) < setup.tasks.len()) {
                text.push_str(&format!("after = ['{}']\n", task_name(on)));
            }
            if let Some(agent) = task.agent {
                text.push_str(&format!("agents = ['agent{agent}']\n"));
            }
            text.push_str("+++\nDo it.\n");
            files.insert(format!("pending/{}.md", task_name(at)), text);
        }
        let queue = Queue::from_files(&files).unwrap_or_else(|error| panic!("{error}"));
        let (branches, done) = (BTreeMap::new(), BTreeMap::new());
        Self { files, branches, completed: BTreeSet::new(), done, queue }
    }

    /// The queue as the integration branch has it.
    pub(super) fn queue(&self) -> &Queue {
        &self.queue
    }

    /// Makes an attempt's branch, which must not exist.
    pub(super) fn branch(&mut self, task: u8, epoch: u64, session: &str) -> bool {
        let free = !self.branches.contains_key(&(task, epoch));
        if free {
            self.branches.insert((task, epoch), session.to_owned());
        }
        free
    }

    /// Deletes an attempt's branch if this session made it.
    pub(super) fn drop_branch(&mut self, task: u8, epoch: u64, session: &str) {
        if self.has(task, epoch, session) {
            self.branches.remove(&(task, epoch));
        }
    }

    /// True when this session's work is on the attempt's branch.
    pub(super) fn has(&self, task: u8, epoch: u64, session: &str) -> bool {
        self.branches.get(&(task, epoch)).is_some_and(|maker| maker == session)
    }

    /// The gate's transaction: completes a task that is pending on the tip, or changes nothing.
    pub(super) fn land(&mut self, task: u8, epoch: u64, session: &str) -> bool {
        let from = format!("pending/{}.md", task_name(task));
        if !self.has(task, epoch, session) || !self.files.contains_key(&from) {
            return false;
        }
        let text = self.files.remove(&from).expect("just looked up");
        let done = Completion {
            epoch,
            session: session.to_owned(),
            agent: "agent".to_owned(),
            commit: "c0ffee".to_owned(),
            tree: "facade".to_owned(),
            ..Completion::default()
        };
        let bytes = complete(&from, text.as_bytes(), &done).expect("it is a task file");
        let to = format!("completed/{}.md", task_name(task));
        self.files.insert(to, String::from_utf8(bytes).expect("a task file is text"));
        self.queue = Queue::from_files(&self.files).unwrap_or_else(|error| panic!("{error}"));
        self.completed.insert(task);
        self.done.insert(task, epoch);
        true
    }

    /// What the refs of a task tell.
    pub(super) fn history(&self, task: u8) -> History {
        let tried: BTreeSet<u64> =
            self.branches.range((task, 0)..=(task, u64::MAX)).map(|((_, e), _)| *e).collect();
        let done = self.done.get(&task).copied().unwrap_or(0);
        History { epoch: tried.last().copied().unwrap_or(0).max(done), tried, done }
    }
}
