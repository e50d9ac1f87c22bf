//! Whether a file that an old comment names is still there, so that what was moved is not said again.

use std::collections::{BTreeMap, BTreeSet};

use leadforge_cli_kit::code_host::{PullRequest, Trouble};
use leadforge_review_rules::Written;
use leadforge_review_rules::change::{Change, Kind};
use leadforge_review_rules::comments::{Posted, marked};

/// Asks the host about the files of which the change says nothing and on which something depends.
pub(super) fn ask(
    host: &mut PullRequest<'_>,
    written: &Written,
    posted: &[Posted],
    there: &mut BTreeMap<String, bool>,
) -> Result<(), Trouble> {
    let alike = |rule: &str, text: &str| {
        written.report.keys.iter().any(|key| key.rule == rule && key.text == text)
    };
    let wanted: BTreeSet<String> = posted
        .iter()
        .filter_map(|posted| marked(&posted.body))
        .filter(|key| alike(&key.rule, &key.text) && known(&key.path, &written.change).is_none())
        .map(|key| key.path)
        .filter(|path| !path.is_empty() && !there.contains_key(path))
        .collect();
    for path in wanted {
        let is = host.has(&path, &written.head)?;
        there.insert(path, is);
    }
    Ok(())
}

/// Whether a file is gone, as far as anybody knows.
pub(super) fn gone(path: &str, change: &Change, there: &BTreeMap<String, bool>) -> bool {
    known(path, change).unwrap_or_else(|| there.get(path) == Some(&false))
}

/// Whether a file is gone, when the change says so or says the contrary.
fn known(path: &str, change: &Change) -> Option<bool> {
    let of = |file: &&leadforge_review_rules::change::FileChange| file.path.to_string() == path;
    if let Some(file) = change.files.iter().find(of) {
        return Some(file.kind == Kind::Deleted);
    }
    let left = change.files.iter().any(|file| {
        file.kind == Kind::Renamed
            && file.old_path.as_ref().is_some_and(|old| old.to_string() == path)
    });
    left.then_some(true)
}
