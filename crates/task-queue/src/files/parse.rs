//! From the bytes of a file to a task.

use super::fields::{Fields, document};
use super::front::{fault, split};
use crate::Error;
use crate::error::Fault;
use crate::model::{Check, Completion, Estimate, Priority, Task, TaskId};
use crate::scope::Glob;

impl Task {
    /// Reads a task file; its name, without `.md`, is the task's id.
    ///
    /// Keys that we do not know are kept. The path is used for the id and in messages only.
    pub fn parse(path: &str, bytes: &[u8]) -> Result<Self, Error> {
        Ok(parse(path, bytes)?)
    }

    /// The keys of the front matter that mean nothing to us: a typing error, or another tool's.
    pub fn unknown_keys(&self) -> Vec<String> {
        let Ok(document) = document(&self.path, &self.front) else { return Vec::new() };
        let unknown = document.iter().filter(|(key, _)| !KNOWN.contains(key));
        unknown.map(|(key, _)| key.to_owned()).collect()
    }

    /// The line of the file on which an entry of `after` stands.
    pub(crate) fn line_of_after(&self, id: &str) -> usize {
        let Ok(document) = document(&self.path, &self.front) else { return 1 };
        let entry = document
            .get("after")
            .and_then(|item| item.as_array())
            .and_then(|array| array.iter().find(|value| value.as_str() == Some(id)));
        entry
            .and_then(|value| value.span())
            .map_or(1, |span| 1 + super::front::line_of(self.front.as_bytes(), span.start))
    }
}

/// Every key that means something to us.
pub(crate) const KNOWN: [&str; 17] = [
    "id",
    "title",
    "priority",
    "after",
    "touches",
    "symbols",
    "resources",
    "verify",
    "agents",
    "hosts",
    "attempts",
    "tries",
    "run",
    "estimate",
    "source",
    "done",
    "schema",
];

/// As [`Task::parse`], with the fault as data.
pub(crate) fn parse(path: &str, bytes: &[u8]) -> Result<Task, Fault> {
    let id = id_of(path)?;
    let parts = split(path, bytes)?;
    let mut task = from_front(path, id, parts.front)?;
    task.body = parts.body.to_owned();
    task.closed = parts.closed;
    Ok(task)
}

/// The id that a file's name stands for.
pub(crate) fn id_of(path: &str) -> Result<TaskId, Fault> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.strip_suffix(".md").unwrap_or(name);
    TaskId::parse(stem).map_err(|error| {
        fault(
            path,
            1,
            format!("the file's name is no task id: {error}"),
            "a name such as lf-7k3q9d2x.md",
            "rename the file",
        )
    })
}

/// Reads the front matter of a task with this id.
pub(crate) fn from_front(path: &str, id: TaskId, front: &str) -> Result<Task, Fault> {
    let document = document(path, front)?;
    let fields = Fields { path, front, table: document.as_table(), prefix: "" };
    check_id(&fields, &id)?;
    let title = fields.line_text("title")?.ok_or_else(|| {
        fields.wrong("title", "is missing", "one line of text", "write title = \"…\"")
    })?;
    let mut task = Task::new(id, title);
    task.priority = priority(&fields)?;
    task.after = fields.list("after", "task ids", false, |text| {
        TaskId::parse(text).map_err(|error| error.to_string())
    })?;
    task.touches = fields.list("touches", "globs of files", false, |text| {
        Glob::parse(text).map_err(|error| error.to_string())
    })?;
    if !task.touches.is_empty() && task.touches.iter().all(Glob::is_negated) {
        return Err(fields.wrong(
            "touches",
            "only takes away ('!')",
            "at least one glob of files that are touched",
            "add one, as in [\"src/**\", \"!src/gen/**\"]",
        ));
    }
    task.symbols = fields.list("symbols", "symbols as path::name", false, symbol)?;
    task.resources = fields.list("resources", "names", false, owned)?;
    task.verify = fields.list("verify", "command lines", true, owned)?;
    task.agents = fields.list("agents", "names of agents", false, owned)?;
    task.hosts = fields.list("hosts", "names of hosts", false, host)?;
    task.attempts = small(&fields, "attempts", 9)?.unwrap_or(1);
    task.tries = small(&fields, "tries", 99)?.unwrap_or(2);
    task.run = fields.command("run")?.map(str::to_owned);
    task.estimate = estimate(&fields)?;
    task.source = fields.line_text("source")?.map(str::to_owned);
    task.done = fields.inner("done")?.map(|done| completion(&done)).transpose()?;
    task.front = front.to_owned();
    task.path = path.to_owned();
    Ok(task)
}

fn check_id(fields: &Fields<'_>, id: &TaskId) -> Result<(), Fault> {
    match fields.line_text("id")? {
        Some(text) if text != id.as_str() => Err(fields.wrong(
            "id",
            &format!("is {text:?}"),
            &format!("{:?}, the name of the file", id.as_str()),
            "rename the file or remove the key",
        )),
        _ => Ok(()),
    }
}

