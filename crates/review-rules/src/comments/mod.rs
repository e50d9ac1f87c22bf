//! What to say on a pull request, given what was said before.
//!
//! Nothing here talks to anybody: [`plan`] says what is to be done, and whoever has a code host does it.

mod body;
mod marker;
mod plan;

pub use body::summary;
pub use marker::{Marker, is_summary, marked};
pub use plan::plan;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::change::RepoPath;
use crate::identity::Key;

/// What a code host bears.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The most comments in one review.
    pub per_review: usize,
    /// The most comments on lines and files in all, those that stand already included; the rest is in the summary.
    pub comments: usize,
    /// The most characters of one text.
    pub characters: usize,
    /// What the summary says before everything else; may be empty.
    pub note: &'static str,
}

/// GitHub takes 65,536 characters; a page with hundreds of comments is read by nobody.
impl Default for Limits {
    fn default() -> Self {
        Self { per_review: 30, comments: 60, characters: 65_000, note: "" }
    }
}

/// What a pull request bears already, and what it would not bear.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// Comments of ours, those of findings and the summary.
    pub posted: Vec<Posted>,
    /// Findings of which the code host took no comment: they stand in the summary.
    pub refused: BTreeSet<Key>,
}

/// A comment of ours that stands on the pull request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    /// The code host's number of it.
    pub id: u64,
    /// Its whole text.
    pub body: String,
    /// Whether somebody else has said something below it.
    pub answered: bool,
    /// Whether its thread is resolved.
    pub resolved: bool,
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Action {
    /// Post these comments as one review.
    Review {
        /// The comments, by place.
        comments: Vec<Comment>,
    },
    /// Give a comment another text.
    Update {
        /// Which one.
        id: u64,
        /// The text.
        body: String,
    },
    /// Resolve the thread of a comment whose finding is gone, and say so in it.
    Resolve {
        /// Which one.
        id: u64,
        /// What it says from now on.
        body: String,
    },
    /// Post the summary, or give it another text.
    Summary {
        /// The one that stands.
        id: Option<u64>,
        /// The text.
        body: String,
    },
}

/// A comment to post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Comment {
    /// The file.
    pub path: RepoPath,
    /// The first line, when it stands on several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_line: Option<u32>,
    /// The last line; nothing for a comment on the file as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The text.
    pub body: String,
    /// By what its finding is recognised.
    #[serde(skip)]
    pub key: Key,
}
