//! The one order in which a queue is worked off: dependencies, then priority, then id.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use crate::model::{Priority, Task, TaskId};

/// Orders the pending tasks; those of a cycle, which a loaded queue does not have, are left out.
pub(crate) fn order(pending: &BTreeMap<TaskId, Task>) -> Vec<TaskId> {
    let mut waits: BTreeMap<&TaskId, usize> = BTreeMap::new();
    let mut unlocks: BTreeMap<&TaskId, Vec<&TaskId>> = BTreeMap::new();
    for (id, task) in pending {
        let open = task.after.iter().filter(|after| pending.contains_key(*after));
        waits.insert(id, open.clone().count());
        for after in open {
            unlocks.entry(after).or_default().push(id);
        }
    }
    let rank = |id: &TaskId| pending.get(id).map_or(Priority::P3, |task| task.priority);
    let free = waits.iter().filter(|(_, open)| **open == 0).map(|(id, _)| Reverse((rank(id), *id)));
    let mut next: BinaryHeap<_> = free.collect();
    let mut order = Vec::with_capacity(pending.len());
    while let Some(Reverse((_, id))) = next.pop() {
        order.push(id.clone());
        for unlocked in unlocks.get(id).into_iter().flatten() {
            let open = waits.get_mut(unlocked).expect("every pending task was counted");
            *open -= 1;
            if *open == 0 {
                next.push(Reverse((rank(unlocked), unlocked)));
            }
        }
    }
    order
}
