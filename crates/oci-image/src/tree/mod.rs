//! What remains of an image's layers when one lies upon the other, and where each byte of it came from.

mod apply;
mod hide;
mod names;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use crate::digest::Digest;
use crate::error::Error;
use crate::limits::Limits;
use names::{Index, Names};

/// What lies at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NodeKind {
    /// A folder.
    Folder,
    /// A file.
    File,
    /// A symbolic link.
    Symlink,
    /// A device or a pipe.
    Other,
}

/// A path that some layer spoke of, as it was last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is, or was when it was hidden.
    pub kind: NodeKind,
    /// Whether it is still there.
    pub visible: bool,
    /// The layer that it came with.
    pub layer: usize,
    /// Bytes that its entry brought: none for a hard link, whose bytes came with another name.
    pub size: u64,
}

/// What an entry did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// Something lies at a path now.
    Set {
        /// The path's number.
        node: usize,
        /// The bytes that its last entry brought, if a layer spoke of it before.
        before: Option<u64>,
        /// How many of them no path leads to any more.
        lost: u64,
    },
    /// A path is not there any more.
    Hidden {
        /// The path's number.
        node: usize,
        /// The bytes that its last entry brought.
        before: u64,
        /// Where it was a folder: the bytes of all that lower layers had left in it.
        folder: Option<u64>,
    },
    /// Nothing that counts: an opaque folder, or a whiteout of what never was.
    Nothing,
}

const VISIBLE: u8 = 1;
/// Its value is the number of a shared content.
const SHARED: u8 = 2;
/// It is a name that came without bytes.
const LINK: u8 = 4;
/// The caller wants to know when it goes.
const WATCHED: u8 = 8;
/// It stands on the way to another path; no entry speaks of it.
const IMPLIED: u8 = 16;

/// One path. A million of them are to fit where others keep a few thousand.
struct Slot {
    parent: u32,
    /// Where its name begins.
    name: u32,
    /// The next one in the same folder.
    next: u32,
    /// The first one in it.
    child: u32,
    /// A file's bytes, or the number of its shared content; where a symbolic link's target begins.
    value: u64,
    layer: u16,
    kind: NodeKind,
    flags: u8,
}

/// A content with several names.
struct Shared {
    size: u64,
    /// How many of its names are visible.
    names: u32,
    /// The layer it came with.
    layer: u16,
}

/// No slot: the root is in no folder.
const NONE: u32 = 0;

/// The layers of an image, one upon the other.
///
/// Entries are applied in the order in which they are read. A whiteout and an opaque folder hide
/// what lower layers have, wherever in their layer they stand; what their own layer has stays. A
/// path through a link to a folder leads into that folder; links never lead out of the image.
pub struct Squashed {
    slots: Vec<Slot>,
    names: Names,
    index: Index,
    shared: Vec<Shared>,
    /// Of the current layer: what lower layers had at paths that it replaced.
    replaced: BTreeMap<u32, u64>,
    /// Of the current layer: folders that are opaque.
    opaque: BTreeSet<u32>,
    gone: Vec<usize>,
    layer: u16,
    total: u64,
    visible: u64,
    /// Bytes that each layer brought and that do not remain.
    hidden: Vec<u64>,
    steps: u64,
    limits: Limits,
}

impl Squashed {
    /// Begins with nothing but the root.
    ///
    /// The image's ID keeps anybody from making up names that all fall into one place of the index.
    #[must_use]
    pub fn new(id: &Digest, limits: &Limits) -> Self {
        let root = Slot {
            parent: NONE,
            name: 0,
            next: NONE,
            child: NONE,
            value: 0,
            layer: 0,
            kind: NodeKind::Folder,
            flags: VISIBLE | IMPLIED,
        };
        Self {
            slots: vec![root],
            names: Names::new(limits.names),
            index: Index::new(id.hex()),
            shared: Vec::new(),
            replaced: BTreeMap::new(),
            opaque: BTreeSet::new(),
            gone: Vec::new(),
            layer: 0,
            total: 0,
            visible: 0,
            hidden: Vec::new(),
            steps: 0,
            limits: limits.clone(),
        }
    }

