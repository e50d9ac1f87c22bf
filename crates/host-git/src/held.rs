//! Branches that an unfinished rebase or bisection comes back to: git shows such a checkout as detached.

use std::fs;
use std::io::Read as _;
use std::path::Path;

/// More than any of these files has.
const LARGEST: u64 = 1 << 20;

/// The branches, without `refs/heads/`, that the checkout with this git directory holds while `HEAD` is elsewhere.
pub(crate) fn held(git_dir: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for name in ["rebase-merge/head-name", "rebase-apply/head-name"] {
        found.extend(read(git_dir, name).and_then(|text| branch(text.lines().next()?)));
    }
    // Groups of three lines: a branch that the rebase will move, where it was, where it goes.
    if let Some(text) = read(git_dir, "rebase-merge/update-refs") {
        found.extend(text.lines().step_by(3).filter_map(branch));
    }
    if let Some(text) = read(git_dir, "BISECT_START") {
        let name = text.trim_end();
        // Begun from a detached HEAD it is a commit, and no branch is named so.
        found.extend(branch(name).or_else(|| (!name.is_empty()).then(|| name.to_owned())));
    }
    found.sort();
    found.dedup();
    found
}

fn branch(name: &str) -> Option<String> {
    name.trim_end().strip_prefix("refs/heads/").map(str::to_owned)
}

fn read(git_dir: &Path, name: &str) -> Option<String> {
    let path = git_dir.join(name);
    let found = fs::symlink_metadata(&path).ok().filter(fs::Metadata::is_file)?;
    let mut text = String::new();
    let file = fs::File::open(&path).ok().filter(|_| found.len() <= LARGEST)?;
    file.take(LARGEST).read_to_string(&mut text).ok()?;
    Some(text)
}
