//! Efficiency and wasted bytes as dive counts them: what is said of one path in several layers.
//!
//! For every path that a layer speaks of at the end of a branch, dive adds up what each layer has
//! there; a whiteout of a folder weighs what it hides, a whiteout of a file nothing. The smallest
//! of these over their sum, for all paths together, is the efficiency; the sums of the paths that
//! more than one layer speaks of are wasted. Here a path is what it leads to: one through a linked
//! folder is the path in that folder.

use std::collections::BTreeMap;

use leadforge_oci_image::{Applied, NodeKind, Squashed};

/// A path that was spoken of more than once.
#[derive(Clone, Copy)]
pub(super) struct Seen {
    pub(super) bytes: u64,
    least: u64,
}

/// Numbers as bits.
#[derive(Default)]
struct Bits(Vec<u64>);

impl Bits {
    /// Adds a number and says whether it is new.
    fn add(&mut self, number: usize) -> bool {
        let (word, bit) = (number / 64, 1 << (number % 64));
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        let new = self.0[word] & bit == 0;
        self.0[word] |= bit;
        new
    }

    fn has(&self, number: usize) -> bool {
        self.0.get(number / 64).is_some_and(|word| word & 1 << (number % 64) != 0)
    }
}

/// What the layers so far said of their paths.
#[derive(Default)]
pub(super) struct Waste {
    layer: usize,
    /// Paths that were spoken of.
    once: Bits,
    /// Those that were spoken of again.
    more: BTreeMap<u32, Seen>,
    least: u64,
    sum: u64,
    current: Current,
}

/// The layer that passes by.
#[derive(Default)]
struct Current {
    /// Paths that it sets, each once.
    set: Vec<u32>,
    known: Bits,
    /// Folders that something of it lies in.
    ways: Bits,
    /// Whiteouts, and what they hide.
    hidden: Vec<(u32, u64)>,
    /// What a path that was spoken of once had then.
    before: BTreeMap<u32, u64>,
}

impl Waste {
    /// Ends the current layer when another one begins.
    pub(super) fn layer(&mut self, layer: usize, squashed: &Squashed) {
        if layer != self.layer {
            self.end(squashed);
            self.layer = layer;
        }
    }

    /// Notes what an entry did.
    pub(super) fn applied(&mut self, applied: &Applied, squashed: &Squashed) {
        let (node, before) = match *applied {
            Applied::Set { node, before, .. } => (node, before.unwrap_or(0)),
            Applied::Hidden { node, before, .. } => (node, before),
            Applied::Nothing => return,
        };
        let Ok(number) = u32::try_from(node) else { return };
        if self.once.has(node) && !self.more.contains_key(&number) {
            self.current.before.entry(number).or_insert(before);
        }
        if let Applied::Hidden { folder, .. } = applied {
            self.current.hidden.push((number, folder.unwrap_or(0)));
        } else if self.current.known.add(node) {
            self.current.set.push(number);
        }
        let mut way = squashed.parent(node);
        while let Some(folder) = way.filter(|folder| self.current.ways.add(*folder)) {
            way = squashed.parent(folder);
        }
    }

    /// Counts what the layer said.
    pub(super) fn end(&mut self, squashed: &Squashed) {
        let current = std::mem::take(&mut self.current);
        for &(node, bytes) in &current.hidden {
            self.count(node, bytes, &current.before);
        }
        for &number in &current.set {
            let node = number as usize;
            let Some(found) = squashed.node(node) else { continue };
            if found.kind != NodeKind::Folder || !current.ways.has(node) {
                self.count(number, found.size, &current.before);
            }
        }
    }

    fn count(&mut self, node: u32, bytes: u64, before: &BTreeMap<u32, u64>) {
        self.sum += bytes;
        if self.once.add(node as usize) {
            self.least += bytes;
            return;
        }
        let seen = self.more.entry(node).or_insert_with(|| {
            let first = before.get(&node).copied().unwrap_or(0);
            Seen { bytes: first, least: first }
        });
        self.least -= seen.least;
        seen.bytes += bytes;
        seen.least = seen.least.min(bytes);
        self.least += seen.least;
    }

    /// The smallest bytes of all paths over their sum.
    pub(super) fn efficiency(&self) -> f64 {
        if self.sum == 0 { 1.0 } else { self.least as f64 / self.sum as f64 }
    }

    /// Bytes of all paths that were spoken of more than once.
    pub(super) fn wasted(&self) -> u64 {
        self.more.values().map(|seen| seen.bytes).sum()
    }

    /// These paths, by their numbers.
    pub(super) fn paths(&self) -> impl Iterator<Item = (usize, Seen)> {
        self.more.iter().map(|(node, seen)| (*node as usize, *seen))
    }
}
