//! How two pictures fit on each other, put together part by part.

use super::align::Quality;
use super::misfits::{agreement, reshaped};
use super::patch::{Alone, Axis, Patch};
use super::sheet::Sheet;
use super::sketch::{Look, Sketch};
use crate::Area;

/// How two pictures fit on each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fit {
    pub(super) patches: Vec<Patch>,
    /// Parts that stand in the first picture alone.
    pub(super) removed: Vec<Alone>,
    /// Parts that stand in the second picture alone.
    pub(super) added: Vec<Alone>,
    pub(super) quality: Quality,
    /// How rows were matched.
    pub(super) look: Option<Look>,
}

impl Fit {
    /// Pixels that this leaves to explain: those that look different where shapes differ too, for
    /// else it is a change of colours, and what stands in one picture alone.
    pub(super) fn misses(&self, before: &Sheet, after: &Sheet) -> u64 {
        let patches: u64 = self.patches.iter().map(|patch| reshaped(before, after, patch, 1)).sum();
        // A stretch in one picture alone weighs as much as a piece of text in it.
        let alone = |sheet: &Sheet, alone: &Alone| {
            Sketch::of(sheet, &alone.area, Look::Edges).content() as u64 * 16
        };
        let removed: u64 = self.removed.iter().map(|one| alone(before, one)).sum();
        let added: u64 = self.added.iter().map(|one| alone(after, one)).sum();
        patches + removed + added
    }

    /// Whether a part stands elsewhere in its whole than it stood.
    pub(super) fn moves_from(&self, one: &Area, other: &Area) -> bool {
        let by =
            |one: &Area, other: &Area| (other.x.wrapping_sub(one.x), other.y.wrapping_sub(one.y));
        let whole = by(one, other);
        self.patches.iter().any(|patch| by(&patch.before, &patch.after) != whole)
            || !self.removed.is_empty()
            || !self.added.is_empty()
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.patches.extend(other.patches);
        self.removed.extend(other.removed);
        self.added.extend(other.added);
        self.quality.equal += other.quality.equal;
        self.quality.content += other.quality.content;
    }

    /// Lines behind those that both have.
    pub(super) fn behind(&mut self, axis: Axis, one: &Area, other: &Area, common: u32) {
        let alone = |area: &Area| {
            let area = axis.rest(area, common);
            (axis.across(&area) > 0).then_some(Alone { area, axis })
        };
        self.removed.extend(alone(one));
        self.added.extend(alone(other));
    }

    /// Rows that lie on each other as they are; those behind them are in one picture alone.
    pub(super) fn still(&mut self, before: &Sheet, after: &Sheet, one: Area, other: Area) {
        let height = one.height.min(other.height);
        let (top, there) = (Area { height, ..one }, Area { height, ..other });
        self.quality.add(agreement(before, after, &top, &there, Look::Colours));
        self.patches.push(Patch { before: top, after: there, holes: Vec::new() });
        self.behind(Axis::Rows, &one, &other, height);
    }

    /// Other lines in the same place: what they have in common changed, the rest came or went.
    pub(super) fn replaced(&mut self, axis: Axis, gone: Area, come: Area) {
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
}
