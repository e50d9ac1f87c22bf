//! A workflow whose packages uv installs, line by line: what is no command stays as it is.

use leadforge_dockerfile_syntax::Text;
use leadforge_dockerfile_syntax::shell::split;

use super::UV;
use super::command::{Place, replacements};
use super::dockerfile::apply;
use super::project::Project;

/// The text of a workflow for uv.
pub(crate) fn migrate(text: &str, project: &Project) -> String {
    let mut edits = Vec::new();
    let mut has_uv = false;
    let mut at = 0;
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let start = at;
        at += line.len();
        // Each job has a machine of its own.
        if line.trim() == "steps:" {
            has_uv = false;
        }
        has_uv |= line.contains("astral-sh/setup-uv") || line.contains("pip install uv");
        let Some((offset, first)) = command(line) else { continue };
        // In a block of lines a command may go on behind a backslash.
        let mut end = start + offset + first.len();
        let block = !line.contains("run:");
        while block && text[..end].ends_with('\\') && lines.peek().is_some() {
            let next = lines.next().unwrap_or_default();
            end = at + next.trim_end().len();
            at += next.len();
        }
        let Some((masked, expressions)) = mask(&text[start + offset..end]) else { continue };
        if !(masked.contains("pip") || masked.contains("poetry")) || masked.ends_with('\\') {
            continue;
        }
        let place = Place { project, active: false, has_lock: true };
        for replacement in replacements(&split(&Text::at(&masked, start + offset)), &place) {
            let mut new = unmask(&replacement.text, &expressions);
            if !has_uv {
                let get = format!("python -m pip install uv=={UV}");
                new = if new == "uv --version" { get } else { format!("{get} && {new}") };
                has_uv = true;
            }
            edits.push((replacement.span.start, replacement.span.end, new));
        }
    }
    apply(text, edits)
}

/// The command on a line of a workflow, and where it begins.
fn command(line: &str) -> Option<(usize, &str)> {
    let bare = line.trim_end();
    let mut at = bare.len() - bare.trim_start().len();
    for mark in ["- ", "run:"] {
        if let Some(rest) = bare.get(at..).and_then(|rest| rest.strip_prefix(mark)) {
            at = bare.len() - rest.trim_start().len();
        }
    }
    let text = bare.get(at..)?;
    // What is quoted as YAML is another text than it looks.
    let plain = !text.is_empty() && !text.starts_with(['#', '"', '\'', '|', '>']);
    plain.then_some((at, text))
}

/// The letter that a masked expression begins with, and the one that fills it up.
pub(super) const MASK: (char, char) = ('\u{2}', '\u{1}');

/// A text in which each `${{ … }}` is a word of the same length, and what they were; `None` where one has no end.
fn mask(text: &str) -> Option<(String, Vec<String>)> {
    if text.contains([MASK.0, MASK.1]) {
        return None;
    }
    let (mut out, mut rest, mut found) = (String::new(), text, Vec::new());
    while let Some(at) = rest.find("${{") {
        let end = at + rest[at..].find("}}")? + 2;
        out.push_str(&rest[..at]);
        let head = format!("{}{:x}", MASK.0, found.len());
        let length = (end - at).checked_sub(head.len())?;
        out.push_str(&head);
        out.extend(std::iter::repeat_n(MASK.1, length));
        found.push(rest[at..end].to_owned());
        rest = &rest[end..];
    }
    out.push_str(rest);
    Some((out, found))
}

/// The expressions put back.
fn unmask(text: &str, expressions: &[String]) -> String {
    let mut parts = text.split(MASK.0);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(MASK.1).unwrap_or(part.len());
        let number = usize::from_str_radix(&part[..end], 16).ok();
        out.push_str(number.and_then(|at| expressions.get(at)).map_or("", String::as_str));
        out.push_str(part[end..].trim_start_matches(MASK.1));
    }
    out
}
