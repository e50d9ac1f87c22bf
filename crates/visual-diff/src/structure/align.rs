//! Which rows of one picture stand where in the other one.

use super::mix::Map;
use super::sketch::{Mark, Sketch};

/// Rows that stand in both pictures: `len` of them from `before` and from `after`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Band {
    pub(super) before: usize,
    pub(super) after: usize,
    pub(super) len: usize,
}

/// How rows were matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Alignment {
    pub(super) bands: Vec<Band>,
    pub(super) quality: Quality,
}

/// How much of what is shown was found again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Quality {
    /// Stretches with content that are equal where they stand now.
    pub(super) equal: usize,
    /// Stretches with content of the picture that has fewer.
    pub(super) content: usize,
}

impl Quality {
    pub(super) fn add(&mut self, other: Self) {
        self.equal += other.equal;
        self.content += other.content;
    }

    /// From 0 to 1; of nothing everything was found.
    pub(super) fn share(&self) -> f64 {
        if self.content == 0 { 1.0 } else { self.equal as f64 / self.content as f64 }
    }
}

/// What it costs to begin another offset, in unequal stretches.
const SWITCH: u32 = 24;
/// What a row costs that stands in one picture alone, in quarters of an unequal stretch.
const ALONE: u32 = 2;
/// What a stretch of unequal colour costs that holds no content.
const FLAT: u32 = 1;
/// What an unequal stretch with content costs.
const CONTENT: u32 = 4;
/// The most offsets that are weighed against each other.
const OFFSETS: usize = 24;
const NEVER: u32 = u32::MAX / 2;

/// Matches rows in their order.
pub(super) fn align(before: &Sketch, after: &Sketch) -> Alignment {
    let offsets = offsets(before, after);
    let mut bands = vec![Band { before: 0, after: 0, len: 0 }];
    bands.extend(walk(before, after, &offsets));
    bands.push(Band { before: before.height(), after: after.height(), len: 0 });
    slide(before, after, &mut bands);
    bands.retain(|band| band.len > 0);
    let mut equal = 0;
    for band in &bands {
        for row in 0..band.len {
            let (one, other) = (before.marks(band.before + row), after.marks(band.after + row));
            equal += one.iter().zip(other).filter(|(a, b)| a.has_content() && a == b).count();
        }
    }
    let content = before.content().min(after.content());
    Alignment { bands, quality: Quality { equal, content } }
}

/// Moves where bands meet to a place between two things, where the rows leave a choice: of two equal
/// cards with a gap, one came, not the end of the first, the gap and the beginning of the second.
fn slide(before: &Sketch, after: &Sketch, bands: &mut [Band]) {
    for at in 1..bands.len() {
        let (left, right) = bands.split_at_mut(at);
        let (Some(above), Some(below)) = (left.last_mut(), right.first_mut()) else { continue };
        let (end, there) = (above.before + above.len, above.after + above.len);
        // Which picture has rows of its own here; with rows in both, nothing slides.
        let (sketch, start, stop) = match (below.before - end, below.after - there) {
            (0, n) if n > 0 => (after, there, below.after),
            (n, 0) if n > 0 => (before, end, below.before),
            _ => continue,
        };
        let alike = |one: usize, other: usize| sketch.rows[one] == sketch.rows[other];
        let up = (1..=above.len).take_while(|&n| alike(start - n, stop - n)).count();
        let down = (0..below.len).take_while(|&n| alike(start + n, stop + n)).count();
        // The end of the longest run of empty rows above the cut.
        let empty = |by: isize| {
            let row = start.wrapping_add_signed(by).checked_sub(1);
            row.is_some_and(|row| !sketch.rows[row].has_content())
        };
        let mut best: Option<(usize, isize)> = None;
        let mut length = 0;
        for by in -(up as isize)..=down as isize {
            length = if empty(by) { length + 1 } else { 0 };
            if best.is_none_or(|(most, _)| length > most) && length > 0 {
                best = Some((length, by));
            }
        }
        let by = best.map_or(0, |(_, by)| by);
        above.len = above.len.wrapping_add_signed(by);
        below.before = below.before.wrapping_add_signed(by);
        below.after = below.after.wrapping_add_signed(by);
        below.len = below.len.wrapping_add_signed(-by);
    }
}

