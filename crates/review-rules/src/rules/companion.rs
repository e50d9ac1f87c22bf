//! A rule that one kind of file does not change without another.

use globset::GlobSet;

use crate::change::{FileChange, Kind, RepoPath};

/// When a file of the one kind changes, a file of the other does too.
#[derive(Debug)]
pub(super) struct Companion {
    pub(super) when: GlobSet,
    pub(super) also: GlobSet,
}

impl Companion {
    /// The files that changed without a companion, when there is none.
    pub(super) fn alone<'c>(
        &self,
        files: impl Iterator<Item = (&'c RepoPath, bool)>,
    ) -> Vec<&'c RepoPath> {
        let mut alone = Vec::new();
        for (path, counts) in files {
            let text = path.to_string();
            if self.also.is_match(&text) {
                return Vec::new();
            }
            if counts && self.when.is_match(&text) {
                alone.push(path);
            }
        }
        alone
    }
}

/// Whether a file's change calls for a companion: moved or deleted content does not.
pub(super) fn calls(file: &FileChange) -> bool {
    file.kind != Kind::Deleted && (!file.added.is_empty() || file.removed > 0)
}
