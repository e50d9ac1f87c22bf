//! A folder whose files are served: a path below the repository's root, or `.` for the root itself.

use std::path::{Path, PathBuf};

use leadforge_durable_fs::{PathRefused, RelPath};

/// A folder of the repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Served(Option<RelPath>);

impl Served {
    pub(crate) fn parse(text: &str) -> Result<Self, PathRefused> {
        Ok(Self(if text == "." { None } else { Some(RelPath::parse(text)?) }))
    }

    pub(crate) fn as_str(&self) -> &str {
        self.0.as_ref().map_or(".", RelPath::as_str)
    }

    /// The folder of a checkout.
    pub(crate) fn below(&self, root: &Path) -> PathBuf {
        self.0.as_ref().map_or_else(|| root.to_owned(), |path| path.join_to(root))
    }

    /// A file in it, as a path of the repository.
    pub(crate) fn file(&self, path: &RelPath) -> String {
        self.0.as_ref().map_or_else(|| path.to_string(), |folder| format!("{folder}/{path}"))
    }

    /// The glob of all that is in it.
    pub(crate) fn glob(&self) -> String {
        let escaped = self.0.as_ref().map(|path| globset::escape(path.as_str()));
        escaped.map_or_else(|| "**".to_owned(), |path| format!("{path}/**"))
    }

    /// What git calls it within a commit.
    pub(crate) fn within(&self) -> &str {
        self.0.as_ref().map_or("", RelPath::as_str)
    }
}
