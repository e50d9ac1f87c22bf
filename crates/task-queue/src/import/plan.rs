//! From drafts to task files: which ones are new, which are known, which another entry already asks for.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::draft::{At, Draft, Format, Import, Remark, Why};
use super::text::anchor;
use crate::error::{Error, Errors, Fault};
use crate::files::fault;
use crate::graph::{Problem, problems};
use crate::{Glob, Queue, Task, TaskId};

/// The key under which a task file remembers what its source said.
const IMPORTED: &str = "imported";

/// A task file to write.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NewFile {
    /// Its place under the queue's folder, `pending/ID.md`.
    pub path: String,
    /// Its bytes.
    #[serde(skip)]
    pub bytes: Vec<u8>,
    /// Its task.
    pub id: TaskId,
    /// The title of the task.
    pub title: String,
    /// The key of the draft.
    pub key: String,
    /// Where the draft stands.
    pub at: At,
}

/// How a task that was imported before compares with its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// The source says what it said.
    Unchanged,
    /// The source was edited since; the task's file is left alone.
    ChangedAtSource,
    /// The source says that it is done; the queue does not.
    DoneAtSource,
    /// The source no longer has it.
    GoneAtSource,
    /// The queue has it among the completed.
    Completed,
}

/// A task of the queue that came from one of the sources.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Known {
    /// The task.
    pub id: TaskId,
    /// The key of the draft it came from.
    pub key: String,
    /// How it compares with its source.
    pub state: State,
}

/// What an import would do.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Plan {
    /// The files to write, what is waited for first: whenever the writing ends, the queue is sound.
    pub files: Vec<NewFile>,
    /// The tasks that are there already, sorted.
    pub known: Vec<Known>,
    /// Everything left out, and what to know; sorted by place.
    pub remarks: Vec<Remark>,
}

/// Compares an import with a queue. Planning again once the files are written plans nothing.
///
/// A task is known by its `source`, which is the draft's key; what people edited in its file stays.
/// Of two entries with one title in different files one is taken: the one the queue has, else the
/// one whose source says most. Sources that give ids are exempt. Ids follow from the keys.
///
/// # Errors
/// [`Error::Queue`] when the new tasks would wait for themselves; each fault names the source's line.
pub fn plan(import: &Import, queue: &Queue) -> Result<Plan, Error> {
    let mut plan = Planner::new(queue, import.remarks.clone());
    plan.known(import);
    let mut drafts: Vec<&Draft> = import.drafts.iter().collect();
    drafts.sort_by_key(|d| (rank(d.format), Reverse(d.body.len()), &d.at, &d.key));
    let fresh: Vec<&Draft> = drafts.into_iter().filter(|d| plan.admit(d)).collect();
    let mut tasks: Vec<(&Draft, Task)> = Vec::new();
    for draft in fresh {
        tasks.extend(plan.task(draft).map(|task| (draft, task)));
    }
    for (draft, task) in &mut tasks {
        task.after = plan.after(draft, &task.id);
    }
    cycles(queue, &tasks)?;
    let waits = tasks.iter().map(|(_, task)| (task.id.clone(), task.after.clone())).collect();
    for (draft, task) in tasks {
        plan.file(draft, task)?;
    }
    let mut plan = plan.plan;
    plan.files = in_order(plan.files, &waits);
    plan.known.sort();
    plan.remarks.sort();
    Ok(plan)
}

/// How much a format says about a task, the best first.
fn rank(format: Format) -> u8 {
    match format {
        Format::AiTask => 0,
        Format::IssueForm => 1,
        Format::Todo => 2,
        _ => 3,
    }
}

struct Planner<'a> {
    queue: &'a Queue,
    plan: Plan,
    /// The task of each key, and of each key that another one stands for.
    ids: BTreeMap<String, TaskId>,
    /// Ids that are taken.
    taken: BTreeSet<TaskId>,
    /// The entry of each title, and the file that it is in.
    titles: BTreeMap<String, (String, String)>,
}

