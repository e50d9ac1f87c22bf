//! The baseline as it lies in the repository: findings of every kind that are let pass, a file for each.

use leadforge_cli_kit::Failure;
use leadforge_review_rules::Tree;
use leadforge_review_rules::baseline::Entry;
use leadforge_review_rules::change::RepoPath;
use leadforge_secret_scan::{Baseline, Borne};

use crate::states::{Files, States};

/// What a file lets pass.
pub(crate) enum Pass {
    Finding(Entry),
    /// A secret, which `lead-guard` lets pass by the same file.
    Secret(Borne),
}

/// What the base lets pass.
pub(crate) struct Passes {
    pub(crate) findings: Vec<Entry>,
    pub(crate) secrets: Baseline,
}

/// The entries of the base: what a change adds counts when it is on the base.
pub(crate) fn of(states: &States) -> Result<Passes, Failure> {
    let (mut findings, mut secrets) = (Vec::new(), Vec::new());
    for (path, pass) in all(&states.base, states.review.baseline())? {
        match pass {
            Pass::Finding(entry) => findings.push(entry),
            Pass::Secret(borne) => secrets.push((path.to_string(), borne)),
        }
    }
    Ok(Passes { findings, secrets: secrets.into_iter().collect() })
}

/// The entries below a folder of a state that are about findings of rules.
pub(crate) fn entries(files: &Files, folder: &str) -> Result<Vec<Entry>, Failure> {
    let all = all(files, folder)?.into_iter().filter_map(|(_, pass)| match pass {
        Pass::Finding(entry) => Some(entry),
        Pass::Secret(_) => None,
    });
    Ok(all.collect())
}

/// All that the files below a folder of a state let pass, with their paths.
pub(crate) fn all(files: &Files, folder: &str) -> Result<Vec<(RepoPath, Pass)>, Failure> {
    let failed = |error: String| Failure::cannot_look("review.baseline", error);
    let mut found = Vec::new();
    for path in files.below(folder)? {
        if path.extension() != Some("toml") {
            continue;
        }
        let text = files.read(&path).map_err(failed)?.unwrap_or_default();
        let text =
            str::from_utf8(&text).map_err(|_| failed(format!("{path} is not text in UTF-8")))?;
        let name = path.to_string();
        let read = if Borne::is_other(text) {
            Entry::read(&name, text).map(Pass::Finding).map_err(|error| error.to_string())
        } else {
            Borne::read(&name, text).map(Pass::Secret).map_err(|error| error.to_string())
        };
        let pass = read.map_err(|error| {
            failed(error).hint("mend it on the base, or remove it and add it anew")
        })?;
        found.push((path, pass));
    }
    Ok(found)
}
