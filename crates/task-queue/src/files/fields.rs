//! Reads typed values out of the front matter, each failure with the line it stands on.

use toml_edit::{Document, Item, TableLike, Value};

use super::front::{fault, line_of};
use crate::error::Fault;

/// Entries that a list may have.
const LONGEST_LIST: usize = 256;
/// Bytes that one text may have.
const LONGEST_TEXT: usize = 64 * 1024;

/// A table of the front matter and what is needed to say where a value stands.
#[derive(Clone, Copy)]
pub(crate) struct Fields<'a> {
    pub(crate) path: &'a str,
    pub(crate) front: &'a str,
    pub(crate) table: &'a dyn TableLike,
    /// What stands before a key in a message: empty, or `done.`.
    pub(crate) prefix: &'static str,
}

/// Parses the front matter as TOML.
pub(crate) fn document<'a>(path: &str, front: &'a str) -> Result<Document<&'a str>, Fault> {
    Document::parse(front).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let problem = error.message().lines().next().unwrap_or("it is not TOML").to_owned();
        fault(
            path,
            1 + line_of(front.as_bytes(), at),
            format!("the front matter is not TOML: {problem}"),
            "TOML",
            "correct the line",
        )
    })
}

impl<'a> Fields<'a> {
    /// The line of this key, or of the beginning when it is absent.
    pub(crate) fn line(&self, key: &str) -> usize {
        let span = self
            .table
            .get_key_value(key)
            .and_then(|(key, item)| key.span().or_else(|| item.span()));
        span.map_or(1, |span| 1 + line_of(self.front.as_bytes(), span.start))
    }

    /// The line of a value inside a list.
    fn line_at(&self, key: &str, value: &Value) -> usize {
        let span = value.span();
        span.map_or_else(|| self.line(key), |s| 1 + line_of(self.front.as_bytes(), s.start))
    }

    /// A fault at this key.
    pub(crate) fn wrong(&self, key: &str, problem: &str, expected: &str, fix: &str) -> Fault {
        let problem = format!("{}{key} {problem}", self.prefix);
        fault(self.path, self.line(key), problem, expected, fix)
    }

    fn kind(&self, key: &str, item: &Item, expected: &str, example: &str) -> Fault {
        let problem = format!("is {}", article(item.type_name()));
        self.wrong(key, &problem, expected, &format!("write {example}"))
    }

    pub(crate) fn item(&self, key: &str) -> Option<&'a Item> {
        self.table.get(key).filter(|item| !item.is_none())
    }

    /// A text of one line.
    pub(crate) fn line_text(&self, key: &str) -> Result<Option<&'a str>, Fault> {
        let Some(item) = self.item(key) else { return Ok(None) };
        let Some(text) = item.as_str() else {
            return Err(self.kind(key, item, "a text", &format!("{key} = \"…\"")));
        };
        match flaw(text, false) {
            None => Ok(Some(text)),
            Some(flaw) => Err(self.wrong(key, flaw, "one line of text", "correct it")),
        }
    }

    /// A command line, which may run over several lines.
    pub(crate) fn command(&self, key: &str) -> Result<Option<&'a str>, Fault> {
        let Some(item) = self.item(key) else { return Ok(None) };
        let Some(text) = item.as_str() else {
            return Err(self.kind(key, item, "a command line", &format!("{key} = \"…\"")));
        };
        match flaw(text, true) {
            None => Ok(Some(text)),
            Some(flaw) => Err(self.wrong(key, flaw, "a command line", "correct it")),
        }
    }

    /// A whole number within bounds.
    pub(crate) fn integer(&self, key: &str, low: i64, high: i64) -> Result<Option<i64>, Fault> {
        let Some(item) = self.item(key) else { return Ok(None) };
        let expected = format!("a whole number from {low} to {high}");
        match item.as_integer() {
            Some(n) if (low..=high).contains(&n) => Ok(Some(n)),
            Some(n) => Err(self.wrong(key, &format!("is {n}"), &expected, "correct it")),
            None => Err(self.kind(key, item, &expected, &format!("{key} = {low}"))),
        }
    }

    /// A number that is not negative.
    pub(crate) fn number(&self, key: &str) -> Result<Option<f64>, Fault> {
        let Some(item) = self.item(key) else { return Ok(None) };
        let expected = "a number that is not negative";
        #[expect(clippy::cast_precision_loss, reason = "hours and seconds are small")]
        let value = item.as_float().or_else(|| item.as_integer().map(|n| n as f64));
        match value {
            Some(n) if n.is_finite() && n >= 0.0 => Ok(Some(n)),
            Some(n) => Err(self.wrong(key, &format!("is {n}"), expected, "correct it")),
            None => Err(self.kind(key, item, expected, &format!("{key} = 1.5"))),
        }
    }

    /// A list, each entry of which is read by `read`.
    pub(crate) fn list<T>(
        &self,
        key: &str,
        expected: &str,
        lines: bool,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Result<Vec<T>, Fault> {
        let Some(item) = self.item(key) else { return Ok(Vec::new()) };
        let example = format!("{key} = [\"…\"]");
        let Some(array) = item.as_array() else {
            return Err(self.kind(key, item, &format!("a list of {expected}"), &example));
        };
        if array.len() > LONGEST_LIST {
            let problem = format!("has {} entries", array.len());
            return Err(self.wrong(key, &problem, "at most 256", "split the task"));
        }
        let one = |value: &Value| {
            let wrong = |problem: String| {
                let problem = format!("{}{key}: {problem}", self.prefix);
                fault(self.path, self.line_at(key, value), problem, expected, "correct the entry")
            };
            let text = value
                .as_str()
                .ok_or_else(|| wrong(format!("an entry is {}", article(value.type_name()))))?;
            if let Some(flaw) = flaw(text, lines) {
                return Err(wrong(format!("an entry {flaw}")));
            }
            read(text).map_err(wrong)
        };
        array.iter().map(one).collect()
    }

    /// A table inside this one.
    pub(crate) fn inner(&self, key: &'static str) -> Result<Option<Self>, Fault> {
        let Some(item) = self.item(key) else { return Ok(None) };
        match item.as_table_like() {
            Some(table) => Ok(Some(Self { table, prefix: inner_prefix(key), ..*self })),
            None => Err(self.kind(key, item, "a table", &format!("{key} = {{ … }}"))),
        }
    }
}

fn inner_prefix(key: &str) -> &'static str {
    match key {
        "done" => "done.",
        "estimate" => "estimate.",
        "lines" => "done.lines.",
        _ => "",
    }
}

/// What makes a text unfit for a title, a command or a name.
fn flaw(text: &str, lines: bool) -> Option<&'static str> {
    if text.trim().is_empty() {
        Some("is empty")
    } else if text.len() > LONGEST_TEXT {
        Some("is longer than 64 KiB")
    } else if text.chars().any(|c| c.is_control() && !(lines && (c == '\n' || c == '\t'))) {
        Some("holds a control character")
    } else {
        None
    }
}

fn article(kind: &str) -> String {
    let vowel = kind.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {kind}", if vowel { "an" } else { "a" })
}
