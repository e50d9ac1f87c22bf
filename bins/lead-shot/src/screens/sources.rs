//! Which files a picture is made from, by their contents.

use std::collections::BTreeMap;

use leadforge_cli_kit::Failure;
use leadforge_host_git::{Git, Oid, TreeEntry};
use leadforge_markup::from_bytes;

use super::plan::Plan;

/// Path and blob of every file that a picture is made from.
pub(crate) type Sources = BTreeMap<String, String>;

/// The files of a tree.
pub(crate) fn files(git: &Git, tree: &Oid) -> Result<Vec<TreeEntry>, Failure> {
    git.ls_tree(tree, "").map_err(|e| Failure::git(&e))
}

/// Those of them that a picture is made from.
pub(crate) fn of(plan: &Plan, files: &[TreeEntry]) -> Sources {
    files
        .iter()
        .map(|entry| (from_bytes(&entry.path), entry.oid.to_string()))
        .filter(|(path, _)| plan.watches(path))
        .collect()
}
