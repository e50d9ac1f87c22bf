//! Declared licences as SPDX expressions: what is none becomes a reference with its own text.

use std::collections::BTreeMap;

/// Licences that are on no list, by the name that a document gives them.
pub(super) type Others = BTreeMap<String, String>;

/// The declared licences as one expression; nothing when there are none.
pub(super) fn expression(licences: &[String], others: &mut Others) -> Option<String> {
    let mut parts: Vec<String> =
        licences.iter().filter_map(|text| one(text.trim(), others)).collect();
    parts.dedup();
    match parts.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        // Several licences that somebody lists are all meant.
        _ => Some(parts.iter().map(|part| grouped(part)).collect::<Vec<_>>().join(" AND ")),
    }
}

fn grouped(part: &str) -> String {
    if part.contains(' ') { format!("({part})") } else { part.to_owned() }
}

fn one(text: &str, others: &mut Others) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    if let Some(expression) = crate::licences::normal(text) {
        return Some(expression);
    }
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' };
    let word: String = text.chars().map(plain).take(60).collect();
    let mut name = format!("LicenseRef-{}", word.trim_matches('-'));
    // Two texts may look alike once signs are replaced.
    while others.get(&name).is_some_and(|known| known != text) {
        name.push_str("-x");
    }
    others.insert(name.clone(), text.to_owned());
    Some(name)
}
