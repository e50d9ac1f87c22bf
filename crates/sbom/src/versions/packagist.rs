//! Composer: PHP's own order, in which `dev`, `alpha`, `beta` and `RC` are older than a number and `pl` newer.

use std::cmp::Ordering;

use super::digits;

/// A number as PHP compares it with words.
const NUMBER: &str = "#N#";

pub(super) fn compare(a: &str, b: &str) -> Ordering {
    compare_parts(&parts(a), &parts(b))
}

/// The runs of digits and of other signs, between dots, hyphens, underscores and plus signs.
fn parts(version: &str) -> Vec<&str> {
    let version = version.strip_prefix(['v', 'V']).unwrap_or(version);
    let mut found = Vec::new();
    for part in version.split(['.', '-', '_', '+']) {
        let mut rest = part;
        while let Some(first) = rest.bytes().next() {
            let digit = first.is_ascii_digit();
            let length = rest.bytes().take_while(|byte| byte.is_ascii_digit() == digit).count();
            let (run, behind) = rest.split_at(length);
            found.push(run);
            rest = behind;
        }
    }
    found
}

fn compare_parts(a: &[&str], b: &[&str]) -> Ordering {
    for (a, b) in a.iter().zip(b) {
        let order = match (digits::only(a), digits::only(b)) {
            (true, true) => digits::compare(a, b),
            (false, false) => weight(a).cmp(&weight(b)),
            (true, false) => weight(NUMBER).cmp(&weight(b)),
            (false, true) => weight(a).cmp(&weight(NUMBER)),
        };
        if order.is_ne() {
            return order;
        }
    }
    // What is left over is newer when it begins with a number, and else as its words stand to one.
    match (&a[a.len().min(b.len())..], &b[a.len().min(b.len())..]) {
        ([], []) => Ordering::Equal,
        (rest, []) => left_over(rest),
        (_, rest) => left_over(rest).reverse(),
    }
}

fn left_over(rest: &[&str]) -> Ordering {
    for (index, part) in rest.iter().enumerate() {
        if digits::only(part) {
            return Ordering::Greater;
        }
        let order = weight(part).cmp(&weight(NUMBER));
        if order.is_ne() || index + 1 == rest.len() {
            return order;
        }
    }
    Ordering::Equal
}

fn weight(word: &str) -> i32 {
    const WORDS: [(&str, i32); 10] = [
        ("dev", 0),
        ("alpha", 1),
        ("a", 1),
        ("beta", 2),
        ("b", 2),
        ("RC", 3),
        ("rc", 3),
        ("#", 4),
        ("pl", 5),
        ("p", 5),
    ];
    WORDS.iter().find(|(name, _)| word.starts_with(name)).map_or(-1, |(_, weight)| *weight)
}
