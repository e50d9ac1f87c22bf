//! Which file of the repository a report's path means.

use std::collections::BTreeMap;

use super::{Coverage, Measured};
use crate::change::RepoPath;

/// Reports name files by absolute paths of another machine, by paths below a folder that they name
/// or that they do not name. A path means the file of the repository that it ends with. Of absolute
/// ones only those below the folder count below which most lie: a library's `config.py` is not ours.
pub(super) fn mapped<'c>(
    coverage: &'c Coverage,
    paths: &[RepoPath],
) -> (BTreeMap<RepoPath, Measured>, Vec<&'c str>) {
    let mut by_name: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for path in paths.iter().filter_map(RepoPath::as_str) {
        by_name.entry(last(path)).or_default().push(path);
    }
    let mut roots: BTreeMap<&str, usize> = BTreeMap::new();
    let mut candidates = Vec::new();
    let whole: Vec<(&str, Vec<String>)> =
        coverage.files.keys().map(|path| (&**path, spellings(path, &coverage.sources))).collect();
    for (path, spellings) in &whole {
        let known = by_name.get(last(path)).map(Vec::as_slice).unwrap_or_default();
        let mut found: Vec<(&str, &str)> = Vec::new();
        for spelling in spellings {
            // The longest file of ours that it ends with; where none is, the only one that ends with it.
            let ends =
                known.iter().filter(|ours| below(spelling, ours)).max_by_key(|ours| ours.len());
            let inside: Vec<_> = known.iter().filter(|ours| below(ours, spelling)).collect();
            match (ends, &inside[..]) {
                (Some(ours), _) => found.push((ours, &spelling[..spelling.len() - ours.len()])),
                (None, [ours]) if !spelling.starts_with('/') => found.push((ours, "")),
                _ => {}
            }
        }
        found.sort_unstable();
        found.dedup();
        for (ours, root) in &found {
            // The deeper a file lies, the less does it share its path with a stranger's by chance.
            *roots.entry(root).or_default() += ours.split('/').count();
        }
        candidates.push((*path, found));
    }
    let absolute = |root: &&str| root.starts_with('/');
    let main = roots.iter().filter(|(root, _)| absolute(root)).max_by_key(|(_, weight)| **weight);
    let main = main.map(|(root, _)| *root);
    let mut mapped: BTreeMap<RepoPath, Measured> = BTreeMap::new();
    let mut strangers = Vec::new();
    for (path, mut found) in candidates {
        found.retain(|(_, root)| !root.starts_with('/') || Some(*root) == main);
        found.dedup_by_key(|(ours, _)| *ours);
        match found[..] {
            [(ours, _)] => mapped.entry(ours.into()).or_default().merge(&coverage.files[path]),
            _ => strangers.push(path),
        }
    }
    (mapped, strangers)
}

/// The path itself, and below each folder that the report names.
fn spellings(path: &str, sources: &[String]) -> Vec<String> {
    if path.starts_with('/') || path.as_bytes().get(1) == Some(&b':') || sources.is_empty() {
        return vec![path.to_owned()];
    }
    sources.iter().map(|source| format!("{}/{path}", source.trim_end_matches('/'))).collect()
}

/// Whether a path ends with another one, part by part.
fn below(path: &str, end: &str) -> bool {
    path.strip_suffix(end).is_some_and(|before| before.is_empty() || before.ends_with('/'))
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
