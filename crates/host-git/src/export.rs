//! A clean checkout of a tree into a plain folder, for verification.

use std::fs;
use std::path::Path;

use leadforge_durable_fs::{RealDisk, create_dir_all};

use crate::scratch::Scratch;
use crate::{Error, Git, Oid};

impl Git {
    /// Writes the files of a tree or commit into an absent or empty folder, without a `.git`.
    ///
    /// Line endings follow the tree's attributes; filters, `export-ignore` and `export-subst` do
    /// nothing; submodules are empty folders.
    ///
    /// # Errors
    /// [`Error::Refused`] when the folder holds something already.
    pub fn export(&self, tree: &Oid, path: &Path) -> Result<(), Error> {
        if !path.is_dir() {
            create_dir_all(&RealDisk, path)?;
        }
        if fs::read_dir(path).map_err(Error::io(path))?.next().is_some() {
            return Err(Error::refused(&path.display().to_string(), "the folder is not empty"));
        }
        let path = path.canonicalize().map_err(Error::io(path))?;
        let scratch = Scratch::new(self)?;
        self.with_index("read-tree", &scratch.join("index"))?
            .env("GIT_WORK_TREE", &path)
            .cwd(&path)
            .args(["-u", "--reset", "--no-sparse-checkout", tree.as_str()])
            .ok()
            .map(drop)
    }
}
