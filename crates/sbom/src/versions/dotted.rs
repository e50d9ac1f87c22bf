//! Numbers between dots, and for CRAN hyphens: the longer of two is the newer when one begins the other.

use std::cmp::Ordering;

use super::{NotComparable, Scheme, digits, refused};

pub(super) fn compare(scheme: Scheme, a: &str, b: &str) -> Result<Ordering, NotComparable> {
    let (a, b) = (parts(scheme, a)?, parts(scheme, b)?);
    let each = a.iter().zip(&b).map(|(a, b)| digits::compare(a, b));
    let first = each.into_iter().find(|order| order.is_ne());
    Ok(first.unwrap_or_else(|| a.len().cmp(&b.len())))
}

fn parts(scheme: Scheme, version: &str) -> Result<Vec<&str>, NotComparable> {
    let separators: &[char] = if scheme == Scheme::Cran { &['.', '-'] } else { &['.'] };
    let parts: Vec<&str> = version.split(separators).collect();
    if parts.iter().all(|part| digits::only(part)) {
        return Ok(parts);
    }
    Err(refused(scheme, version))
}
