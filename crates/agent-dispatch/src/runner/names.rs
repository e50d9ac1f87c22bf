//! The names that a run leaves in the repository: branches, folders, trailers.

use std::path::{Path, PathBuf};

use leadforge_host_git::{Expected, Git, Oid, RefUpdate};

/// All attempt branches are below this.
pub(crate) const BRANCHES: &str = "refs/heads/lf/";

/// Unfinished work is saved below this.
pub(crate) const RESCUED: &str = "refs/leadforge/rescue/";

/// Integration branches that a run made are named below this; no other branch is ever moved.
const OWNED: &str = "refs/leadforge/run/";

/// What is completed on some branch is named below this.
pub(crate) const DONE: &str = "refs/leadforge/done/";

/// `lf/ID/EPOCH`.
pub(crate) fn branch(id: &str, epoch: u64) -> String {
    format!("lf/{id}/{epoch}")
}

/// The full ref of [`branch`].
pub(crate) fn branch_ref(id: &str, epoch: u64) -> String {
    format!("{BRANCHES}{id}/{epoch}")
}

/// Says that a task is completed on some branch, for those who read names only: `refs/leadforge/done/ID/EPOCH`.
pub(crate) fn done_ref(id: &str, epoch: u64) -> String {
    format!("{DONE}{id}/{epoch}")
}

/// Says that a run made the integration branch.
pub(crate) fn owned_ref(branch: &str) -> String {
    format!("{OWNED}{branch}")
}

/// Why a name cannot be that of an integration branch.
pub(crate) fn unfit_branch(branch: &str) -> Option<&'static str> {
    let odd =
        |c: char| c.is_control() || matches!(c, ' ' | '~' | '^' | ':' | '?' | '*' | '[' | '\\');
    let part = |part: &str| part.is_empty() || part.starts_with('.') || part.ends_with(".lock");
    if branch.is_empty() || branch.len() > 120 {
        Some("expected 1 to 120 bytes")
    } else if branch == "HEAD" || branch == "@" || branch.starts_with('-') {
        Some("git reads it as something else")
    } else if branch == "lf" || branch.starts_with("lf/") || branch.starts_with("refs/") {
        Some("the names lf/… and refs/… are taken")
    } else if branch.chars().any(odd)
        || branch.contains("..")
        || branch.contains("@{")
        || branch.ends_with('.')
        || branch.split('/').any(part)
    {
        Some("git does not allow such a name")
    } else {
        None
    }
}

/// The id and epoch of a full ref, if it is one of ours.
pub(crate) fn parse_branch_ref(name: &str) -> Option<(&str, u64)> {
    parse_ref(name, BRANCHES)
}

fn parse_ref<'n>(name: &'n str, prefix: &str) -> Option<(&'n str, u64)> {
    let (id, epoch) = name.strip_prefix(prefix)?.split_once('/')?;
    Some((id, self::epoch(epoch)?))
}

/// No epoch is this high, as the queue has it too: a branch that says so would leave no number for the others.
const TOO_HIGH: u64 = 1 << 53;

/// An epoch as we write it: no sign, no leading zero, never 0, and small enough to count on.
fn epoch(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    text.parse().ok().filter(|n| plain && *n < TOO_HIGH)
}

/// The highest epoch that any ref of a task names.
pub(crate) fn floor(git: &Git, id: &str) -> Result<u64, leadforge_host_git::Error> {
    let mut highest = 0;
    for prefix in [BRANCHES, DONE, RESCUED] {
        let refs = git.refs(&format!("{prefix}{id}/"))?;
        let epochs = refs.iter().filter_map(|(name, _)| parse_ref(name, prefix)).map(|(_, e)| e);
        highest = epochs.max().unwrap_or(0).max(highest);
    }
    Ok(highest)
}

/// A ref that must not exist yet.
pub(crate) fn create(name: String, new: Oid) -> RefUpdate {
    RefUpdate { name, new: Some(new), old: Some(Expected::Missing) }
}

/// A ref that moves from exactly `old`.
pub(crate) fn update(name: String, new: Oid, old: Oid) -> RefUpdate {
    RefUpdate { name, new: Some(new), old: Some(Expected::At(old)) }
}

/// A ref that goes, if it is exactly at `old`.
pub(crate) fn delete(name: String, old: Oid) -> RefUpdate {
    RefUpdate { name, new: None, old: Some(Expected::At(old)) }
}

/// A branch name as one folder name: `/` and `%` are written as in a URL, so two branches never share a folder.
pub(crate) fn slug(branch: &str) -> String {
    branch.replace('%', "%25").replace('/', "%2F")
}

/// Where a run keeps its journal, logs and dossier.
#[must_use]
pub fn run_folder(state: &Path, branch: &str) -> PathBuf {
    state.join("runs").join(slug(branch))
}

/// The scratch folders of attempts and verifications; all of it may go at the start of a run.
pub(crate) fn scratch(state: &Path) -> PathBuf {
    state.join("attempts")
}
