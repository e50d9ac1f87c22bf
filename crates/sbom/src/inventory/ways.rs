//! Why a component is there: the shortest way to it through each direct dependency of a project.

use std::collections::{BTreeSet, VecDeque};

use super::{Inventory, Origin};

impl Inventory {
    /// The components that a text names: a package URL, `name@version`, or a name in any ecosystem.
    pub fn named(&self, text: &str) -> Vec<usize> {
        let fits = |index: &usize| {
            let component = &self.components[*index];
            let version = component.version.as_deref().unwrap_or_default();
            let plain = component.purl.split(['?', '#']).next().unwrap_or_default();
            let short = plain.rsplit_once('@').map_or(plain, |(short, _)| short);
            [component.reference.as_str(), &component.purl, plain, short, &component.name]
                .contains(&text)
                || text
                    .strip_prefix(component.name.as_str())
                    .and_then(|rest| rest.strip_prefix('@'))
                    == Some(version)
        };
        (0..self.components.len()).filter(fits).collect()
    }

    /// The ways to a component: for each direct dependency of a project that leads to it, the shortest one.
    ///
    /// A way begins with the project and ends with the component; the edges between its members are those of the
    /// inventory. There is none to what no project needs.
    pub fn ways(&self, to: usize) -> Vec<Vec<usize>> {
        // Backwards from the component: from each the next one on the way to it.
        let mut into: Vec<Vec<usize>> = vec![Vec::new(); self.components.len()];
        for (from, target) in self.pairs() {
            into[target].push(from);
        }
        let mut next: Vec<Option<usize>> = vec![None; self.components.len()];
        let mut queue = VecDeque::from([to]);
        let mut seen = BTreeSet::from([to]);
        while let Some(at) = queue.pop_front() {
            for &from in &into[at] {
                if seen.insert(from) {
                    next[from] = Some(at);
                    // A project that needs the component through another project is asked there.
                    if !self.is_project(from) || from == to {
                        queue.push_back(from);
                    }
                }
            }
        }
        let mut ways = Vec::new();
        for (project, direct) in self.pairs() {
            if !self.is_project(project) || !(direct == to || next[direct].is_some()) {
                continue;
            }
            if self.is_project(direct) && direct != to {
                continue;
            }
            let mut way = vec![project, direct];
            while let Some(after) = way.last().and_then(|last| next[*last]) {
                way.push(after);
            }
            if way.last() == Some(&to) {
                ways.push(way);
            }
        }
        ways.sort_by_key(Vec::len);
        ways
    }

    /// Whether a component is a project of the tree itself.
    pub fn is_project(&self, index: usize) -> bool {
        matches!(self.components[index].origin, Origin::Local(_))
    }
}
