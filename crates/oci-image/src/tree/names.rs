//! Names kept once, and finding a path by its folder and name.

use std::hash::{DefaultHasher, Hasher as _};

use crate::error::Error;

/// Names, one after the other, each behind its length.
pub(super) struct Names {
    bytes: Vec<u8>,
    limit: usize,
}

impl Names {
    pub(super) fn new(limit: usize) -> Self {
        // Place 0 means no name.
        Self { bytes: vec![0, 0], limit: limit.min(u32::MAX as usize) }
    }

    /// Keeps a name and gives its place.
    pub(super) fn keep(&mut self, name: &[u8]) -> Result<u32, Error> {
        let length = u16::try_from(name.len())
            .map_err(|_| Error::too_much("the layers", "bytes of a name", u64::from(u16::MAX)))?;
        let place = self.bytes.len();
        if place + name.len() + 2 > self.limit {
            return Err(Error::too_much("the layers", "bytes of names", self.limit as u64));
        }
        self.bytes.extend_from_slice(&length.to_le_bytes());
        self.bytes.extend_from_slice(name);
        Ok(u32::try_from(place).expect("the limit fits"))
    }

    pub(super) fn get(&self, place: u32) -> &[u8] {
        let at = place as usize;
        let length = usize::from(u16::from_le_bytes([self.bytes[at], self.bytes[at + 1]]));
        &self.bytes[at + 2..at + 2 + length]
    }
}

/// A table of all paths by folder and name; where it is empty it holds 0, which is the root.
pub(super) struct Index {
    seed: DefaultHasher,
    table: Vec<u32>,
    used: usize,
}

impl Index {
    pub(super) fn new(seed: &str) -> Self {
        let mut hasher = DefaultHasher::new();
        hasher.write(seed.as_bytes());
        Self { seed: hasher, table: vec![0; 1024], used: 0 }
    }

    fn first(&self, parent: u32, name: &[u8]) -> usize {
        let mut hasher = self.seed.clone();
        hasher.write_u32(parent);
        hasher.write(name);
        usize::try_from(hasher.finish() & u64::from(u32::MAX)).expect("32 bits fit")
    }

    /// The path in a folder with a name; `is` compares.
    pub(super) fn find(&self, parent: u32, name: &[u8], is: impl Fn(u32) -> bool) -> Option<u32> {
        let mask = self.table.len() - 1;
        let mut place = self.first(parent, name) & mask;
        loop {
            match self.table[place] {
                0 => return None,
                node if is(node) => return Some(node),
                _ => place = (place + 1) & mask,
            }
        }
    }

    /// Enters a path that is not there; `whose` gives the folder and name of those that are.
    pub(super) fn enter<'n>(
        &mut self,
        node: u32,
        (parent, name): (u32, &[u8]),
        whose: impl Fn(u32) -> (u32, &'n [u8]),
    ) {
        if (self.used + 1) * 4 > self.table.len() * 3 {
            let old = std::mem::take(&mut self.table);
            self.table = vec![0; old.len() * 2];
            for node in old.into_iter().filter(|node| *node != 0) {
                let (parent, name) = whose(node);
                self.put(node, parent, name);
            }
        }
        self.put(node, parent, name);
        self.used += 1;
    }

    fn put(&mut self, node: u32, parent: u32, name: &[u8]) {
        let mask = self.table.len() - 1;
        let mut place = self.first(parent, name) & mask;
        while self.table[place] != 0 {
            place = (place + 1) & mask;
        }
        self.table[place] = node;
    }
}
