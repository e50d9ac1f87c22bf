//! The search for which parts of one picture stand where in the other one, whatever moved them.

use std::cell::Cell;

use super::align::{Alignment, Band, Quality, align};
use super::anchors::anchors;
use super::columns::Columns;
use super::fit::Fit;
use super::misfits::{agreement, misfits, reshaped};
use super::patch::{Alone, Axis, Patch};
use super::sheet::Sheet;
use super::sketch::{Look, STRETCH, Sketch};
use super::strips::{ends, strips, widen};
use crate::Area;

/// How far parts of parts are looked at.
const DEPTH: u32 = 5;
/// Smaller parts are not taken apart.
pub(super) const SMALLEST: u32 = 32;
/// Of so many pixels one may stay unexplained before columns are looked at.
const LITTLE: u64 = 2000;
/// Of so many pixels one may stay unexplained where a part lies as it lay, before anything else is tried.
const AS_IT_LIES: u64 = 1000;
/// How often, on average, a part of a screen is looked at, before no parts of parts are.
const PATIENCE: u64 = 6;
/// The most that is spent on parts of parts of two pictures: of two screens it is never reached, and
/// what is many screens long shall not cost many times its decoding.
const MOST: u64 = 100_000;

/// Fits one picture onto the other.
pub(super) fn fit(before: &Sheet, after: &Sheet) -> Fit {
    let (whole, whole_there) = (before.whole(), after.whole());
    let mut fit = Fit::default();
    let mut spare = MOST;
    let mut y = 0;
    for anchor in anchors(before, after) {
        let rows = |from, to| Area { y: from, height: to - from, ..whole };
        if anchor.start > y {
            let between = rows(y, anchor.start);
            fit.merge(fit_part(before, after, between, between, &mut spare));
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
        fit.merge(fit_part(before, after, gone, come, &mut spare));
    }
    fit
}

/// Fits a part, and takes what that costs from what is left for parts of parts.
fn fit_part(before: &Sheet, after: &Sheet, one: Area, other: Area, spare: &mut u64) -> Fit {
    if one == other
        && let Some(fit) = as_it_lies(before, after, one)
    {
        return fit;
    }
    let once = effort(&one) + effort(&other);
    let more = (*spare).min((PATIENCE - 1) * once);
    let search = Search { before, after, left: Cell::new(once + more) };
    let fit = search.parts(one, other, DEPTH);
    *spare -= more.saturating_sub(search.left.get());
    fit
}

/// An area of both pictures that lies where it lay, if that explains nearly all of it.
fn as_it_lies(before: &Sheet, after: &Sheet, area: Area) -> Option<Fit> {
    let mut fit = Fit::default();
    fit.still(before, after, area, area);
    let most = u64::from(area.width) * u64::from(area.height) / AS_IT_LIES;
    // A look at some rows spares one at all of them.
    let fits = |every, most| reshaped(before, after, &fit.patches[0], every) <= most;
    (fits(16, 4 * most) && fits(1, most)).then_some(fit)
}

/// What it costs to look at an area, in stretches.
fn effort(area: &Area) -> u64 {
    u64::from(area.height) * u64::from(area.width.div_ceil(STRETCH))
}

/// Looks for the parts of two pictures, and for parts of parts until it has done enough.
pub(super) struct Search<'s> {
    pub(super) before: &'s Sheet,
    pub(super) after: &'s Sheet,
    left: Cell<u64>,
}

