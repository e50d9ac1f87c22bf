//! Small changes to a tree without a checkout, for commits that we write ourselves.

use std::fs;
use std::path::Path;

use leadforge_durable_fs::RelPath;

use crate::scratch::Scratch;
use crate::{Error, Git, Oid};

/// One change to a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TreeEdit {
    /// Creates or replaces a file.
    Put {
        /// Its path, which must pass [`RelPath::parse`].
        path: String,
        /// Its content.
        bytes: Vec<u8>,
        /// Whether it is executable.
        executable: bool,
    },
    /// Removes a file or link; one that is not there is fine.
    Remove {
        /// Its path, which must pass [`RelPath::parse`].
        path: String,
    },
}

impl Git {
    /// The tree that results from these changes, in their order, on a tree or commit.
    ///
    /// # Errors
    /// [`Error::Refused`] for a path that leaves the tree or reaches into `.git`.
    pub fn edit_tree(&self, base: &Oid, edits: &[TreeEdit]) -> Result<Oid, Error> {
        let scratch = Scratch::new(self)?;
        let index = scratch.join("index");
        let mut files = String::new();
        for (n, edit) in edits.iter().enumerate() {
            let (TreeEdit::Put { path, .. } | TreeEdit::Remove { path }) = edit;
            RelPath::parse(path).map_err(|refused| Error::refused(path, refused.to_string()))?;
            if let TreeEdit::Put { bytes, .. } = edit {
                let file = scratch.join(&n.to_string());
                fs::write(&file, bytes).map_err(Error::io(&file))?;
                files.push_str(&format!("{n}\n"));
            }
        }
        let blobs = self.hash_files(&scratch.join(""), files)?;
        let mut blobs = blobs.iter();
        let zero = "0".repeat(base.as_str().len());
        let mut input = Vec::new();
        for edit in edits {
            let (mode, blob, path) = match edit {
                TreeEdit::Put { path, executable, .. } => {
                    let blob =
                        blobs.next().ok_or_else(|| Error::output("hash-object", "too few"))?;
                    (if *executable { "100755" } else { "100644" }, blob.as_str(), path)
                }
                TreeEdit::Remove { path } => ("0", zero.as_str(), path),
            };
            input.extend_from_slice(format!("{mode} {blob}\t{path}\0").as_bytes());
        }
        self.with_index("read-tree", &index)?.arg(base.as_str()).ok()?;
        if !input.is_empty() {
            self.with_index("update-index", &index)?
                .args(["--add", "--replace", "-z", "--index-info"])
                .input(input)
                .ok()?;
        }
        let tree = self.with_index("write-tree", &index)?.ok()?;
        Oid::from_bytes(tree.trim_ascii())
    }

    /// Stores files as blobs, unfiltered, in one process; `names` are lines relative to `folder`.
    pub(crate) fn hash_files(&self, folder: &Path, names: String) -> Result<Vec<Oid>, Error> {
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let output = self
            .run("hash-object")?
            .args(["-w", "--no-filters", "--stdin-paths"])
            .cwd(folder)
            .input(names)
            .ok()?;
        output.split(|&b| b == b'\n').filter(|l| !l.is_empty()).map(Oid::from_bytes).collect()
    }

    /// Git on the common directory with an index of our own.
    pub(crate) fn with_index(
        &self,
        verb: &str,
        index: &Path,
    ) -> Result<crate::run::Run<'_>, Error> {
        Ok(self.run(verb)?.env("GIT_INDEX_FILE", index))
    }
}