fn priority(fields: &Fields<'_>) -> Result<Priority, Fault> {
    let Some(text) = fields.line_text("priority")? else { return Ok(Priority::default()) };
    Priority::parse(text).ok_or_else(|| {
        let problem = format!("is {text:?}");
        fields.wrong("priority", &problem, "P0, P1, P2 or P3", "correct it")
    })
}

fn small(fields: &Fields<'_>, key: &'static str, high: u8) -> Result<Option<u8>, Fault> {
    let number = fields.integer(key, 1, i64::from(high))?;
    Ok(number.map(|n| u8::try_from(n).expect("the bounds fit a byte")))
}

fn estimate(fields: &Fields<'_>) -> Result<Option<Estimate>, Fault> {
    let Some(inner) = fields.inner("estimate")? else { return Ok(None) };
    Ok(Some(Estimate {
        hours: inner.number("hours")?,
        keystrokes: inner.integer("keystrokes", 0, i64::MAX)?.map(i64::cast_unsigned),
    }))
}

fn owned(text: &str) -> Result<String, String> {
    Ok(text.to_owned())
}

fn symbol(text: &str) -> Result<String, String> {
    match text.split_once("::") {
        Some((path, name)) if !path.is_empty() && !name.is_empty() => match Glob::parse(path) {
            Err(error) => Err(error.to_string()),
            Ok(glob) if glob.prefix() != path => Err(format!("{path:?} is a pattern")),
            Ok(_) => Ok(text.to_owned()),
        },
        _ => Err(format!("{text:?} names no file or no symbol")),
    }
}

fn host(text: &str) -> Result<String, String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-._:*[]".contains(c);
    if text.chars().all(fits) { owned(text) } else { Err(format!("{text:?} is no host")) }
}

fn completion(done: &Fields<'_>) -> Result<Completion, Fault> {
    let missing = |key: &str| done.wrong(key, "is missing", "the landing gate's evidence", REDO);
    let text = |key: &str| done.line_text(key)?.map(str::to_owned).ok_or_else(|| missing(key));
    let time = |key: &str| {
        let item = done.item(key).ok_or_else(|| missing(key))?;
        let written = item.as_datetime().map(ToString::to_string);
        let stamp = written.and_then(|text| text.parse::<jiff::Timestamp>().ok());
        let unix = stamp.and_then(|stamp| u64::try_from(stamp.as_millisecond()).ok());
        unix.ok_or_else(|| {
            done.wrong(key, "is no time", "a time such as 2026-01-31T12:00:00Z", REDO)
        })
    };
    let count = |fields: &Fields<'_>, key| fields.integer(key, 0, i64::MAX);
    let epoch = count(done, "epoch")?.ok_or_else(|| missing("epoch"))?;
    let lines = done.inner("lines")?;
    let lines = |key| -> Result<u64, Fault> {
        let Some(fields) = &lines else { return Ok(0) };
        Ok(count(fields, key)?.unwrap_or(0).cast_unsigned())
    };
    Ok(Completion {
        epoch: epoch.cast_unsigned(),
        session: text("session")?,
        agent: text("agent")?,
        commit: text("commit")?,
        tree: text("tree")?,
        base: done.line_text("base")?.map(str::to_owned),
        started_ms: time("started")?,
        ended_ms: time("ended")?,
        added: lines("added")?,
        removed: lines("removed")?,
        checks: checks(done)?,
    })
}

const REDO: &str = "take the file as the landing gate wrote it";

fn checks(done: &Fields<'_>) -> Result<Vec<Check>, Fault> {
    let Some(item) = done.item("checks") else { return Ok(Vec::new()) };
    let wrong = |problem: &str| {
        let expected = "a list of { command, exit, log, seconds }";
        done.wrong("checks", problem, expected, REDO)
    };
    let array = item.as_array().ok_or_else(|| wrong("is no list"))?;
    let one = |value: &toml_edit::Value| {
        let table =
            value.as_inline_table().ok_or_else(|| wrong("has an entry that is no table"))?;
        let fields = Fields { table, prefix: "done.checks.", ..*done };
        let text = |key: &str| {
            let missing = || wrong(&format!("has an entry without {key}"));
            fields.line_text(key)?.map(str::to_owned).ok_or_else(missing)
        };
        let exit = fields.integer("exit", i64::from(i32::MIN), i64::from(i32::MAX))?;
        Ok(Check {
            command: text("command")?,
            exit: i32::try_from(exit.ok_or_else(|| wrong("has an entry without exit"))?)
                .expect("the bounds are those of an i32"),
            log: text("log")?,
            seconds: fields.number("seconds")?.unwrap_or(0.0),
        })
    };
    array.iter().map(one).collect()
}
