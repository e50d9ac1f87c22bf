//! The parts that changed, as a person would draw them.

use super::backdrop::{around, ring, same_shapes, tight};
use super::fit::Fit;
use super::mix::Map;
use super::patch::{Alone, Patch};
use super::recolour::{Mapped, Pairs};
use super::sheet::Sheet;
use super::spans::{ACROSS, Groups, Piece, pieces, residual};
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

/// The edge of something, and not a thing.
const THIN: u32 = 3;

/// Fewer pixels in one place are counted, and are no part that anybody would name.
const DOT: u64 = 6;

/// All parts, before those that moved are joined, and how many pixels of patches look different.
pub(super) fn regions(before: &Sheet, after: &Sheet, fit: &Fit) -> (Vec<Found>, u64) {
    let mut found = Vec::new();
    let mut residual = 0;
    for patch in &fit.patches {
        residual += in_patch(before, after, patch, &mut found);
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
    (found, residual)
}

fn alone_in(sheet: &Sheet, alone: &Alone) -> Option<(Area, u64)> {
    super::backdrop::beside(sheet, &alone.area, alone.axis)
}

/// Gives the number of pixels that look different.
fn in_patch(before: &Sheet, after: &Sheet, patch: &Patch, found: &mut Vec<Found>) -> u64 {
    // Other colours join what a change of a few places does not, so they are looked for first.
    let first = found.len();
    let mut residual = 0;
    for (change, visible) in changes(before, after, patch, |_| true) {
        found.extend(change.recoloured(visible));
        residual += visible;
    }
    if residual == 0 {
        return 0;
    }
    let maps: Vec<(Area, Map<u32, u32>)> = found[first..]
        .iter()
        .filter_map(|one| {
            Some((one.after?, one.mapping.iter().map(|map| (map.from, map.to)).collect()))
        })
        .collect();
    let holds = |area: &Area, piece: &Piece| area.contains(piece.x, piece.y);
    let unexplained = |piece: &Piece| {
        visible(piece.before, piece.after)
            && !maps.iter().any(|(area, map)| {
                holds(area, piece) && map.get(&piece.before) == Some(&piece.after)
            })
    };
    for (change, _) in changes(before, after, patch, unexplained) {
        if change.pairs.pixels < DOT {
            continue;
        }
        let here = change.here;
        let inside = maps.iter().any(|(area, _)| area.overlap(&here) == Some(here));
        // Shades at the edges of letters change in their own ways.
        let pixels = change.pairs.pixels;
        let thin = pixels < FEWEST || pixels * 12 < u64::from(here.width) * u64::from(here.height);
        // Letters that kept their shape on another colour belong to that one's change.
        if !(inside && (thin || change.keeps_shapes())) {
            found.push(change.named());
        }
    }
    residual
}

/// The groups of the pieces that `take` accepts, each with its visible pixels.
fn changes<'s>(
    before: &'s Sheet,
    after: &'s Sheet,
    patch: &Patch,
    take: impl Fn(&Piece) -> bool,
) -> Vec<(Change<'s>, u64)> {
    let mut groups = Groups::of(before, after, patch, &take);
    let home = |area: &Area| Area {
        x: area.x - patch.after.x + patch.before.x,
        y: area.y - patch.after.y + patch.before.y,
        ..*area
    };
    let change = |area: &Area| Change {
        before,
        after,
        there: home(area),
        here: *area,
        pairs: Pairs::default(),
    };
    let mut changes: Vec<(Change<'_>, u64)> =
        groups.areas.iter().map(|area| (change(area), 0)).collect();
    let mut last: Option<Piece> = None;
    pieces(before, after, patch, |piece| {
        if !take(&piece) {
            return;
        }
        let (change, seen) = &mut changes[groups.next()];
        change.pairs.add(piece.before, piece.after, u64::from(piece.end - piece.x));
        if visible(piece.before, piece.after) {
            *seen += u64::from(piece.end - piece.x);
        }
        // What stayed as it was between two pieces of a row says that a colour did not change.
        if let Some(last) = last.filter(|last| last.y == piece.y && piece.x - last.end <= ACROSS) {
            let row = home(&Area { x: last.end, y: piece.y, width: piece.x - last.end, height: 1 });
            for (columns, colour) in before.cut(row.y, row.x, row.right()) {
                change.pairs.keep(colour, columns.len() as u64);
            }
        }
        last = Some(piece);
    });
    changes
}

/// One group of differing pixels.
struct Change<'s> {
    before: &'s Sheet,
    after: &'s Sheet,
    there: Area,
    here: Area,
    pairs: Pairs,
}

