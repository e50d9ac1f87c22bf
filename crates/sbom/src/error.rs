//! What can be wrong with a tree and its files.

use crate::tree::TreeError;

/// Why there is no inventory.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The tree could not give a file.
    #[error(transparent)]
    Tree(#[from] TreeError),
    /// A file is not what its name says.
    #[error("{}: {reason}", Place(path, *line))]
    File {
        /// Where it is in the tree.
        path: String,
        /// The line at fault, counted from 1.
        line: Option<u32>,
        /// What is wrong, in words.
        reason: String,
    },
}

struct Place<'a>(&'a str, Option<u32>);

impl std::fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.1 {
            Some(line) => write!(f, "{}:{line}", self.0),
            None => f.write_str(self.0),
        }
    }
}

impl Error {
    pub(crate) fn file(path: &str, line: Option<u32>, reason: impl Into<String>) -> Self {
        Self::File { path: path.to_owned(), line, reason: reason.into() }
    }
}
