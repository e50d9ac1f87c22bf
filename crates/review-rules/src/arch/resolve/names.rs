//! Paths as text: looking them up, and putting them together.

use crate::change::RepoPath;

/// The paths of a tree that are text, sorted.
pub(super) struct Paths<'p> {
    sorted: Vec<&'p str>,
}

impl<'p> Paths<'p> {
    pub(super) fn new(paths: &'p [RepoPath]) -> Self {
        let mut sorted: Vec<&str> = paths.iter().filter_map(RepoPath::as_str).collect();
        sorted.sort_unstable();
        Self { sorted }
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.sorted.binary_search(&path).is_ok()
    }

    /// Whether something lies in a folder.
    pub(super) fn folder(&self, folder: &str) -> bool {
        let inside = |path: &str| path.strip_prefix(folder).is_some_and(|r| r.starts_with('/'));
        let from = self.sorted.partition_point(|path| {
            path.as_bytes().iter().lt(folder.as_bytes().iter().chain(b"/"))
        });
        folder.is_empty() || self.sorted.get(from).is_some_and(|path| inside(path))
    }
}

/// The folder that a path lies in; empty at the top.
pub(super) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A path from a folder, with its `.` and `..` resolved; nothing above the top.
pub(super) fn join(folder: &str, path: &str) -> Option<String> {
    let from = if path.starts_with('/') { "" } else { folder };
    let mut parts: Vec<&str> = from.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
