//! Assembles the dossier: one page, one JSON file and one Markdown text that prove what a run did.
//!
//! A [`Dossier`] is plain data: what was asked, who worked on it, what changed, how that was
//! verified, what was refused. Three renderings tell the same facts: [`render_html`] (one
//! self-contained page), [`render_markdown`] (for a pull request) and [`Dossier::to_json`]. Whether
//! the work may be merged ([`Dossier::verdict`]) and the sums ([`Dossier::totals`]) follow from the
//! facts and cannot be given.
//!
//! ```
//! use leadforge_scorecard::{Answer, Check, Dossier, RunOutcome, Task, TaskOutcome, render_html};
//!
//! let mut dossier = Dossier::default();
//! dossier.run.outcome = RunOutcome::Completed;
//! dossier.tasks.push(Task {
//!     title: "Sort the imports".into(),
//!     outcome: TaskOutcome::Landed,
//!     landing: vec![Check { command: "isort --check .".into(), exit: Some(0), ..Check::default() }],
//!     ..Task::default()
//! });
//! assert_eq!(dossier.verdict().answer, Answer::Ready);
//! assert!(render_html(&dossier).contains("Ready to merge"));
//! ```
//!
//! Findings of other tools of the family join as sections, from the JSON envelope they write
//! ([`Section::from_envelope`]); a tool that did not run has none. Times are given as milliseconds
//! since the Unix epoch and written in UTC: the same dossier always gives the same bytes.
//!
//! Feature `schema`: `json_schema`, the JSON Schema of the written dossier.

mod data;
mod json;
mod markdown;
mod page;
mod verdict;
mod words;

pub use data::*;
#[cfg(feature = "schema")]
pub use json::json_schema;
pub use markdown::render_markdown;
pub use page::render_html;
pub use verdict::{Answer, Totals, Verdict};

use sha2::{Digest as _, Sha256};

/// What can be wrong with a dossier or an envelope that is read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The text is not JSON, or not of this shape.
    #[error("the {what} cannot be read: {source}")]
    Json {
        /// What was being read.
        what: &'static str,
        /// Where and why.
        source: serde_json::Error,
    },
    /// The schema is not the one expected.
    #[error("the schema is {found:?}, expected {expected:?}")]
    Schema {
        /// What the text says.
        found: String,
        /// What this version reads.
        expected: &'static str,
    },
}

/// The digest of some bytes as the dossier writes it.
pub(crate) fn digest(bytes: &[u8]) -> String {
    let hex: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}
