//! A row of both pictures, as those see it who watch a comparison.

use super::side::Side;
use crate::pixels::Pixel;
use crate::{Layout, Mark, Size};

/// A row of both pictures.
pub struct RowPair<'p, 's> {
    pub(super) y: u32,
    pub(super) equal: bool,
    pub(super) marks: &'p [u8],
    pub(super) before: &'p mut Side<'s>,
    /// None when both files are the same.
    pub(super) after: Option<&'p mut Side<'s>>,
}

impl<'p> RowPair<'p, '_> {
    /// The row's number, from 0.
    #[must_use]
    pub const fn y(&self) -> u32 {
        self.y
    }

    /// True when both rows have the very same pixels, and equally many.
    #[must_use]
    pub const fn equal(&self) -> bool {
        self.equal
    }

    /// What was found of each pixel that both rows have; empty when it is nothing but [`Mark::Same`].
    pub fn marks(&self) -> impl Iterator<Item = Mark> + use<'p> {
        let marks: &'p [u8] = self.marks;
        marks.iter().map(|mark| Mark::of(*mark))
    }

    /// What both pictures have.
    #[must_use]
    pub fn overlap(&self) -> Size {
        self.before.size.overlap(self.after.as_deref().unwrap_or(self.before).size)
    }

    /// The row before as pixels; empty where there is none.
    pub fn before(&mut self) -> &[Pixel] {
        self.before.expand(self.y);
        self.before.pixels(self.y)
    }

    /// Both rows as pixels, before and after; empty where a picture has no such row.
    pub fn both(&mut self) -> (&[Pixel], &[Pixel]) {
        self.before.expand(self.y);
        if self.equal {
            let same = self.before.pixels(self.y);
            return (same, same);
        }
        if let Some(after) = &mut self.after {
            after.expand(self.y);
        }
        let after = self.after.as_deref().unwrap_or(self.before);
        (self.before.pixels(self.y), after.pixels(self.y))
    }

    /// The row before as its file has it, which costs nothing, and what its bytes mean.
    #[must_use]
    pub fn raw_before(&self) -> Option<(&[u8], &Layout)> {
        raw(self.before, self.y)
    }

    /// The row after as its file has it, which costs nothing, and what its bytes mean.
    #[must_use]
    pub fn raw_after(&self) -> Option<(&[u8], &Layout)> {
        raw(self.after.as_deref().unwrap_or(self.before), self.y)
    }
}

fn raw<'p>(side: &'p Side<'_>, y: u32) -> Option<(&'p [u8], &'p Layout)> {
    (y < side.size.height).then(|| (side.raw(y), &side.layout))
}
