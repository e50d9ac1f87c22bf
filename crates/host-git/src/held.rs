//! Branches that an unfinished rebase or bisection comes back to: git shows such a checkout as detached.

use std::fs;
use std::path::Path;

use crate::Error;
use crate::look::{look_at_itself, present};

/// More than any of these files has.
const LARGEST: u64 = 1 << 20;

/// The branches, without `refs/heads/`, that the checkout with this git directory holds while `HEAD` is elsewhere.
///
/// One that cannot be read is an error: who took it for absent would move a branch under a rebase.
pub(crate) fn held(git_dir: &Path) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    for name in ["rebase-merge/head-name", "rebase-apply/head-name"] {
        found.extend(read(git_dir, name)?.and_then(|text| branch(text.lines().next()?)));
    }
    // Groups of three lines: a branch that the rebase will move, where it was, where it goes.
    if let Some(text) = read(git_dir, "rebase-merge/update-refs")? {
        found.extend(text.lines().step_by(3).filter_map(branch));
    }
    if let Some(text) = read(git_dir, "BISECT_START")? {
        let name = text.trim_end();
        // Begun from a detached HEAD it is a commit, and no branch is named so.
        found.extend(branch(name).or_else(|| (!name.is_empty()).then(|| name.to_owned())));
    }
    found.sort();
    found.dedup();
    Ok(found)
}

fn branch(name: &str) -> Option<String> {
    name.trim_end().strip_prefix("refs/heads/").map(str::to_owned)
}

fn read(git_dir: &Path, name: &str) -> Result<Option<String>, Error> {
    let path = git_dir.join(name);
    let Some(found) = look_at_itself(&path)? else { return Ok(None) };
    let bad = |reason: &str| Error::BadLayout { path: path.clone(), reason: reason.into() };
    if !found.is_file() {
        return Err(bad("not a plain file"));
    }
    if found.len() > LARGEST {
        return Err(bad("larger than 1 MiB"));
    }
    // It is gone when the rebase has ended meanwhile.
    let bytes = present(&path, fs::read(&path))?;
    Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
}
