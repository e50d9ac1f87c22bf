//! A change: which files it touches, and which lines of them are new.

mod combined;
mod error;
mod lines;
mod path;
mod plain;
mod read;

pub use error::DiffError;
pub use lines::Lines;
pub use path::RepoPath;
pub use read::read_diff;

use serde::{Deserialize, Serialize};

/// Everything between two states of a repository.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The touched files, sorted by path.
    pub files: Vec<FileChange>,
}

/// One touched file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileChange {
    /// Its path after the change; before it, when it is gone.
    pub path: RepoPath,
    /// Where it came from, when it was renamed or copied.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_path: Option<RepoPath>,
    /// What happened to it.
    pub kind: Kind,
    /// Whether its content is not text, so that no lines are known.
    pub binary: bool,
    /// The new lines, by their numbers after the change.
    pub added: Lines,
    /// How many lines went.
    pub removed: u32,
    /// The new lines' bytes, each with the line feed that it has, in the order of [`added`](Self::added).
    #[serde(skip)]
    pub text: Vec<u8>,
}

/// What happened to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// It is new.
    Added,
    /// It is gone.
    Deleted,
    /// Its content or its mode is another.
    Modified,
    /// It came from another path, which is gone.
    Renamed,
    /// It came from another path, which is still there.
    Copied,
    /// It became another kind of thing: a file, a link, a submodule.
    TypeChanged,
    /// It is a submodule, now at another commit; its content is not in the change.
    Submodule,
}

impl FileChange {
    /// The new lines with their numbers, without their line endings.
    pub fn new_lines(&self) -> impl Iterator<Item = (u32, &[u8])> {
        self.new_lines_with(false)
    }

    /// The same, with carriage returns at their ends or without.
    pub(crate) fn new_lines_with(&self, ends: bool) -> impl Iterator<Item = (u32, &[u8])> {
        let lines = self.text.split_inclusive(|&byte| byte == b'\n');
        self.added.iter().zip(lines.map(move |line| {
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            if ends { line } else { line.strip_suffix(b"\r").unwrap_or(line) }
        }))
    }
}