impl Search<'_> {
    /// Takes both apart: into columns that stay and columns that move, or along lines.
    fn parts(&self, one: Area, other: Area, depth: u32) -> Fit {
        let across = |depth| self.lines(one, other, depth);
        if depth == 0 || one.height.min(other.height) < SMALLEST {
            return across(depth);
        }
        let (before, after) = (self.before, self.after);
        let across = across(depth);
        let misses = across.misses(before, after);
        if misses <= u64::from(other.width) * u64::from(other.height) / LITTLE {
            return across;
        }
        // What both begin and end with is no part of the columns between.
        let (head, tail) = ends(before, after, &one, &other);
        let middle =
            |area: &Area| Area { y: area.y + head, height: area.height - head - tail, ..*area };
        let (top, top_there) = (middle(&one), middle(&other));
        let strips = strips(before, after, &top, &top_there);
        if strips.is_empty() {
            return across;
        }
        let mut fit = Fit::default();
        fit.behind(Axis::Columns, &top, &top_there, top.width.min(top_there.width));
        for strip in strips {
            let part = |area: &Area| Area { x: area.x + strip.x, width: strip.width, ..*area };
            fit.merge(self.lines(part(&top), part(&top_there), depth - 1));
        }
        if head > 0 {
            let upper = |area: &Area| Area { height: head, ..*area };
            fit.still(before, after, upper(&one), upper(&other));
        }
        if tail > 0 {
            let lower = |area: &Area| Area { y: area.bottom() - tail, height: tail, ..*area };
            fit.still(before, after, lower(&one), lower(&other));
        }
        // Columns of which none moved are one page.
        if fit.moves_from(&one, &other) && fit.misses(before, after) < misses {
            fit
        } else {
            across
        }
    }

    /// Along rows, or along columns where those fit better.
    fn lines(&self, one: Area, other: Area, depth: u32) -> Fit {
        let depth = if self.spend(effort(&one) + effort(&other)) { depth } else { 0 };
        let (rows, look) = best(self.before, self.after, &one, &other);
        let poor = rows.quality.share() < 0.5 && rows.quality.content >= SMALLEST as usize;
        if depth > 0
            && poor
            && let Some(columns) = Columns::of([self.before, self.after], [&one, &other])
            && columns.found.quality.share() > rows.quality.share() + 0.1
        {
            return self.along_columns(&columns, one, other, depth - 1);
        }
        self.along_rows(&rows, look, one, other, depth)
    }

    /// Whether there is patience left for so much.
    fn spend(&self, effort: u64) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(effort));
        left >= effort
    }

    /// Follows bands of rows, and looks into what lies between and what does not fit.
    fn along_rows(&self, found: &Alignment, look: Look, one: Area, other: Area, depth: u32) -> Fit {
        let width = one.width.min(other.width);
        let mut fit = Fit { quality: found.quality, look: Some(look), ..Fit::default() };
        fit.behind(Axis::Columns, &one, &other, width);
        let (one, other) = (Area { width, ..one }, Area { width, ..other });
        self.follow(
            &mut fit,
            Axis::Rows,
            &found.bands,
            one,
            other,
            depth,
            |fit, left, right, _| {
                let mut holes = misfits(self.before, self.after, &left, &right, look);
                widen(self.before, self.after, (&left, &right), &mut holes);
                self.band(fit, left, right, holes, depth);
            },
        );
        fit
    }

    /// Follows bands of columns; parts of them that do not fit are aligned along their rows.
    fn along_columns(&self, columns: &Columns, one: Area, other: Area, depth: u32) -> Fit {
        let height = one.height.min(other.height);
        let mut fit = Fit { quality: columns.found.quality, ..Fit::default() };
        fit.behind(Axis::Rows, &one, &other, height);
        let (one, other) = (Area { height, ..one }, Area { height, ..other });
        let bands = &columns.found.bands;
        self.follow(&mut fit, Axis::Columns, bands, one, other, depth, |fit, left, right, band| {
            let holes = columns.misfits(band, height, &other);
            self.band(fit, left, right, holes, depth);
        });
        fit
    }

    /// Calls `each` with what every band covers, and looks into what lies between.
    #[expect(clippy::too_many_arguments, reason = "what is followed, where, and what is done")]
    fn follow(
        &self,
        fit: &mut Fit,
        axis: Axis,
        bands: &[Band],
        one: Area,
        other: Area,
        depth: u32,
        each: impl Fn(&mut Fit, Area, Area, &Band),
    ) {
        let (mut at, mut there) = (0, 0);
        let lines = |area: &Area| axis.across(area) as usize;
        let end = Band { before: lines(&one), after: lines(&other), len: 0 };
        let part = |area: &Area, from: usize, to: usize| {
            axis.first(&axis.rest(area, from as u32), (to - from) as u32)
        };
        for band in bands.iter().chain([&end]) {
            let (gone, come) = (part(&one, at, band.before), part(&other, there, band.after));
            self.gap(fit, axis, gone, come, depth);
            if band.len > 0 {
                (at, there) = (band.before + band.len, band.after + band.len);
                each(fit, part(&one, band.before, at), part(&other, band.after, there), band);
            }
        }
    }

    /// Lines that are no part of any band.
    fn gap(&self, fit: &mut Fit, axis: Axis, gone: Area, come: Area, depth: u32) {
        let lines = |area| Alone { area, axis };
        match (axis.across(&gone), axis.across(&come)) {
            (0, 0) => {}
            (_, 0) => fit.removed.push(lines(gone)),
            (0, _) => fit.added.push(lines(come)),
            (one, other) if depth > 0 && one.min(other) >= SMALLEST => {
                let inside = self.parts(gone, come, depth - 1);
                if inside.quality.share() >= 0.5 && inside.quality.equal > 0 {
                    // Its content is counted already.
                    let quality = Quality { content: 0, ..inside.quality };
                    fit.merge(Fit { quality, ..inside });
                } else {
                    fit.replaced(axis, gone, come);
                }
            }
            _ => fit.replaced(axis, gone, come),
        }
    }

    /// Lines that stand in both pictures; parts of them that do not fit are looked at on their own.
    fn band(&self, fit: &mut Fit, one: Area, other: Area, holes: Vec<Area>, depth: u32) {
        let mut patch = Patch { before: one, after: other, holes: Vec::new() };
        let look = fit.look.unwrap_or(Look::Colours);
        for hole in if depth > 0 { holes } else { Vec::new() } {
            let there = Area { y: hole.y - other.y + one.y, x: hole.x - other.x + one.x, ..hole };
            let inside = self.parts(there, hole, depth - 1);
            let look = inside.look.unwrap_or(look);
            let as_it_lies = agreement(self.before, self.after, &there, &hole, look);
            let found = inside.quality;
            let better =
                found.equal > as_it_lies.equal + 40 && found.share() > as_it_lies.share() + 0.25;
            // What lies where it lay, in other colours, is no part of its own.
            if better && inside.moves_from(&there, &hole) {
                fit.quality.equal += found.equal;
                fit.quality.equal -= as_it_lies.equal.min(fit.quality.equal);
                fit.patches.extend(inside.patches);
                fit.removed.extend(inside.removed);
                fit.added.extend(inside.added);
                patch.holes.push(hole);
            }
        }
        fit.patches.push(patch);
    }
}

/// By colours, or by edges where the colours are others.
pub(super) fn best(before: &Sheet, after: &Sheet, one: &Area, other: &Area) -> (Alignment, Look) {
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
