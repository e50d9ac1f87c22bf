//! Blocks that stand elsewhere are lifted off both pictures, so that the rest can be compared.

use std::collections::HashSet;

use super::blocks::{Block, FEW, Pair, blocks, matched};
use super::patch::Patch;
use super::profile::Profile;
use super::sheet::{Builder, Sheet};
use crate::Area;

/// More blocks are not compared one by one.
const MOST: usize = 2000;

/// What moved block by block, and the pictures without it.
pub(super) struct Lifted {
    pub(super) before: Sheet,
    pub(super) after: Sheet,
    /// Blocks that are the same to the pixel's shape.
    pub(super) patches: Vec<Patch>,
    /// Blocks that are the same, and smoothed otherwise.
    pub(super) redrawn: Vec<Patch>,
    /// How much of what is shown stands in both pictures, from 0 to 1.
    pub(super) share: f64,
}

/// Finds the blocks of both pictures again, wherever they stand.
pub(super) fn lift(before: &Sheet, after: &Sheet) -> Lifted {
    let (one, other) = (blocks(before), blocks(after));
    let pairs = matched(&one, &other);
    let redrawn = redrawn((before, &one), (after, &other), &pairs);
    let edges = |blocks: &[Block]| blocks.iter().map(|block| u64::from(block.edges)).sum::<u64>();
    let all = edges(&one).min(edges(&other));
    let found = pairs.iter().chain(&redrawn);
    let equal: u64 = found.clone().map(|(block, _)| u64::from(block.edges)).sum();
    let moves = |(one, other): &&Pair| (one.area.x, one.area.y) != (other.area.x, other.area.y);
    let (was, is): (Vec<Area>, Vec<Area>) =
        found.filter(moves).map(|(one, other)| (one.area, other.area)).unzip();
    let mut builder = Builder::new([before.width(), after.width()]);
    without(before, &was, |row| builder.push_colours(0, row));
    without(after, &is, |row| builder.push_colours(1, row));
    let (before, after) = builder.finish();
    let patch = |(one, other): &Pair| Patch {
        before: one.area,
        after: Area { width: one.area.width, height: one.area.height, ..other.area },
        holes: Vec::new(),
    };
    Lifted {
        before,
        after,
        patches: pairs.iter().filter(moves).map(patch).collect(),
        redrawn: redrawn.iter().filter(moves).map(patch).collect(),
        share: if all == 0 { 0.0 } else { equal as f64 / all as f64 },
    }
}

/// Pairs of what is left that show the same, though not to the pixel, in reading order.
fn redrawn(
    (before, one): (&Sheet, &[Block]),
    (after, other): (&Sheet, &[Block]),
    known: &[Pair],
) -> Vec<Pair> {
    let was: HashSet<(u32, u32)> = known.iter().map(|(block, _)| at(block)).collect();
    let is: HashSet<(u32, u32)> = known.iter().map(|(_, block)| at(block)).collect();
    let left = |blocks: &[Block], known: &HashSet<(u32, u32)>| -> Vec<Block> {
        let worth = |block: &&Block| block.edges >= 3 * FEW && !known.contains(&at(block));
        blocks.iter().filter(worth).copied().take(MOST).collect()
    };
    let profiled = |sheet: &Sheet, blocks: Vec<Block>| -> Vec<(Block, Profile)> {
        blocks.into_iter().map(|block| (block, Profile::of(sheet, &block.area))).collect()
    };
    let one = profiled(before, left(one, &was));
    let mut other = profiled(after, left(other, &is));
    let mut pairs = Vec::new();
    for (block, profile) in one {
        let like = |(_, that): &(Block, Profile)| profile.is_like(that);
        if let Some(found) = other.iter().position(like) {
            pairs.push((block, other.remove(found).0));
        }
    }
    pairs
}

fn at(block: &Block) -> (u32, u32) {
    (block.area.x, block.area.y)
}

/// Gives the rows of a picture, with each of these areas in the colour to its left.
fn without(sheet: &Sheet, areas: &[Area], mut give: impl FnMut(&[u32])) {
    let mut order: Vec<&Area> = areas.iter().collect();
    order.sort_unstable_by_key(|area| area.y);
    let mut next = 0;
    let mut open: Vec<&Area> = Vec::new();
    for y in 0..sheet.height() {
        open.retain(|area| area.bottom() > y);
        while next < order.len() && order[next].y <= y {
            open.push(order[next]);
            next += 1;
        }
        let mut row = sheet.colours(&Area { y, height: 1, ..sheet.whole() });
        for area in &open {
            let ground = row[area.x.saturating_sub(1) as usize];
            row[area.x as usize..area.right() as usize].fill(ground);
        }
        give(&row);
    }
}
