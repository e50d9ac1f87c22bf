//! Python: PEP 440, and before all its versions those it refuses, in the order that setuptools once gave them.

use std::cmp::Ordering;
use std::str::FromStr as _;

use pep440_rs::Version;

pub(super) fn compare(a: &str, b: &str) -> Ordering {
    match (Version::from_str(a), Version::from_str(b)) {
        (Ok(a), Ok(b)) => a.cmp(&b),
        (Ok(_), Err(_)) => Ordering::Greater,
        (Err(_), Ok(_)) => Ordering::Less,
        (Err(_), Err(_)) => old(a).cmp(&old(b)),
    }
}

/// The parts that setuptools compared: numbers filled with zeros, words behind a star.
fn old(version: &str) -> Vec<String> {
    let lower = version.to_lowercase();
    let mut parts: Vec<String> = Vec::new();
    let mut rest = lower.as_str();
    while let Some(first) = rest.chars().next() {
        let kind = class(first);
        let same = |c: char| class(c) == kind;
        let length = match kind {
            Class::Mark => first.len_utf8(),
            _ => rest.find(|c| !same(c)).unwrap_or(rest.len()),
        };
        let (part, behind) = rest.split_at(length);
        rest = behind;
        match part {
            "." => {}
            "-" => push(&mut parts, "*final-".to_owned()),
            "pre" | "preview" | "rc" => push(&mut parts, "*c".to_owned()),
            "dev" => push(&mut parts, "*@".to_owned()),
            _ if kind == Class::Digit => push(&mut parts, format!("{part:0>8}")),
            _ => push(&mut parts, format!("*{part}")),
        }
    }
    push(&mut parts, "*final".to_owned());
    parts
}

fn push(parts: &mut Vec<String>, part: String) {
    if part.starts_with('*') {
        // A word before the end takes away the hyphens before it, and zeros mean nothing before any word.
        while part.as_str() < "*final" && parts.last().is_some_and(|last| last == "*final-") {
            parts.pop();
        }
        while parts.last().is_some_and(|last| last == "00000000") {
            parts.pop();
        }
    }
    parts.push(part);
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Digit,
    Letter,
    Mark,
    Other,
}

fn class(c: char) -> Class {
    match c {
        '0'..='9' => Class::Digit,
        'a'..='z' => Class::Letter,
        '.' | '-' => Class::Mark,
        _ => Class::Other,
    }
}
