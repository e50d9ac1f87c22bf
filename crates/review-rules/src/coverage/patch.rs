//! Which of a change's new lines the tests ran.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use super::{Coverage, Share, map};
use crate::change::{Change, FileChange, Kind, Lines, RepoPath};
use crate::rules::{Language, NO_TEXT, docstrings};
use crate::size::{Class, Classes, hides};
use crate::{Checked, Finding, Level, Looked, Missed, Tree};

/// Coverage of a change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PatchCoverage {
    /// Of the new lines.
    pub new: Share,
    /// Of everything that the report measured and the repository has.
    pub total: Share,
    /// The same before the change, when a report of it was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Share>,
    /// Each changed file, sorted.
    pub files: Vec<FileCoverage>,
}

/// Coverage of one changed file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileCoverage {
    /// Its path.
    pub path: RepoPath,
    /// What is known of its new lines.
    #[serde(flatten)]
    pub covered: Covered,
}

/// What is known of a file's new lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "coverage", rename_all = "kebab-case")]
pub enum Covered {
    /// The report has the file.
    Measured {
        /// New lines that ran.
        covered: Lines,
        /// New lines that can run and did not.
        missed: Lines,
    },
    /// It is code, and the report does not have it.
    Unmeasured {
        /// Its new lines.
        lines: u32,
    },
    /// It is of a class that has no coverage.
    NotCode {
        /// Which one.
        class: Class,
    },
}

/// Coverage of a change's new lines; unmeasured code is named as not looked at.
#[must_use]
pub fn patch(
    change: &Change,
    coverage: &Coverage,
    before: Option<&Coverage>,
    head: &dyn Tree,
    classes: &Classes,
    least: Option<f64>,
) -> (PatchCoverage, Checked) {
    let paths = match head.paths() {
        Ok(paths) => paths,
        Err(why) => return (PatchCoverage::default(), checked(Vec::new(), Looked::no(why))),
    };
    let (mapped, strangers) = map::mapped(coverage, &paths);
    if mapped.is_empty() {
        let named = strangers.first().copied().unwrap_or_default();
        let why = format!("none of the report's files is in the repository: it names {named}");
        return (PatchCoverage::default(), checked(Vec::new(), Looked::no(why)));
    }
    let sum = |mapped: &BTreeMap<RepoPath, super::Measured>| {
        mapped.values().map(super::Measured::share).fold(Share::default(), |sum, share| Share {
            covered: sum.covered + share.covered,
            lines: sum.lines + share.lines,
        })
    };
    let mut patch = PatchCoverage {
        total: sum(&mapped),
        before: before.map(|before| sum(&map::mapped(before, &paths).0)),
        ..PatchCoverage::default()
    };
    let (mut findings, mut missing, mut lines) = (Vec::new(), Vec::new(), 0);
    for file in change.files.iter().filter(|file| file.kind != Kind::Deleted) {
        let measured = mapped.get(&file.path).map(|measured| {
            if measured.beside == 0 {
                return Cow::Borrowed(measured);
            }
            let mut exact = measured.clone();
            // Without its source the docstrings stay among the lines that ran.
            if let Ok(Some(source)) = head.read(&file.path) {
                exact.without(docstrings(&String::from_utf8_lossy(&source)));
            }
            Cow::Owned(exact)
        });
        let covered = file_of(file, measured.as_deref(), head, classes);
        match &covered {
            Covered::Measured { covered, missed } => {
                patch.new.covered += u64::from(covered.len());
                patch.new.lines += u64::from(covered.len() + missed.len());
                lines += file.added.len();
                findings.extend(missed.runs().iter().map(|&run| not_run(file, run)));
            }
            Covered::Unmeasured { lines } => {
                let why = format!("unmeasured: the report does not have it; new lines: {lines}");
                missing.push(Missed::new(file.path.to_string(), why));
            }
            Covered::NotCode { class } if hides(file, *class) => {
                missing.push(Missed::new(file.path.to_string(), NO_TEXT));
            }
            Covered::NotCode { .. } => {}
        }
        patch.files.push(FileCoverage { path: file.path.clone(), covered });
    }
    if let (Some(least), Some(percent)) = (least, patch.new.percent())
        && percent < least
    {
        let (ran, can) = (patch.new.covered, patch.new.lines);
        let message = format!(
            "{percent:.1} % of the new lines ran ({ran} of {can}): at least {least} % is asked for"
        );
        findings.push(Finding::new("coverage", Level::Error, message));
    }
    let files = u32::try_from(patch.files.len()).unwrap_or(u32::MAX);
    (patch, checked(findings, Looked::at(files, lines, missing)))
}

fn checked(mut findings: Vec<Finding>, looked: Looked) -> Checked {
    for finding in &mut findings {
        finding.origin = "coverage".into();
    }
    Checked { findings, looked }
}

fn not_run(file: &FileChange, (first, last): (u32, u32)) -> Finding {
    let message = match last - first {
        0 => "no test runs this new line".to_owned(),
        more => format!("no test runs these {} new lines", more + 1),
    };
    let mut finding =
        Finding::new("coverage.missed", Level::Note, message).at(&file.path, Some(first));
    finding.at.as_mut().expect("it was just given").end_line = (last > first).then_some(last);
    finding
}

fn file_of(
    file: &FileChange,
    measured: Option<&super::Measured>,
    head: &dyn Tree,
    classes: &Classes,
) -> Covered {
    if let Some(measured) = measured {
        let with =
            |ran: bool| file.added.iter().filter(|&line| measured.get(line) == Some(ran)).collect();
        return Covered::Measured { covered: with(true), missed: with(false) };
    }
    let class = classes.of_file(&file.path, head);
    let lines = file.added.len();
    // Data of a web page and scripts of a shell are code that no such report measures.
    let known = || Language::of_file(&file.path, head).is_some() || compiled(&file.path);
    let measurable = class == Class::Core && known();
    if measurable && lines > 0 { Covered::Unmeasured { lines } } else { Covered::NotCode { class } }
}

/// Languages that are not parsed here and have coverage all the same.
fn compiled(path: &RepoPath) -> bool {
    const ENDS: [&str; 14] = [
        "c", "cc", "cpp", "h", "hpp", "cs", "kt", "scala", "rb", "php", "swift", "m", "dart", "vue",
    ];
    path.extension().is_some_and(|end| ENDS.contains(&end))
}