impl<'a> Planner<'a> {
    fn new(queue: &'a Queue, remarks: Vec<Remark>) -> Self {
        let mut ids = BTreeMap::new();
        let mut taken = BTreeSet::new();
        let mut titles = BTreeMap::new();
        for task in queue.pending().chain(queue.completed()) {
            let key = task.source.clone().unwrap_or_else(|| task.id.to_string());
            titles.insert(
                anchor(&task.title),
                (key, task.source.as_deref().map_or("", file).to_owned()),
            );
            taken.insert(task.id.clone());
            if let Some(source) = &task.source {
                ids.insert(source.clone(), task.id.clone());
            }
        }
        Self { queue, plan: Plan { remarks, ..Plan::default() }, ids, taken, titles }
    }

    /// Compares the tasks that came from the files of this import with what these say now.
    fn known(&mut self, import: &Import) {
        let files: BTreeSet<&str> =
            import.files.iter().map(|f| f.strip_suffix(".failed").unwrap_or(f)).collect();
        let drafts: BTreeMap<&str, &Draft> =
            import.drafts.iter().map(|d| (d.key.as_str(), d)).collect();
        let done: BTreeSet<&str> = import.done.iter().map(String::as_str).collect();
        for (key, id) in &self.ids {
            let Some(task) = self.queue.get(id) else { continue };
            let state = match drafts.get(key.as_str()) {
                _ if self.queue.is_completed(id) && (drafts.contains_key(key.as_str())) => {
                    State::Completed
                }
                Some(draft) if imported(task).is_none_or(|was| was == draft.digest()) => {
                    State::Unchanged
                }
                Some(_) => State::ChangedAtSource,
                None if self.queue.is_completed(id) => continue,
                None if done.contains(key.as_str()) => State::DoneAtSource,
                None if files.contains(file(key)) => State::GoneAtSource,
                None => continue,
            };
            self.plan.known.push(Known { id: id.clone(), key: key.clone(), state });
        }
    }

    /// Whether this draft is new; one with a title that is there already leaves a remark.
    fn admit(&mut self, draft: &Draft) -> bool {
        if self.ids.contains_key(&draft.key) {
            return false;
        }
        if draft.format.has_ids() {
            return true;
        }
        let path = draft.at.path.clone();
        let twin = self
            .titles
            .entry(anchor(&draft.title))
            .or_insert_with(|| (draft.key.clone(), path.clone()));
        if twin.0 == draft.key {
            return true;
        }
        let (key, here) = (twin.0.clone(), twin.1 == path);
        if here {
            self.remark(draft, Why::Note, format!("{}: the title of {key} too", draft.title));
            return true;
        }
        if let Some(id) = self.ids.get(&key).cloned() {
            self.ids.insert(draft.key.clone(), id);
        }
        self.remark(draft, Why::Same(key), draft.title.clone());
        false
    }

    /// The task of a draft without what it waits for, or a remark that says why there is none.
    fn task(&mut self, draft: &Draft) -> Option<Task> {
        let mut id = TaskId::derived(&draft.key);
        let mut n = 1;
        while self.taken.contains(&id) {
            n += 1;
            id = TaskId::derived(&format!("{}\n{n}", draft.key));
        }
        let mut task = Task::new(id, &draft.title);
        task.priority = draft.priority;
        task.agents.clone_from(&draft.agents);
        task.estimate = draft.estimate;
        task.source = Some(draft.key.clone());
        task.body.clone_from(&draft.body);
        for touch in &draft.touches {
            match Glob::parse(touch) {
                Ok(glob) => task.touches.push(glob),
                Err(e) => self.remark(draft, Why::Note, format!("not taken as a scope: {e}")),
            }
        }
        if let Err(e) = Task::parse(&path(&task.id), &task.to_bytes()) {
            let reason = match e {
                Error::File(fault) => format!("{}, expected {}", fault.problem, fault.expected),
                other => other.to_string(),
            };
            self.remark(draft, Why::Unreadable, format!("{}: {reason}", draft.title));
            return None;
        }
        self.taken.insert(task.id.clone());
        self.ids.insert(draft.key.clone(), task.id.clone());
        Some(task)
    }

