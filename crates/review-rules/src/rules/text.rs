//! A rule about the text of new lines.

use std::borrow::Cow;

use globset::GlobSet;
use regex::bytes::{Captures, Regex, RegexBuilder};

use crate::Tree;
use crate::globs::globs;

/// A regular expression that no new line may match.
#[derive(Debug)]
pub(super) struct TextRule {
    regex: Regex,
    unless: Option<Regex>,
    /// The files in one of which the captured name has to stand.
    named_in: Option<(GlobSet, Vec<String>)>,
    /// Whether it is told once in a file.
    pub(super) once: bool,
    /// Whether it is about how lines end, so that they are read with their carriage return.
    pub(super) ends: bool,
}

/// How large a compiled expression may become.
const LARGEST: usize = 1 << 20;

impl TextRule {
    pub(super) fn new(
        text: &str,
        unless: Option<&str>,
        named_in: Option<Vec<String>>,
        once: bool,
    ) -> Result<Self, String> {
        let regex = compiled("text", text)?;
        let unless = unless.map(|unless| compiled("unless", unless)).transpose()?;
        if let Some(files) = &named_in {
            if files.is_empty() {
                return Err("named-in: expected at least one file".into());
            }
            if regex.captures_len() != 2 {
                return Err(
                    "named-in: expected text with one group in parentheses, the name".into()
                );
            }
        }
        let globs =
            |files: Vec<String>| Ok::<_, String>((globs(files.iter().map(|f| &**f))?, files));
        let named_in = named_in.map(globs).transpose()?;
        Ok(Self { regex, unless, named_in, once, ends: text.contains(r"\r") })
    }

    /// Whether what it captures has to be named somewhere.
    pub(super) fn names(&self) -> bool {
        self.named_in.is_some()
    }

    /// Whether names are looked for in this file.
    pub(super) fn named_in(&self, path: &str) -> bool {
        self.named_in.as_ref().is_some_and(|(globs, _)| globs.is_match(path))
    }

    /// The first match in a line, as text: what it captured when that has to be named somewhere.
    pub(super) fn find(&self, line: &[u8]) -> Option<String> {
        let found = self.regex.captures(line)?;
        if self.unless.as_ref().is_some_and(|unless| unless.is_match(line)) {
            return None;
        }
        Some(self.text(&found))
    }

    /// The files in which names are looked for.
    pub(super) fn pages<'t>(&self, head: &'t dyn Tree) -> Result<Vec<Cow<'t, [u8]>>, String> {
        let mut pages = Vec::new();
        for path in head.paths()?.iter().filter(|path| self.named_in(&path.to_string())) {
            pages.extend(head.read(path)?);
        }
        if pages.is_empty() {
            let named =
                self.named_in.as_ref().map_or_else(String::new, |(_, named)| named.join(", "));
            return Err(format!("no file {named} is there"));
        }
        Ok(pages)
    }

    fn text(&self, found: &Captures<'_>) -> String {
        let group = usize::from(self.names());
        let text = found.get(group).map_or(&b""[..], |found| found.as_bytes());
        String::from_utf8_lossy(text).into_owned()
    }
}

/// Whether a name stands in a text as a word of its own.
pub(super) fn names(text: &[u8], name: &str) -> bool {
    let part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let name = name.as_bytes();
    !name.is_empty()
        && text.windows(name.len()).enumerate().any(|(at, found)| {
            let before = at.checked_sub(1).and_then(|at| text.get(at));
            found == name
                && !before.is_some_and(part)
                && !text.get(at + name.len()).is_some_and(part)
        })
}

fn compiled(key: &str, text: &str) -> Result<Regex, String> {
    let regex = RegexBuilder::new(text).size_limit(LARGEST).dfa_size_limit(LARGEST).build();
    regex.map_err(|error| format!("{key}: {}", error.to_string().replace('\n', " ")))
}
