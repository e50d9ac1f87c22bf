//! Laying an entry upon what is there.

use super::hide::What;
use super::walk::Missing;
use super::{Applied, IMPLIED, LINK, NodeKind, SHARED, Shared, Squashed, VISIBLE, at};
use crate::error::{Error, shown};
use crate::read::{Entry, Kind};

impl Squashed {
    /// Applies the next entry of the image.
    ///
    /// # Errors
    /// When a hard link leads to nothing, a path leads through links that have no end, or the whole
    /// is more than the limits allow.
    pub fn apply(&mut self, entry: &Entry<'_>) -> Result<Applied, Error> {
        let layer = u16::try_from(entry.layer)
            .map_err(|_| Error::too_much("the layers", "layers", u64::from(u16::MAX)))?;
        if layer != self.layer {
            self.layer = layer;
            self.replaced.clear();
            self.opaque.clear();
        }
        match entry.kind {
            Kind::Opaque => self.opaque(entry.path),
            Kind::Whiteout => self.whiteout(entry.path),
            _ => self.set(entry),
        }
    }

    fn opaque(&mut self, path: &[u8]) -> Result<Applied, Error> {
        if let Some(folder) = self.folder(path, Missing::Nowhere)?
            && self.opaque.insert(folder)
        {
            self.hide(folder, What::Lower, false)?;
        }
        Ok(Applied::Nothing)
    }

    fn whiteout(&mut self, path: &[u8]) -> Result<Applied, Error> {
        let Some((folder, name)) = self.place(path, Missing::Nowhere)? else {
            return Ok(Applied::Nothing);
        };
        let Some(node) = self.child(folder, name) else {
            return Ok(Applied::Nothing);
        };
        let slot = self.slot(node);
        if slot.flags & VISIBLE == 0 {
            return Ok(Applied::Nothing);
        }
        let (own, lower) = (self.own(slot), slot.layer < self.layer);
        // What this layer put in its place already is no reason to hide it.
        let before = if lower { Some(own) } else { self.replaced.get(&node).copied() };
        let is_folder = slot.kind == NodeKind::Folder;
        let folder = if is_folder { Some(self.left_in(node)?) } else { None };
        self.hide(node, What::Lower, true)?;
        Ok(match before {
            Some(before) => Applied::Hidden { node: node as usize, before, folder },
            None => Applied::Nothing,
        })
    }

    fn set(&mut self, entry: &Entry<'_>) -> Result<Applied, Error> {
        // The target is looked up first: the link may take the place of what leads to it.
        let shared = match entry.kind {
            Kind::HardLink(target) => Some(self.linked(entry.path, target)?),
            _ => None,
        };
        let Some((folder, name)) = self.place(entry.path, Missing::Make)? else {
            if entry.kind != Kind::Folder {
                return Err(Error::invalid("/", "is the root of the image, and no folder"));
            }
            self.slot_mut(0).layer = self.layer;
            return Ok(Applied::Nothing);
        };
        // A link cannot lie below the file that it is another name of.
        if let Some(target) = shared
            && self.slot(target).kind == NodeKind::Folder
        {
            let reason = "is a hard link to a file that it would lie below";
            return Err(Error::invalid(shown(entry.path), reason));
        }
        let known = self.child(folder, name);
        let node = match known {
            Some(node) => node,
            None => self.child_or_new(folder, name)?,
        };
        let slot = self.slot(node);
        let visible = slot.flags & VISIBLE != 0;
        let (spoken, lower) = (slot.flags & IMPLIED == 0, slot.layer < self.layer);
        let was_folder = visible && slot.kind == NodeKind::Folder;
        let (own, value, kept_elsewhere) = (self.own(slot), slot.value, slot.flags & SHARED != 0);
        let before = (known.is_some() && spoken).then_some(own);
        if shared == Some(node) {
            // A name that is a link to itself says nothing new.
            return Ok(Applied::Set { node: node as usize, before, lost: 0 });
        }
        if visible && lower {
            self.replaced.insert(node, own);
        }
        if !(was_folder && entry.kind == Kind::Folder) && visible {
            self.hide(node, What::All, true)?;
        }
        // Put first: the link that takes the place of its content's last name keeps the content.
        self.put(node, entry, shared)?;
        let lost = if kept_elsewhere && self.shared[at(value)].names > 0 { 0 } else { own };
        Ok(Applied::Set { node: node as usize, before, lost })
    }

