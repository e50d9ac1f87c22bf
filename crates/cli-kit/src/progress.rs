//! Progress: one event stream, shown to people on a terminal, to logs, or to programs.

use leadforge_markup::terminal;
use serde::Serialize;
use std::io::{IsTerminal as _, Write as _};

/// Something that happened while a command ran.
#[derive(Clone, Debug, Serialize)]
pub struct Event<'a> {
    /// What happened: a stable word such as `claimed`, `verified`, `landed`, `refused`.
    pub event: &'a str,
    /// What it happened to, such as a task's id.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub subject: &'a str,
    /// One line for people.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub message: &'a str,
    /// Facts for programs.
    #[serde(skip_serializing_if = "serde_json::Value::is_null")]
    pub data: serde_json::Value,
}

impl<'a> Event<'a> {
    /// An event without facts.
    #[must_use]
    pub fn new(event: &'a str, subject: &'a str, message: &'a str) -> Self {
        Self { event, subject, message, data: serde_json::Value::Null }
    }
}

/// Where progress goes.
pub trait Reporter: Send + Sync {
    /// Shows one event. Never fails: progress is not a result.
    fn report(&self, event: &Event<'_>);
}

pub(crate) fn choose(quiet: bool, json: bool) -> Box<dyn Reporter> {
    if quiet {
        Box::new(Silent)
    } else if json {
        Box::new(Ndjson)
    } else {
        Box::new(Lines { terminal: std::io::stderr().is_terminal() })
    }
}

struct Silent;
impl Reporter for Silent {
    fn report(&self, _event: &Event<'_>) {}
}

/// Events for programs.
pub(crate) struct Ndjson;
impl Reporter for Ndjson {
    fn report(&self, event: &Event<'_>) {
        let mut line = Vec::new();
        crate::context::line(&mut line, event).expect("an event has string keys");
        // Progress that cannot be shown is no reason to stop the work.
        let _ = std::io::stderr().write_all(&line);
    }
}

struct Lines {
    terminal: bool,
}
impl Reporter for Lines {
    fn report(&self, event: &Event<'_>) {
        let _ = writeln!(anstream::stderr(), "{}", text(event, self.terminal));
    }
}

/// One event as a line: the word in a column, the subject, the message.
fn text(event: &Event<'_>, styled: bool) -> String {
    let (on, off) = if styled { (style(event.event), "\x1b[0m") } else { ("", "") };
    let word = terminal(event.event);
    let mut line = format!("{on}{word:>10}{off}");
    for part in [event.subject, event.message] {
        if !part.is_empty() {
            line.push(' ');
            line.push_str(&terminal(part));
        }
    }
    line
}

fn style(word: &str) -> &'static str {
    match word {
        "landed" | "verified" | "done" | "won" => "\x1b[32m",
        "failed" | "refused" | "conflict" | "red" => "\x1b[31m",
        _ => "\x1b[36m",
    }
}

/// One line such as `warning: text` on standard error.
pub(crate) fn say(label: &str, text: &str) {
    let _ = writeln!(anstream::stderr(), "\x1b[1m{label}\x1b[0m: {}", terminal(text));
}
