//! task-master's `tasks.json`: tags of tasks with subtasks, which name one another by number.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::draft::{At, Draft, Format, Import, Remark, Why};
use super::fields::priority;
use super::text::title;
use crate::Priority;

#[derive(Deserialize)]
struct Tag<'a> {
    #[serde(borrow)]
    tasks: Vec<&'a RawValue>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Entry<'a> {
    id: Value,
    title: Value,
    description: Value,
    details: Value,
    test_strategy: Value,
    status: Value,
    priority: Value,
    dependencies: Vec<Value>,
    #[serde(borrow)]
    subtasks: Vec<&'a RawValue>,
}

/// Reads `tasks.json`, the old form with one list or the new one with tags.
///
/// Subtasks are tasks of their own that wait for what their parent waits for; a parent waits for its
/// open subtasks, so that what depends on it waits for all of it. Deferred and cancelled entries are
/// left out.
#[must_use]
pub fn parse_taskmaster(path: &str, text: &str) -> Import {
    let newlines =
        text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at).collect();
    let mut reader = Reader { path, text, newlines, seen: BTreeMap::new(), out: Import::default() };
    let whole = At { path: path.to_owned(), line: 1, end: 1 };
    if let Ok(tag) = serde_json::from_str::<Tag<'_>>(text) {
        reader.tag("master", &tag);
        return reader.out;
    }
    match serde_json::from_str::<BTreeMap<String, &RawValue>>(text) {
        Err(e) => {
            let at = At::line(path, e.line() as u32);
            let what = format!("not JSON of the expected form: {e}");
            Import::one(Remark { at, why: Why::Unreadable, what: title(&what) })
        }
        Ok(tags) => {
            for (name, raw) in &tags {
                match serde_json::from_str::<Tag<'_>>(raw.get()) {
                    Ok(tag) => reader.tag(name, &tag),
                    Err(e) => reader.remark(raw, Why::Unreadable, &format!("tag {name:?}: {e}")),
                }
            }
            if tags.is_empty() {
                let what = "no tag and no task".to_owned();
                reader.out.remarks.push(Remark { at: whole, why: Why::Prose, what });
            }
            reader.out
        }
    }
}

/// Whether a JSON text has the form of a `tasks.json`.
pub(super) fn is_taskmaster(text: &str) -> bool {
    if serde_json::from_str::<Tag<'_>>(text).is_ok() {
        return true;
    }
    serde_json::from_str::<BTreeMap<String, &RawValue>>(text).is_ok_and(|tags| {
        tags.values().any(|raw| serde_json::from_str::<Tag<'_>>(raw.get()).is_ok())
    })
}

struct Reader<'a> {
    path: &'a str,
    text: &'a str,
    newlines: Vec<usize>,
    /// How often each key was given out: real files number several subtasks alike.
    seen: BTreeMap<String, u32>,
    out: Import,
}

impl<'a> Reader<'a> {
    fn tag(&mut self, tag: &str, list: &Tag<'a>) {
        for raw in &list.tasks {
            let Some(task) = self.entry(raw) else { continue };
            let Some(id) = number(&task.id) else {
                self.remark(raw, Why::Unreadable, "a task without a number");
                continue;
            };
            let after: Vec<String> = task
                .dependencies
                .iter()
                .filter_map(number)
                .map(|dep| self.key(tag, &dep))
                .collect();
            let key = self.unique(raw, self.key(tag, &id));
            let open = self.status(raw, &task, &key);
            let mut parts = Vec::new();
            for sub in task.subtasks.iter().filter(|_| open) {
                parts.extend(self.subtask(tag, &id, sub, &after));
            }
            if open {
                let intro = if parts.is_empty() {
                    ""
                } else {
                    "Its parts are tasks of their own; this one brings them together.\n\n"
                };
                let mut all = after;
                all.extend(parts);
                self.draft(raw, &task, key, all, intro);
            }
        }
    }

    /// Reads a subtask; its key, if its parent has to wait for it.
    fn subtask(
        &mut self,
        tag: &str,
        parent: &str,
        raw: &'a RawValue,
        inherited: &[String],
    ) -> Option<String> {
        let sub = self.entry(raw)?;
        let Some(id) = number(&sub.id) else {
            self.remark(raw, Why::Unreadable, "a subtask without a number");
            return None;
        };
        // A subtask carries `2` or `parent.2` as its id, and so do references to its siblings.
        let full =
            |id: &str| if id.contains('.') { id.to_owned() } else { format!("{parent}.{id}") };
        let key = self.unique(raw, self.key(tag, &full(&id)));
        if !self.status(raw, &sub, &key) {
            return (self.out.done.last() == Some(&key)).then_some(key);
        }
        let mut after = inherited.to_vec();
        let siblings = sub.dependencies.iter().filter_map(number);
        after.extend(siblings.map(|id| self.key(tag, &full(&id))));
        self.draft(raw, &sub, key.clone(), after, "");
        Some(key)
    }

