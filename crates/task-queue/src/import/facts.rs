//! Collects what a stretch of a document states about itself: priority, effort, state, agent, files.

use super::doc::{Doc, Kind};
use super::fields::{agent, decided_against, field, finished, hours, keystrokes, priority};
use super::touches::file_lists;
use crate::{Estimate, Priority};

/// Labels that make a section a task of its own.
const OF_A_TASK: [&str; 14] = [
    "priority",
    "status",
    "time",
    "effort",
    "estimated time",
    "estimated effort",
    "estimated solo time",
    "estimated keystrokes",
    "tasks",
    "action",
    "action required",
    "immediate action required",
    "fix needed",
    "solution required",
];
/// Labels that do so in a file named TODO only; guides use them too.
const OF_A_TODO: [&str; 6] = ["problem", "changes", "changes needed", "fix", "desired", "proposal"];
const HOURS: [&str; 7] = [
    "time",
    "effort",
    "estimate",
    "estimated time",
    "estimated effort",
    "estimated solo time",
    "estimated duration",
];

/// What was stated; the first statement of each kind counts.
#[derive(Default)]
pub(super) struct Facts {
    pub priority: Option<Priority>,
    pub hours: Option<f64>,
    pub keystrokes: Option<u64>,
    pub done: bool,
    pub decided: Option<String>,
    pub agents: Vec<String>,
    pub touches: Vec<String>,
    /// Whether a label said that this is a task.
    pub task: bool,
    /// A priority that was stated and not understood.
    pub odd_priority: Option<String>,
}

impl Facts {
    /// Reads the lines `from..to`; with `bullets`, labels count in list items too.
    pub(super) fn read(doc: &Doc<'_>, path: &str, from: usize, to: usize, bullets: bool) -> Self {
        let mut facts = Self { touches: file_lists(doc, from, to), ..Self::default() };
        let todo = path.rsplit('/').next().unwrap_or(path).to_lowercase().contains("todo");
        for line in doc.lines.get(from..to).unwrap_or_default() {
            let text = match line.kind {
                Kind::Heading(_, text) => text,
                Kind::Text if line.text.starts_with("**") => line.text,
                Kind::Item(None, text) if bullets && text.starts_with("**") => text,
                _ => continue,
            };
            let Some((label, value)) = field(text) else { continue };
            facts.note(&label, value, todo);
        }
        facts
    }

    fn note(&mut self, label: &str, value: &str, todo: bool) {
        self.task |= OF_A_TASK.contains(&label) || (todo && OF_A_TODO.contains(&label));
        match label {
            "priority" if self.priority.is_none() && self.odd_priority.is_none() => {
                self.priority = priority(value);
                self.odd_priority = Some(value.to_owned()).filter(|_| self.priority.is_none());
            }
            "status" => self.done |= finished(value),
            "decision" if decided_against(value) => {
                self.decided = Some(value.to_owned());
            }
            "agent" | "assigned agent" if self.agents.is_empty() => {
                self.agents.extend(agent(value));
            }
            "estimated keystrokes" | "keystrokes" => {
                self.keystrokes = self.keystrokes.or_else(|| keystrokes(value));
            }
            _ if HOURS.contains(&label) => self.hours = self.hours.or_else(|| hours(value)),
            _ => {}
        }
    }

    /// The estimate, if hours or keystrokes were stated.
    pub(super) fn estimate(&self) -> Option<Estimate> {
        (self.hours.is_some() || self.keystrokes.is_some())
            .then_some(Estimate { hours: self.hours, keystrokes: self.keystrokes })
    }
}