/// Where a mark stands when it stands once on each side.
#[derive(Clone, Copy, Default)]
struct Sides {
    before: Option<u32>,
    after: Option<u32>,
    twice: bool,
}

/// The offsets that most marks which are there once speak for; first none at all.
fn offsets(before: &Sketch, after: &Sketch) -> Vec<i64> {
    let mut votes: Map<i64, u32> = Map::default();
    vote(&mut votes, &before.rows, &after.rows, 8);
    for at in 0..before.width.min(after.width) {
        let column = |sketch: &Sketch| -> Vec<Mark> {
            (0..sketch.height()).map(|y| sketch.marks(y)[at]).collect()
        };
        vote(&mut votes, &column(before), &column(after), 1);
    }
    let ends = after.height() as i64 - before.height() as i64;
    let mut found: Vec<(i64, u32)> = votes.into_iter().filter(|&(_, votes)| votes > 1).collect();
    found.sort_unstable_by_key(|&(offset, votes)| (std::cmp::Reverse(votes), offset.abs(), offset));
    let mut offsets = vec![0];
    if ends != 0 {
        offsets.push(ends);
    }
    for (offset, _) in found {
        if offsets.len() == OFFSETS {
            break;
        }
        if !offsets.contains(&offset) {
            offsets.push(offset);
        }
    }
    offsets.sort_unstable();
    offsets
}

fn vote(votes: &mut Map<i64, u32>, before: &[Mark], after: &[Mark], weight: u32) {
    let mut seen = Map::<Mark, Sides>::default();
    let mut look = |marks: &[Mark], side: fn(&mut Sides) -> &mut Option<u32>| {
        let mut last = None;
        for (y, &mark) in marks.iter().enumerate() {
            // A border that runs down is one thing, which begins somewhere.
            if mark.has_content() && last != Some(mark) {
                let sides = seen.entry(mark).or_default();
                sides.twice |= side(sides).is_some();
                *side(sides) = Some(y as u32);
            }
            last = Some(mark);
        }
    };
    look(before, |sides| &mut sides.before);
    look(after, |sides| &mut sides.after);
    for sides in seen.into_values().filter(|sides| !sides.twice) {
        if let (Some(before), Some(after)) = (sides.before, sides.after) {
            *votes.entry(i64::from(after) - i64::from(before)).or_default() += weight;
        }
    }
}

/// The cheapest way through both pictures, one offset after the other.
fn walk(before: &Sketch, after: &Sketch, offsets: &[i64]) -> Vec<Band> {
    let (rows, count) = (before.height(), offsets.len());
    // The cost of standing before a row with an offset, and where one came from: 0 the row above,
    // else one more than the offset that was left.
    let mut cost = vec![NEVER; (rows + 1) * count];
    let mut from = vec![0_u8; (rows + 1) * count];
    for (at, &offset) in offsets.iter().enumerate() {
        let away = offset.unsigned_abs().min(1 << 20) as u32;
        cost[at] = if offset > 0 {
            SWITCH * CONTENT + ALONE * away
        } else {
            SWITCH * u32::from(offset != 0)
        };
    }
    for row in 0..=rows {
        for left in 0..count {
            let here = cost[row * count + left];
            if here >= NEVER {
                continue;
            }
            for (to, &offset) in offsets.iter().enumerate().filter(|&(to, _)| to != left) {
                let step = offset - offsets[left];
                let alone = step.unsigned_abs().min(1 << 20) as u32 * ALONE;
                // Forward leaves out rows of the second picture, backward those of the first.
                let then = if step > 0 { row } else { row + step.unsigned_abs() as usize };
                let price = here + SWITCH * CONTENT + alone;
                if then <= rows && price < cost[then * count + to] {
                    cost[then * count + to] = price;
                    from[then * count + to] = left as u8 + 1;
                }
            }
        }
        if row == rows {
            break;
        }
        for (at, &offset) in offsets.iter().enumerate() {
            let there = usize::try_from(row as i64 + offset).ok().filter(|&y| y < after.height());
            let price = there.map_or(ALONE, |y| unlike(before, row, after, y));
            let next = cost[row * count + at] + price;
            if next < cost[(row + 1) * count + at] {
                cost[(row + 1) * count + at] = next;
                from[(row + 1) * count + at] = 0;
            }
        }
    }
    let left = |at: usize| (after.height() as i64 - rows as i64 - offsets[at]).max(0) as u32;
    let end = (0..count).min_by_key(|&at| cost[rows * count + at] + ALONE * left(at));
    back(end.expect("no offset is one"), rows, offsets, &from, after.height())
}

