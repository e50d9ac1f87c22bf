//! A whole queue in memory, checked: what is open, what is done, what waits for what.

use std::collections::BTreeMap;
use std::path::Path;

use crate::error::{Error, Errors, Fault};
use crate::files::{Folder, Open, Place, Unread, fault, open_folder, parse, place};
use crate::graph::{self, Problem};
use crate::model::{Task, TaskId};

/// The tasks of a queue, every one of them readable and every reference resolved.
#[derive(Clone, Debug, Default)]
pub struct Queue {
    pending: BTreeMap<TaskId, Task>,
    completed: BTreeMap<TaskId, Task>,
}

impl Queue {
    /// Reads the queue in a folder, usually [`QUEUE_DIR`](crate::QUEUE_DIR) of a checkout.
    ///
    /// A folder that does not exist is an empty queue.
    ///
    /// # Errors
    /// [`Error::Queue`] with every bad file; [`Error::Io`] when a file cannot be read at all.
    pub fn load(root: &Path) -> Result<Self, Error> {
        let mut builder = Builder::default();
        for folder in Folder::BOTH {
            match open_folder(root, folder) {
                Ok(Some(open)) => builder.read_folder(folder, &open)?,
                Ok(None) => {}
                Err(Error::File(fault)) => builder.faults.push(fault),
                Err(error) => return Err(error),
            }
        }
        builder.finish()
    }

    /// Builds a queue from files, for example those of a commit.
    ///
    /// A path counts by its last two parts, `pending/ID.md` or `completed/ID.md`; READMEs, hidden
    /// files and everything in other folders are passed over.
    ///
    /// # Errors
    /// [`Error::Queue`] with every bad file.
    pub fn from_files<P, B>(files: impl IntoIterator<Item = (P, B)>) -> Result<Self, Error>
    where
        P: AsRef<str>,
        B: AsRef<[u8]>,
    {
        let mut builder = Builder::default();
        for (path, bytes) in files {
            if let Place::Task(folder) = place(path.as_ref()) {
                builder.add(folder, path.as_ref(), bytes.as_ref());
            }
        }
        builder.finish()
    }

    /// The tasks to be done, by id.
    pub fn pending(&self) -> impl ExactSizeIterator<Item = &Task> {
        self.pending.values()
    }

    /// The tasks that are done, by id.
    pub fn completed(&self) -> impl ExactSizeIterator<Item = &Task> {
        self.completed.values()
    }

    /// A task, open or done.
    pub fn get(&self, id: &TaskId) -> Option<&Task> {
        self.pending.get(id).or_else(|| self.completed.get(id))
    }

    /// True when the task is done.
    pub fn is_completed(&self, id: &TaskId) -> bool {
        self.completed.contains_key(id)
    }

    /// The one task whose id begins with this text; a whole id always names its task.
    ///
    /// # Errors
    /// [`Error::NoSuchTask`] or [`Error::Ambiguous`].
    pub fn find(&self, prefix: &str) -> Result<&Task, Error> {
        let all = self.pending.values().chain(self.completed.values());
        let found: Vec<&Task> = all.filter(|task| task.id.as_str().starts_with(prefix)).collect();
        if let Some(exact) = found.iter().find(|task| task.id.as_str() == prefix) {
            return Ok(exact);
        }
        match found[..] {
            [] => Err(Error::NoSuchTask(prefix.into())),
            [one] => Ok(one),
            _ => {
                let tasks = found.iter().map(|task| task.id.clone()).collect();
                Err(Error::Ambiguous { prefix: prefix.into(), tasks })
            }
        }
    }

    /// The pending tasks in the order in which they are worked off and landed: dependencies, then
    /// priority, then id.
    pub fn order(&self) -> Vec<TaskId> {
        graph::order(&self.pending)
    }

    /// The tasks that this one still waits for.
    pub fn blockers(&self, id: &TaskId) -> Vec<TaskId> {
        let after = self.pending.get(id).map(|task| &task.after[..]).unwrap_or_default();
        let mut open: Vec<TaskId> =
            after.iter().filter(|after| !self.is_completed(after)).cloned().collect();
        open.sort();
        open.dedup();
        open
    }

    /// The pending tasks that wait for nothing, by priority and id.
    pub fn unblocked(&self) -> Vec<&Task> {
        let free = |task: &&Task| task.after.iter().all(|after| self.is_completed(after));
        let mut tasks: Vec<&Task> = self.pending.values().filter(free).collect();
        tasks.sort_by_key(|task| (task.priority, &task.id));
        tasks
    }
}

#[derive(Default)]
struct Builder {
    queue: Queue,
    faults: Vec<Fault>,
}

