//! Which parts of one picture stand where in the other one, whatever moved them.

use super::align::{Alignment, Band, Quality, align};
use super::anchors::anchors;
use super::sheet::{Sheet, turned};
use super::sketch::{Look, STRETCH, Sketch};
use super::spans::pieces;
use super::strips::{ends, strips};
use super::visible::visible;
use crate::Area;

/// A part that stands in both pictures, of one size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Patch {
    pub(super) before: Area,
    pub(super) after: Area,
    /// Parts of `after` that other patches, or none, say more about.
    pub(super) holes: Vec<Area>,
}

/// Which way the lines run between which a part was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    Rows,
    Columns,
}

impl Axis {
    /// How many lines an area has.
    const fn across(self, area: &Area) -> u32 {
        match self {
            Self::Rows => area.height,
            Self::Columns => area.width,
        }
    }

    /// The first lines of an area.
    const fn first(self, area: &Area, lines: u32) -> Area {
        match self {
            Self::Rows => Area { height: lines, ..*area },
            Self::Columns => Area { width: lines, ..*area },
        }
    }

    /// The lines behind the first ones.
    const fn rest(self, area: &Area, lines: u32) -> Area {
        match self {
            Self::Rows => Area { y: area.y + lines, height: area.height - lines, ..*area },
            Self::Columns => Area { x: area.x + lines, width: area.width - lines, ..*area },
        }
    }
}

/// A part that stands in one picture alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Alone {
    pub(super) area: Area,
    pub(super) axis: Axis,
}

/// How two pictures fit on each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fit {
    pub(super) patches: Vec<Patch>,
    /// Parts that stand in the first picture alone.
    pub(super) removed: Vec<Alone>,
    /// Parts that stand in the second picture alone.
    pub(super) added: Vec<Alone>,
    pub(super) quality: Quality,
    look: Option<Look>,
}

/// How far parts of parts are looked at.
const DEPTH: u32 = 5;
/// Smaller parts are not taken apart.
const SMALLEST: u32 = 32;
/// Columns are looked at only in areas of at most so many pixels, because they have to be turned.
const TURNED: u64 = 8 << 20;
/// Rows by which columns are known.
const SAMPLED: u32 = 256;
/// Rows that two unequal stretches may lie apart and still be one part.
const APART: usize = 24;

/// Fits one picture onto the other.
pub(super) fn fit(before: &Sheet, after: &Sheet) -> Fit {
    let (whole, whole_there) = (before.whole(), after.whole());
    let mut fit = Fit::default();
    let mut y = 0;
    for anchor in anchors(before, after) {
        let rows = |from, to| Area { y: from, height: to - from, ..whole };
        if anchor.start > y {
            let between = rows(y, anchor.start);
            fit.merge(parts(before, after, between, between, DEPTH));
        }
        let anchored = rows(anchor.start, anchor.end);
        fit.still(before, after, anchored, anchored);
        y = anchor.end;
    }
    let rest = |area: &Area| Area { y, height: area.height - y, ..*area };
    let (gone, come) = (rest(&whole), rest(&whole_there));
    if gone.height == 0 || come.height == 0 {
        fit.behind(Axis::Rows, &gone, &come, 0);
    } else {
        fit.merge(parts(before, after, gone, come, DEPTH));
    }
    fit
}

