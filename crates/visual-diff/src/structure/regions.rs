//! The parts that changed, as a person would draw them.

use std::collections::HashMap;

use super::backdrop::{ring, tight};
use super::patch::{Alone, Fit, Patch};
use super::recolour::{Mapped, Pairs};
use super::sheet::Sheet;
use super::spans::{ACROSS, Groups, Piece, pieces};
use super::visible::visible;
use crate::Area;
use crate::region::Kind;

/// A part that changed.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) kind: Kind,
    pub(super) before: Option<Area>,
    pub(super) after: Option<Area>,
    pub(super) pixels: u64,
    /// Of these, the ones that look different.
    pub(super) visible: u64,
    pub(super) mapping: Vec<Mapped>,
}

/// Fewer pixels are noise unless they are visible.
const FEWEST: u64 = 48;

/// All parts, before those that moved are joined.
pub(super) fn regions(before: &Sheet, after: &Sheet, fit: &Fit) -> Vec<Found> {
    let mut found = Vec::new();
    for patch in &fit.patches {
        in_patch(before, after, patch, &mut found);
    }
    for alone in &fit.removed {
        found.extend(alone_in(before, alone).map(|(area, pixels)| Found {
            kind: Kind::Removed,
            before: Some(area),
            after: None,
            pixels,
            visible: pixels,
            mapping: Vec::new(),
        }));
    }
    for alone in &fit.added {
        found.extend(alone_in(after, alone).map(|(area, pixels)| Found {
            kind: Kind::Added,
            before: None,
            after: Some(area),
            pixels,
            visible: pixels,
            mapping: Vec::new(),
        }));
    }
    found
}

fn alone_in(sheet: &Sheet, alone: &Alone) -> Option<(Area, u64)> {
    super::backdrop::beside(sheet, &alone.area, alone.axis)
}

fn in_patch(before: &Sheet, after: &Sheet, patch: &Patch, found: &mut Vec<Found>) {
    let mut groups = Groups::of(before, after, patch, |_| true);
    let mut pairs: Vec<Pairs> = groups.areas.iter().map(|_| Pairs::default()).collect();
    let mut seen = vec![0_u64; pairs.len()];
    let mut last: Option<Piece> = None;
    pieces(before, after, patch, |piece| {
        let group = groups.next();
        pairs[group].add(piece.before, piece.after, u64::from(piece.end - piece.x));
        if visible(piece.before, piece.after) {
            seen[group] += u64::from(piece.end - piece.x);
        }
        // What stayed as it was between two pieces of a row says that a colour did not change.
        if let Some(last) = last.filter(|last| last.y == piece.y && piece.x - last.end <= ACROSS) {
            let home = |x: u32| x - patch.after.x + patch.before.x;
            let (mut x, to) = (home(last.end), home(piece.x));
            for run in before.runs(piece.y - patch.after.y + patch.before.y, x, to) {
                let end = run.end.min(to);
                pairs[group].keep(run.colour, u64::from(end - x));
                x = end;
            }
        }
        last = Some(piece);
    });
    for ((area, pairs), seen) in groups.areas.iter().zip(&pairs).zip(seen) {
        let there = Area {
            x: area.x - patch.after.x + patch.before.x,
            y: area.y - patch.after.y + patch.before.y,
            ..*area
        };
        let change = Change { before, after, there, here: *area, pairs };
        let Some(one) = change.named(seen) else { continue };
        if one.kind == Kind::Recoloured {
            change.others(patch, &one.mapping, found);
        }
        found.push(one);
    }
}

/// One group of differing pixels.
struct Change<'s> {
    before: &'s Sheet,
    after: &'s Sheet,
    there: Area,
    here: Area,
    pairs: &'s Pairs,
}