impl Change<'_> {
    /// A visible change by its kind.
    fn named(&self) -> Found {
        let Self { there, here, .. } = self;
        let found = |kind, before, after| self.found(kind, before, after, self.pairs.pixels);
        let (left, right) = (ring(self.before, there), ring(self.after, here));
        let (Some(left), Some(right)) = (left, right) else {
            return found(Kind::Content, Some(*there), Some(*here));
        };
        // What stands out from its surroundings on each side.
        match (tight(self.before, there, left), tight(self.after, here, right)) {
            (None, Some(come)) => found(Kind::Added, None, Some(come)),
            (Some(gone), None) => found(Kind::Removed, Some(gone), None),
            (Some(gone), Some(come)) if gone_elsewhere(self, &gone, &come) => {
                found(Kind::Moved, Some(gone), Some(come))
            }
            (Some(_), Some(_))
                if same_shapes((self.before, there, left), (self.after, here, right)) =>
            {
                let mapping = self.pairs.mapping();
                let seen = mapping.first().is_some_and(|map| visible(map.from, map.to));
                if !seen || !self.told_by(&mapping) {
                    return found(Kind::Content, Some(*there), Some(*here));
                }
                Found { mapping, ..found(Kind::Recoloured, Some(*there), Some(*here)) }
            }
            (gone, come) => {
                found(Kind::Content, Some(gone.unwrap_or(*there)), Some(come.unwrap_or(*here)))
            }
        }
    }

    /// Whether what stands out from its surroundings has the shapes that it had.
    fn keeps_shapes(&self) -> bool {
        let Self { there, here, .. } = self;
        let rings = (ring(self.before, there), ring(self.after, here));
        let (Some(left), Some(right)) = rings else { return false };
        same_shapes((self.before, there, left), (self.after, here, right))
    }

    /// A change of colours and of nothing else.
    fn recoloured(&self, visible: u64) -> Option<Found> {
        let mapping = self.recolour()?;
        if !matches!(self.named().kind, Kind::Content | Kind::Recoloured)
            || self.wipes_out(mapping.first()?)
        {
            return None;
        }
        let (there, here) = (Some(self.there), Some(self.here));
        Some(Found { mapping, ..self.found(Kind::Recoloured, there, here, visible) })
    }

    /// Whether something gave way to what lies around it: a mark that stays without its ground has
    /// another one, but one that is elsewhere now went with it.
    fn wipes_out(&self, main: &Mapped) -> bool {
        let Self { there, here, .. } = self;
        let (was, is) = (ring(self.before, there), ring(self.after, here));
        is == Some(main.to)
            && was.is_some_and(|was| was != main.from)
            && !same_shapes((self.before, there, main.from), (self.after, here, main.to))
    }

    fn found(&self, kind: Kind, before: Option<Area>, after: Option<Area>, visible: u64) -> Found {
        Found { kind, before, after, pixels: self.pairs.pixels, visible, mapping: Vec::new() }
    }

    /// Whether a mapping says what happened, and not that an edge is elsewhere by a line or two.
    fn told_by(&self, mapping: &[Mapped]) -> bool {
        let thin = self.here.width.min(self.here.height) <= THIN;
        let mixed = || {
            let (was, is) = (around(self.before, &self.there), around(self.after, &self.here));
            mapping
                .iter()
                .take(4)
                .any(|map| was.contains_key(&map.from) || is.contains_key(&map.to))
        };
        self.pairs.told_by(mapping) && !(thin && mixed())
    }

    /// Whether much of what had these colours in the area has others now; scattered dots have not.
    fn covers(&self, mapping: &[Mapped]) -> bool {
        let main: Vec<&Mapped> = mapping.iter().take(4).collect();
        let mut all = 0;
        for y in self.there.y..self.there.bottom() {
            for (columns, colour) in self.before.cut(y, self.there.x, self.there.right()) {
                if main.iter().any(|map| map.from == colour) {
                    all += columns.len() as u64;
                }
            }
        }
        main.iter().map(|map| map.pixels).sum::<u64>() * 4 >= all
    }

    /// The colours' new colours, when nearly all of the change is that.
    fn recolour(&self) -> Option<Vec<Mapped>> {
        let pairs = &self.pairs;
        if !pairs.is_countable() || pairs.pixels < FEWEST {
            return None;
        }
        let mapping = pairs.mapping();
        // Colours that are there a few times say nothing: any change maps them somewhere.
        let told: u64 =
            mapping.iter().filter(|found| found.pixels >= 4).map(|found| found.pixels).sum();
        let weight = pairs.weight(4);
        let most = told * 100 >= weight * 88 && weight * 100 >= pairs.pixels * 55;
        let told = self.told_by(&mapping) && keeps_apart(&mapping) && self.covers(&mapping);
        (most && told).then_some(mapping)
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
    residual(before, after, &patch) * 25 <= u64::from(one.width) * u64::from(one.height)
}

/// Colours that were told apart still are: else something was wiped out and not recoloured.
fn keeps_apart(mapping: &[Mapped]) -> bool {
    let all: u64 = mapping.iter().map(|one| one.pixels).sum();
    let mut targets: Map<u32, u64> = Map::default();
    for one in mapping {
        let most = targets.entry(one.to).or_default();
        *most = (*most).max(one.pixels);
    }
    let apart: u64 = targets.values().sum();
    apart * 100 >= all * 80
}
