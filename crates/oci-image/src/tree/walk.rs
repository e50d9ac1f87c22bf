//! Finding the slot of a path, through links to folders, without leaving the image.

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
            let place = u32::try_from(self.slot(node).value).expect("the place of a name");
            let target = self.names.get(place);
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
    pub(super) fn folder(&mut self, path: &[u8], missing: Missing) -> Result<Option<u32>, Error> {
        let (mut here, mut links) = (0_u32, 0);
        // What is left to walk: the path itself, until a link puts its target in front.
        let mut rest: std::borrow::Cow<'_, [u8]> = path.into();
        let mut at = 0;
        while at < rest.len() {
            let end =
                rest[at..].iter().position(|byte| *byte == b'/').map_or(rest.len(), |n| at + n);
            let name = &rest[at..end];
            self.step(1)?;
            match name {
                b"" | b"." => at = end + 1,
                b".." => {
                    // The root of an image is above itself.
                    here = self.slot(here).parent;
                    at = end + 1;
                }
                name => {
                    let known =
                        self.child(here, name).filter(|node| self.slot(*node).flags & VISIBLE != 0);
                    let next = match known {
                        Some(node) => node,
                        None if missing == Missing::Nowhere => return Ok(None),
                        None => self.child_or_new(here, name)?,
                    };
                    if self.is(next, NodeKind::Symlink) {
                        links += 1;
                        if links > LINKS {
                            let reason = "leads through links that have no end";
                            return Err(Error::invalid(shown(path), reason));
                        }
                        let place =
                            u32::try_from(self.slot(next).value).expect("the place of a name");
                        let target = self.names.get(place);
                        if target.starts_with(b"/") {
                            here = 0;
                        }
                        let target =
                            [target, b"/", rest.get(end + 1..).unwrap_or_default()].concat();
                        self.step(target.len() / 8)?;
                        (rest, at) = (target.into(), 0);
                        continue;
                    }
                    if !self.is(next, NodeKind::Folder) {
                        if missing == Missing::Nowhere {
                            return Ok(None);
                        }
                        self.become_folder(next)?;
                    }
                    (here, at) = (next, end + 1);
                }
            }
        }
        Ok(Some(here))
    }
}
