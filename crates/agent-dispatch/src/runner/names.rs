//! The names that a run leaves in the repository: branches, folders, trailers.

use std::path::{Path, PathBuf};

use leadforge_host_git::{Expected, Oid, RefUpdate};

/// All attempt branches are below this.
pub(crate) const BRANCHES: &str = "refs/heads/lf/";

/// `lf/ID/EPOCH`.
pub(crate) fn branch(id: &str, epoch: u64) -> String {
    format!("lf/{id}/{epoch}")
}

/// The full ref of [`branch`].
pub(crate) fn branch_ref(id: &str, epoch: u64) -> String {
    format!("{BRANCHES}{id}/{epoch}")
}

/// The id and epoch of a full ref, if it is one of ours.
pub(crate) fn parse_branch_ref(name: &str) -> Option<(&str, u64)> {
    let (id, epoch) = name.strip_prefix(BRANCHES)?.split_once('/')?;
    Some((id, epoch.parse().ok()?))
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
