//! `RubyGems`: runs of digits and runs of letters; letters are older than numbers.

use std::cmp::Ordering;

use super::{NotComparable, Scheme, digits, refused};

pub(super) fn compare(a: &str, b: &str) -> Result<Ordering, NotComparable> {
    let (a, b) = (segments(a)?, segments(b)?);
    for index in 0..a.len().max(b.len()) {
        let segment = |of: &[String]| of.get(index).cloned().unwrap_or_else(|| "0".to_owned());
        let (a, b) = (segment(&a), segment(&b));
        let order = match (digits::only(&a), digits::only(&b)) {
            (true, true) => digits::compare(&a, &b),
            (false, false) => a.cmp(&b),
            (a, b) => a.cmp(&b),
        };
        if order.is_ne() {
            return Ok(order);
        }
    }
    Ok(Ordering::Equal)
}

/// Runs of digits and of letters, without the zeros before the first letters and at the end.
fn segments(version: &str) -> Result<Vec<String>, NotComparable> {
    let text = version.trim().replace('-', ".pre.");
    let mut runs: Vec<String> = Vec::new();
    let mut last = None;
    for c in text.chars() {
        let kind = match c {
            '0'..='9' => Some(true),
            'a'..='z' | 'A'..='Z' => Some(false),
            '.' | '_' | '+' => None,
            _ => return Err(refused(Scheme::Rubygems, version)),
        };
        match (kind, runs.last_mut()) {
            (None, _) => {}
            (Some(_), Some(run)) if last == kind => run.push(c),
            (Some(_), _) => runs.push(c.to_string()),
        }
        last = kind;
    }
    let zero = |run: &String| run.bytes().all(|byte| byte == b'0');
    while runs.last().is_some_and(zero) {
        runs.pop();
    }
    if let Some(word) = runs.iter().position(|run| !digits::only(run)) {
        let kept = runs[..word].iter().rposition(|run| !zero(run)).map_or(0, |at| at + 1);
        runs.drain(kept..word);
    }
    Ok(runs)
}
