//! The pictures of a tree, as the configuration selects them.

use leadforge_cli_kit::{Failure, globs};
use leadforge_host_git::{Git, Oid};
use leadforge_markup::from_bytes;
use leadforge_visual_diff::{is_picture, is_view};

use crate::config::Shot;

/// A picture of a tree.
pub(crate) struct Picture {
    pub(crate) path: String,
    pub(crate) blob: Oid,
    pub(crate) bytes: u64,
    /// Whether the path is text as it stands, so that it can be linked to.
    pub(crate) exact: bool,
}

/// Every picture of a tree that the configuration selects, sorted by path.
pub(crate) fn of_tree(git: &Git, tree: &Oid, shot: &Shot) -> Result<Vec<Picture>, Failure> {
    let chosen = globs("[shot] pictures", &shot.pictures)?;
    let mut pictures = everything(git, tree)?;
    pictures.retain(|picture| match chosen.is_empty() {
        true => !is_view(&picture.path),
        false => chosen.is_match(&picture.path),
    });
    Ok(pictures)
}

/// Every picture of a tree, sorted by path.
pub(crate) fn everything(git: &Git, tree: &Oid) -> Result<Vec<Picture>, Failure> {
    let entries = git.ls_tree(tree, "").map_err(|e| Failure::git(&e))?;
    let files = entries.into_iter().filter(|entry| matches!(entry.mode, 0o100_644 | 0o100_755));
    let pictures = files.map(|entry| Picture {
        path: from_bytes(&entry.path),
        blob: entry.oid,
        bytes: entry.size.unwrap_or(0),
        exact: std::str::from_utf8(&entry.path).is_ok(),
    });
    Ok(pictures.filter(|picture| is_picture(&picture.path)).collect())
}
