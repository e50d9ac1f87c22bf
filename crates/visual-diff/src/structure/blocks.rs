//! Words and signs that stand elsewhere, each on its own: what a page of other columns still shows.

use super::mix::{Map, Mix};
use super::sheet::Sheet;
use super::union::Union;
use super::visible::stands_out;
use crate::Area;
use std::hash::Hasher;

/// Columns of one colour, or of a gradient, that part two blocks.
const GAP: u32 = 12;
/// Rows that may lie between two parts of a block: under the dot of an i.
const DOWN: u32 = 3;
/// More parts of rows are not put together.
const MOST: usize = 1 << 20;
/// Fewer edges are a frame's or a line's, and look like any other.
pub(super) const FEW: u32 = 12;

/// Something drawn: a word, a line of text, a sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) area: Area,
    /// How much there is to see.
    pub(super) edges: u32,
    shape: u64,
}

/// A part of a row between two gaps.
struct Part {
    y: u32,
    x: u32,
    end: u32,
    edges: u32,
    shape: u64,
}

/// The blocks of a picture, in reading order; none when it is too detailed.
pub(super) fn blocks(sheet: &Sheet) -> Vec<Block> {
    let mut parts: Vec<Part> = Vec::new();
    let mut union = Union::default();
    // Where the parts of the last rows begin.
    let mut rows: Vec<usize> = Vec::new();
    for y in 0..sheet.height() {
        let start = parts.len();
        rows.push(start);
        parts_of(sheet, y, &mut parts);
        if parts.len() > MOST {
            return Vec::new();
        }
        union.grow(parts.len());
        for back in 1..=DOWN.min(y) {
            let above = rows[(y - back) as usize]..rows[(y - back) as usize + 1];
            touch(&parts, start, above, &mut union);
        }
    }
    let mut groups: Map<u32, Vec<u32>> = Map::default();
    for at in 0..parts.len() as u32 {
        groups.entry(union.first(at)).or_default().push(at);
    }
    let mut found: Vec<Block> = groups.into_values().map(|group| block(&parts, &group)).collect();
    found.sort_unstable_by_key(|block| (block.area.y, block.area.x));
    found
}

/// Unites the parts of a row, from `start` on, with those of a row above that they touch.
fn touch(parts: &[Part], start: usize, above: std::ops::Range<usize>, union: &mut Union) {
    let mut first = above.start;
    for at in start..parts.len() {
        while first < above.end && parts[first].end + 2 < parts[at].x {
            first += 1;
        }
        for other in first..above.end {
            if parts[other].x > parts[at].end + 2 {
                break;
            }
            union.unite(at, other);
        }
    }
}

/// The parts of a row: edges that follow each other within less than a gap.
fn parts_of(sheet: &Sheet, y: u32, parts: &mut Vec<Part>) {
    let mut last: Option<(u32, u32)> = None;
    let mut open: Option<(Part, Mix)> = None;
    for run in sheet.runs(y, 0, sheet.width()) {
        if let Some((x, _)) = last.filter(|&(_, colour)| stands_out(colour, run.colour)) {
            match &mut open {
                Some((part, shape)) if x - part.end < GAP => {
                    shape.write_u32(x - part.x);
                    (part.end, part.edges) = (x, part.edges + 1);
                }
                _ => {
                    close(open.take(), parts);
                    open = Some((Part { y, x, end: x, edges: 1, shape: 0 }, Mix::default()));
                }
            }
        }
        last = Some((run.end, run.colour));
    }
    close(open, parts);
}

fn close(open: Option<(Part, Mix)>, parts: &mut Vec<Part>) {
    if let Some((part, shape)) = open {
        parts.push(Part { shape: shape.finish(), ..part });
    }
}

fn block(parts: &[Part], group: &[u32]) -> Block {
    let part = |at: &u32| &parts[*at as usize];
    let area =
        |part: &Part| Area { x: part.x, y: part.y, width: (part.end - part.x).max(1), height: 1 };
    let whole = group.iter().map(part).map(area).reduce(|one, other| one.around(&other));
    let whole = whole.expect("a group has a first part");
    let mut shape = Mix::default();
    let mut edges = 0;
    for part in group.iter().map(part) {
        shape.write_u32(part.y - whole.y);
        shape.write_u32(part.x - whole.x);
        shape.write_u64(part.shape);
        edges += part.edges;
    }
    Block { area: whole, edges, shape: shape.finish() }
}

/// A block of each picture that is the same.
pub(super) type Pair = (Block, Block);

/// Blocks that have the same shape in both pictures.
pub(super) fn matched(before: &[Block], after: &[Block]) -> Vec<Pair> {
    let worth = |block: &&Block| block.edges >= FEW;
    let mut shapes: Map<u64, [Vec<Block>; 2]> = Map::default();
    for (side, blocks) in [before, after].into_iter().enumerate() {
        for block in blocks.iter().filter(worth) {
            shapes.entry(block.shape).or_default()[side].push(*block);
        }
    }
    // What is there once speaks for the ways in which things moved.
    let mut votes: Map<(i64, i64), u32> = Map::default();
    for [one, other] in shapes.values() {
        if let ([one], [other]) = (&one[..], &other[..]) {
            *votes.entry(way(one, other)).or_default() += one.edges;
        }
    }
    let mut pairs = Vec::new();
    for [one, mut other] in shapes.into_values() {
        for block in one {
            let best = other
                .iter()
                .enumerate()
                .map(|(at, there)| (votes.get(&way(&block, there)).copied().unwrap_or(0), at))
                .max_by_key(|&(votes, at)| (votes, std::cmp::Reverse(at)));
            if let Some((1.., at)) = best {
                pairs.push((block, other.remove(at)));
            }
        }
    }
    pairs.sort_unstable_by_key(|(_, there)| (there.area.y, there.area.x));
    pairs
}

/// How far a block moved.
fn way(one: &Block, other: &Block) -> (i64, i64) {
    let by = |one: u32, other: u32| i64::from(other) - i64::from(one);
    (by(one.area.x, other.area.x), by(one.area.y, other.area.y))
}

#[cfg(test)]
mod tests {
    use super::super::sheet::pair;
    use super::*;

    /// A picture with a sign of seven rows, drawn by its number, at each place.
    fn drawn(signs: &[(u32, u32, u32)]) -> Vec<Vec<u32>> {
        let pixel = |x: u32, y: u32| {
            let on = |&(left, top, number): &(u32, u32, u32)| {
                let inside = (left..left + 9).contains(&x) && (top..top + 7).contains(&y);
                inside && (number >> (((x - left) * 2 + (y - top) * 3) % 31)) & 1 == 1
            };
            if signs.iter().any(on) { 0xff00_0000 } else { 0xffff_ffff }
        };
        (0..60).map(|y| (0..120).map(|x| pixel(x, y)).collect()).collect()
    }

    #[test]
    fn signs_are_found_where_they_went() {
        let (one, two) = (0x5a5a_93c7, 0x3c99_e1b5);
        let before = drawn(&[(10, 10, one), (60, 30, two)]);
        let after = drawn(&[(30, 40, one), (61, 5, two)]);
        let (before, after) = pair(&before, &after);
        let (before, after) = (blocks(&before), blocks(&after));
        assert_eq!((before.len(), after.len()), (2, 2));
        let pairs = matched(&before, &after);
        let ways: Vec<(i64, i64)> = pairs.iter().map(|(one, other)| way(one, other)).collect();
        assert_eq!(ways, [(1, -25), (20, 30)]);
    }
}
