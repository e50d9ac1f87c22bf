//! What a file held at each commit that changed it, as components.

use std::collections::{BTreeMap, BTreeSet};

use leadforge_cli_kit::{Failure, Repository};
use leadforge_host_git::{Commit, Oid};
use leadforge_sbom::{Config, Ecosystem, inventory};

/// A commit that changed the file.
pub(crate) struct Entry {
    pub(crate) commit: Commit,
    /// What the file held after it.
    after: Held,
    /// What it held in each parent.
    before: Vec<Held>,
}

/// The components of a file by purl and by name; nothing when it could never be read.
type Held = Option<std::rc::Rc<(BTreeSet<String>, BTreeSet<(Ecosystem, String)>)>>;

/// The history of a file, newest first.
pub(crate) struct History {
    entries: Vec<Entry>,
    /// Commits at which the file was not what its name says.
    pub(crate) unreadable: Vec<String>,
}

impl History {
    pub(crate) fn of(repository: &Repository, tip: &Oid, path: &str) -> Result<Self, Failure> {
        let git = |error| Failure::git(&error);
        let commits = repository.git.touching(false, &[path]).map_err(git)?;
        let head = repository.git.head().map_err(git)?.commit;
        let mut specs = Vec::new();
        for commit in &commits {
            specs.push(format!("{}:{path}", commit.oid));
            specs.extend(commit.parents.iter().map(|parent| format!("{parent}:{path}")));
        }
        let blobs = repository.git.check(&specs).map_err(git)?;
        let distinct: BTreeSet<&Oid> = blobs.iter().flatten().collect();
        let names: Vec<&str> = distinct.iter().map(|oid| oid.as_str()).collect();
        let contents = repository.git.cat(&names).map_err(git)?;
        let mut held: BTreeMap<&Oid, Held> = BTreeMap::new();
        for (oid, bytes) in distinct.into_iter().zip(contents) {
            held.insert(oid, bytes.and_then(|bytes| components(path, bytes)));
        }
        // Before there was such a file it held nothing.
        let empty: Held = Some(std::rc::Rc::default());
        let (mut entries, mut unreadable) = (Vec::new(), Vec::new());
        let mut at = blobs.len();
        // The oldest first: what cannot be read holds what came before it.
        for commit in commits.into_iter().rev() {
            at -= 1 + commit.parents.len();
            let (after, before) = (&blobs[at], &blobs[at + 1..=at + commit.parents.len()]);
            let state = |held: &BTreeMap<&Oid, Held>, blob: &Option<Oid>| match blob {
                Some(oid) => held.get(oid).cloned().flatten(),
                None => empty.clone(),
            };
            let before: Vec<Held> = before.iter().map(|blob| state(&held, blob)).collect();
            if let Some(oid) = after.as_ref().filter(|oid| held[oid].is_none()) {
                unreadable.push(commit.oid.short(10).to_owned());
                held.insert(oid, before.first().cloned().flatten());
            }
            let after = state(&held, after);
            let is_older = head.as_ref() == Some(tip)
                || repository.git.is_ancestor(&commit.oid, tip).map_err(git)?;
            if is_older {
                entries.push(Entry { commit, after, before });
            }
        }
        entries.reverse();
        Ok(Self { entries, unreadable })
    }

    /// The newest commit after which the file holds a package URL, and before which it did not.
    pub(crate) fn first_of(&self, purl: &str) -> Option<&Entry> {
        self.first(|held| held.0.contains(purl))
    }

    /// The same of a name in any version.
    pub(crate) fn first_of_name(&self, ecosystem: Ecosystem, name: &str) -> Option<&Entry> {
        self.first(|held| held.1.contains(&(ecosystem, name.to_owned())))
    }

    fn first(
        &self,
        has: impl Fn(&(BTreeSet<String>, BTreeSet<(Ecosystem, String)>)) -> bool,
    ) -> Option<&Entry> {
        self.entries.iter().find(|entry| {
            let after = entry.after.as_ref().is_some_and(|held| has(held));
            after && !entry.before.iter().any(|held| held.as_ref().is_none_or(|held| has(held)))
        })
    }
}

/// The components of one file alone.
fn components(path: &str, bytes: Vec<u8>) -> Held {
    let tree = BTreeMap::from([(path.to_owned(), bytes)]);
    let found = inventory(&tree, &Config::default()).ok()?;
    let purls = found.components.iter().map(|c| c.purl.clone()).collect();
    let names = found.components.iter().map(|c| (c.ecosystem, c.name.clone())).collect();
    Some(std::rc::Rc::new((purls, names)))
}
