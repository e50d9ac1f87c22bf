//! From a task to bytes: what did not change stays as it was written.

use toml_edit::{Array, DocumentMut, InlineTable, Item, Value, value};

use super::parse::from_front;
use crate::model::{Completion, Estimate, Task};

impl Task {
    /// The bytes of the task's file.
    ///
    /// A task that was read and not changed gives the very bytes that were read. Of a changed one
    /// only the changed keys are written anew; comments, unknown keys and their order stay.
    pub fn to_bytes(&self) -> Vec<u8> {
        let front = self.front_text();
        let end = if self.closed || !self.body.is_empty() { "\n" } else { "" };
        [b"+++\n", front.as_bytes(), b"+++", end.as_bytes(), self.body.as_bytes()].concat()
    }

    fn front_text(&self) -> String {
        let read = from_front(&self.path, self.id.clone(), &self.front).ok();
        let was = read.unwrap_or_else(|| Self::new(self.id.clone(), ""));
        let Ok(mut document) = self.front.parse::<DocumentMut>() else {
            return self.front.clone();
        };
        let before = document.to_string();
        let mut put = |key: &str, changed: bool, item: Option<Item>| {
            if changed {
                set(&mut document, key, item);
            }
        };
        put("title", was.title != self.title, Some(value(text(&self.title))));
        let priority = was.priority != self.priority || self.front.is_empty();
        put("priority", priority, Some(value(self.priority.as_str())));
        put("after", was.after != self.after, list(&self.after));
        put("touches", was.touches != self.touches, list(&self.touches));
        put("symbols", was.symbols != self.symbols, list(&self.symbols));
        put("resources", was.resources != self.resources, list(&self.resources));
        put("verify", was.verify != self.verify, list(&self.verify));
        put("agents", was.agents != self.agents, list(&self.agents));
        put("hosts", was.hosts != self.hosts, list(&self.hosts));
        put("attempts", was.attempts != self.attempts, Some(value(i64::from(self.attempts))));
        put("tries", was.tries != self.tries, Some(value(i64::from(self.tries))));
        put("run", was.run != self.run, self.run.as_ref().map(|run| value(text(run))));
        put("estimate", was.estimate != self.estimate, self.estimate.and_then(estimate));
        put(
            "source",
            was.source != self.source,
            self.source.as_ref().map(|source| value(text(source))),
        );
        put("done", was.done != self.done, self.done.as_ref().map(done));
        let after = document.to_string();
        if after == before { self.front.clone() } else { after }
    }
}

/// Sets or removes a key, keeping the space and the comment beside its value.
fn set(document: &mut DocumentMut, key: &str, item: Option<Item>) {
    let Some(mut item) = item else {
        document.remove(key);
        return;
    };
    let old = document.get(key).and_then(Item::as_value).map(|value| value.decor().clone());
    if let (Some(decor), Some(value)) = (old, item.as_value_mut()) {
        *value.decor_mut() = decor;
    }
    document[key] = item;
}

fn list(entries: &[impl AsRef<str>]) -> Option<Item> {
    let array: Array = entries.iter().map(|entry| text(entry.as_ref())).collect();
    (!entries.is_empty()).then(|| value(array))
}

/// A text as TOML writes it.
///
/// TOML may spread a text over lines, and one of them could be the `+++` that closes the front
/// matter: such a text stays on one line.
fn text(text: &str) -> Value {
    let plain = Value::from(text);
    if text.lines().all(|line| line != "+++") {
        return plain;
    }
    // What JSON escapes, TOML reads alike.
    let line = serde_json::to_string(text).expect("a text is JSON");
    line.parse().unwrap_or(plain)
}

fn estimate(estimate: Estimate) -> Option<Item> {
    let mut table = InlineTable::new();
    if let Some(hours) = estimate.hours {
        table.insert("hours", hours.into());
    }
    if let Some(keystrokes) = estimate.keystrokes {
        table.insert("keystrokes", integer(keystrokes));
    }
    (!table.is_empty()).then(|| value(table))
}

/// The evidence as a table of its own at the end of the front matter.
pub(crate) fn done(done: &Completion) -> Item {
    let mut table = toml_edit::Table::new();
    table["schema"] = value("leadforge/done/1");
    table["epoch"] = value(integer(done.epoch));
    table["session"] = value(text(&done.session));
    table["agent"] = value(text(&done.agent));
    table["commit"] = value(text(&done.commit));
    table["tree"] = value(text(&done.tree));
    if let Some(base) = &done.base {
        table["base"] = value(text(base));
    }
    table["started"] = value(time(done.started_ms));
    table["ended"] = value(time(done.ended_ms));
    let lines = [("added", integer(done.added)), ("removed", integer(done.removed))];
    table["lines"] = value(InlineTable::from_iter(lines));
    let mut checks = Array::new();
    for check in &done.checks {
        let entries: [(&str, Value); 4] = [
            ("command", text(&check.command)),
            ("exit", i64::from(check.exit).into()),
            ("log", text(&check.log)),
            ("seconds", check.seconds.into()),
        ];
        let mut entry = Value::from(InlineTable::from_iter(entries));
        entry.decor_mut().set_prefix("\n  ");
        checks.push_formatted(entry);
    }
    if !checks.is_empty() {
        checks.set_trailing("\n");
        checks.set_trailing_comma(true);
    }
    table["checks"] = value(checks);
    table.decor_mut().set_prefix("\n");
    Item::Table(table)
}

fn integer(n: u64) -> Value {
    i64::try_from(n).unwrap_or(i64::MAX).into()
}

/// Milliseconds of Unix time as the time that TOML writes; beyond the year 9999, its last moment.
fn time(unix_ms: u64) -> Value {
    let stamp =
        i64::try_from(unix_ms).ok().and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok());
    let text = stamp.unwrap_or(jiff::Timestamp::MAX).to_string();
    let time: toml_edit::Datetime = text.parse().expect("RFC 3339 is what TOML writes");
    time.into()
}
