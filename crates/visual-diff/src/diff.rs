//! The front door: what two pictures have to say to each other, and whether it matters.

use serde::Serialize;

use crate::structure::Examiner;
use crate::verdict::{self, Tolerance, Verdict};
use crate::{Config, Error, Observer, Report, Source, Structure, compare_with};

/// Everything that is said of two pictures.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Diff {
    /// Whether they differ, and what decided it.
    pub verdict: Verdict,
    /// One line for people and agents.
    pub summary: String,
    /// Sizes, counts and warnings.
    #[serde(flatten)]
    pub report: Report,
    /// What changed as a person would say it; absent when the pictures are too
    /// detailed to say, or nobody asked.
    pub structure: Option<Structure>,
}

/// Compares two pictures, names what changed and judges it.
///
/// # Errors
/// As [`crate::compare`].
pub fn diff(
    before: &dyn Source,
    after: &dyn Source,
    config: &Config,
    tolerance: &Tolerance,
) -> Result<Diff, Error> {
    diff_with(before, after, config, tolerance, &mut [])
}

/// The same, and shows each row to the observers, in their order.
///
/// # Errors
/// As [`crate::compare_with`].
pub fn diff_with(
    before: &dyn Source,
    after: &dyn Source,
    config: &Config,
    tolerance: &Tolerance,
    observers: &mut [&mut dyn Observer],
) -> Result<Diff, Error> {
    let mut examiner = Examiner::new(&config.ignore);
    let mut all: Vec<&mut dyn Observer> = Vec::new();
    if config.structure {
        all.push(&mut examiner);
    }
    for observer in observers.iter_mut() {
        all.push(&mut **observer);
    }
    let report = compare_with(before, after, config, &mut all)?;
    let same = report.counts.different == 0 && report.sizes[0] == report.sizes[1];
    let structure = if !config.structure {
        None
    } else if same {
        Some(Structure { aligned: true, ..Structure::default() })
    } else {
        examiner.tell()
    };
    let verdict = verdict::judge(&report, structure.as_ref(), tolerance);
    let summary = verdict::summary(&report, structure.as_ref());
    Ok(Diff { verdict, summary, report, structure })
}
