//! Hostile tasks and texts through the real binaries: nothing gets out, and text stays text.

mod obey;
mod shown;
mod texts;

use std::fmt::Write as _;

/// A text as a TOML string; what a basic string may not hold is escaped.
fn toml(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                write!(out, "\\u{:04X}", u32::from(c)).expect("a text takes all");
            }
            c => out.push(c),
        }
    }
    out + "\""
}

/// The text without what the parser of tasks refuses in a field of one line.
fn one_line(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}
