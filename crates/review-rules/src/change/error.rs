//! Why a diff was not read.

/// A diff that was not read; nothing of it was taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the diff: {reason}")]
pub struct DiffError {
    /// The line of the diff's text at fault, from 1.
    pub line: usize,
    /// What is wrong with it and what was expected.
    pub reason: String,
}

impl DiffError {
    pub(super) fn new(line: usize, reason: impl Into<String>) -> Self {
        Self { line, reason: reason.into() }
    }
}

/// What is wrong with a hunk that begins before the one above it ends.
pub(super) const BEHIND: &str = "the hunk does not begin behind the one above it";
