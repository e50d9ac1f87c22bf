//! Which columns of two areas stand where.

use super::align::{Alignment, Band};
use super::misfits::misfits;
use super::search::{SMALLEST, best};
use super::sheet::{Sheet, turned};
use super::sketch::Look;
use crate::Area;

/// Columns are looked at only in areas of at most so many pixels, because they have to be turned.
const MOST: u64 = 8 << 20;
/// Rows by which columns are known.
const SAMPLED: u32 = 256;

/// Two areas turned, and which of their columns stand where.
pub(super) struct Columns {
    before: Sheet,
    after: Sheet,
    /// Of how many rows one was looked at.
    every: u32,
    pub(super) found: Alignment,
    look: Look,
}

impl Columns {
    /// None when the areas are too small or too large to look.
    pub(super) fn of(sheets: [&Sheet; 2], areas: [&Area; 2]) -> Option<Self> {
        let fits = |area: &&Area| {
            u64::from(area.width) * u64::from(area.height) <= MOST
                && area.width >= 4 * SMALLEST
                && area.height >= 4 * SMALLEST
        };
        if !areas.iter().all(fits) {
            return None;
        }
        // Not every row is needed to know columns again.
        let every = (areas[0].height.min(areas[1].height) / SAMPLED).clamp(1, 4);
        let (before, after) = turned(sheets, areas, every);
        let (found, look) = best(&before, &after, &before.whole(), &after.whole());
        Some(Self { before, after, every, found, look })
    }

    /// Parts of a band that do not fit; `home` is the second area, of this height.
    pub(super) fn misfits(&self, band: &Band, height: u32, home: &Area) -> Vec<Area> {
        let width = height.div_ceil(self.every);
        let turned = |first: usize| Area { x: 0, y: first as u32, width, height: band.len as u32 };
        let (left, right) = (turned(band.before), turned(band.after));
        let found = misfits(&self.before, &self.after, &left, &right, self.look);
        let back = |area: Area| Area {
            x: home.x + area.y,
            y: home.y + area.x * self.every,
            width: area.height,
            height: (area.width * self.every).min(height - area.x * self.every),
        };
        found.into_iter().map(back).collect()
    }
}