    fn entry(&mut self, raw: &'a RawValue) -> Option<Entry<'a>> {
        serde_json::from_str(raw.get())
            .map_err(|e| self.remark(raw, Why::Unreadable, &format!("an entry: {e}")))
            .ok()
    }

    /// Whether the entry is to be done; otherwise a remark has been left.
    fn status(&mut self, raw: &RawValue, entry: &Entry<'_>, key: &str) -> bool {
        let status = string(&entry.status).to_lowercase();
        let what = format!("{}: {}", key.rsplit('#').next().unwrap_or(key), string(&entry.title));
        match status.as_str() {
            "done" | "completed" => {
                self.out.done.push(key.to_owned());
                self.remark(raw, Why::Done, &what);
                false
            }
            "deferred" | "cancelled" | "canceled" => {
                self.remark(raw, Why::Decided, &format!("{what} ({status})"));
                false
            }
            "" | "pending" => true,
            _ => {
                self.remark(
                    raw,
                    Why::Note,
                    &format!("{what}: its status there is {status:?}; imported as pending"),
                );
                true
            }
        }
    }

    fn draft(
        &mut self,
        raw: &RawValue,
        entry: &Entry<'_>,
        key: String,
        after: Vec<String>,
        intro: &str,
    ) {
        let named = title(&string(&entry.title));
        if named.is_empty() {
            self.remark(raw, Why::Empty, "an entry without a title");
            return;
        }
        let mut body = intro.to_owned();
        for (heading, text) in [
            ("", string(&entry.description)),
            ("", string(&entry.details)),
            ("## Test strategy\n\n", string(&entry.test_strategy)),
        ] {
            let text = text.replace("\r\n", "\n").replace('\0', "\u{fffd}");
            if !text.trim().is_empty() {
                body.push_str(&format!("{heading}{}\n\n", text.trim()));
            }
        }
        let len = body.trim_end().len();
        body.truncate(len);
        self.out.drafts.push(Draft {
            key,
            title: named,
            priority: priority(&string(&entry.priority)).unwrap_or(Priority::P2),
            after,
            touches: Vec::new(),
            agents: Vec::new(),
            estimate: None,
            body: if body.is_empty() { body } else { body + "\n" },
            at: self.at(raw),
            format: Format::Taskmaster,
            stated_after: Vec::new(),
            parent: None,
        });
    }

    fn unique(&mut self, raw: &RawValue, key: String) -> String {
        let count = self.seen.entry(key.clone()).or_insert(0);
        *count += 1;
        let n = *count;
        if n == 1 {
            return key;
        }
        self.remark(raw, Why::Note, &format!("{key} is the number of {n} entries"));
        format!("{key}~{n}")
    }

    fn key(&self, tag: &str, id: &str) -> String {
        format!("{}#{tag}/{id}", self.path)
    }

    /// Where an entry stands: it is a slice of the text that was read.
    fn at(&self, raw: &RawValue) -> At {
        let from = (raw.get().as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        let line = |at: usize| 1 + self.newlines.partition_point(|n| *n < at) as u32;
        let end = from.saturating_add(raw.get().len());
        At { path: self.path.to_owned(), line: line(from), end: line(end) }
    }

    fn remark(&mut self, raw: &RawValue, why: Why, what: &str) {
        let remark = Remark { at: self.at(raw), why, what: title(what) };
        self.out.remarks.push(remark);
    }
}

/// `3`, `"3"` or `"3.1"`.
fn number(value: &Value) -> Option<String> {
    let text = match value {
        Value::Number(n) => n.to_string(),
        Value::String(s) => s.trim().to_owned(),
        _ => return None,
    };
    let fine = !text.is_empty()
        && text.len() <= 40
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c));
    fine.then_some(text)
}

fn string(value: &Value) -> String {
    match value {
        Value::String(s) => s.clone(),
        Value::Array(lines) => {
            lines.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n")
        }
        _ => String::new(),
    }
}
