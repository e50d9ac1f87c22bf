//! What cannot be read or must not be written, with its place.

use crate::TreeError;

/// Why rules were not read or not written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// An item of the rulebook holds what must not reach an agent's file.
    #[error("{id}: line {line}: {why}")]
    Item {
        /// The rule or section.
        id: String,
        /// The line of its prose, text or example, from 1; its title and names are line 1.
        line: usize,
        /// What is wrong and what to write instead.
        why: String,
    },
    /// A file is not what it claims to be.
    #[error("{path}:{line}: {why}")]
    File {
        /// The file.
        path: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        why: String,
    },
    /// The tree could not be read.
    #[error(transparent)]
    Tree(#[from] TreeError),
}

impl Error {
    pub(crate) fn item(id: &str, line: usize, why: impl Into<String>) -> Self {
        // The name itself may be what is wrong.
        Self::Item { id: leadforge_markup::visible(id), line, why: why.into() }
    }

    pub(crate) fn file(path: &str, line: usize, why: impl Into<String>) -> Self {
        Self::File { path: leadforge_markup::visible(path), line, why: why.into() }
    }
}
