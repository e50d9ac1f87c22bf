//! What must not reach an agent's file: names that break paths, text that hides, opens or closes more than itself.

use std::collections::BTreeSet;

use leadforge_markup::visible;

use crate::code::certain;
use crate::lines::Lines;
use crate::{Error, Item, Rule, Rulebook, Scope};

/// No line of a rulebook may begin like one of ours.
pub(crate) const MARKS: [&str; 3] = ["<!-- leadforge:", "<!-- rule:", "<!-- section:"];

impl Rulebook {
    /// Refuses what must not be written to any file, with the item and the line.
    ///
    /// Refused are names that are not plain, names given twice, characters that hide or reorder text,
    /// lines that look like our own marks, blocks of code and comments that nothing closes, comments
    /// in rules, and globs that a list of globs cannot hold. `@` is no fault: it is written so that no
    /// tool takes it for an import.
    ///
    /// # Errors
    /// The first fault.
    pub fn check(&self) -> Result<(), Error> {
        let mut seen = BTreeSet::new();
        for item in &self.items {
            let id = item.id();
            name(id).map_err(|why| Error::item(id, 1, why))?;
            if !seen.insert(id) {
                return Err(Error::item(id, 1, "this name is given twice"));
            }
            match item {
                Item::Rule(rule) => self::rule(rule)?,
                Item::Section(section) => {
                    match &section.scope {
                        Scope::Paths(paths) if paths.is_empty() => {
                            return Err(Error::item(id, 1, "no globs: say Always"));
                        }
                        Scope::Paths(paths) => globs(id, paths)?,
                        Scope::Asked(when) => line(id, "the description", when)?,
                        Scope::Always | Scope::Manual => {}
                    }
                    text(id, &section.text, true)?;
                }
            }
        }
        Ok(())
    }
}

fn rule(rule: &Rule) -> Result<(), Error> {
    let id = &rule.id;
    line(id, "the title", &rule.title)?;
    text(id, &rule.prose, false)?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '_' | '#');
    if rule.language.len() > 32 || !rule.language.chars().all(plain) {
        return Err(Error::item(id, 1, "the language is no name, such as python"));
    }
    globs(id, &rule.paths)?;
    globs(id, &rule.except)?;
    for example in rule.good.iter().chain(&rule.bad) {
        for (at, line) in example.split('\n').enumerate() {
            seen(id, at, line)?;
            mark(id, at, line)?;
        }
    }
    Ok(())
}

/// A name that is a file's name on every system and an anchor in every page.
fn name(id: &str) -> Result<(), &'static str> {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-._".contains(&b);
    let starts = id.bytes().next().is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    match id.len() {
        1..=80 if starts && id.bytes().all(plain) => Ok(()),
        1..=80 => Err("a name has lower-case letters, digits, hyphens, dots and underscores"),
        _ => Err("a name has 1 to 80 characters"),
    }
}

/// Text of one line: a title, a description.
fn line(id: &str, what: &str, text: &str) -> Result<(), Error> {
    if text.trim_ascii().is_empty()
        || text.trim_ascii() != text
        || text.contains(['\n', '\r', '\t'])
    {
        return Err(Error::item(id, 1, format!("{what} is not one line of text")));
    }
    seen(id, 0, text)?;
    if text.contains("<!--") {
        return Err(Error::item(id, 1, format!("{what} holds a comment, which nobody would see")));
    }
    Ok(())
}

fn text(id: &str, text: &str, comments: bool) -> Result<(), Error> {
    for (at, line) in text.split('\n').enumerate() {
        seen(id, at, line)?;
        mark(id, at, line)?;
    }
    if let Some((line, why)) = unclosed(text) {
        return Err(Error::item(id, line, why));
    }
    if !comments && let Some(at) = self::comments(text).first() {
        let why = "a rule holds no comment: people would not see it and agents might";
        return Err(Error::item(id, 1 + text[..*at].matches('\n').count(), why));
    }
    Ok(())
}

/// The line, from 1, that opens what nothing closes, so that all that follows is code or hidden.
pub(crate) fn unclosed(text: &str) -> Option<(usize, &'static str)> {
    if let Some(open) = Lines::of(text, 3).open {
        let why =
            "this opens a block of code that nothing closes, and all that follows would be code";
        return Some((open + 1, why));
    }
    let last = *comments(text).last()?;
    let why = "this opens a comment that nothing closes, and all that follows would be hidden";
    (!text[last..].contains("-->")).then(|| (1 + text[..last].matches('\n').count(), why))
}

/// Where comments begin that are not certainly code.
fn comments(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    if !text.contains("<!--") {
        return starts;
    }
    let code = certain(text);
    let mut from = 0;
    while let Some(at) = text[from..].find("<!--").map(|at| from + at) {
        from = at + 4;
        if code[at] {
            continue;
        }
        starts.push(at);
        from = text[from..].find("-->").map_or(text.len(), |end| from + end + 3);
    }
    starts
}

/// Refuses characters that hide or reorder text; tabs are seen.
fn seen(id: &str, at: usize, line: &str) -> Result<(), Error> {
    // Most lines are plain, and this is asked of every line for every tool.
    if line.bytes().all(|byte| byte == b'\t' || matches!(byte, b' '..=b'~')) {
        return Ok(());
    }
    let plain = line.replace('\t', " ");
    let shown = visible(&plain);
    if shown == plain {
        return Ok(());
    }
    let differs = |(one, other): &(char, char)| one != other;
    let nth = plain.chars().zip(shown.chars()).position(|pair| differs(&pair)).unwrap_or(0);
    let spelled: String = shown.chars().skip(nth).take(8).collect();
    let why = format!("a character that is not seen, at {spelled:?}; take it out");
    Err(Error::item(id, at + 1, why))
}

fn mark(id: &str, at: usize, line: &str) -> Result<(), Error> {
    match MARKS.iter().find(|mark| line.trim_start().starts_with(**mark)) {
        Some(mark) => {
            let why = format!("a line that begins with {mark} would end the item: reword it");
            Err(Error::item(id, at + 1, why))
        }
        None => Ok(()),
    }
}

fn globs(id: &str, globs: &[String]) -> Result<(), Error> {
    for glob in globs {
        seen(id, 0, glob)?;
        let odd = glob.contains(['`', '|', '"', '\\', '\n', '\t', '\r']) || glob.trim() != glob;
        if glob.is_empty() || odd || glob.len() > 200 || split(glob).len() != 1 {
            let why = format!(
                "the glob {glob:?} cannot stand in a list of globs: give one of plain characters"
            );
            return Err(Error::item(id, 1, why));
        }
    }
    Ok(())
}

/// The globs of a list with commas; one inside of braces separates nothing.
pub(crate) fn split(list: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut from) = (Vec::new(), 0_usize, 0);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(list[from..at].trim());
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(list[from..].trim());
    parts
}
