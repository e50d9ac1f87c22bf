//! The queue's tasks as the dispatcher's jobs, in landing order.

use std::collections::{BTreeMap, BTreeSet};

use leadforge_agent_dispatch::{Config, Job, Unknown};
use leadforge_task_queue::{Error, Overlap, Queue, Store, Task, TaskId, overlaps};

/// What the lease store remembers beyond the files.
pub(crate) struct Epochs {
    pub(crate) released: BTreeMap<TaskId, u64>,
    pub(crate) done: BTreeMap<TaskId, u64>,
}

impl Epochs {
    /// Reads them.
    pub(crate) fn of(store: &Store) -> Result<Self, Error> {
        Ok(Self { released: store.released()?, done: store.done()? })
    }
}

/// The pending tasks of a queue, in the order in which they land; `only` keeps some of them.
pub(crate) fn jobs(
    queue: &Queue,
    config: &Config,
    only: Option<&BTreeSet<TaskId>>,
    epochs: &Epochs,
) -> Vec<Job> {
    let chosen: Vec<&Task> = queue
        .order()
        .iter()
        .filter(|id| only.is_none_or(|set| set.contains(*id)))
        .filter_map(|id| queue.get(id))
        .collect();
    let scopes: Vec<_> = chosen.iter().map(|task| task.scope()).collect();
    let meets = |a: usize, b: usize| match overlaps(&scopes[a], &scopes[b]) {
        Overlap::Disjoint => false,
        Overlap::Same(_) => true,
        Overlap::Unknown => config.scope.unknown == Unknown::Exclusive,
    };
    let before = |at: usize| (0..at).filter(|other| meets(*other, at)).collect::<Vec<_>>();
    chosen
        .iter()
        .enumerate()
        .map(|(at, task)| Job {
            released: epochs.released.get(&task.id).copied().unwrap_or(0),
            done_by_hand: epochs.done.get(&task.id).copied().unwrap_or(0),
            overlaps: before(at).iter().map(|b| chosen[*b].id.to_string()).collect(),
            ..job(task, queue)
        })
        .collect()
}

fn job(task: &Task, queue: &Queue) -> Job {
    Job {
        id: task.id.to_string(),
        title: task.title.clone(),
        priority: task.priority.to_string(),
        source: task.source.clone(),
        body: task.body.clone(),
        run: task.run.clone(),
        verify: task.verify.clone(),
        agents: task.agents.clone(),
        hosts: task.hosts.clone(),
        attempts: task.attempts,
        tries: task.tries,
        touches: task.touches.iter().map(|g| g.as_str().to_owned()).collect(),
        released: 0,
        done_by_hand: 0,
        after: queue.blockers(&task.id).iter().map(ToString::to_string).collect(),
        overlaps: Vec::new(),
        estimate_hours: task.estimate.and_then(|e| e.hours),
        estimate_keystrokes: task.estimate.and_then(|e| e.keystrokes),
    }
}
