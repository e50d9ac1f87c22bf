//! Whether a version has a fault, and which one has it no more.

use std::cmp::Ordering;

use super::entry::{Entry, Event};
use crate::versions::{Scheme, compare};

/// Whether an advisory is about a version; a version that cannot be ordered is only looked for by name.
pub(super) fn hit(entry: &Entry, scheme: Option<Scheme>, version: &str) -> bool {
    let same = |known: &String| {
        known == version
            || scheme.is_some_and(|scheme| compare(scheme, known, version) == Ok(Ordering::Equal))
    };
    if entry.versions.iter().any(same) {
        return true;
    }
    let Some(scheme) = scheme else {
        return false;
    };
    entry.ranges.iter().any(|range| in_range(range, scheme, version))
}

/// Where an event stands among the versions of a scheme.
fn order(event: &Event, scheme: Scheme, version: &str) -> Option<Ordering> {
    match event {
        Event::Introduced(at) if at == "0" => Some(Ordering::Less),
        Event::Limit(at) if at == "*" => Some(Ordering::Greater),
        Event::Introduced(at) | Event::Fixed(at) | Event::Last(at) | Event::Limit(at) => {
            compare(scheme, at, version).ok()
        }
    }
}

/// The last event that is not behind the version says whether it is affected, as OSV's schema defines it.
fn in_range(range: &[Event], scheme: Scheme, version: &str) -> bool {
    let text = |event: &Event| match event {
        Event::Introduced(at) | Event::Fixed(at) | Event::Last(at) | Event::Limit(at) => at.clone(),
    };
    // Events may stand in any order; at one version a fault ends before it begins anew.
    let mut events: Vec<&Event> = range.iter().collect();
    let rank = |event: &Event| match event {
        Event::Fixed(_) => 0,
        Event::Introduced(_) => 1,
        Event::Last(_) | Event::Limit(_) => 2,
    };
    events.sort_by(|a, b| {
        let (first, second) = (text(a), text(b));
        let order = match (first.as_str(), second.as_str()) {
            (a, b) if a == b => Ordering::Equal,
            ("0", _) | (_, "*") => Ordering::Less,
            (_, "0") | ("*", _) => Ordering::Greater,
            (a, b) => compare(scheme, a, b).unwrap_or(Ordering::Equal),
        };
        order.then_with(|| rank(a).cmp(&rank(b)))
    });
    let mut affected = false;
    for event in events {
        let Some(order) = order(event, scheme, version) else {
            continue;
        };
        match event {
            Event::Introduced(_) if order != Ordering::Greater => affected = true,
            Event::Fixed(_) | Event::Limit(_) if order != Ordering::Greater => affected = false,
            Event::Last(_) if order == Ordering::Less => affected = false,
            _ => {}
        }
    }
    affected
}

/// The versions above this one that have the fault no more, the lowest first.
pub(super) fn fixed(entry: &Entry, scheme: Option<Scheme>, version: &str) -> Vec<String> {
    let Some(scheme) = scheme else {
        return Vec::new();
    };
    let above = |event: &Event| match event {
        Event::Fixed(at) if compare(scheme, at, version) == Ok(Ordering::Greater) => {
            Some(at.clone())
        }
        _ => None,
    };
    let mut found: Vec<String> = entry.ranges.iter().flatten().filter_map(above).collect();
    found.sort_by(|a, b| compare(scheme, a, b).unwrap_or(Ordering::Equal));
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vulns::entry::Class;

    fn entry(ranges: &[&[(&str, &str)]], versions: &[&str]) -> Entry {
        let event = |(kind, at): &(&str, &str)| {
            let at = (*at).to_owned();
            match *kind {
                "introduced" => Event::Introduced(at),
                "fixed" => Event::Fixed(at),
                "last" => Event::Last(at),
                _ => Event::Limit(at),
            }
        };
        Entry {
            id: "X".to_owned(),
            group: vec!["X".to_owned()],
            class: Class::Vulnerability,
            withdrawn: false,
            summary: String::new(),
            url: String::new(),
            severity: None,
            ranges: ranges.iter().map(|range| range.iter().map(event).collect()).collect(),
            versions: versions.iter().map(|text| (*text).to_owned()).collect(),
        }
    }

    #[test]
    fn ranges_are_read_as_the_schema_defines_them() {
        let semver = Some(Scheme::Semver);
        let two = entry(
            &[&[
                ("fixed", "2.1.0"),
                ("introduced", "0"),
                ("fixed", "1.0.1"),
                ("introduced", "2.0.0"),
            ]],
            &[],
        );
        let hits = |entry: &Entry, versions: &[&str]| -> Vec<bool> {
            versions.iter().map(|version| hit(entry, semver, version)).collect()
        };
        assert_eq!(
            hits(&two, &["0.1.0", "1.0.1", "2.0.0-rc.1", "2.0.0", "2.1.0"]),
            [true, false, false, true, false]
        );
        assert_eq!(fixed(&two, semver, "0.1.0"), ["1.0.1", "2.1.0"]);
        assert_eq!(fixed(&two, semver, "2.0.5"), ["2.1.0"]);
        let last = entry(&[&[("introduced", "1.0.0"), ("last", "1.5.0")]], &["0.5.0"]);
        assert_eq!(hits(&last, &["0.5.0", "1.0.0", "1.5.0", "1.5.1"]), [true, true, true, false]);
        let limit = entry(
            &[
                &[("introduced", "0"), ("limit", "2.0.0")],
                &[("introduced", "3.0.0"), ("limit", "*")],
            ],
            &[],
        );
        assert_eq!(hits(&limit, &["1.0.0", "2.0.0", "3.0.0"]), [true, false, true]);
        let again =
            entry(&[&[("introduced", "0"), ("fixed", "1.0.0"), ("introduced", "1.0.0")]], &[]);
        assert_eq!(hits(&again, &["1.0.0"]), [true]);
        let python = entry(&[], &["1.0"]);
        assert!(hit(&python, Some(Scheme::Pypi), "1.0.0") && !hit(&python, None, "1.0.0"));
        let commit = entry(&[&[("introduced", "0")]], &[]);
        assert!(!hit(&commit, None, "1"));
    }
}