fn back(end: usize, rows: usize, offsets: &[i64], from: &[u8], height: usize) -> Vec<Band> {
    let (mut at, mut row) = (end, rows);
    let mut bands: Vec<Band> = Vec::new();
    loop {
        let came = from[row * offsets.len() + at];
        if came > 0 {
            let left = usize::from(came) - 1;
            let step = offsets[at] - offsets[left];
            row -= usize::try_from(-step).unwrap_or(0);
            at = left;
            continue;
        }
        if row == 0 {
            break;
        }
        row -= 1;
        let Some(y) = usize::try_from(row as i64 + offsets[at]).ok().filter(|&y| y < height) else {
            continue;
        };
        match bands.last_mut() {
            Some(band) if band.before == row + 1 && band.after == y + 1 => {
                (band.before, band.after, band.len) = (row, y, band.len + 1);
            }
            _ => bands.push(Band { before: row, after: y, len: 1 }),
        }
    }
    bands.reverse();
    bands
}

fn unlike(before: &Sketch, row: usize, after: &Sketch, there: usize) -> u32 {
    if before.rows[row] == after.rows[there] {
        return 0;
    }
    let pairs = before.marks(row).iter().zip(after.marks(there));
    pairs
        .filter(|(a, b)| a != b)
        .map(|(a, b)| if a.has_content() || b.has_content() { CONTENT } else { FLAT })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::super::sheet::sheet;
    use super::super::sketch::Look;
    use super::*;

    /// Rows of 128 pixels; each number draws another pattern, 0 none.
    fn sketch(rows: &[u32]) -> Sketch {
        let row = |&row: &u32| -> Vec<u32> {
            let pixel = |x: u32| if row > 0 && (x * row) % 7 == 1 { 99 + row } else { 0 };
            (0..128).map(pixel).collect()
        };
        let sheet = sheet(&rows.iter().map(row).collect::<Vec<_>>());
        Sketch::of(&sheet, &sheet.whole(), Look::Colours)
    }

    fn bands(before: &[u32], after: &[u32]) -> Vec<(usize, usize, usize)> {
        let found = align(&sketch(before), &sketch(after));
        found.bands.iter().map(|band| (band.before, band.after, band.len)).collect()
    }

    fn page() -> Vec<u32> {
        (0..200).map(|y| if y % 10 < 6 { y + 1 } else { 0 }).collect()
    }

    #[test]
    fn equal_pages_are_one_band() {
        assert_eq!(bands(&page(), &page()), [(0, 0, 200)]);
    }

    #[test]
    fn an_insertion_moves_the_rest() {
        let mut after = page();
        after.splice(58..58, std::iter::repeat_n(999, 25));
        let found = bands(&page(), &after);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].0, found[0].1), (0, 0));
        assert_eq!(found[1].0 + 25, found[1].1);
        assert_eq!(found[0].2 + found[1].2, 200);
    }

    #[test]
    fn a_removal_and_an_insertion_that_keep_the_height() {
        let mut after = page();
        after.drain(20..40);
        after.splice(120..120, 500..520);
        let found = bands(&page(), &after);
        assert_eq!(found.len(), 3, "{found:?}");
        assert_eq!(found.iter().map(|band| band.2).sum::<usize>(), 180);
    }

    #[test]
    fn changed_rows_stay_where_they_are() {
        let mut after = page();
        after[33] = 777;
        assert_eq!(bands(&page(), &after), [(0, 0, 200)]);
    }

    #[test]
    fn nothing_in_common_is_still_an_answer() {
        let found = align(&sketch(&[1, 2, 3]), &sketch(&[4, 5, 6, 7]));
        assert_eq!(found.quality.share(), 0.0);
    }
}
