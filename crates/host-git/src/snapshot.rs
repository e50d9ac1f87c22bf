//! The files of a worktree as a tree object, without touching its index.

use crate::scratch::Scratch;
use crate::worktree::Worktree;
use crate::{Error, Git, Oid};

/// The state of a worktree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The tree.
    pub tree: Oid,
    /// Folders that held a git repository of their own; their files are in the tree as plain files.
    pub nested: Vec<Vec<u8>>,
    /// Paths that git refuses to store, such as other spellings of `.git`.
    pub left_out: Vec<Vec<u8>>,
}

impl Git {
    /// Records the files of a worktree as they are: modified, new and deleted, ignored ones left out.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn snapshot(&self, at: &Worktree) -> Result<Snapshot, Error> {
        let scratch = Scratch::new(self)?;
        let index = scratch.join("index");
        let own = at.git_dir.join("index");
        if own.exists() {
            std::fs::copy(&own, &index).map_err(Error::io(&own))?;
        }
        self.run_in("add", at, &index)?.arg("-A").ok()?;
        let tree = self.run_in("write-tree", at, &index)?.ok()?;
        let tree = Oid::from_bytes(tree.trim_ascii())?;
        Ok(Snapshot { tree, nested: Vec::new(), left_out: Vec::new() })
    }
}
