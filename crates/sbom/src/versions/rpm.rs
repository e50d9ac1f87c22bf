//! rpm: an epoch, a version and a release, each of runs of digits and of letters; `~` is older than the end, `^` newer.

use std::cmp::Ordering;

use super::digits;

pub(super) fn compare(a: &str, b: &str) -> Ordering {
    let (epoch, version, release) = parts(a);
    let (other_epoch, other_version, other_release) = parts(b);
    digits::compare(epoch, other_epoch)
        .then_with(|| runs(version, other_version))
        .then_with(|| release.is_some().cmp(&other_release.is_some()))
        .then_with(|| runs(release.unwrap_or(""), other_release.unwrap_or("")))
}

/// Epoch, version and release; what stands before a colon and is no number is no epoch.
fn parts(text: &str) -> (&str, &str, Option<&str>) {
    let (epoch, rest) = match text.split_once(':') {
        Some((epoch, rest)) if epoch.bytes().all(|byte| byte.is_ascii_digit()) => (epoch, rest),
        _ => ("", text),
    };
    match rest.rsplit_once('-') {
        Some((version, release)) => (epoch, version, Some(release)),
        None => (epoch, rest, None),
    }
}

fn runs(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    loop {
        a = skip(a);
        b = skip(b);
        match (a.first(), b.first()) {
            (None, None) => return Ordering::Equal,
            (Some(b'~'), Some(b'~')) | (Some(b'^'), Some(b'^')) => {
                (a, b) = (&a[1..], &b[1..]);
                continue;
            }
            (Some(b'~'), _) | (_, Some(b'^')) if a.first() != b.first() => {
                // A caret is newer than the end and older than anything else.
                let end = a.is_empty();
                let tilde = a.first() == Some(&b'~');
                return if tilde || end { Ordering::Less } else { Ordering::Greater };
            }
            (_, Some(b'~')) => return Ordering::Greater,
            (Some(b'^'), other) => {
                return if other.is_none() { Ordering::Greater } else { Ordering::Less };
            }
            (None, _) => return Ordering::Less,
            (_, None) => return Ordering::Greater,
            (Some(first), Some(second)) => {
                let number = first.is_ascii_digit();
                if number != second.is_ascii_digit() {
                    return if number { Ordering::Greater } else { Ordering::Less };
                }
                let same = |byte: &&u8| {
                    if number { byte.is_ascii_digit() } else { byte.is_ascii_alphabetic() }
                };
                let (left, rest) = a.split_at(a.iter().take_while(same).count());
                let (right, other) = b.split_at(b.iter().take_while(same).count());
                let order = if number { by_value(left, right) } else { left.cmp(right) };
                if order.is_ne() {
                    return order;
                }
                (a, b) = (rest, other);
            }
        }
    }
}

fn by_value(a: &[u8], b: &[u8]) -> Ordering {
    let text = |digits| std::str::from_utf8(digits).unwrap_or_default();
    digits::compare(text(a), text(b))
}

/// What only separates is passed over.
fn skip(text: &[u8]) -> &[u8] {
    let counts = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'~' | b'^');
    &text[text.iter().take_while(|byte| !counts(byte)).count()..]
}
