//! `- [ ]` lists and sections that state a priority or an effort: the walk that both importers share.

use super::doc::{Doc, Kind, Section};
use super::draft::{At, Draft, Format, Import, Remark, Why};
use super::facts::Facts;
use super::fields::{criteria, heading_hours, heading_priority, without_note};
use super::names::Names;
use super::text::{before_mark, title};
use crate::Priority;

/// Reads a Markdown file whose open `- [ ]` items are the tasks; what is nested in one are its steps.
///
/// An item under a ticked one that is itself open is a task; criteria and deliverables are none.
#[must_use]
pub fn parse_checklist(path: &str, text: &str) -> Import {
    Walk::new(path, text, Format::Checklist).run()
}

/// As [`parse_checklist`], and a section that states a priority, a status or an effort is one task,
/// with the items in it as its steps.
#[must_use]
pub fn parse_todo(path: &str, text: &str) -> Import {
    Walk::new(path, text, Format::Todo).run()
}

/// What stands above an item.
#[derive(Clone)]
struct Above {
    priority: Option<Priority>,
    label: String,
}

struct Walk<'a> {
    path: &'a str,
    doc: Doc<'a>,
    format: Format,
    names: Names,
    covered: Vec<bool>,
    out: Import,
}

impl<'a> Walk<'a> {
    fn new(path: &'a str, text: &'a str, format: Format) -> Self {
        let doc = Doc::scan(text);
        let covered = vec![false; doc.lines.len()];
        Self { path, doc, format, names: Names::new(path), covered, out: Import::default() }
    }

    fn run(mut self) -> Import {
        let tasks = self.task_sections();
        let mut skip = 0;
        for (i, section) in self.doc.sections.clone().into_iter().enumerate() {
            if section.start < skip {
                continue;
            }
            if criteria(section.text) {
                self.remark(section.start, section.end, Why::Criteria, section.text);
                skip = section.end;
            } else if tasks[i] {
                self.section(i, section);
                skip = section.end;
            } else {
                let above = Above { priority: self.inherited(i), label: String::new() };
                self.items(section.body, section.own, &above);
            }
        }
        self.prose();
        self.out
    }

    /// The sections that are one task: the deepest ones that say so.
    fn task_sections(&self) -> Vec<bool> {
        let sections = &self.doc.sections;
        let mut tasks = vec![false; sections.len()];
        let mut holds_one = vec![false; sections.len()];
        if self.format == Format::Checklist {
            return tasks;
        }
        for (i, s) in sections.iter().enumerate().rev() {
            let says = s.level == 7
                || (s.level >= 2 && Facts::read(&self.doc, self.path, s.body, s.own, false).task);
            tasks[i] = says && !holds_one[i];
            if let Some(parent) = s.parent.filter(|_| tasks[i] || holds_one[i]) {
                holds_one[parent] = true;
            }
        }
        tasks
    }

    /// The priority that the headings above give.
    fn inherited(&self, section: usize) -> Option<Priority> {
        let mut at = Some(section);
        while let Some(i) = at {
            let s = self.doc.sections[i];
            if let Some(priority) = heading_priority(s.text) {
                return Some(priority);
            }
            at = s.parent;
        }
        None
    }

    fn section(&mut self, index: usize, s: Section<'a>) {
        let heading = s.text;
        let facts = Facts::read(&self.doc, self.path, s.body, s.end, false);
        let boxes = |done: bool| {
            let is =
                |l: &&super::doc::Line<'_>| matches!(l.kind, Kind::Item(Some(d), _) if d == done);
            self.doc.lines[s.body..s.end].iter().filter(is).count()
        };
        let ticked = boxes(true) > 0 && boxes(false) == 0;
        let key = self.names.key(before_mark(without_note(heading)));
        if facts.done || ticked || heading.contains('✅') {
            self.done(s.start, s.end, key, heading);
        } else if let Some(decision) = facts.decided {
            self.remark(s.start, s.end, Why::Decided, &format!("{heading}: {decision}"));
        } else {
            let priority = facts.priority.or_else(|| self.inherited(index));
            self.draft(s.start, s.body, s.end, key, heading, facts, priority);
        }
    }

