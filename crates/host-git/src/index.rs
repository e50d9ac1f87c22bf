//! What is staged, as a tree.

use crate::scratch::Scratch;
use crate::snapshot::copy_index;
use crate::worktree::Worktree;
use crate::{Error, Git, Oid};

impl Git {
    /// The tree that a commit of what is staged in a worktree would have; its index is copied, never written.
    ///
    /// # Errors
    /// When nothing can be committed because paths are unmerged, or the index cannot be read.
    pub fn staged(&self, at: &Worktree) -> Result<Oid, Error> {
        let scratch = Scratch::new(self)?;
        let index = scratch.join("index");
        let own = at.git_dir.join("index");
        if own.exists() {
            copy_index(&own, &index)?;
        } else {
            self.with_index("read-tree", &index)?.arg("--empty").ok()?;
        }
        let tree = self.with_index("write-tree", &index)?.ok()?;
        Oid::from_bytes(tree.trim_ascii())
    }
}