impl Builder {
    fn read_folder(&mut self, folder: Folder, open: &Open) -> Result<(), Error> {
        for name in open.names()? {
            let Ok(text) = std::str::from_utf8(&name) else {
                self.faults.push(not_utf8(&open.label(&name)));
                continue;
            };
            match open.read(text.as_bytes()) {
                Ok((_, bytes)) => self.add(folder, &open.label(&name), &bytes),
                Err(Unread::Missing) => {}
                Err(Unread::Fault(fault)) => self.faults.push(fault),
                Err(Unread::Error(error)) => return Err(error),
            }
        }
        Ok(())
    }

    fn add(&mut self, folder: Folder, path: &str, bytes: &[u8]) {
        let task = match parse(path, bytes).and_then(|task| fits(folder, task)) {
            Ok(task) => task,
            Err(fault) => return self.faults.push(fault),
        };
        let map = match folder {
            Folder::Pending => &mut self.queue.pending,
            Folder::Completed => &mut self.queue.completed,
        };
        if let Some(other) = map.get(&task.id) {
            let fault = twice(&task, other);
            self.faults.push(fault);
        } else {
            map.insert(task.id.clone(), task);
        }
    }

    fn finish(mut self) -> Result<Queue, Error> {
        let queue = &mut self.queue;
        for (id, done) in &queue.completed {
            if let Some(task) = queue.pending.remove(id)
                && !task.same_definition(done)
            {
                self.faults.push(twice(&task, done));
            }
        }
        // A file that cannot be read may be the one that is referred to: one error for one cause.
        if self.faults.is_empty() {
            self.faults = self.queue.reference_faults();
        }
        if self.faults.is_empty() {
            return Ok(self.queue);
        }
        self.faults.sort();
        self.faults.dedup();
        Err(Error::Queue(Errors(self.faults)))
    }
}

impl Queue {
    fn reference_faults(&self) -> Vec<Fault> {
        let after = |task: &Task| task.after.clone();
        let lists: Vec<(&TaskId, Vec<TaskId>)> =
            self.pending.iter().map(|(id, task)| (id, after(task))).collect();
        let edges = lists
            .iter()
            .map(|(id, after)| (id.as_str(), after.iter().map(TaskId::as_str).collect()))
            .collect();
        let completed = |id: &str| self.completed.contains_key(id);
        let problems = graph::problems(&edges, &completed);
        problems
            .iter()
            .filter_map(|problem| {
                let first = match problem {
                    Problem::Unknown(task, _) => task,
                    Problem::Cycle(cycle) => cycle.first()?,
                };
                Some(reference_fault(self.pending.get(*first)?, problem))
            })
            .collect()
    }
}

/// The fault of a problem, at the line of the file where it can be mended.
pub(crate) fn reference_fault(task: &Task, problem: &Problem<'_>) -> Fault {
    match problem {
        Problem::Unknown(_, after) => fault(
            &task.path,
            task.line_of_after(after),
            format!("after names {after:?}, which does not exist"),
            "the id of a task in pending/ or completed/",
            "correct or remove the entry",
        ),
        Problem::Cycle(cycle) => {
            let next = cycle.get(1).unwrap_or(&cycle[0]);
            let mut way = cycle.clone();
            way.push(cycle[0]);
            fault(
                &task.path,
                task.line_of_after(next),
                format!("the task waits for itself: {}", way.join(" after ")),
                "an order in which each can be done",
                "remove one of these references",
            )
        }
    }
}

/// The file must have what its folder says: evidence in `completed`, none in `pending`.
pub(crate) fn fits(folder: Folder, task: Task) -> Result<Task, Fault> {
    match (folder, &task.done) {
        (Folder::Pending, None) | (Folder::Completed, Some(_)) => Ok(task),
        (Folder::Pending, Some(_)) => Err(fault(
            &task.path,
            1,
            "a pending task has evidence ([done])",
            "none in pending/",
            "remove the table, or put the file back into completed/",
        )),
        (Folder::Completed, None) => Err(fault(
            &task.path,
            1,
            "a completed task has no evidence ([done])",
            "the table that the landing gate writes",
            "move the file back to pending/",
        )),
    }
}

/// The fault of an id that two files claim; the same task in both folders is none, see `finish`.
pub(crate) fn twice(task: &Task, other: &Task) -> Fault {
    fault(
        &task.path,
        1,
        format!("{} has this id too", other.path.escape_debug()),
        "one file for each id",
        "remove or rename one of them",
    )
}

/// The fault of a name that cannot be an id in any spelling.
pub(crate) fn not_utf8(path: &str) -> Fault {
    fault(
        path,
        1,
        "the file's name is not UTF-8",
        "a name such as lf-7k3q9d2x.md",
        "rename the file",
    )
}