fn parts(before: &Sheet, after: &Sheet, one: Area, other: Area, depth: u32) -> Fit {
    let across = |depth| lines(before, after, one, other, depth);
    if depth == 0 || one.height.min(other.height) < SMALLEST {
        return across(depth);
    }
    // What both begin and end with is no part of the columns between.
    let (head, tail) = ends(before, after, &one, &other);
    let middle =
        |area: &Area| Area { y: area.y + head, height: area.height - head - tail, ..*area };
    let (top, top_there) = (middle(&one), middle(&other));
    let strips = strips(before, after, &top, &top_there);
    if strips.is_empty() {
        return across(depth);
    }
    let mut fit = Fit::default();
    fit.behind(Axis::Columns, &top, &top_there, top.width.min(top_there.width));
    for strip in strips {
        let part = |area: &Area| Area { x: area.x + strip.x, width: strip.width, ..*area };
        let (gone, come) = (part(&top), part(&top_there));
        fit.merge(lines(before, after, gone, come, depth - 1));
    }
    if head > 0 {
        let upper = |area: &Area| Area { height: head, ..*area };
        fit.still(before, after, upper(&one), upper(&other));
    }
    if tail > 0 {
        let lower = |area: &Area| Area { y: area.bottom() - tail, height: tail, ..*area };
        fit.still(before, after, lower(&one), lower(&other));
    }
    let across = across(depth);
    if fit.misses(before, after) < across.misses(before, after) { fit } else { across }
}

/// Along rows, or along columns where those fit better.
fn lines(before: &Sheet, after: &Sheet, one: Area, other: Area, depth: u32) -> Fit {
    let rows = best(before, after, &one, &other);
    let poor = rows.0.quality.share() < 0.5 && rows.0.quality.content >= SMALLEST as usize;
    if depth > 0 && poor && fits_turned(&one) && fits_turned(&other) {
        // Not every row is needed to know columns again.
        let every = (one.height.min(other.height) / SAMPLED).clamp(1, 4);
        let (left, right) = turned([before, after], [&one, &other], every);
        let columns = best(&left, &right, &left.whole(), &right.whole());
        if columns.0.quality.share() > rows.0.quality.share() + 0.1 {
            let (found, look) = columns;
            let columns = Columns { before: left, after: right, every, found, look };
            return columns.along(before, after, one, other, depth - 1);
        }
    }
    along(before, after, one, other, rows, depth)
}

/// Two areas turned, and which columns stand where.
struct Columns {
    before: Sheet,
    after: Sheet,
    /// Of how many rows one was looked at.
    every: u32,
    found: Alignment,
    look: Look,
}

impl Columns {
    /// Follows the bands of columns; parts of them that do not fit are aligned along their rows.
    fn along(&self, before: &Sheet, after: &Sheet, one: Area, other: Area, depth: u32) -> Fit {
        let mut fit = Fit { quality: self.found.quality, ..Fit::default() };
        let more = (one, other);
        let height = one.height.min(other.height);
        let (one, other) = (Area { height, ..one }, Area { height, ..other });
        fit.behind(Axis::Rows, &more.0, &more.1, height);
        let (mut x, mut there) = (0, 0);
        let end = Band { before: one.width as usize, after: other.width as usize, len: 0 };
        for band in self.found.bands.iter().copied().chain([end]) {
            let part = |area: &Area, from: usize, to: usize| Area {
                x: area.x + from as u32,
                width: (to - from) as u32,
                ..*area
            };
            let (gone, come) = (part(&one, x, band.before), part(&other, there, band.after));
            fit.gap(before, after, Axis::Columns, gone, come, depth);
            if band.len > 0 {
                (x, there) = (band.before + band.len, band.after + band.len);
                let (left, right) = (part(&one, band.before, x), part(&other, band.after, there));
                let holes = self.misfits(&band, height, &other);
                fit.band(before, after, left, right, holes, depth);
            }
        }
        fit
    }

