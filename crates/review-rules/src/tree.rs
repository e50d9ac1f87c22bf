//! The files of one state of a repository, as whoever has them gives them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::change::RepoPath;

/// The files of one state of a repository.
pub trait Tree: Sync {
    /// The paths of all files, sorted; no links and no submodules.
    ///
    /// # Errors
    /// One line about what could not be read.
    fn paths(&self) -> Result<Vec<RepoPath>, String>;

    /// The content of a file, nothing when there is none.
    ///
    /// # Errors
    /// One line about why it could not be read.
    fn read(&self, path: &RepoPath) -> Result<Option<Cow<'_, [u8]>>, String>;
}

/// A tree in memory, for tests and small uses.
impl Tree for BTreeMap<RepoPath, Vec<u8>> {
    fn paths(&self) -> Result<Vec<RepoPath>, String> {
        Ok(self.keys().cloned().collect())
    }

    fn read(&self, path: &RepoPath) -> Result<Option<Cow<'_, [u8]>>, String> {
        Ok(self.get(path).map(|content| Cow::Borrowed(&content[..])))
    }
}
