//! Semantic versions as they are found: with `v`, with fewer numbers than three, with more of them.

use std::cmp::Ordering;

use super::{NotComparable, Scheme, digits, refused};

/// A version, read leniently.
struct Version<'a> {
    numbers: [&'a str; 3],
    before: Option<&'a str>,
    build: Option<&'a str>,
}

pub(super) fn compare(scheme: Scheme, a: &str, b: &str) -> Result<Ordering, NotComparable> {
    let (a, b) = (parse(scheme, a)?, parse(scheme, b)?);
    let mut order = Ordering::Equal;
    for (a, b) in a.numbers.iter().zip(b.numbers) {
        order = order.then_with(|| digits::compare(a, b));
    }
    // What comes before a release is older than it; Dart holds what comes behind it for newer.
    order = order.then_with(|| optional(a.before, b.before).reverse());
    order = order.then_with(|| both(a.before, b.before));
    if scheme == Scheme::Pub {
        order = order.then_with(|| optional(a.build, b.build));
        order = order.then_with(|| both(a.build, b.build));
    }
    Ok(order)
}

/// What is there is greater.
fn optional(a: Option<&str>, b: Option<&str>) -> Ordering {
    a.is_some().cmp(&b.is_some())
}

fn both(a: Option<&str>, b: Option<&str>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => identifiers(a, b),
        _ => Ordering::Equal,
    }
}

/// Identifiers between dots: numbers by value and before words, words by their bytes, more after fewer.
pub(super) fn identifiers(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a.split('.'), b.split('.'));
    loop {
        let order = match (left.next(), right.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(a), Some(b)) => match (digits::only(a), digits::only(b)) {
                (true, true) => digits::compare(a, b),
                (false, false) => a.cmp(b),
                (a, b) => b.cmp(&a),
            },
        };
        if order.is_ne() {
            return order;
        }
    }
}

fn parse(scheme: Scheme, version: &str) -> Result<Version<'_>, NotComparable> {
    let mut rest = version.trim_start_matches(['v', 'V', '=', ' ']);
    let mut numbers = [""; 3];
    for (index, number) in numbers.iter_mut().enumerate() {
        let text = if index == 0 { Some(rest) } else { rest.strip_prefix('.') };
        let Some(text) = text else { break };
        let (found, behind) = digits::leading(text);
        if found.is_empty() {
            break;
        }
        (*number, rest) = (found, behind);
    }
    if numbers[0].is_empty() {
        return Err(refused(scheme, version));
    }
    let (rest, build) = match rest.split_once('+') {
        Some((rest, build)) => (rest, Some(build)),
        None => (rest, None),
    };
    // More numbers than three, and whatever else follows them without a hyphen, is of the build.
    let (further, before) = match rest.split_once('-') {
        Some((further, before)) if further.is_empty() => (further, Some(before)),
        _ => (rest, None),
    };
    let build = build.or((!further.is_empty()).then_some(further));
    Ok(Version { numbers, before, build })
}
