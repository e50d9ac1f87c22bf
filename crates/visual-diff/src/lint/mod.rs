//! Looks at the pictures of a tree as evidence: do they show what their names and links promise?

mod same;

use serde::Serialize;

use crate::Settings;

/// A picture of the tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Its path from the root, with `/`.
    pub path: String,
    /// What tells its bytes from others: a hash, such as the name of a git blob.
    pub hash: String,
}

/// One thing that is wrong with the evidence.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fault {
    /// Where it is.
    pub path: String,
    /// The line in a document, from 1.
    pub line: Option<u32>,
    /// What kind of fault.
    pub kind: FaultKind,
    /// One sentence without a full stop.
    pub message: String,
}

/// The kinds of faults, each a rule with a name of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultKind {
    /// The pictures of before and after are the same file.
    SamePair,
}

/// Reports every fault, sorted by path.
#[must_use]
pub fn lint(pictures: &[Evidence], settings: &Settings) -> Vec<Fault> {
    let mut faults = same::faults(pictures, settings);
    faults.sort();
    faults
}
