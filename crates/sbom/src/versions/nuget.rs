//! NuGet: four numbers, words in any case, and nothing behind `+`.

use std::cmp::Ordering;

use super::{NotComparable, Scheme, digits, refused, semver};

pub(super) fn compare(a: &str, b: &str) -> Result<Ordering, NotComparable> {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let (left, before) = parse(&a)?;
    let (right, other) = parse(&b)?;
    let mut order = Ordering::Equal;
    for index in 0..left.len().max(right.len()) {
        let number =
            |numbers: &[&str]| numbers.get(index).map_or(String::new(), ToString::to_string);
        order = order.then_with(|| digits::compare(&number(&left), &number(&right)));
    }
    Ok(order.then_with(|| match (before, other) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(a), Some(b)) => semver::identifiers(a, b),
    }))
}

fn parse(version: &str) -> Result<(Vec<&str>, Option<&str>), NotComparable> {
    let plain = version.split('+').next().unwrap_or(version).trim_start_matches('v');
    let (numbers, before) = match plain.split_once('-') {
        Some((numbers, before)) => (numbers, Some(before)),
        None => (plain, None),
    };
    let numbers: Vec<&str> = numbers.split('.').collect();
    if numbers.iter().all(|number| digits::only(number)) {
        return Ok((numbers, before));
    }
    Err(refused(Scheme::Nuget, version))
}