    /// The items in `from..to`, nested ones through the plain items that hold them.
    fn items(&mut self, from: usize, to: usize, above: &Above) {
        let mut above = above.clone();
        let mut i = from;
        while i < to {
            let line = self.doc.lines[i];
            let Kind::Item(tick, text) = line.kind else {
                if line.kind == Kind::Text {
                    above.label = line.text.to_owned();
                }
                i += 1;
                continue;
            };
            let end = self.doc.item_end(i, to);
            let open_inside = self.boxes(i + 1, end, false);
            match tick {
                Some(_) if criteria(&above.label) => self.remark(i, end, Why::Criteria, text),
                Some(false) => self.item(i, end, text, &above),
                Some(true) => {
                    let last = if open_inside { i + 1 } else { end };
                    let key = self.names.key(before_mark(text));
                    self.done(i, last, key, text);
                    if open_inside {
                        self.items(i + 1, end, &above);
                    }
                }
                None if open_inside || self.boxes(i + 1, end, true) => {
                    let priority = heading_priority(text).or(above.priority);
                    self.items(i + 1, end, &Above { priority, label: text.to_owned() });
                }
                None => {}
            }
            i = end;
        }
    }

    fn boxes(&self, from: usize, to: usize, done: bool) -> bool {
        self.doc.lines[from..to]
            .iter()
            .any(|l| matches!(l.kind, Kind::Item(Some(d), _) if d == done))
    }

    fn item(&mut self, from: usize, to: usize, text: &str, above: &Above) {
        let facts = Facts::read(&self.doc, self.path, from + 1, to, true);
        let key = self.names.key(before_mark(text));
        if text.is_empty() {
            self.remark(from, to, Why::Empty, "a box without text");
        } else if facts.done {
            self.done(from, to, key, text);
        } else {
            let label = heading_priority(&above.label).or(above.priority);
            let priority = facts.priority.or(label);
            self.draft(from, from + 1, to, key, text, facts, priority);
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one place that builds a draft from its parts")]
    fn draft(
        &mut self,
        from: usize,
        body: usize,
        to: usize,
        key: String,
        heading: &str,
        facts: Facts,
        priority: Option<Priority>,
    ) {
        let mut facts = facts;
        facts.hours = facts.hours.or_else(|| heading_hours(heading));
        let short = title(before_mark(without_note(heading)));
        if short.is_empty() {
            return self.remark(from, to, Why::Empty, "a task without a word in its title");
        }
        let at = self.at(from, to);
        let priority = priority.unwrap_or(Priority::P2);
        if let Some(odd) = &facts.odd_priority {
            let what = format!("the priority {odd:?} is not known; taken as {priority}");
            self.out.remarks.push(Remark { at: at.clone(), why: Why::Note, what });
        }
        let body = self.doc.text(body, to);
        // A title cut short says the rest in the body.
        let body =
            if short.ends_with('…') { format!("{}\n\n{body}", heading.trim()) } else { body };
        self.out.drafts.push(Draft {
            key,
            title: short,
            priority,
            after: Vec::new(),
            estimate: facts.estimate(),
            touches: facts.touches,
            agents: facts.agents,
            body,
            at,
            format: self.format,
            stated_after: Vec::new(),
            parent: None,
        });
        self.covered[from..to].fill(true);
    }

    fn done(&mut self, from: usize, to: usize, key: String, what: &str) {
        self.out.done.push(key);
        self.remark(from, to, Why::Done, before_mark(what));
    }

    fn remark(&mut self, from: usize, to: usize, why: Why, what: &str) {
        let remark = Remark { at: self.at(from, to), why, what: title(what) };
        self.out.remarks.push(remark);
        self.covered[from..to].fill(true);
    }

    fn at(&self, from: usize, to: usize) -> At {
        let filled = |i: &usize| self.doc.lines[*i].kind != Kind::Blank;
        let last = (from..to).rev().find(filled).unwrap_or(from);
        At { path: self.path.to_owned(), line: from as u32 + 1, end: last as u32 + 1 }
    }

    /// One remark for the text that remains in each section, or one for a file without any task.
    fn prose(&mut self) {
        let nothing = self.out.drafts.is_empty() && self.out.done.is_empty();
        if nothing && self.out.remarks.is_empty() {
            let named = self.doc.sections.get(1).map_or_else(String::new, |s| title(s.text) + ": ");
            let at = self.at(0, self.doc.lines.len());
            let what = format!("{named}no open box, no section with a priority, status or effort");
            self.out.remarks.push(Remark { at, why: Why::Prose, what });
            return;
        }
        for section in self.doc.sections.clone() {
            let left: Vec<usize> = (section.body..section.own)
                .filter(|i| !self.covered[*i] && self.doc.lines[*i].kind != Kind::Blank)
                .collect();
            if let (Some(first), Some(last)) = (left.first(), left.last()) {
                let what = if section.text.is_empty() {
                    self.doc.lines[*first].text
                } else {
                    section.text
                };
                let remark =
                    Remark { at: self.at(*first, last + 1), why: Why::Prose, what: title(what) };
                self.out.remarks.push(remark);
            }
        }
    }
}
