//! Taking away what a layer hides: a path, what lower layers have below it, and its bytes where they go.

use super::{NONE, NodeKind, SHARED, Squashed, VISIBLE, WATCHED, at};
use crate::error::Error;

/// What of a subtree goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// Everything.
    All,
    /// What lower layers had; what the current layer has stays, and the folders it lies in.
    Lower,
}

impl Squashed {
    /// Hides what is below a folder and, if asked, the folder or file itself.
    pub(super) fn hide(&mut self, top: u32, what: What, itself: bool) -> Result<(), Error> {
        let mut found = Vec::new();
        if self.slot(top).kind == NodeKind::Folder {
            let mut todo = vec![top];
            while let Some(folder) = todo.pop() {
                let mut next = self.slot(folder).child;
                while next != NONE {
                    self.step(1)?;
                    let slot = self.slot(next);
                    if slot.flags & VISIBLE != 0 {
                        found.push(next);
                        if slot.kind == NodeKind::Folder {
                            todo.push(next);
                        }
                    }
                    next = slot.next;
                }
            }
        }
        if itself {
            found.push(top);
        }
        if what == What::Lower {
            self.keep_ways(&found, (top, itself));
        }
        for node in found {
            if what == What::All || self.slot(node).layer < self.layer {
                self.take_away(node);
            }
        }
        Ok(())
    }

    /// The folders in which something of the current layer lies belong to it as well.
    fn keep_ways(&mut self, found: &[u32], (top, itself): (u32, bool)) {
        for &node in found {
            if self.slot(node).layer != self.layer {
                continue;
            }
            let mut way = node;
            while way != top {
                way = self.slot(way).parent;
                if self.slot(way).layer == self.layer || (way == top && !itself) {
                    break;
                }
                self.slot_mut(way).layer = self.layer;
            }
        }
    }

    /// The bytes of all that lower layers had left in a folder.
    pub(super) fn left_in(&mut self, top: u32) -> Result<u64, Error> {
        let (mut bytes, mut todo) = (0, vec![top]);
        while let Some(folder) = todo.pop() {
            let mut next = self.slot(folder).child;
            while next != NONE {
                self.step(1)?;
                let slot = self.slot(next);
                if let Some(before) = self.replaced.get(&next) {
                    bytes += before;
                } else if slot.flags & VISIBLE != 0 && slot.layer < self.layer {
                    bytes += self.own(slot);
                }
                if slot.kind == NodeKind::Folder && slot.flags & VISIBLE != 0 {
                    todo.push(next);
                }
                next = slot.next;
            }
        }
        Ok(bytes)
    }

    /// One slot that was visible is not any more.
    pub(super) fn take_away(&mut self, node: u32) {
        let slot = &mut self.slots[node as usize];
        slot.flags &= !VISIBLE;
        if slot.flags & WATCHED != 0 {
            slot.flags &= !WATCHED;
            self.gone.push(node as usize);
        }
        let slot = &self.slots[node as usize];
        if slot.kind != NodeKind::File {
            return;
        }
        let (layer, value) = (slot.layer, slot.value);
        if slot.flags & SHARED == 0 {
            self.count(layer, value, false);
            return;
        }
        let shared = &mut self.shared[at(value)];
        shared.names -= 1;
        if shared.names == 0 {
            let (layer, size) = (shared.layer, shared.size);
            self.count(layer, size, false);
        }
    }
}
