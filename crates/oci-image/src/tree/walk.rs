//! Finding the slot of a path, through links to folders, without leaving the image.

use std::borrow::Cow;

use super::{IMPLIED, NONE, NodeKind, Slot, Squashed, VISIBLE};
use crate::error::{Error, shown};

/// How many links one path may lead through.
const LINKS: usize = 255;

/// What is done where a folder on the way is missing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Missing {
    /// It is made.
    Make,
    /// The path leads nowhere.
    Nowhere,
}

impl Squashed {
    /// The slot with a name in a folder, whether it is visible or not.
    pub(super) fn child(&self, folder: u32, name: &[u8]) -> Option<u32> {
        self.index.find(folder, name, |node| {
            let slot = self.slot(node);
            slot.parent == folder && self.names.get(slot.name) == name
        })
    }

    /// The same, made if no layer spoke of it yet; then it is not visible.
    pub(super) fn child_or_new(&mut self, folder: u32, name: &[u8]) -> Result<u32, Error> {
        if let Some(node) = self.child(folder, name) {
            return Ok(node);
        }
        let node = u32::try_from(self.slots.len())
            .map_err(|_| Error::too_much("the layers", "paths", u64::from(u32::MAX)))?;
        let kept = self.names.keep(name)?;
        let next = self.slot(folder).child;
        self.slots.push(Slot {
            parent: folder,
            name: kept,
            next,
            child: NONE,
            value: 0,
            layer: self.layer,
            kind: NodeKind::Other,
            flags: IMPLIED,
        });
        self.slot_mut(folder).child = node;
        let (slots, names) = (&self.slots, &self.names);
        self.index.enter(node, (folder, name), |node| {
            let slot = &slots[node as usize];
            (slot.parent, names.get(slot.name))
        });
        Ok(node)
    }

    /// What a path leads to, through links, as a program of the image would find it.
    ///
    /// # Errors
    /// When links have no end.
    pub fn find(&mut self, path: &[u8]) -> Result<Option<usize>, Error> {
        let mut wanted = path.to_vec();
        for _ in 0..LINKS {
            let Some((folder, name)) = self.place(&wanted, Missing::Nowhere)? else {
                return Ok(None);
            };
            let Some(node) =
                self.child(folder, name).filter(|n| self.slot(*n).flags & VISIBLE != 0)
            else {
                return Ok(None);
            };
            if !self.is(node, NodeKind::Symlink) {
                return Ok(Some(node as usize));
            }
            let target = self.target(node);
            wanted = if target.starts_with(b"/") {
                target.to_vec()
            } else {
                [&self.path(folder as usize)[..], b"/", target].concat()
            };
        }
        Err(Error::invalid(shown(path), "leads through links that have no end"))
    }

    /// The folder that a path lies in, and its name there; nothing for the root and for what leads nowhere.
    pub(super) fn place<'p>(
        &mut self,
        path: &'p [u8],
        missing: Missing,
    ) -> Result<Option<(u32, &'p [u8])>, Error> {
        let slash = path.iter().rposition(|byte| *byte == b'/');
        let (folder, name) = match slash {
            Some(at) => (&path[..at], &path[at + 1..]),
            None => (&path[..0], path),
        };
        if name.is_empty() {
            return Ok(None);
        }
        Ok(self.folder(folder, missing)?.map(|folder| (folder, name)))
    }

    /// The slot of a folder by its path.
    ///
    /// Nothing is made before it is known where the path leads: what `..` takes back was never there.
    pub(super) fn folder(&mut self, path: &[u8], missing: Missing) -> Result<Option<u32>, Error> {
        let (mut here, mut links) = (0_u32, 0);
        // Names below `here` that are no folders yet.
        let mut beyond: Vec<Vec<u8>> = Vec::new();
        // What is left to walk: the path itself, until a link puts its target in front.
        let mut rest: Cow<'_, [u8]> = path.into();
        let mut at = 0;
        while at < rest.len() {
            let end =
                rest[at..].iter().position(|byte| *byte == b'/').map_or(rest.len(), |n| at + n);
            let name = &rest[at..end];
            self.step(1)?;
            at = end + 1;
            match name {
                b"" | b"." => continue,
                b".." => {
                    if beyond.pop().is_none() {
                        // The root of an image is above itself.
                        here = self.slot(here).parent;
                    }
                    continue;
                }
                _ => {}
            }
            let known = if beyond.is_empty() { self.child(here, name) } else { None };
            match known.map(|node| (node, self.slot(node))) {
                Some((node, slot)) if slot.flags & VISIBLE != 0 => match slot.kind {
                    NodeKind::Folder => here = node,
                    NodeKind::Symlink => {
                        links += 1;
                        if links > LINKS {
                            let reason = "leads through links that have no end";
                            return Err(Error::invalid(shown(path), reason));
                        }
                        let target = self.target(node);
                        if target.starts_with(b"/") {
                            here = 0;
                        }
                        let left = rest.get(at..).unwrap_or_default();
                        let target = [target, b"/", left].concat();
                        self.step(target.len() / 8)?;
                        (rest, at) = (target.into(), 0);
                    }
                    NodeKind::File | NodeKind::Other => beyond.push(name.to_vec()),
                },
                _ => beyond.push(name.to_vec()),
            }
        }
        if !beyond.is_empty() && missing == Missing::Nowhere {
            return Ok(None);
        }
        for name in beyond {
            here = self.child_or_new(here, &name)?;
            self.become_folder(here)?;
        }
        Ok(Some(here))
    }

    /// Where a symbolic link leads.
    fn target(&self, link: u32) -> &[u8] {
        let place = u32::try_from(self.slot(link).value).expect("the place of a name");
        self.names.get(place)
    }
}
