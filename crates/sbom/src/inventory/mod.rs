//! The one model: components, what depends on what, and what could not be known.

mod component;
mod draft;
mod ecosystem;
mod edge;
mod reach;
mod ways;

pub use component::{
    Artifact, Component, Hash, HashAlgorithm, Kind, LicenceText, Need, Occurrence, Origin,
    Packaging,
};
pub(crate) use draft::{Draft, Id};
pub use ecosystem::Ecosystem;
pub use edge::{Edge, Scope};

use serde::Serialize;

/// What is inside a tree.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Inventory {
    /// The project itself, when the tree holds one project: an index into `components`.
    pub root: Option<usize>,
    /// Everything found, sorted by reference.
    pub components: Vec<Component>,
    /// Who depends on whom; the ends are indices into `components`. Sorted, each once.
    pub edges: Vec<Edge>,
    /// The files that were read, and by which extractor.
    pub sources: Vec<Source>,
    /// Files that say what is inside and that no extractor reads.
    pub unread: Vec<Unread>,
    /// What is odd about the files that were read.
    pub warnings: Vec<Warning>,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Source {
    /// Where it is in the tree.
    pub path: String,
    /// The name of the extractor that read it.
    pub extractor: &'static str,
}

/// A file that was found and not read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Unread {
    /// Where it is in the tree.
    pub path: String,
    /// What it is.
    pub what: &'static str,
}

/// Something odd about a file that was read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Warning {
    /// Where it is in the tree.
    pub path: String,
    /// Counted from 1; nothing when it is about the file as a whole.
    pub line: Option<u32>,
    /// A stable dotted name of what is odd.
    pub rule: &'static str,
    /// One line for people.
    pub message: String,
}

impl Inventory {
    /// The pairs of indices between which there is an edge of any scope, each once and sorted.
    pub fn pairs(&self) -> Vec<(usize, usize)> {
        let mut pairs: Vec<_> = self.edges.iter().map(|edge| (edge.from, edge.to)).collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }
}
