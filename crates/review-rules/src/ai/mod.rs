//! A model as one more reviewer: what it is asked, and what of its answer counts.
//!
//! It can add findings and nothing else. A finding that cites no criterion or no new line that was sent is dropped and
//! counted; an answer that is empty, cut or otherwise none is a check that did not look. Whoever calls it brings the
//! model and takes secrets out, as traits: nothing here opens a socket or starts a process.

mod answer;
mod memory;
mod prompt;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::change::{Change, RepoPath};
use crate::size::Classes;
use crate::{Checked, Looked, Missed};
pub use memory::{Memory, pages};
pub use prompt::{Asked, ask};

/// A criterion that a model judges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    /// By what a finding cites it.
    pub id: String,
    /// What it asks.
    pub words: String,
    /// The changed files that it is about, unless all of them are; one that is about none is not asked.
    pub about: Option<BTreeSet<RepoPath>>,
}

impl Criterion {
    fn applies(&self) -> bool {
        self.about.as_ref().is_none_or(|files| !files.is_empty())
    }
}

/// A document of the base that goes along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its path.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// What a model is asked about a change.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// By what it judges.
    pub criteria: Vec<Criterion>,
    /// What it reads beside the change.
    pub pages: Vec<Page>,
    /// Which files are source: one without lines that anybody could send was not looked at, a picture has none.
    pub classes: Classes,
}

/// How much is sent and taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// So many bytes of new lines are sent.
    pub lines: usize,
    /// So many bytes of an answer are read.
    pub answer: usize,
    /// So many findings are taken.
    pub findings: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { lines: 200_000, answer: 1 << 20, findings: 50 }
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
    /// The text without its secrets, line for line, and in how many places it is another one.
    fn redact(&self, text: &str) -> (String, usize);
}

/// What was sent and what was dropped, for the report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sent {
    /// The criteria, by name.
    pub criteria: Vec<String>,
    /// The documents, each with its digest.
    pub pages: Vec<(String, String)>,
    /// In how many places of what was sent a secret was taken out.
    pub redacted: usize,
    /// What of the change was left out, and why.
    pub left_out: Vec<Missed>,
    /// Findings that do not count.
    pub dropped: Dropped,
}

/// Findings that do not count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Dropped {
    /// How many there are.
    pub count: usize,
    /// Some of them, each with the reason, sorted.
    pub some: Vec<String>,
}

/// Asks a model about a change.
#[must_use]
pub fn review(
    change: &Change,
    question: &Question,
    limits: &Limits,
    redact: &dyn Redact,
    reviewer: &dyn Reviewer,
) -> (Checked, Sent) {
    let told = |looked, sent: Sent| (Checked { findings: Vec::new(), looked }, sent);
    if change.files.is_empty() {
        return told(Looked::no("there is no change: nothing was compared"), Sent::default());
    }
    if question.criteria.is_empty() {
        return told(Looked::no("no criterion is a model's to judge"), Sent::default());
    }
    if !question.criteria.iter().any(Criterion::applies) {
        return told(Looked::at(0, 0, Vec::new()), Sent::default());
    }
    let asked = ask(change, question, limits, redact);
    let sent = asked.sent.clone();
    if asked.lines.is_empty() {
        // Where nothing is new there is nothing to ask about.
        let looked = match &asked.missed[..] {
            [] => Looked::at(0, 0, Vec::new()),
            [missed, ..] => {
                Looked::no(format!("no new line could be sent: {}: {}", missed.what, missed.why))
            }
        };
        return told(looked, sent);
    }
    let answer = match reviewer.answer(&asked.prompt) {
        Ok(answer) => answer,
        Err(why) => return told(Looked::no(why), sent),
    };
    match answer::read(&answer, &asked, question, limits) {
        Err(why) => told(Looked::no(why), sent),
        Ok((findings, dropped)) => {
            let files = u32::try_from(asked.lines.len()).unwrap_or(u32::MAX);
            let lines = asked.lines.values().map(|(_, lines)| lines.len()).sum();
            let looked = Looked::at(files, lines, asked.missed);
            (Checked { findings, looked }, Sent { dropped, ..sent })
        }
    }
}
