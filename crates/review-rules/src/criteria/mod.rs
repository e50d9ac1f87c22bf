//! Criteria that a project has written as prose, and the ledger that says who judges each.
//!
//! ```
//! use leadforge_review_rules::criteria::{Ledger, Prose};
//!
//! let prose = Prose::read("# Reviews\n\n- **Names**: are they clear?\n", None)?;
//! let (ledger, news) = Ledger::default().import("AGENTS.md", &prose);
//! assert_eq!((ledger.entries[0].id.as_str(), news.new.len()), ("reviews.names", 1));
//! # Ok::<(), leadforge_review_rules::criteria::CriteriaError>(())
//! ```

mod ledger;
mod merge;
mod prose;

pub use ledger::{Block, Entry, Head, Ledger, Open, Who};
pub use merge::News;
pub use prose::{Criterion, Prose};

/// Prose or a ledger that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct CriteriaError {
    /// The line at fault, from 1.
    pub line: u32,
    /// What is wrong with it and what was expected.
    pub reason: String,
}

impl CriteriaError {
    fn new(line: usize, reason: impl Into<String>) -> Self {
        Self { line: u32::try_from(line).unwrap_or(u32::MAX), reason: reason.into() }
    }
}
