//! What a simulated disk knows: the live state that programs see, and what is safe from a crash.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::io::{self, ErrorKind};
use std::path::{Component, Path};

use crate::disk::{Kind, Metadata};

pub(super) type Number = u64;
/// A name in a folder.
pub(super) type Entry = (Number, OsString);
pub(super) const ROOT: Number = 1;

/// A file or a folder, apart from its names.
#[derive(Debug, Clone)]
pub(super) struct Inode {
    pub(super) dir: bool,
    pub(super) mode: u32,
    /// What programs see.
    pub(super) live: Vec<u8>,
    /// What is safe.
    pub(super) safe: Vec<u8>,
    /// What happened since the last sync, in order.
    pub(super) pending: Vec<Change>,
    /// The handle that has the lock.
    pub(super) lock: Option<u64>,
}

/// A change to a file's content.
#[derive(Debug, Clone)]
pub(super) enum Change {
    Write { at: usize, bytes: Vec<u8> },
    Length(usize),
}

/// A change to the names of one or two folders, which happens whole or not at all.
#[derive(Debug, Clone)]
pub(super) struct Naming(pub(super) Vec<(Entry, Option<Number>)>);

/// Both states of the disk.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    pub(super) inodes: BTreeMap<Number, Inode>,
    pub(super) live: BTreeMap<Entry, Number>,
    pub(super) safe: BTreeMap<Entry, Number>,
    pub(super) pending: Vec<Naming>,
}

impl Inode {
    pub(super) fn new(dir: bool, mode: u32) -> Self {
        let (live, safe, pending) = (Vec::new(), Vec::new(), Vec::new());
        Self { dir, mode, live, safe, pending, lock: None }
    }

    pub(super) fn change(&mut self, change: Change) {
        change.apply(&mut self.live);
        self.pending.push(change);
    }

    pub(super) fn sync(&mut self) {
        self.safe.clone_from(&self.live);
        self.pending.clear();
    }
}

impl Change {
    pub(super) fn apply(&self, content: &mut Vec<u8>) {
        match self {
            Self::Length(length) => content.resize(*length, 0),
            Self::Write { at, bytes } => {
                let end = at + bytes.len();
                if content.len() < end {
                    content.resize(end, 0);
                }
                content[*at..end].copy_from_slice(bytes);
            }
        }
    }
}

impl Naming {
    pub(super) fn apply(&self, names: &mut BTreeMap<Entry, Number>) {
        for (entry, number) in &self.0 {
            match number {
                Some(number) => names.insert(entry.clone(), *number),
                None => names.remove(entry),
            };
        }
    }

    fn touches(&self, dir: Number) -> bool {
        self.0.iter().any(|((parent, _), _)| *parent == dir)
    }
}

impl State {
    pub(super) fn new() -> Self {
        let inodes = BTreeMap::from([(ROOT, Inode::new(true, 0o755))]);
        Self { inodes, ..Self::default() }
    }

    /// Finds what has a path; every path begins at the root, links do not exist.
    pub(super) fn find(&self, path: &Path) -> io::Result<Number> {
        let mut at = ROOT;
        for name in names(path)? {
            self.dir(at)?;
            at = *self.live.get(&(at, name.to_owned())).ok_or(ErrorKind::NotFound)?;
        }
        Ok(at)
    }

    /// Finds the folder of a path and the name in it.
    pub(super) fn entry(&self, path: &Path) -> io::Result<Entry> {
        let mut parts = names(path)?;
        let name = parts.pop().ok_or(ErrorKind::InvalidInput)?.to_owned();
        let dir = self.find(&parts.iter().collect::<std::path::PathBuf>())?;
        self.dir(dir)?;
        Ok((dir, name))
    }

    pub(super) fn dir(&self, number: Number) -> io::Result<()> {
        if self.inode(number)?.dir { Ok(()) } else { Err(ErrorKind::NotADirectory.into()) }
    }

    pub(super) fn inode(&self, number: Number) -> io::Result<&Inode> {
        self.inodes.get(&number).ok_or_else(|| ErrorKind::NotFound.into())
    }

