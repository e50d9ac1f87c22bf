//! One task in one Markdown file, as job-lead-finder's `.ai-tasks`: a title, labels, objectives.

use super::doc::{Doc, Kind};
use super::draft::{At, Draft, Format, Import, Remark, Why};
use super::facts::Facts;
use super::fields::{field, priority};
use super::text::title;
use crate::Priority;

/// Reads a file that is one task: `# Task: …`, `# TODO: …`, or a `**Task:**` label under its heading.
///
/// A file whose `Objectives` are empty says nothing to do and is left out, as is one that is done.
#[must_use]
pub fn parse_ai_task(path: &str, text: &str) -> Import {
    let doc = Doc::scan(text);
    let mut out = Import::default();
    let at = At { path: path.to_owned(), line: 1, end: doc.lines.len().max(1) as u32 };
    let key = path.strip_suffix(".failed").unwrap_or(path).to_owned();
    let (raw, body_from) = heading(&doc);
    let (raw, stated) = split_priority(raw);
    let facts = Facts::read(&doc, path, 0, doc.lines.len(), false);
    let named = title(raw);
    let what = if named.is_empty() { path.to_owned() } else { named.clone() };
    let left = |why: Why, what: String| Import::one(Remark { at: at.clone(), why, what });
    let boxes = |done: bool| {
        doc.lines.iter().any(|l| matches!(l.kind, Kind::Item(Some(d), _) if d == done))
    };
    if facts.done || (boxes(true) && !boxes(false)) {
        return Import { done: vec![key], ..left(Why::Done, what) };
    }
    if let Some(decision) = &facts.decided {
        return left(Why::Decided, format!("{what}: {decision}"));
    }
    if let Some(empty) = empty_work(&doc) {
        return left(Why::Empty, format!("{what}: its section {empty:?} is empty"));
    }
    let body = doc.text(body_from, doc.lines.len());
    if named.is_empty() || body.is_empty() {
        return left(Why::Empty, format!("{what}: no title or nothing under it"));
    }
    if path.ends_with(".failed") {
        let what = "the name ends in .failed: an earlier attempt at it failed".to_owned();
        out.remarks.push(Remark { at: At::line(path, 1), why: Why::Note, what });
    }
    out.drafts.push(Draft {
        key,
        title: named,
        priority: stated.or(facts.priority).unwrap_or(Priority::P2),
        after: Vec::new(),
        estimate: facts.estimate(),
        touches: facts.touches,
        agents: facts.agents,
        body,
        at,
        format: Format::AiTask,
        stated_after: Vec::new(),
        parent: None,
    });
    out
}

/// Whether a file is one task, by its first heading, its labels and the folder it lies in.
pub(super) fn is_ai_task(path: &str, doc: &Doc<'_>) -> bool {
    let Some(first) = doc.sections.get(1).filter(|s| s.level == 1) else { return false };
    let head = first.text.to_lowercase();
    if head.starts_with("task:") || labelled(doc).is_some() {
        return true;
    }
    let folder = path.split('/').rev().nth(1) == Some(".ai-tasks");
    let own = Facts::read(doc, path, first.body, first.own, false);
    if head.starts_with("todo:") && (folder || own.task) {
        return true;
    }
    // `## Status: …` and its kin right in the headings mark a file that is about one thing.
    doc.sections.iter().any(|s| {
        s.level == 2
            && field(s.text).is_some_and(|(label, value)| {
                !value.is_empty()
                    && matches!(label.as_str(), "status" | "priority" | "assigned agent")
            })
    })
}

/// The line of a `**Task:** title` label under the first heading.
fn labelled(doc: &Doc<'_>) -> Option<usize> {
    let first = doc.sections.get(1)?;
    (first.body..first.own).find(|i| {
        let line = doc.lines[*i];
        line.kind == Kind::Text
            && line.text.starts_with("**")
            && field(line.text).is_some_and(|(label, value)| label == "task" && !value.is_empty())
    })
}

/// The title as written and the line after it.
fn heading<'a>(doc: &Doc<'a>) -> (&'a str, usize) {
    let Some(first) = doc.sections.get(1) else { return ("", 0) };
    if let Some(i) = labelled(doc) {
        let value = field(doc.lines[i].text).map_or("", |(_, value)| value);
        return (value, i + 1);
    }
    let text = first.text;
    let text = match text.split_once(':') {
        Some((label, rest)) if matches!(label.to_lowercase().as_str(), "task" | "todo") => rest,
        _ => text,
    };
    (text.trim(), first.body)
}

/// `Title (Priority: P1)` as the title and the priority.
fn split_priority(raw: &str) -> (&str, Option<Priority>) {
    let Some((head, tail)) = raw.trim_end().strip_suffix(')').and_then(|r| r.rsplit_once('('))
    else {
        return (raw, None);
    };
    match field(tail) {
        Some((label, value)) if label == "priority" => (head.trim_end(), priority(value)),
        _ => (raw, None),
    }
}

/// The heading of a section for objectives that has nothing under it.
fn empty_work<'a>(doc: &Doc<'a>) -> Option<&'a str> {
    let work = ["objectives", "objective", "task requirements", "instructions"];
    doc.sections.iter().find_map(|s| {
        let name = s.text.trim_end_matches(':').trim();
        let empty = doc.lines[s.body..s.end].iter().all(|l| l.text.is_empty());
        (work.contains(&name.to_lowercase().as_str()) && empty).then_some(name)
    })
}