    /// Writes what an entry says into its slot, which holds nothing visible but a folder under a folder.
    fn put(&mut self, node: u32, entry: &Entry<'_>, shared: Option<u32>) -> Result<(), Error> {
        let (mut kind, mut value, mut flags) = (NodeKind::Other, 0, VISIBLE);
        match entry.kind {
            Kind::File => {
                (kind, value) = (NodeKind::File, entry.size);
                self.total += entry.size;
                self.visible += entry.size;
            }
            Kind::Folder => kind = NodeKind::Folder,
            Kind::Symlink(target) => {
                kind = NodeKind::Symlink;
                value = u64::from(self.names.keep(target)?);
            }
            Kind::HardLink(_) => {
                let target = shared.expect("a link was looked up");
                kind = self.slot(target).kind;
                value = self.slot(target).value;
                if kind == NodeKind::File {
                    value = self.share(target);
                    flags |= SHARED | LINK;
                }
            }
            Kind::Other | Kind::Whiteout | Kind::Opaque => {}
        }
        let layer = self.layer;
        let slot = self.slot_mut(node);
        (slot.kind, slot.value, slot.flags, slot.layer) = (kind, value, flags, layer);
        Ok(())
    }

    /// One more name for a file's content; gives the content's number.
    fn share(&mut self, target: u32) -> u64 {
        let slot = self.slot(target);
        if slot.flags & SHARED == 0 {
            let shared = Shared { size: slot.value, names: 1, layer: slot.layer };
            let number = self.shared.len() as u64;
            self.shared.push(shared);
            let slot = self.slot_mut(target);
            slot.value = number;
            slot.flags |= SHARED;
        }
        let number = self.slot(target).value;
        let shared = &mut self.shared[at(number)];
        // The name that the content came with may be gone while the link is laid in its place.
        shared.names += 1;
        if shared.names == 1 {
            let (layer, size) = (shared.layer, shared.size);
            self.count(layer, size, true);
        }
        number
    }

    /// What a hard link leads to.
    fn linked(&mut self, path: &[u8], target: &[u8]) -> Result<u32, Error> {
        let nothing = || {
            let reason = format!("is a hard link to {}, which is not there", shown(target));
            Error::invalid(shown(path), reason)
        };
        let place = self.place(target, Missing::Nowhere)?;
        let (folder, name) = place.ok_or_else(nothing)?;
        let node = self.child(folder, name).ok_or_else(nothing)?;
        let slot = self.slot(node);
        if slot.flags & VISIBLE == 0 {
            return Err(nothing());
        }
        if slot.kind == NodeKind::Folder {
            let reason = format!("is a hard link to {}, which is a folder", shown(target));
            return Err(Error::invalid(shown(path), reason));
        }
        Ok(node)
    }

    /// What stood in the way of a path becomes a folder.
    pub(super) fn become_folder(&mut self, node: u32) -> Result<(), Error> {
        let slot = self.slot(node);
        if slot.flags & VISIBLE != 0 {
            if slot.layer < self.layer {
                let own = self.own(slot);
                self.replaced.insert(node, own);
            }
            self.hide(node, What::All, true)?;
        }
        let layer = self.layer;
        let slot = self.slot_mut(node);
        (slot.kind, slot.value, slot.layer) = (NodeKind::Folder, 0, layer);
        slot.flags = VISIBLE | IMPLIED;
        Ok(())
    }
}
