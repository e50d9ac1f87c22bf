//! The baseline as it lies in the repository.

use leadforge_cli_kit::Failure;
use leadforge_review_rules::Tree;
use leadforge_review_rules::baseline::Entry;
use leadforge_review_rules::change::RepoPath;

use crate::states::{Files, States};

/// The entries of the base: what a change adds counts when it is on the base.
pub(crate) fn of(states: &States) -> Result<Vec<Entry>, Failure> {
    Ok(entries(&states.base, states.review.baseline())?
        .into_iter()
        .map(|(_, entry)| entry)
        .collect())
}

/// The entries below a folder of a state, with their paths.
pub(crate) fn entries(files: &Files, folder: &str) -> Result<Vec<(RepoPath, Entry)>, Failure> {
    let failed = |error: String| Failure::cannot_look("review.baseline", error);
    let mut entries = Vec::new();
    for path in files.below(folder)? {
        if path.extension() != Some("toml") {
            continue;
        }
        let text = files.read(&path).map_err(failed)?.unwrap_or_default();
        let text =
            str::from_utf8(&text).map_err(|_| failed(format!("{path} is not text in UTF-8")))?;
        let entry = Entry::read(&path.to_string(), text).map_err(|error| {
            failed(error.to_string()).hint("mend it on the base, or remove it and add it anew")
        })?;
        entries.push((path, entry));
    }
    Ok(entries)
}