    /// Bytes of all files of all layers.
    #[must_use]
    pub fn total_bytes(&self) -> u64 {
        self.total
    }

    /// Bytes of the files that remain, a content with several names counted once.
    #[must_use]
    pub fn visible_bytes(&self) -> u64 {
        self.visible
    }

    /// Bytes of files that a layer brought and that do not remain.
    #[must_use]
    pub fn hidden_bytes(&self, layer: usize) -> u64 {
        self.hidden.get(layer).copied().unwrap_or(0)
    }

    /// How many paths were spoken of; their numbers are below it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether no path was spoken of but the root.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.slots.len() == 1
    }

    /// What is known of a path by its number.
    #[must_use]
    pub fn node(&self, node: usize) -> Option<Node> {
        let slot = self.slots.get(node)?;
        Some(Node {
            kind: slot.kind,
            visible: slot.flags & VISIBLE != 0,
            layer: usize::from(slot.layer),
            size: self.own(slot),
        })
    }

    /// Whether the bytes that a path brought remain, under this name or another.
    #[must_use]
    pub fn remains(&self, node: usize) -> bool {
        self.slots.get(node).is_some_and(|slot| {
            if slot.flags & SHARED != 0 && slot.kind == NodeKind::File {
                self.shared[at(slot.value)].names > 0
            } else {
                slot.flags & VISIBLE != 0
            }
        })
    }

    /// A path by its number, relative to the root.
    #[must_use]
    pub fn path(&self, node: usize) -> Vec<u8> {
        let mut parts = Vec::new();
        let mut slot = self.slots.get(node);
        while let Some(found) = slot.filter(|found| found.name != 0) {
            parts.push(self.names.get(found.name));
            slot = self.slots.get(found.parent as usize);
        }
        parts.reverse();
        parts.join(&b'/')
    }

    /// The number of the folder that a path is in; nothing for the root.
    #[must_use]
    pub fn parent(&self, node: usize) -> Option<usize> {
        self.slots.get(node).filter(|slot| slot.name != 0).map(|slot| slot.parent as usize)
    }

    /// Asks to be told by [`gone`](Self::gone) when the path is hidden or replaced.
    pub fn watch(&mut self, node: usize) {
        if let Some(slot) = self.slots.get_mut(node) {
            slot.flags |= WATCHED;
        }
    }

    /// The watched paths that were hidden or replaced since this was asked last.
    pub fn gone(&mut self) -> Vec<usize> {
        std::mem::take(&mut self.gone)
    }

    /// The bytes that a slot's own entry brought.
    fn own(&self, slot: &Slot) -> u64 {
        match slot.kind {
            NodeKind::File if slot.flags & LINK != 0 => 0,
            NodeKind::File if slot.flags & SHARED != 0 => self.shared[at(slot.value)].size,
            NodeKind::File => slot.value,
            _ => 0,
        }
    }

    /// Bytes of a layer come into sight, or go out of it.
    fn count(&mut self, layer: u16, bytes: u64, shown: bool) {
        let layer = usize::from(layer);
        if self.hidden.len() <= layer {
            self.hidden.resize(layer + 1, 0);
        }
        if shown {
            self.visible += bytes;
            self.hidden[layer] -= bytes;
        } else {
            self.visible -= bytes;
            self.hidden[layer] += bytes;
        }
    }

    /// A slot that exists.
    fn slot(&self, node: u32) -> &Slot {
        &self.slots[node as usize]
    }

    fn slot_mut(&mut self, node: u32) -> &mut Slot {
        &mut self.slots[node as usize]
    }

    fn is(&self, node: u32, kind: NodeKind) -> bool {
        let slot = self.slot(node);
        slot.flags & VISIBLE != 0 && slot.kind == kind
    }

    /// Counts work, so that no order of entries makes more of it than is done.
    fn step(&mut self, steps: usize) -> Result<(), Error> {
        self.steps += steps as u64;
        if self.steps > self.limits.steps {
            return Err(Error::too_much(
                "the layers",
                "steps to lay one layer upon the other",
                self.limits.steps,
            ));
        }
        Ok(())
    }
}

/// The place of a shared content.
fn at(value: u64) -> usize {
    usize::try_from(value).expect("a shared content has the number of a place in memory")
}
