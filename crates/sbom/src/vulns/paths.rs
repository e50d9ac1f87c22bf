//! The shortest way from a project to a component.

use std::collections::VecDeque;

use crate::inventory::{Inventory, Kind, Origin};

/// The shortest ways from the projects of an inventory.
pub(super) struct Paths {
    /// From where each component was reached first; itself for one where a way begins.
    from: Vec<Option<usize>>,
}

impl Paths {
    pub(super) fn of(inventory: &Inventory) -> Self {
        let count = inventory.components.len();
        let mut from = vec![None; count];
        let mut queue = VecDeque::new();
        let project = |index: usize| {
            let component = &inventory.components[index];
            matches!(component.origin, Origin::Local(_)) || component.kind == Kind::Application
        };
        let roots = inventory.root.into_iter().chain((0..count).filter(|index| project(*index)));
        for root in roots {
            if from[root].is_none() {
                from[root] = Some(root);
                queue.push_back(root);
            }
        }
        while let Some(at) = queue.pop_front() {
            let begin = inventory.edges.partition_point(|edge| edge.from < at);
            for edge in inventory.edges[begin..].iter().take_while(|edge| edge.from == at) {
                if from[edge.to].is_none() {
                    from[edge.to] = Some(at);
                    queue.push_back(edge.to);
                }
            }
        }
        Self { from }
    }

    /// The components on the way to this one, the project first; nothing when no project needs it.
    pub(super) fn to(&self, mut at: usize) -> Vec<usize> {
        let mut way = vec![at];
        while let Some(from) = self.from[at] {
            if from == at {
                way.reverse();
                return way;
            }
            way.push(from);
            at = from;
        }
        Vec::new()
    }
}
