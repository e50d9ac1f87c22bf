//! References to nothing, and tasks that wait for themselves.

use std::collections::{BTreeMap, BTreeSet};

/// What is wrong with the references of a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Problem<'a> {
    /// This task waits for that one, which does not exist.
    Unknown(&'a str, &'a str),
    /// Each of these waits for the next, and the last for the first; the smallest id comes first.
    Cycle(Vec<&'a str>),
}

/// Looks at every pending task's references; `completed` says which other tasks exist.
pub(crate) fn problems<'a>(
    pending: &BTreeMap<&'a str, Vec<&'a str>>,
    completed: &dyn Fn(&str) -> bool,
) -> Vec<Problem<'a>> {
    let mut found = Vec::new();
    for (task, after) in pending {
        let unknown = after.iter().filter(|id| !pending.contains_key(**id) && !completed(id));
        found.extend(unknown.map(|id| Problem::Unknown(task, id)));
    }
    found.extend(cycles(pending).into_iter().map(Problem::Cycle));
    found
}

/// At least one cycle of every knot, no two sharing a task.
fn cycles<'a>(pending: &BTreeMap<&'a str, Vec<&'a str>>) -> Vec<Vec<&'a str>> {
    let mut found = Vec::new();
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let mut closed: BTreeSet<&str> = BTreeSet::new();
    for start in pending.keys() {
        // The way from the start to here, each with the references that are still to be followed.
        let mut way: Vec<(&str, std::slice::Iter<'_, &str>)> = Vec::new();
        let mut on_way: BTreeSet<&str> = BTreeSet::new();
        let mut enter = Some(*start);
        loop {
            if let Some(task) = enter.take()
                && !closed.contains(task)
                && let Some(after) = pending.get(task)
            {
                way.push((task, after.iter()));
                on_way.insert(task);
            }
            let Some((task, rest)) = way.last_mut() else { break };
            match rest.next() {
                None => {
                    closed.insert(task);
                    on_way.remove(*task);
                    way.pop();
                }
                Some(next) if on_way.contains(next) => {
                    let from = way.iter().position(|(task, _)| task == next);
                    let cycle: Vec<&str> = way[from.expect("it is on the way")..]
                        .iter()
                        .map(|(task, _)| *task)
                        .collect();
                    if !cycle.iter().any(|task| told.contains(task)) {
                        told.extend(&cycle);
                        found.push(smallest_first(cycle));
                    }
                }
                Some(next) => enter = Some(next),
            }
        }
    }
    found
}

fn smallest_first(mut cycle: Vec<&str>) -> Vec<&str> {
    let smallest = cycle.iter().enumerate().min_by_key(|(_, task)| **task).map_or(0, |(n, _)| n);
    cycle.rotate_left(smallest);
    cycle
}
