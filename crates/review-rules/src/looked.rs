//! What each check looked at, which is another thing than what it found.

use serde::{Deserialize, Serialize};

/// How much of what it is for a check looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "looked", rename_all = "lowercase")]
pub enum Looked {
    /// At all of it.
    Yes {
        /// Files that it read.
        files: u32,
        /// New lines that it judged.
        lines: u32,
    },
    /// At some of it.
    Partly {
        /// Files that it read.
        files: u32,
        /// New lines that it judged.
        lines: u32,
        /// What it did not see, each with the reason, sorted.
        missed: Vec<Missed>,
    },
    /// At nothing.
    No {
        /// Why not, and what to do about it.
        why: String,
    },
}

/// Something that a check did not see.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Missed {
    /// A path or another name.
    pub what: String,
    /// Why it was not seen.
    pub why: String,
}

impl Looked {
    /// At all of it, unless something was missed.
    #[must_use]
    pub fn at(files: u32, lines: u32, mut missed: Vec<Missed>) -> Self {
        missed.sort();
        missed.dedup();
        if missed.is_empty() {
            Self::Yes { files, lines }
        } else {
            Self::Partly { files, lines, missed }
        }
    }

    /// At nothing, for this reason.
    pub fn no(why: impl Into<String>) -> Self {
        Self::No { why: why.into() }
    }

    /// The same files, of which so many lines were judged; none where there is no file.
    #[must_use]
    pub(crate) fn with_lines(self, lines: u32) -> Self {
        match self {
            Self::Yes { files, .. } => Self::Yes { files, lines },
            Self::Partly { files, missed, .. } => {
                Self::Partly { files, lines: if files == 0 { 0 } else { lines }, missed }
            }
            Self::No { why } => Self::No { why },
        }
    }

    /// Whether nothing was missed.
    #[must_use]
    pub fn whole(&self) -> bool {
        matches!(self, Self::Yes { .. })
    }
}

impl Missed {
    /// Something that was not seen.
    pub fn new(what: impl Into<String>, why: impl Into<String>) -> Self {
        Self { what: what.into(), why: why.into() }
    }
}
