//! The tree of folders that npm makes, and how Node finds a package in it.

use std::collections::BTreeMap;

use super::entry::Entry;

/// The longest path of a folder; a tree that is deeper would not fit on a disk.
pub(super) const LONGEST: usize = 1 << 15;

/// What is installed, by folder.
#[derive(Default)]
pub(super) struct Installed {
    places: Vec<Place>,
    by_path: BTreeMap<String, usize>,
}

/// A folder and what is in it.
pub(super) struct Place {
    pub(super) path: String,
    pub(super) entry: Entry,
    pub(super) line: u32,
}

/// The folder of a package below another.
pub(super) fn below(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        format!("node_modules/{name}")
    } else {
        format!("{folder}/node_modules/{name}")
    }
}

impl Installed {
    pub(super) fn insert(&mut self, path: String, entry: Entry, line: u32) {
        self.by_path.insert(path.clone(), self.places.len());
        self.places.push(Place { path, entry, line });
    }

    pub(super) fn get(&self, path: &str) -> Option<&Place> {
        self.by_path.get(path).map(|index| &self.places[*index])
    }

    pub(super) fn at(&self, index: usize) -> &Entry {
        &self.places[index].entry
    }

    pub(super) fn places(&self) -> impl Iterator<Item = &Place> {
        self.places.iter()
    }

    /// What a package gets when it asks for a name: the nearest `node_modules` upwards has it.
    ///
    /// A peer is looked for from the folder above, because who uses the package brings it along.
    pub(super) fn resolve(&self, path: &str, name: &str, peer: bool) -> Option<usize> {
        let mut folder = path;
        if peer && !path.is_empty() {
            folder = match path.rsplit_once("node_modules/") {
                Some((above, _)) => above.trim_end_matches('/'),
                None => path,
            };
        }
        let mut candidate = String::with_capacity(folder.len() + name.len() + 14);
        loop {
            if !folder.ends_with("node_modules") {
                candidate.clear();
                candidate.push_str(folder);
                if !folder.is_empty() {
                    candidate.push('/');
                }
                candidate.push_str("node_modules/");
                candidate.push_str(name);
                if let Some(&index) = self.by_path.get(&candidate) {
                    return self.follow(index);
                }
            }
            if folder.is_empty() {
                return None;
            }
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        }
    }

    /// What a link names; a link to nothing is nothing.
    fn follow(&self, index: usize) -> Option<usize> {
        let entry = &self.places[index].entry;
        if !entry.link {
            return Some(index);
        }
        let target = *self.by_path.get(entry.resolved.as_deref()?)?;
        (!self.places[target].entry.link).then_some(target)
    }
}
