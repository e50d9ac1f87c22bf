//! A model as one more reviewer: what it is asked, and what of its answer counts.
//!
//! It can add findings and nothing else. A finding that cites no criterion or no new line that was sent is dropped and
//! counted; an answer that is empty, cut or otherwise none is a check that did not look. Whoever calls it brings the
//! model and takes secrets out, as traits: nothing here opens a socket or starts a process.

mod answer;
mod memory;
mod prompt;

use serde::Serialize;

use crate::change::Change;
use crate::{Checked, Looked, Missed};
pub use memory::pages;
pub use prompt::{Asked, ask};

/// A criterion that a model judges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    /// By what a finding cites it.
    pub id: String,
    /// What it asks.
    pub words: String,
}

/// A document of the base that goes along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its path.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// How much is sent and taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// So many bytes of new lines are sent.
    pub lines: usize,
    /// So many bytes of documents are sent.
    pub pages: usize,
    /// So many bytes of an answer are read.
    pub answer: usize,
    /// So many findings are taken.
    pub findings: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { lines: 200_000, pages: 40_000, answer: 1 << 20, findings: 50 }
    }
}

/// A model, wherever it is.
pub trait Reviewer {
    /// Its answer to a prompt, whole.
    ///
    /// # Errors
    /// One line about why there is none.
    fn answer(&self, prompt: &str) -> Result<Vec<u8>, String>;
}

/// Takes out what must not leave.
pub trait Redact {
    /// The text without its secrets, line for line.
    fn redact(&self, text: &str) -> String;
}

/// What was sent and what was dropped, for the report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sent {
    /// The criteria, by name.
    pub criteria: Vec<String>,
    /// The documents, each with its digest.
    pub pages: Vec<(String, String)>,
    /// What was left out, and why.
    pub left_out: Vec<Missed>,
    /// Findings that were dropped, each with the reason, sorted.
    pub dropped: Vec<String>,
}

/// Asks a model about a change.
#[must_use]
pub fn review(
    change: &Change,
    criteria: &[Criterion],
    pages: &[Page],
    limits: &Limits,
    redact: &dyn Redact,
    reviewer: &dyn Reviewer,
) -> (Checked, Sent) {
    let blind =
        |why: String, sent: Sent| (Checked { findings: Vec::new(), looked: Looked::no(why) }, sent);
    if criteria.is_empty() {
        return blind("no criterion is a model's to judge".into(), Sent::default());
    }
    let asked = ask(change, criteria, pages, limits, redact);
    let sent = asked.sent.clone();
    if asked.lines.is_empty() {
        return blind("no new line could be sent".into(), sent);
    }
    let answer = match reviewer.answer(&asked.prompt) {
        Ok(answer) => answer,
        Err(why) => return blind(why, sent),
    };
    match answer::read(&answer, &asked, limits) {
        Err(why) => blind(why, sent),
        Ok((findings, dropped)) => {
            let files = u32::try_from(asked.lines.len()).unwrap_or(u32::MAX);
            let lines = asked.lines.values().map(crate::change::Lines::len).sum();
            let looked = Looked::at(files, lines, sent.left_out.clone());
            (Checked { findings, looked }, Sent { dropped, ..sent })
        }
    }
}