impl Change<'_> {
    fn named(&self, visible: u64) -> Option<Found> {
        let Self { there, here, pairs, .. } = self;
        let seen = visible > 0;
        let found = |kind, before, after, mapping| {
            Some(Found { kind, before, after, pixels: pairs.pixels, visible, mapping })
        };
        let (left, right) = (ring(self.before, there), ring(self.after, here));
        if seen && let (Some(left), Some(right)) = (left, right) {
            // What stands out from its surroundings on each side.
            let (gone, come) = (tight(self.before, there, left), tight(self.after, here, right));
            match (gone, come) {
                (None, Some(come)) => return found(Kind::Added, None, Some(come), Vec::new()),
                (Some(gone), None) => return found(Kind::Removed, Some(gone), None, Vec::new()),
                (Some(gone), Some(come)) if gone_elsewhere(self, &gone, &come) => {
                    return found(Kind::Moved, Some(gone), Some(come), Vec::new());
                }
                _ => {}
            }
        }
        if let Some(mapping) = self.recolour() {
            return found(Kind::Recoloured, Some(*there), Some(*here), mapping);
        }
        if !seen {
            return None;
        }
        found(Kind::Content, Some(*there), Some(*here), Vec::new())
    }

    /// The colours' new colours, when nearly all of the change is that.
    fn recolour(&self) -> Option<Vec<Mapped>> {
        let pairs = self.pairs;
        if !pairs.is_countable() || pairs.pixels < FEWEST {
            return None;
        }
        let mapping = pairs.mapping();
        // Colours that are there a few times say nothing: any change maps them somewhere.
        let told: u64 =
            mapping.iter().filter(|found| found.pixels >= 4).map(|found| found.pixels).sum();
        let weight = pairs.weight(4);
        let most = told * 100 >= weight * 88 && weight * 100 >= pairs.pixels * 55;
        (most && keeps_apart(&mapping)).then_some(mapping)
    }

    /// What else changed inside a recolour.
    fn others(&self, patch: &Patch, mapping: &[Mapped], found: &mut Vec<Found>) {
        let map: HashMap<u32, u32> = mapping.iter().map(|one| (one.from, one.to)).collect();
        let part = Patch { before: self.there, after: self.here, holes: patch.holes.clone() };
        let other = |piece: &Piece| {
            map.get(&piece.before) != Some(&piece.after) && visible(piece.before, piece.after)
        };
        let mut groups = Groups::of(self.before, self.after, &part, other);
        let mut pairs: Vec<Pairs> = groups.areas.iter().map(|_| Pairs::default()).collect();
        pieces(self.before, self.after, &part, |piece| {
            if other(&piece) {
                let group = groups.next();
                pairs[group].add(piece.before, piece.after, u64::from(piece.end - piece.x));
            }
        });
        for (area, pairs) in
            groups.areas.iter().zip(&pairs).filter(|(_, pairs)| pairs.pixels >= FEWEST)
        {
            let there = Area {
                x: area.x - self.here.x + self.there.x,
                y: area.y - self.here.y + self.there.y,
                ..*area
            };
            // Shades at the edges of letters change in their own ways.
            if pairs.pixels * 12 < u64::from(area.width) * u64::from(area.height) {
                continue;
            }
            found.push(Found {
                kind: Kind::Content,
                before: Some(there),
                after: Some(*area),
                pixels: pairs.pixels,
                visible: pairs.pixels,
                mapping: Vec::new(),
            });
        }
    }
}

/// Whether what stands out is the same, elsewhere.
fn gone_elsewhere(change: &Change<'_>, gone: &Area, come: &Area) -> bool {
    let same_place = gone.x + change.here.x == come.x + change.there.x
        && gone.y + change.here.y == come.y + change.there.y;
    !same_place && alike(change.before, gone, change.after, come)
}

/// Whether two areas of one size show the same.
pub(super) fn alike(before: &Sheet, one: &Area, after: &Sheet, other: &Area) -> bool {
    if (one.width, one.height) != (other.width, other.height) {
        return false;
    }
    let patch = Patch { before: *one, after: *other, holes: Vec::new() };
    let mut unequal = 0_u64;
    pieces(before, after, &patch, |piece| {
        if visible(piece.before, piece.after) {
            unequal += u64::from(piece.end - piece.x);
        }
    });
    unequal * 25 <= u64::from(one.width) * u64::from(one.height)
}

/// Colours that were told apart still are: else something was wiped out and not recoloured.
fn keeps_apart(mapping: &[Mapped]) -> bool {
    let all: u64 = mapping.iter().map(|one| one.pixels).sum();
    let mut targets: HashMap<u32, u64> = HashMap::new();
    for one in mapping {
        let most = targets.entry(one.to).or_default();
        *most = (*most).max(one.pixels);
    }
    let apart: u64 = targets.values().sum();
    apart * 100 >= all * 80
}
