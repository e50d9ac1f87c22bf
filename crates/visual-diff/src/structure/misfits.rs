//! What two parts that lie on each other have in common, and where they do not fit.

use super::align::Quality;
use super::patch::Patch;
use super::sheet::Sheet;
use super::sketch::{Look, STRETCH, Sketch};
use super::spans::pieces_of;
use super::visible::visible;
use crate::Area;

/// Rows that two unequal stretches may lie apart and still be one part.
const APART: usize = 24;
/// Smaller parts are not taken apart.
const LEAST: u32 = 96;

/// Pixels of a patch that look different in stretches whose shapes differ; of so many rows one is looked at.
pub(super) fn reshaped(before: &Sheet, after: &Sheet, patch: &Patch, every: u32) -> u64 {
    let a = Sketch::of(before, &patch.before, Look::Edges);
    let b = Sketch::of(after, &patch.after, Look::Edges);
    let mut count = 0;
    let differs =
        |row: u32| row.is_multiple_of(every) && a.rows[row as usize] != b.rows[row as usize];
    pieces_of(before, after, patch, differs, |piece| {
        let row = (piece.y - patch.after.y) as usize;
        if !visible(piece.before, piece.after) {
            return;
        }
        let mut x = piece.x - patch.after.x;
        let end = piece.end - patch.after.x;
        while x < end {
            let at = x / STRETCH;
            let to = ((at + 1) * STRETCH).min(end);
            let differs = a.marks(row)[at as usize] != b.marks(row)[at as usize];
            count += if differs { u64::from(to - x) } else { 0 };
            x = to;
        }
    });
    count * u64::from(every)
}

/// How much is equal of two areas of one size as they lie on each other.
pub(super) fn agreement(
    before: &Sheet,
    after: &Sheet,
    one: &Area,
    other: &Area,
    look: Look,
) -> Quality {
    let (one, other) = (Sketch::of(before, one, look), Sketch::of(after, other, look));
    let equal = |y: usize| {
        let pairs = one.marks(y).iter().zip(other.marks(y));
        pairs.filter(|(a, b)| a.has_content() && a == b).count()
    };
    let content = one.content().min(other.content());
    Quality { equal: (0..one.height()).map(equal).sum(), content }
}

/// Parts of a band, in the second picture, in which most stretches are unequal.
pub(super) fn misfits(
    before: &Sheet,
    after: &Sheet,
    one: &Area,
    other: &Area,
    look: Look,
) -> Vec<Area> {
    let (a, b) = (Sketch::of(before, one, look), Sketch::of(after, other, look));
    // Groups of neighbouring columns of stretches, with their first and last unequal row.
    let mut open: Vec<(usize, usize, usize, usize)> = Vec::new();
    let mut done = Vec::new();
    for y in 0..a.height() {
        if a.rows[y] == b.rows[y] {
            continue;
        }
        let (gone, kept): (Vec<_>, Vec<_>) =
            open.into_iter().partition(|&(.., last)| y - last > APART);
        (open, done) = (kept, done.into_iter().chain(gone).collect());
        let unequal = |at: &usize| {
            let (a, b) = (a.marks(y)[*at], b.marks(y)[*at]);
            a != b && (a.has_content() || b.has_content())
        };
        for at in (0..a.width).filter(unequal) {
            let mut group = (at, at, y, y);
            open.retain(|&(left, right, first, last)| {
                let near = left <= at + 1 && at <= right + 1;
                if near {
                    group = (
                        group.0.min(left),
                        group.1.max(right),
                        group.2.min(first),
                        group.3.max(last),
                    );
                }
                !near
            });
            open.push(group);
        }
    }
    done.extend(open);
    done.sort_unstable_by_key(|&(left, _, first, _)| (first, left));
    let area = |(left, right, first, last): (usize, usize, usize, usize)| {
        let x = other.x + left as u32 * STRETCH;
        let right = (other.x + (right as u32 + 1) * STRETCH).min(other.right());
        Area { x, y: other.y + first as u32, width: right - x, height: (last - first) as u32 + 1 }
    };
    let mut found: Vec<Area> = Vec::new();
    for mut area in done.into_iter().map(area) {
        while let Some(at) = found.iter().position(|known| known.overlap(&area).is_some()) {
            area = area.around(&found.swap_remove(at));
        }
        found.push(area);
    }
    found.retain(|area| area.width.min(area.height) >= LEAST && area != other);
    found
}
