//! What an importer hands over: drafts of tasks, and a remark for everything that it left out.

use serde::Serialize;

use super::text::digest;

use crate::{Estimate, Priority};

/// A span of lines in a source file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct At {
    /// The file, relative to the root the caller chose, with `/`.
    pub path: String,
    /// First line, from 1.
    pub line: u32,
    /// Last line, inclusive.
    pub end: u32,
}

impl At {
    pub(super) fn line(path: &str, line: u32) -> Self {
        Self { path: path.to_owned(), line, end: line }
    }
}

/// The kinds of source that are understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// The body of a GitHub issue made from an issue form.
    IssueForm,
    /// A Markdown file whose tasks are `- [ ]` items.
    Checklist,
    /// One task in one Markdown file, as job-lead-finder's `.ai-tasks`.
    AiTask,
    /// A Markdown file whose sections carry `**Priority**` and its kin, and checklists.
    Todo,
    /// A task file of Backlog.md.
    BacklogMd,
    /// task-master's `tasks.json`.
    Taskmaster,
}

impl Format {
    /// Whether every entry has an identity of its own, so that equal titles mean nothing.
    pub(super) fn has_ids(self) -> bool {
        matches!(self, Self::BacklogMd | Self::Taskmaster)
    }
}

/// A task as a source states it, before it has an id.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Draft {
    /// Names the entry for ever: the file and an anchor, never a line number.
    pub key: String,
    /// One line, without markup or control characters.
    pub title: String,
    /// As stated, or P2.
    pub priority: Priority,
    /// Keys of the drafts that come first.
    pub after: Vec<String>,
    /// Globs from explicit lists of files.
    pub touches: Vec<String>,
    /// The agents that the source names.
    pub agents: Vec<String>,
    /// Hours and keystrokes where the source states them; the middle of a range.
    pub estimate: Option<Estimate>,
    /// The source's own words.
    pub body: String,
    /// Where it stands.
    pub at: At,
    /// What kind of source it was.
    pub format: Format,
    /// `after` as the source has it, before what is done was taken out.
    #[serde(skip)]
    pub(super) stated_after: Vec<String>,
    /// The key of the entry that this one is a part of.
    #[serde(skip)]
    pub(super) parent: Option<String>,
}

impl Draft {
    /// A digest of what the source states, to see later whether it was edited.
    pub(super) fn digest(&self) -> String {
        let stated = serde_json::json!([
            self.title,
            self.priority,
            self.stated_after,
            self.touches,
            self.agents,
            self.estimate,
            self.body
        ]);
        digest(&stated.to_string())
    }
}

/// Why something of a source did not become a task, or what to know about one that did.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "of")]
pub enum Why {
    /// Finished according to the source.
    Done,
    /// Text around tasks, or a file that states none.
    Prose,
    /// Criteria that judge a task and are no work of their own.
    Criteria,
    /// A task that says nothing to do.
    Empty,
    /// Decided against, cancelled or deferred by the source.
    Decided,
    /// A draft, an archived entry or a template.
    Inactive,
    /// The same title as the entry named, from another file.
    Same(String),
    /// Not a text this importer can read.
    Unreadable,
    /// Imported, with something to know.
    Note,
}

impl Why {
    /// Whether the thing was left out of the import.
    #[must_use]
    pub fn left_out(&self) -> bool {
        !matches!(self, Self::Note)
    }
}

/// One thing to know about a source; nothing is dropped without one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Remark {
    /// Where.
    pub at: At,
    /// The reason.
    pub why: Why,
    /// What it is about, in the source's words or ours.
    pub what: String,
}

/// Everything read from one or more sources, sorted by place.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Import {
    /// Tasks to plan.
    pub drafts: Vec<Draft>,
    /// What was left out, and what to know.
    pub remarks: Vec<Remark>,
    /// Keys of entries that are finished at the source; `after` may name them.
    pub done: Vec<String>,
    /// The files that were read.
    pub files: Vec<String>,
}

impl Import {
    pub(super) fn one(remark: Remark) -> Self {
        Self { remarks: vec![remark], ..Self::default() }
    }

    pub(super) fn extend(&mut self, other: Self) {
        self.drafts.extend(other.drafts);
        self.remarks.extend(other.remarks);
        self.done.extend(other.done);
    }
}
