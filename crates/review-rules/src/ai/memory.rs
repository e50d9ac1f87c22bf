//! Which documents of a Memory Bank go along: chosen from the base, by the change alone.

use std::collections::BTreeSet;

use super::Page;
use crate::change::{Change, RepoPath};
use crate::{Missed, Tree};

/// Documents larger than this are named and not read further.
const LARGEST: usize = 1 << 20;

/// The documents that go along with a change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// They, those that say most about it first.
    pub pages: Vec<Page>,
    /// Those that were not read or did not fit, and why, in the same order.
    pub left_out: Vec<Missed>,
}

/// The documents below these folders, as many as fit into so many bytes.
///
/// An architecture page comes first, then pages by how many of the changed paths they name, then the others, each kind
/// by path. A template (`NAME_template.md`) says nothing about the project and is never chosen. The tree is the base's:
/// a change cannot write its own context. A document is taken whole or not at all.
#[must_use]
pub fn pages(base: &dyn Tree, folders: &[String], change: &Change, room: usize) -> Memory {
    let paths = match base.paths() {
        Ok(paths) => paths,
        Err(why) => {
            let left_out = vec![Missed::new("the Memory Bank", why)];
            return Memory { left_out, ..Memory::default() };
        }
    };
    let changed: BTreeSet<String> =
        change.files.iter().flat_map(|file| names(&file.path.to_string())).collect();
    let (mut pages, mut memory) = (Vec::new(), Memory::default());
    for path in paths.iter().filter(|path| chosen(path, folders)) {
        let name = path.to_string();
        match text(base, path) {
            Ok(text) => {
                let architecture = name.ends_with("/architecture.md");
                let named = changed.iter().filter(|word| text.contains(word.as_str())).count();
                pages.push(((!architecture, usize::MAX - named), Page { path: name, text }));
            }
            Err(why) => memory.left_out.push(Missed::new(name, why)),
        }
    }
    pages.sort_by(|a, b| (a.0, &a.1.path).cmp(&(b.0, &b.1.path)));
    let mut left = room;
    for (_, page) in pages {
        let size = page.text.len();
        if size > left {
            let why = format!("{size} bytes, and {left} of {room} are left for documents");
            memory.left_out.push(Missed::new(page.path, why));
            continue;
        }
        left -= size;
        memory.pages.push(page);
    }
    memory
}

/// Whether a path is that of a document below one of these folders.
fn chosen(path: &RepoPath, folders: &[String]) -> bool {
    let path = path.to_string();
    let inside = |folder: &String| {
        let folder = folder.trim_matches('/');
        path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    };
    path.ends_with(".md") && !path.ends_with("_template.md") && folders.iter().any(inside)
}

/// By what a document names a file: its path, and its own name where that is more than a word of every project.
fn names(path: &str) -> Vec<String> {
    let last = path.rsplit('/').next().unwrap_or(path);
    let common = ["__init__.py", "mod.rs", "lib.rs", "main.rs", "index.ts", "README.md"];
    let mut names = vec![path.to_owned()];
    if last.contains('.') && !common.contains(&last) {
        names.push(last.to_owned());
    }
    names
}

fn text(base: &dyn Tree, path: &RepoPath) -> Result<String, String> {
    let bytes = base.read(path)?.ok_or("it is listed and not there")?;
    if bytes.len() > LARGEST {
        return Err(format!("{} bytes are more than are read", bytes.len()));
    }
    let text = str::from_utf8(&bytes).map_err(|_| "it is not text in UTF-8")?;
    Ok(text.to_owned())
}
