//! What is staged, as a tree.

use crate::scratch::Scratch;
use crate::snapshot::copy_index;
use crate::{Error, Git, Oid};
use std::path::Path;

impl Git {
    /// The tree that a commit of what is staged in an index would have; the index is copied, never written. It is
    /// [`crate::Worktree::index`], unless git commits another one.
    ///
    /// # Errors
    /// When nothing can be committed because paths are unmerged, or the index cannot be read.
    pub fn staged(&self, staging: &Path) -> Result<Oid, Error> {
        let scratch = Scratch::new(self)?;
        let index = scratch.join("index");
        if staging.exists() {
            copy_index(staging, &index)?;
        } else {
            self.with_index("read-tree", &index)?.arg("--empty").ok()?;
        }
        let tree = self.with_index("write-tree", &index)?.ok()?;
        Oid::from_bytes(tree.trim_ascii())
    }
}
