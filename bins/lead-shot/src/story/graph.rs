//! Which version first holds a commit: the graph decides, the days of the tags only order.

use std::collections::BTreeMap;

use leadforge_host_git::Oid;

/// Commits and their parents, children before parents.
pub(crate) struct Graph {
    names: Vec<Oid>,
    places: BTreeMap<Oid, usize>,
    parents: Vec<Vec<usize>>,
    /// Which version holds a commit first, counted from 1.
    owners: Vec<u32>,
    versions: u32,
}

/// What one version adds.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// How many commits are in it and in no earlier version.
    pub(crate) own: usize,
    /// The commits of earlier versions that it builds on, the newest first: none comes after it.
    pub(crate) edge: Vec<Oid>,
}

impl Graph {
    pub(crate) fn new(commits: Vec<(Oid, Vec<Oid>)>) -> Self {
        let places: BTreeMap<Oid, usize> =
            commits.iter().enumerate().map(|(at, (oid, _))| (oid.clone(), at)).collect();
        let parents = commits.iter().map(|(_, parents)| {
            // A shallow repository ends at commits whose parents it does not have.
            parents.iter().filter_map(|oid| places.get(oid).copied()).collect()
        });
        let parents = parents.collect();
        let names: Vec<Oid> = commits.into_iter().map(|(oid, _)| oid).collect();
        Self { owners: vec![0; names.len()], versions: 0, names, places, parents }
    }

    /// Takes everything that a tip reaches for one version; each commit goes to the first that asks.
    pub(crate) fn take(&mut self, tip: &Oid) -> Step {
        self.versions += 1;
        let (mut own, mut edge) = (0, Vec::new());
        let mut open: Vec<usize> = self.places.get(tip).copied().into_iter().collect();
        while let Some(at) = open.pop() {
            match self.owners[at] {
                0 => {
                    self.owners[at] = self.versions;
                    own += 1;
                    open.extend(&self.parents[at]);
                }
                owner if owner == self.versions => {}
                _ => edge.push(at),
            }
        }
        edge.sort_unstable();
        edge.dedup();
        Step { own, edge: edge.into_iter().map(|at| self.names[at].clone()).collect() }
    }

    /// Which version, counted from 1, holds a commit first.
    pub(crate) fn owner(&self, commit: &Oid) -> Option<usize> {
        let owner = self.owners[*self.places.get(commit)?];
        usize::try_from(owner).ok().filter(|owner| *owner > 0)
    }

    /// Every commit that a tip reaches, itself included.
    pub(crate) fn reached(&self, tip: &Oid) -> Vec<bool> {
        let mut seen = vec![false; self.names.len()];
        let mut open: Vec<usize> = self.places.get(tip).copied().into_iter().collect();
        while let Some(at) = open.pop() {
            if !std::mem::replace(&mut seen[at], true) {
                open.extend(&self.parents[at]);
            }
        }
        seen
    }

    /// Whether a commit is among those that [`Graph::reached`] gave.
    pub(crate) fn within(&self, reached: &[bool], commit: &Oid) -> bool {
        self.places.get(commit).is_some_and(|at| reached[*at])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn oid(n: u8) -> Oid {
        Oid::parse(&format!("{n:040x}")).expect("40 digits")
    }

    /// 5 merges 3 and 4; both grew from 2, which grew from 1. 6 grew from 3.
    fn graph() -> Graph {
        let of = |own, parents: &[u8]| (oid(own), parents.iter().copied().map(oid).collect());
        Graph::new(vec![
            of(6, &[3]),
            of(5, &[4, 3]),
            of(4, &[2]),
            of(3, &[2]),
            of(2, &[1]),
            of(1, &[9]),
        ])
    }

    #[test]
    fn each_commit_belongs_to_the_first_version_that_holds_it() {
        let mut graph = graph();
        assert_eq!(graph.take(&oid(2)), Step { own: 2, edge: vec![] });
        assert_eq!(graph.take(&oid(6)), Step { own: 2, edge: vec![oid(2)] });
        let step = graph.take(&oid(5));
        assert_eq!(step, Step { own: 2, edge: vec![oid(3), oid(2)] }, "the newest first");
        assert_eq!(graph.take(&oid(4)), Step { own: 0, edge: vec![oid(4)] });
        assert_eq!(graph.take(&oid(8)), Step { own: 0, edge: vec![] }, "unknown");
        let owners: Vec<_> = (1..=6).map(|n| graph.owner(&oid(n))).collect();
        assert_eq!(owners, [Some(1), Some(1), Some(2), Some(3), Some(3), Some(2)]);
    }

    #[test]
    fn a_line_holds_what_its_tip_reaches() {
        let graph = graph();
        let main = graph.reached(&oid(5));
        assert!(graph.within(&main, &oid(3)) && !graph.within(&main, &oid(6)));
    }
}
