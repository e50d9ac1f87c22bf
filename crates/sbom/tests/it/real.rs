//! Lock files of others, in the folder that `LEADFORGE_CORPORA` names.

use std::collections::BTreeMap;
use std::path::PathBuf;

pub(crate) fn corpora() -> PathBuf {
    std::env::var_os("LEADFORGE_CORPORA").expect("xtask sets it").into()
}

/// Folders with a lock file each.
pub(crate) const FOLDERS: &[&str] = &[
    "job-lead-finder",
    "sbom/locks/uv",
    "sbom/locks/growthbook",
    "sbom/locks/claude-task-master",
    "sbom/locks/syft",
    "sbom/locks/danger-js",
];

/// The lock files that lie in a folder, and what is read beside them.
pub(crate) fn tree(folder: &str) -> BTreeMap<String, Vec<u8>> {
    const NAMES: &[&str] = &[
        "uv.lock",
        "pyproject.toml",
        "Cargo.lock",
        "pnpm-lock.yaml",
        "package-lock.json",
        "go.mod",
        "yarn.lock",
    ];
    let file = |name: &&str| {
        let bytes = std::fs::read(corpora().join(folder).join(name)).ok()?;
        Some(((*name).to_owned(), bytes))
    };
    let tree: BTreeMap<_, _> = NAMES.iter().filter_map(file).collect();
    assert!(!tree.is_empty(), "{folder} has no lock file");
    tree
}