    pub(super) fn inode_mut(&mut self, number: Number) -> io::Result<&mut Inode> {
        self.inodes.get_mut(&number).ok_or_else(|| ErrorKind::NotFound.into())
    }

    pub(super) fn create(&mut self, path: &Path, dir: bool, mode: u32) -> io::Result<Number> {
        let entry = self.entry(path)?;
        if self.live.contains_key(&entry) {
            return Err(ErrorKind::AlreadyExists.into());
        }
        let number = self.inodes.last_key_value().map_or(ROOT, |(last, _)| *last) + 1;
        self.inodes.insert(number, Inode::new(dir, mode));
        self.name(Naming(vec![(entry, Some(number))]));
        Ok(number)
    }

    pub(super) fn rename(&mut self, from: &Path, to: &Path, new: bool) -> io::Result<()> {
        let (from, to) = (self.entry(from)?, self.entry(to)?);
        let moved = *self.live.get(&from).ok_or(ErrorKind::NotFound)?;
        // Folders have no verb that moves them, and the rules for that are many.
        if self.inode(moved)?.dir {
            return Err(io::Error::other("folders are not moved on a simulated disk"));
        }
        if let Some(replaced) = self.live.get(&to) {
            if new {
                return Err(ErrorKind::AlreadyExists.into());
            }
            if self.inode(*replaced)?.dir {
                return Err(ErrorKind::IsADirectory.into());
            }
        }
        if from != to {
            self.name(Naming(vec![(from, None), (to, Some(moved))]));
        }
        Ok(())
    }

    pub(super) fn remove(&mut self, path: &Path) -> io::Result<()> {
        let entry = self.entry(path)?;
        let number = *self.live.get(&entry).ok_or(ErrorKind::NotFound)?;
        if self.inode(number)?.dir {
            return Err(ErrorKind::IsADirectory.into());
        }
        self.name(Naming(vec![(entry, None)]));
        Ok(())
    }

    pub(super) fn list(&self, path: &Path) -> io::Result<Vec<OsString>> {
        let dir = self.find(path)?;
        self.dir(dir)?;
        let of_dir = |((parent, name), _): (&Entry, _)| (*parent == dir).then(|| name.clone());
        Ok(self.live.iter().filter_map(of_dir).collect())
    }

    pub(super) fn metadata(&self, number: Number) -> io::Result<Metadata> {
        let inode = self.inode(number)?;
        let links = self.live.values().filter(|n| **n == number).count() as u64;
        Ok(Metadata {
            kind: if inode.dir { Kind::Dir } else { Kind::File },
            len: inode.live.len() as u64,
            mode: inode.mode,
            id: (0, number),
            links,
        })
    }

    /// Syncs a file's content, or the names in a folder; neither syncs the other.
    pub(super) fn sync(&mut self, number: Number) -> io::Result<()> {
        if !self.inode(number)?.dir {
            self.inode_mut(number)?.sync();
            return Ok(());
        }
        let (done, rest) =
            std::mem::take(&mut self.pending).into_iter().partition(|n| n.touches(number));
        let done: Vec<Naming> = done;
        self.pending = rest;
        done.iter().for_each(|naming| naming.apply(&mut self.safe));
        Ok(())
    }

    /// Forgets what no name leads to.
    pub(super) fn collect(&mut self) {
        let named: BTreeSet<Number> = self.live.values().copied().chain([ROOT]).collect();
        self.inodes.retain(|number, _| named.contains(number));
        // A folder that is gone takes its names with it.
        let dirs: BTreeSet<Number> = self.inodes.keys().copied().collect();
        self.live.retain(|(parent, _), _| dirs.contains(parent));
    }

    fn name(&mut self, naming: Naming) {
        naming.apply(&mut self.live);
        self.pending.push(naming);
    }
}

fn names(path: &Path) -> io::Result<Vec<&OsStr>> {
    let mut names = Vec::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => names.push(name),
            Component::RootDir | Component::CurDir => {}
            Component::ParentDir | Component::Prefix(_) => {
                return Err(io::Error::new(ErrorKind::InvalidInput, "`..` is not simulated"));
            }
        }
    }
    Ok(names)
}
