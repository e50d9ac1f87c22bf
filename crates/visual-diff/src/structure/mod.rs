//! What changed as a person would say it: parts that moved, came and went, and other colours.

mod align;
mod anchors;
mod backdrop;
mod blocks;
mod columns;
mod fit;
mod items;
mod lifted;
mod merge;
mod misfits;
mod mix;
mod moves;
mod patch;
mod profile;
mod recolour;
mod regions;
mod search;
mod sheet;
mod sketch;
mod spans;
mod strips;
mod union;
mod visible;
mod word;

use crate::region::{Colour, Kind, Recolour, Region, Shift, Structure};
use crate::{Area, Error, Observer, Pixel, RowPair};
use sheet::{Builder, Sheet};

/// More bytes of both pictures are not kept: what is that detailed has no parts that a person would name.
const MOST: usize = 24 << 20;

/// So much of what is shown is most of it.
const ENOUGH: f64 = 0.5;

/// Watches a comparison and tells what changed.
#[derive(Default)]
pub(crate) struct Examiner {
    /// Both pictures, from their first rows on; none when they became too detailed.
    sheets: Option<Builder>,
    begun: bool,
    ignore: Vec<Area>,
    row: Vec<Pixel>,
}

impl Observer for Examiner {
    fn row(&mut self, row: &mut RowPair<'_, '_>) -> Result<(), Error> {
        let (y, equal) = (row.y(), row.equal());
        let (before, after) = row.both();
        if !std::mem::replace(&mut self.begun, true) {
            let width = |row: &[Pixel]| u32::try_from(row.len()).expect("a width has 32 bits");
            self.sheets = Some(Builder::new([width(before), width(after)]));
        }
        let Some(sheets) = &mut self.sheets else { return Ok(()) };
        let after = if equal { &[][..] } else { after };
        for (side, pixels) in [before, after].into_iter().enumerate() {
            if pixels.is_empty() {
                continue;
            }
            let covers = |area: &&Area| area.y <= y && y < area.bottom();
            if self.ignore.iter().any(|area| covers(&area)) {
                self.row.clear();
                self.row.extend_from_slice(pixels);
                for area in self.ignore.iter().filter(covers) {
                    let end = (area.right() as usize).min(pixels.len());
                    self.row[(area.x as usize).min(end)..end].fill([0; 4]);
                }
                sheets.push(side, &self.row);
            } else {
                sheets.push(side, pixels);
            }
        }
        if equal {
            sheets.repeat();
        }
        if sheets.bytes() > MOST {
            self.sheets = None;
        }
        Ok(())
    }
}

impl Examiner {
    /// Looks away from these areas of both pictures.
    pub(crate) fn new(ignore: &[Area]) -> Self {
        Self { ignore: ignore.to_vec(), ..Self::default() }
    }

    /// What changed; none when the pictures are too detailed to say.
    pub(crate) fn tell(self) -> Option<Structure> {
        let (before, after) = self.sheets?.finish();
        Some(tell(&before, &after))
    }
}

fn tell(before: &Sheet, after: &Sheet) -> Structure {
    let mut fit = search::fit(before, after);
    let mut aligned = aligns(&fit);
    let (mut found, mut residual) = regions::regions(before, after, &fit);
    if !aligned {
        let lifted = lifted::lift(before, after);
        aligned = lifted.share >= ENOUGH;
        if aligned {
            let (without, there) = (&lifted.before, &lifted.after);
            let rest = search::fit(without, there);
            let moved = fit::Fit { patches: lifted.patches, ..fit::Fit::default() };
            let (mut parts, mut left) = regions::regions(before, after, &moved);
            let (more, and) = regions::regions(without, there, &rest);
            parts.extend(more);
            left += and;
            if left < residual {
                (found, residual, fit) = (parts, left, rest);
                fit.merge(moved);
                fit.patches.extend(lifted.redrawn);
            }
        }
    }
    merge::join(&mut found);
    merge::join_lines(&mut found);
    items::split(before, after, &mut found);
    word::widen(before, after, &mut found);
    moves::join(before, after, &mut found);
    pushed(&fit, &mut found);
    found.sort_by_key(|one| (one.after.or(one.before).map(|area| (area.y, area.x)), one.kind));
    let content = found.iter().filter(|one| one.kind == Kind::Content).map(|one| one.visible).sum();
    let colour = |value: u32| Colour(value.to_le_bytes());
    Structure {
        aligned,
        shifts: shifts(&fit),
        inserted: fit.added.iter().map(|alone| alone.area).collect(),
        removed: fit.removed.iter().map(|alone| alone.area).collect(),
        regions: found
            .into_iter()
            .map(|one| Region {
                kind: one.kind,
                before: one.before,
                after: one.after,
                pixels: one.pixels,
                recolours: one
                    .mapping
                    .iter()
                    .map(|map| Recolour {
                        from: colour(map.from),
                        to: colour(map.to),
                        pixels: map.pixels,
                    })
                    .take(8)
                    .collect(),
            })
            .collect(),
        residual,
        content,
    }
}

/// Whether most of what is shown was found again.
fn aligns(fit: &fit::Fit) -> bool {
    fit.quality.share() >= ENOUGH || fit.removed.is_empty() && fit.added.is_empty()
}

/// Leaves out what moved as its whole surroundings did: it was pushed.
fn pushed(fit: &fit::Fit, found: &mut Vec<regions::Found>) {
    let by = |one: &Area, other: &Area| (other.x.wrapping_sub(one.x), other.y.wrapping_sub(one.y));
    let size = |area: &Area| u64::from(area.width) * u64::from(area.height);
    found.retain(|one| {
        let (Kind::Moved, Some(was), Some(is)) = (one.kind, one.before, one.after) else {
            return true;
        };
        !fit.patches.iter().any(|patch| {
            by(&patch.before, &patch.after) == by(&was, &is) && size(&patch.after) > size(&is)
        })
    });
}

/// The patches that stand elsewhere, those that moved together and touch as one.
fn shifts(fit: &fit::Fit) -> Vec<Shift> {
    let mut patches: Vec<(Area, Area)> =
        fit.patches.iter().map(|one| (one.before, one.after)).collect();
    patches.sort_unstable_by_key(|(_, after)| (after.x, after.width, after.y));
    let by = |one: &Area, other: &Area| {
        (i64::from(other.x) - i64::from(one.x), i64::from(other.y) - i64::from(one.y))
    };
    let mut shifts: Vec<Shift> = Vec::new();
    for (before, after) in patches {
        if by(&before, &after) == (0, 0) {
            continue;
        }
        match shifts.last_mut() {
            Some(last)
                if by(&last.before, &last.after) == by(&before, &after)
                    && (last.after.x, last.after.width) == (after.x, after.width)
                    && last.after.bottom() == after.y =>
            {
                last.before = last.before.around(&before);
                last.after = last.after.around(&after);
            }
            _ => shifts.push(Shift { before, after }),
        }
    }
    shifts.sort_by_key(|shift| (shift.after.y, shift.after.x));
    shifts
}
