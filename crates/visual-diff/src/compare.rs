//! The front door: two pictures in, a report out.

use crate::{Config, Counts, Error, Facts, Observer, Rows, Size, Source, lockstep};
use serde::Serialize;
use std::io::{self, BufRead};

/// What a comparison found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The size of both pictures, before and after.
    pub sizes: [Size; 2],
    /// Differences of what both pictures have.
    pub counts: Counts,
    /// What else a reader should know, in a fixed order.
    pub warnings: Vec<Warning>,
}

/// Something about two pictures that their pixels do not tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Warning {
    /// The files name different colour spaces: equal numbers may not look equal.
    ColourSpaces,
    /// The files have different bits in a sample, before and after.
    Bits(u8, u8),
    /// Only the default image of an animation was compared.
    Animated,
    /// Bytes follow the end of a picture.
    Trailing,
}

/// Compares two pictures.
///
/// # Errors
/// A picture cannot be read, is not what it claims to be, or is too large; the picture before is
/// looked at first.
pub fn compare(before: &dyn Source, after: &dyn Source, config: &Config) -> Result<Report, Error> {
    compare_with(before, after, config, &mut [])
}

/// Compares two pictures and shows each row to the observers, in their order.
///
/// # Errors
/// As [`compare`], and what an observer ends with.
pub fn compare_with(
    before: &dyn Source,
    after: &dyn Source,
    config: &Config,
    observers: &mut [&mut dyn Observer],
) -> Result<Report, Error> {
    if !(0.0..=1.0).contains(&config.threshold) {
        return Err(Error::Setting { name: "threshold", allowed: "from 0 to 1" });
    }
    // Both headers are looked at before a pixel of either is decoded.
    let rows = (Rows::open(before, &config.limits)?, Rows::open(after, &config.limits)?);
    let facts = (rows.0.facts().clone(), rows.1.facts().clone());
    let after_rows = (!same_bytes(before, after)?).then_some(rows.1);
    let counts = lockstep::run(rows.0, after_rows, config, observers)?;
    Ok(Report {
        sizes: [facts.0.size, facts.1.size],
        counts,
        warnings: warnings(&facts.0, &facts.1),
    })
}

fn warnings(before: &Facts, after: &Facts) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if !before.space.shows_as(&after.space) {
        warnings.push(Warning::ColourSpaces);
    }
    // Fewer than 8 bits lose nothing.
    if before.bits.max(8) != after.bits.max(8) {
        warnings.push(Warning::Bits(before.bits, after.bits));
    }
    if before.animated || after.animated {
        warnings.push(Warning::Animated);
    }
    if before.trailing || after.trailing {
        warnings.push(Warning::Trailing);
    }
    warnings
}

/// Whether two files are the same, byte for byte; most ends at the first difference.
pub(crate) fn same_bytes(before: &dyn Source, after: &dyn Source) -> Result<bool, Error> {
    let read =
        |source: &dyn Source, cause: io::Error| Error::Read { picture: source.name(), cause };
    let mut a = before.open().map_err(|cause| read(before, cause))?;
    let mut b = after.open().map_err(|cause| read(after, cause))?;
    loop {
        let left = a.fill_buf().map_err(|cause| read(before, cause))?;
        let right = b.fill_buf().map_err(|cause| read(after, cause))?;
        let length = left.len().min(right.len());
        if left[..length] != right[..length] {
            return Ok(false);
        }
        if length == 0 {
            return Ok(left.len() == right.len());
        }
        a.consume(length);
        b.consume(length);
    }
}
