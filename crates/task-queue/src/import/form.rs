//! The body of a GitHub issue made from an issue form: `### Label`, a blank line, the value.

use super::doc::{Doc, Kind};
use super::draft::{At, Draft, Format, Import, Remark, Why};
use super::fields::{agent, field, hours, keystrokes, priority};
use super::names::Names;
use super::text::title;
use super::touches::{file_lists, inline};
use crate::{Estimate, Priority};

/// What GitHub writes for a field that was left empty.
const NOTHING: &str = "_No response_";

/// Reads the body of an issue form; its title is the issue's, or the first line of its description.
///
/// Every label is kept in the body under its own heading. An empty field is dropped, never a
/// requirement; boxes that confirm something to the form are no work and are left out. Nothing in an
/// issue becomes a command: `verify` and `run` are for the repository's own people to write.
#[must_use]
pub fn parse_issue_form(path: &str, heading: Option<&str>, text: &str) -> Import {
    let doc = Doc::scan(text);
    let mut out = Import::default();
    let at = At { path: path.to_owned(), line: 1, end: doc.lines.len().max(1) as u32 };
    let mut draft = Draft {
        key: path.to_owned(),
        title: heading.map(title).unwrap_or_default(),
        priority: Priority::P2,
        after: Vec::new(),
        touches: Vec::new(),
        agents: Vec::new(),
        estimate: None,
        body: String::new(),
        at: at.clone(),
        format: Format::IssueForm,
        stated_after: Vec::new(),
        parent: None,
    };
    for s in &doc.sections {
        let value = doc.text(s.body, s.own);
        let value = value.trim();
        let mut remark = |why: Why, what: String| {
            let at =
                At { path: path.to_owned(), line: s.start as u32 + 1, end: s.own.max(1) as u32 };
            out.remarks.push(Remark { at, why, what: title(&what) });
        };
        if value.is_empty() || value == NOTHING {
            if !s.text.is_empty() {
                remark(Why::Empty, format!("{}: no response", s.text));
            }
            continue;
        }
        if confirms(&doc, s.text, s.body, s.own) {
            remark(Why::Criteria, s.text.to_owned());
            continue;
        }
        let label = s.text.trim().to_lowercase();
        read_value(&mut draft, &label, value);
        draft.touches.extend(file_lists(&doc, s.body, s.own));
        if draft.title.is_empty() && describes(&label) {
            draft.title = title(value.lines().next().unwrap_or(value));
        }
        let heading = if s.text.is_empty() { String::new() } else { format!("### {}\n\n", s.text) };
        draft.body.push_str(&format!("{heading}{value}\n\n"));
    }
    draft.touches.sort();
    draft.touches.dedup();
    draft.body.truncate(draft.body.trim_end().len());
    if draft.body.is_empty() || draft.title.is_empty() {
        let what = "the form has no description".to_owned();
        out.remarks.push(Remark { at, why: Why::Empty, what });
        return out;
    }
    draft.body.push('\n');
    draft.key = Names::new(path).key(&draft.title);
    out.drafts.push(draft);
    out
}

/// Whether a text is the body of an issue form and not a document.
pub(super) fn is_issue_form(doc: &Doc<'_>) -> bool {
    let mut filled = doc.lines.iter().enumerate().filter(|(_, l)| !l.text.is_empty());
    let starts = filled.next().is_some_and(|(i, l)| {
        matches!(l.kind, Kind::Heading(3, _))
            && doc.lines.get(i + 1).is_none_or(|l| l.text.is_empty())
    });
    starts && doc.sections[1..].iter().all(|s| s.level >= 3)
}

fn describes(label: &str) -> bool {
    ["description", "summary", "what", "task", "problem", "feature", "goal", "title"]
        .iter()
        .any(|word| label.contains(word))
}

/// Takes a value into the key its label names, if it names one.
fn read_value(draft: &mut Draft, label: &str, value: &str) {
    let line = value.lines().next().unwrap_or(value);
    match label {
        "title" | "task title" => draft.title = title(line),
        "priority" => draft.priority = priority(line).unwrap_or(draft.priority),
        "agent" | "assigned agent" | "ai agent" => draft.agents.extend(agent(line)),
        "files" | "affected files" | "files affected" => {
            draft
                .touches
                .extend(value.lines().flat_map(|l| inline(l.trim_start_matches(['-', '*', ' ']))));
        }
        l if l.contains("keystrokes") => set(draft, None, keystrokes(line)),
        l if l.contains("effort") || l.contains("estimate") => set(draft, hours(line), None),
        _ => {
            for (label, value) in value.lines().filter_map(field) {
                if label == "estimated time" {
                    set(draft, hours(value), None);
                }
            }
        }
    }
}

fn set(draft: &mut Draft, hours: Option<f64>, keystrokes: Option<u64>) {
    let old = draft.estimate.take().unwrap_or(Estimate { hours: None, keystrokes: None });
    let new = Estimate { hours: old.hours.or(hours), keystrokes: old.keystrokes.or(keystrokes) };
    draft.estimate = Some(new).filter(|e| e.hours.is_some() || e.keystrokes.is_some());
}

/// Whether a field holds the form's own confirmations: boxes only, all ticked or named as such.
fn confirms(doc: &Doc<'_>, label: &str, from: usize, to: usize) -> bool {
    let filled: Vec<_> = doc.lines[from..to].iter().filter(|l| !l.text.is_empty()).collect();
    let boxes = filled.iter().all(|l| matches!(l.kind, Kind::Item(Some(_), _)));
    let ticked = filled.iter().all(|l| matches!(l.kind, Kind::Item(Some(true), _)));
    let label = label.to_lowercase();
    let named =
        ["submission", "confirm", "agree", "terms", "conduct"].iter().any(|w| label.contains(w));
    !filled.is_empty() && boxes && (ticked || named)
}