    /// Parts of a band of columns that do not fit.
    fn misfits(&self, band: &Band, height: u32, home: &Area) -> Vec<Area> {
        let turned = |first: usize| Area {
            x: 0,
            y: first as u32,
            width: height.div_ceil(self.every),
            height: band.len as u32,
        };
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

fn fits_turned(area: &Area) -> bool {
    u64::from(area.width) * u64::from(area.height) <= TURNED
        && area.width >= 4 * SMALLEST
        && area.height >= 4 * SMALLEST
}

/// Follows the bands that were found, and looks into what lies between and what does not fit.
fn along(
    before: &Sheet,
    after: &Sheet,
    one: Area,
    other: Area,
    (found, look): (Alignment, Look),
    depth: u32,
) -> Fit {
    let width = one.width.min(other.width);
    let more = (one, other);
    let (one, other) = (Area { width, ..one }, Area { width, ..other });
    let mut fit = Fit { quality: found.quality, look: Some(look), ..Fit::default() };
    fit.behind(Axis::Columns, &more.0, &more.1, width);
    let (mut y, mut there) = (0, 0);
    let end = Band { before: one.height as usize, after: other.height as usize, len: 0 };
    for band in found.bands.iter().copied().chain([end]) {
        let gap = |area: &Area, from: usize, to: usize| Area {
            y: area.y + from as u32,
            height: (to - from) as u32,
            ..*area
        };
        let (gone, come) = (gap(&one, y, band.before), gap(&other, there, band.after));
        fit.gap(before, after, Axis::Rows, gone, come, depth);
        if band.len > 0 {
            (y, there) = (band.before + band.len, band.after + band.len);
            let (left, right) = (gap(&one, band.before, y), gap(&other, band.after, there));
            let holes = misfits(before, after, &left, &right, look);
            fit.band(before, after, left, right, holes, depth);
        }
    }
    fit
}

/// By colours, or by edges where the colours are others.
fn best(before: &Sheet, after: &Sheet, one: &Area, other: &Area) -> (Alignment, Look) {
    // Rows of two lengths share their first columns.
    let width = one.width.min(other.width);
    let (one, other) = (Area { width, ..*one }, Area { width, ..*other });
    let by = |look| align(&Sketch::of(before, &one, look), &Sketch::of(after, &other, look));
    let colours = by(Look::Colours);
    if colours.quality.share() < 0.7 {
        let edges = by(Look::Edges);
        if edges.quality.share() > colours.quality.share() + 0.2 {
            return (edges, Look::Edges);
        }
    }
    (colours, Look::Colours)
}

impl Fit {
    /// Pixels that this leaves to explain: those that look different where shapes differ too, for
    /// else it is a change of colours, and what stands in one picture alone.
    fn misses(&self, before: &Sheet, after: &Sheet) -> u64 {
        let patches: u64 = self.patches.iter().map(|patch| reshaped(before, after, patch)).sum();
        // A stretch in one picture alone weighs as much as a piece of text in it.
        let alone = |sheet: &Sheet, alone: &Alone| {
            Sketch::of(sheet, &alone.area, Look::Edges).content() as u64 * 16
        };
        let removed: u64 = self.removed.iter().map(|one| alone(before, one)).sum();
        let added: u64 = self.added.iter().map(|one| alone(after, one)).sum();
        patches + removed + added
    }

    fn merge(&mut self, other: Self) {
        self.patches.extend(other.patches);
        self.removed.extend(other.removed);
        self.added.extend(other.added);
        self.quality.equal += other.quality.equal;
        self.quality.content += other.quality.content;
    }

    /// Lines behind those that both have.
    fn behind(&mut self, axis: Axis, one: &Area, other: &Area, common: u32) {
        let alone = |area: &Area| {
            let area = axis.rest(area, common);
            (axis.across(&area) > 0).then_some(Alone { area, axis })
        };
        self.removed.extend(alone(one));
        self.added.extend(alone(other));
    }

    /// Rows that lie on each other as they are; those behind them are in one picture alone.
    fn still(&mut self, before: &Sheet, after: &Sheet, one: Area, other: Area) {
        let height = one.height.min(other.height);
        let (top, there) = (Area { height, ..one }, Area { height, ..other });
        self.quality.add(agreement(before, after, &top, &there, Look::Colours));
        self.patches.push(Patch { before: top, after: there, holes: Vec::new() });
        self.behind(Axis::Rows, &one, &other, height);
    }

    /// Lines that are no part of any band.
    fn gap(
        &mut self,
        before: &Sheet,
        after: &Sheet,
        axis: Axis,
        gone: Area,
        come: Area,
        depth: u32,
    ) {
        let lines = |area| Alone { area, axis };
        match (axis.across(&gone), axis.across(&come)) {
            (0, 0) => {}
            (_, 0) => self.removed.push(lines(gone)),
            (0, _) => self.added.push(lines(come)),
            (one, other) if depth > 0 && one.min(other) >= SMALLEST => {
                let inside = parts(before, after, gone, come, depth - 1);
                if inside.quality.share() >= 0.5 && inside.quality.equal > 0 {
                    // Its content is counted already.
                    self.merge(Self {
                        quality: Quality { content: 0, ..inside.quality },
                        ..inside
                    });
                } else {
                    self.replaced(axis, gone, come);
                }
            }
            _ => self.replaced(axis, gone, come),
        }
    }

    /// Other lines in the same place: what they have in common changed, the rest came or went.
    fn replaced(&mut self, axis: Axis, gone: Area, come: Area) {
        let (one, other) = (axis.across(&gone), axis.across(&come));
        let common = one.min(other);
        let lines = |area| Alone { area, axis };
        if common * 2 < one.max(other) {
            self.removed.push(lines(gone));
            self.added.push(lines(come));
            return;
        }
        let (before, after) = (axis.first(&gone, common), axis.first(&come, common));
        self.patches.push(Patch { before, after, holes: Vec::new() });
        self.behind(axis, &gone, &come, common);
    }

    /// Rows that stand in both pictures; parts of them that do not fit are looked at on their own.
    fn band(
        &mut self,
        before: &Sheet,
        after: &Sheet,
        one: Area,
        other: Area,
        holes: Vec<Area>,
        depth: u32,
    ) {
        let mut patch = Patch { before: one, after: other, holes: Vec::new() };
        let look = self.look.unwrap_or(Look::Colours);
        for hole in if depth > 0 { holes } else { Vec::new() } {
            let there = Area { y: hole.y - other.y + one.y, x: hole.x - other.x + one.x, ..hole };
            let inside = parts(before, after, there, hole, depth - 1);
            let as_it_lies = agreement(before, after, &there, &hole, inside.look.unwrap_or(look));
            let found = inside.quality;
            if found.equal > as_it_lies.equal + 40 && found.share() > as_it_lies.share() + 0.25 {
                self.quality.equal += found.equal;
                self.quality.equal -= as_it_lies.equal.min(self.quality.equal);
                self.patches.extend(inside.patches);
                self.removed.extend(inside.removed);
                self.added.extend(inside.added);
                patch.holes.push(hole);
            }
        }
        self.patches.push(patch);
    }
}

/// Pixels of a patch that look different in stretches whose shapes differ.
fn reshaped(before: &Sheet, after: &Sheet, patch: &Patch) -> u64 {
    let a = Sketch::of(before, &patch.before, Look::Edges);
    let b = Sketch::of(after, &patch.after, Look::Edges);
    let mut count = 0;
    pieces(before, after, patch, |piece| {
        let row = (piece.y - patch.after.y) as usize;
        if a.rows[row] == b.rows[row] || !visible(piece.before, piece.after) {
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
    count
}

/// How much is equal of two areas of one size as they lie on each other.
fn agreement(before: &Sheet, after: &Sheet, one: &Area, other: &Area, look: Look) -> Quality {
    let (one, other) = (Sketch::of(before, one, look), Sketch::of(after, other, look));
    let equal = |y: usize| {
        let pairs = one.marks(y).iter().zip(other.marks(y));
        pairs.filter(|(a, b)| a.has_content() && a == b).count()
    };
    let content = one.content().min(other.content());
    Quality { equal: (0..one.height()).map(equal).sum(), content }
}

/// Parts of a band, in the second picture, in which most stretches are unequal.
fn misfits(before: &Sheet, after: &Sheet, one: &Area, other: &Area, look: Look) -> Vec<Area> {
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
    found.retain(|area| area.width.min(area.height) >= 3 * SMALLEST && area != other);
    found
}
