//! Changes that no check can see as others will: a submodule, a filter, names that are one name elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use leadforge_host_git::{Error as GitError, FileChange, Git, Oid, Status};

use crate::error::Error;

use super::QUEUE;

/// The mode of a submodule.
const SUBMODULE: u32 = 0o160_000;

/// Whether a path lies in the queue, on any file system that somebody may check it out on.
pub(crate) fn in_queue(path: &[u8]) -> bool {
    let queue = QUEUE.as_bytes();
    path.get(..queue.len()).is_some_and(|head| head.eq_ignore_ascii_case(queue))
        && matches!(path.get(queue.len()), None | Some(b'/'))
}

/// Why what was verified would not be what others check out, if so; `files` is the difference between the trees.
pub(crate) fn reason(
    git: &Git,
    base: &Oid,
    tree: &Oid,
    files: &[FileChange],
) -> Result<Option<String>, Error> {
    let text = |path: &[u8]| String::from_utf8_lossy(path).into_owned();
    if let Some(link) = files.iter().find(|f| f.new_mode == SUBMODULE) {
        let path = text(&link.path);
        return Ok(Some(format!(
            "it points the submodule {path} elsewhere, and no check sees what is there"
        )));
    }
    if files.iter().any(|f| named(&f.path)) {
        match git.check_supported(tree) {
            Ok(uses) if uses.is_empty() => {}
            Ok(uses) => {
                let (was, is) = (filtering(git, base)?, filtering(git, tree)?);
                let changed = |path: &Vec<u8>| was.get(path) != is.get(path);
                if let Some(path) = was.keys().chain(is.keys()).find(|path| changed(path)) {
                    let here = uses.iter().find(|used| used.path == *path).unwrap_or(&uses[0]);
                    return Ok(Some(format!(
                        "it changes in {} which files pass the filter {:?}, so others would check out other bytes than were verified",
                        text(path),
                        here.filter
                    )));
                }
            }
            Err(error @ GitError::Unsupported { .. }) => return Ok(Some(error.to_string())),
            Err(error) => return Err(error.into()),
        }
    }
    let new: BTreeSet<&[u8]> = files
        .iter()
        .filter(|f| matches!(f.status, Status::Added | Status::Renamed | Status::Copied))
        .map(|f| f.path.as_slice())
        .collect();
    if new.is_empty() {
        return Ok(None);
    }
    let all: Vec<Vec<u8>> = git.ls_tree(tree, "")?.into_iter().map(|entry| entry.path).collect();
    Ok(collision(&all, &new).map(|(a, b)| {
        format!("{} and {} are one name where case does not count", text(&a), text(&b))
    }))
}

fn named(path: &[u8]) -> bool {
    path == b".gitattributes" || path.ends_with(b"/.gitattributes")
}

/// The lines of each attributes file that decide about filters, in their order: a later one undoes an earlier one.
fn filtering(git: &Git, tree: &Oid) -> Result<BTreeMap<Vec<u8>, Vec<String>>, Error> {
    let mut files = git.ls_tree(tree, "")?;
    files.retain(|file| named(&file.path));
    let oids: Vec<&str> = files.iter().map(|file| file.oid.as_str()).collect();
    let blobs = git.cat(&oids)?.into_iter().map(Option::unwrap_or_default);
    let texts: Vec<String> = blobs.map(|b| String::from_utf8_lossy(&b).into_owned()).collect();
    // A macro sets a filter under any name.
    let mut words = BTreeSet::from(["filter".to_owned()]);
    for (name, line) in texts.iter().flat_map(|t| t.lines()).filter_map(|line| {
        Some((line.trim_start().strip_prefix("[attr]")?.split_ascii_whitespace().next()?, line))
    }) {
        if decides(line, &words) {
            words.insert(name.to_owned());
        }
    }
    let lines = |text: &String| {
        text.lines().filter(|l| decides(l, &words)).map(|l| l.trim().to_owned()).collect()
    };
    let all = files.into_iter().zip(&texts).map(|(file, text)| (file.path, lines(text)));
    Ok(all.filter(|(_, lines): &(_, Vec<String>)| !lines.is_empty()).collect())
}

/// Whether a line of attributes sets, unsets or takes back one of these.
fn decides(line: &str, words: &BTreeSet<String>) -> bool {
    let line = line.trim_start();
    // A pattern in quotes may have spaces: what is in them can only make more lines count.
    let set = |word: &str| {
        let name = word.trim_start_matches(['-', '!']);
        words.contains(name.split_once('=').map_or(name, |(name, _)| name))
    };
    !line.starts_with('#') && line.split_ascii_whitespace().skip(1).any(set)
}

/// Two paths, or folders on their way, that differ in case alone; one of the files below them is new.
fn collision(all: &[Vec<u8>], new: &BTreeSet<&[u8]>) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut seen: BTreeMap<Vec<u8>, (&[u8], bool)> = BTreeMap::new();
    for path in all {
        let fresh = new.contains(path.as_slice());
        let ends = path.iter().enumerate().filter(|(_, b)| **b == b'/').map(|(at, _)| at);
        for end in ends.chain([path.len()]) {
            let part = &path[..end];
            let (other, other_fresh) = *seen.entry(folded(part)).or_insert((part, fresh));
            if other != part && (fresh || other_fresh) {
                return Some((other.to_vec(), part.to_vec()));
            }
        }
    }
    None
}

/// As a file system without case sees it; of what is no UTF-8 only ASCII is folded.
fn folded(path: &[u8]) -> Vec<u8> {
    match std::str::from_utf8(path) {
        Ok(text) => text.to_lowercase().into_bytes(),
        Err(_) => path.to_ascii_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_queue_is_the_queue_in_any_case() {
        for path in ["docs/TASKS/queue", "docs/TASKS/queue/a", "DOCS/tasks/Queue/completed/x.md"] {
            assert!(in_queue(path.as_bytes()), "{path}");
        }
        for path in ["docs/TASKS", "docs/TASKS/queues", "x/docs/TASKS/queue/a"] {
            assert!(!in_queue(path.as_bytes()), "{path}");
        }
    }

    #[test]
    fn only_new_names_collide() {
        let all: Vec<Vec<u8>> = ["a/x", "A/y", "b", "\u{c9}t\u{e9}", "\u{e9}T\u{c9}"]
            .map(|p| p.as_bytes().to_vec())
            .into();
        let new = |names: &[&'static str]| names.iter().map(|n| n.as_bytes()).collect();
        assert_eq!(collision(&all, &new(&["b"])), None);
        assert_eq!(collision(&all, &new(&["A/y"])), Some((b"a".to_vec(), b"A".to_vec())));
        assert!(collision(&all, &new(&["\u{e9}T\u{c9}"])).is_some());
    }
}