    /// The tasks that a draft waits for; what is nowhere to be found leaves a remark.
    fn after(&mut self, draft: &Draft, own: &TaskId) -> Vec<TaskId> {
        let mut after = BTreeSet::new();
        for key in &draft.after {
            match self.ids.get(key) {
                Some(id) if id != own => {
                    after.insert(id.clone());
                }
                Some(_) => {}
                None => {
                    let what = format!(
                        "waits for {key}, which is neither here nor in the queue: left out"
                    );
                    self.remark(draft, Why::Note, what);
                }
            }
        }
        after.into_iter().collect()
    }

    fn file(&mut self, draft: &Draft, task: Task) -> Result<(), Error> {
        let path = path(&task.id);
        // Read back, so that nothing is ever written that the queue would refuse.
        let mut task = Task::parse(&path, &task.to_bytes())?;
        task.front.push_str(&format!("{IMPORTED} = \"{}\"\n", draft.digest()));
        let bytes = task.to_bytes();
        let title = task.title.clone();
        let (key, at) = (draft.key.clone(), draft.at.clone());
        self.plan.files.push(NewFile { path, bytes, id: task.id, title, key, at });
        Ok(())
    }

    fn remark(&mut self, draft: &Draft, why: Why, what: String) {
        self.plan.remarks.push(Remark { at: draft.at.clone(), why, what });
    }
}

fn path(id: &TaskId) -> String {
    format!("pending/{id}.md")
}

/// Sorts by path, and puts each file behind those that its task waits for; there is no cycle.
fn in_order(files: Vec<NewFile>, waits: &BTreeMap<TaskId, Vec<TaskId>>) -> Vec<NewFile> {
    let mut left: BTreeMap<TaskId, NewFile> =
        files.into_iter().map(|f| (f.id.clone(), f)).collect();
    let mut sorted = Vec::with_capacity(left.len());
    while let Some((first, _)) = left.first_key_value() {
        let mut way = vec![first.clone()];
        while let Some(id) = way.last() {
            let open =
                waits.get(id).and_then(|after| after.iter().find(|id| left.contains_key(*id)));
            match open {
                Some(next) => way.push(next.clone()),
                None => {
                    sorted.extend(left.remove(id));
                    way.pop();
                }
            }
        }
    }
    sorted
}

/// The file of a key.
fn file(key: &str) -> &str {
    key.split_once('#').map_or(key, |(file, _)| file)
}

/// The digest that a task's file remembers.
fn imported(task: &Task) -> Option<&str> {
    let line = task.front.lines().find_map(|l| l.strip_prefix(IMPORTED))?;
    line.trim_start().strip_prefix('=')?.trim().strip_prefix('"')?.strip_suffix('"')
}

/// Refuses tasks that would wait for themselves, with the places in their sources.
fn cycles(queue: &Queue, tasks: &[(&Draft, Task)]) -> Result<(), Error> {
    let all = queue.pending().chain(tasks.iter().map(|(_, task)| task));
    let edges =
        all.map(|t| (t.id.as_str(), t.after.iter().map(TaskId::as_str).collect())).collect();
    let places: BTreeMap<&str, &At> = tasks.iter().map(|(d, t)| (t.id.as_str(), &d.at)).collect();
    let name = |id: &str| match places.get(id) {
        Some(at) => format!("{}:{}", at.path, at.line),
        None => id.to_owned(),
    };
    let completed: BTreeSet<&str> = queue.completed().map(|t| t.id.as_str()).collect();
    let mut faults: Vec<Fault> = problems(&edges, &|id| completed.contains(id))
        .into_iter()
        .filter_map(|problem| {
            let Problem::Cycle(cycle) = problem else { return None };
            let at = cycle.iter().find_map(|id| places.get(id))?;
            let way: Vec<String> = cycle.iter().chain(cycle.first()).map(|id| name(id)).collect();
            let problem = format!("the task waits for itself: {}", way.join(" after "));
            let expected = "an order in which each can be done";
            Some(fault(
                &at.path,
                at.line as usize,
                problem,
                expected,
                "remove one of these dependencies at the source",
            ))
        })
        .collect();
    faults.sort();
    if faults.is_empty() { Ok(()) } else { Err(Error::Queue(Errors(faults))) }
}
