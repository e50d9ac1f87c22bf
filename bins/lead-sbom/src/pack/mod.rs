//! What a packed image holds, taken together from the base and from what is added, before anything is written.

mod gather;
mod member;
mod put;

use leadforge_cli_kit::Failure;
use leadforge_container_audit::pack::Recipe;
use leadforge_oci_image::{
    Applied, Digest, Entry, Error, Image, Item, Kind, LayerTree, Limits, NodeKind, Squashed,
};

use crate::image::{Passing, Shelf, failure};

use member::Member;

pub(crate) use gather::{Added, Drop, gather};
pub(crate) use put::{put, vacant};

/// An image that is not written yet: what lies where, and what an inventory wants of it.
pub(crate) struct Preview {
    pub(crate) squashed: Squashed,
    pub(crate) shelf: Shelf,
}

/// The content of what is no file.
struct Nothing;

impl Passing for Nothing {
    fn head(&mut self) -> Result<Option<[u8; 4]>, Error> {
        Ok(None)
    }

    fn rest(&mut self, _: &mut Vec<u8>, _: u64) -> Result<(), Error> {
        Ok(())
    }
}

/// Goes through the base and the layers of a recipe as if the image were read.
pub(crate) fn preview(
    base: Option<&Image>,
    recipe: &Recipe,
    limits: &Limits,
) -> Result<Preview, Failure> {
    let nothing = Digest::sha256(b"");
    let id = base.map_or(&nothing, Image::id);
    let mut seen = Preview { squashed: Squashed::new(id, limits), shelf: Shelf::default() };
    let mut first = 0;
    if let Some(base) = base {
        first = base.layers().len();
        base.read(|entry, content| seen.take(entry, content)).map_err(|error| failure(&error))?;
    }
    for (number, (tree, _)) in recipe.layers.iter().enumerate() {
        seen.layer(first + number, tree).map_err(|error| failure(&error))?;
    }
    Ok(seen)
}

impl Preview {
    fn take(&mut self, entry: &Entry<'_>, content: &mut dyn Passing) -> Result<(), Error> {
        let applied = self.squashed.apply(entry)?;
        self.shelf.gone(self.squashed.gone(), entry.layer);
        let Applied::Set { node, .. } = applied else {
            return Ok(());
        };
        let path = self.squashed.path(node);
        let kept = match entry.kind {
            Kind::File => self.shelf.take(node, path, entry, content)?,
            Kind::HardLink(target) => self.shelf.link(node, path, entry.layer, target),
            _ => false,
        };
        if kept {
            self.squashed.watch(node);
        }
        Ok(())
    }

    fn layer(&mut self, layer: usize, tree: &LayerTree) -> Result<(), Error> {
        for (path, member) in tree.members() {
            let (kind, size) = match &member.item {
                Item::Folder => (Kind::Folder, 0),
                Item::File(source) => (Kind::File, source.length()),
                Item::Symlink(target) => (Kind::Symlink(target), 0),
                Item::HardLink(target) => (Kind::HardLink(target), 0),
            };
            let (mode, owner) = (member.mode, member.owner);
            let entry = Entry { layer, path, kind, size, mode, owner, mtime: 0 };
            match &member.item {
                Item::File(source) => {
                    let at = String::from_utf8_lossy(path).into_owned();
                    self.take(&entry, &mut Member::new(source, at))?;
                }
                _ => self.take(&entry, &mut Nothing)?,
            }
        }
        Ok(())
    }

    /// Whether a path leads to a file.
    pub(crate) fn has(&mut self, path: &str) -> Result<bool, Failure> {
        let found = self.squashed.find(path.as_bytes()).map_err(|error| failure(&error))?;
        let node = found.and_then(|node| self.squashed.node(node));
        Ok(node.is_some_and(|node| node.kind == NodeKind::File))
    }
}
