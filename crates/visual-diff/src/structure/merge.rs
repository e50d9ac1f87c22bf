//! One change of colours is one finding, however many parts show it.

use super::mix::Map;
use super::recolour::Mapped;
use super::regions::Found;
use crate::Area;
use crate::region::Kind;

/// Joins recoloured parts inside the box of a larger one that map colours as it does.
pub(super) fn join(found: &mut Vec<Found>) {
    found.sort_by_key(|one| std::cmp::Reverse(one.pixels));
    let mut at = 0;
    while at < found.len() {
        if found[at].kind == Kind::Recoloured {
            let mut other = at + 1;
            while other < found.len() {
                if found[other].kind == Kind::Recoloured && belongs(&found[at], &found[other]) {
                    let small = found.remove(other);
                    found[at].take(&small);
                } else {
                    other += 1;
                }
            }
        }
        at += 1;
    }
}

/// Joins what changed in one line of text, however wide the gaps between its words.
pub(super) fn join_lines(found: &mut Vec<Found>) {
    let mut at = 0;
    while at < found.len() {
        let partner = (at + 1..found.len()).find(|&other| one_line(&found[at], &found[other]));
        match partner {
            // It is larger now, so that others may belong to it.
            Some(partner) => {
                let other = found.remove(partner);
                found[at].take(&other);
                found[at].kind = Kind::Content;
                found[at].visible += other.visible;
            }
            None => at += 1,
        }
    }
}

/// Whether one of the two changed as a text does and both lie on one line of it.
fn one_line(one: &Found, other: &Found) -> bool {
    let text = one.kind == Kind::Content || other.kind == Kind::Content;
    let part = |found: &Found| {
        let of_text = matches!(found.kind, Kind::Content | Kind::Added | Kind::Removed);
        of_text && found.after.or(found.before).is_some_and(|area| area.height <= 48)
    };
    let sides = [(one.before, other.before), (one.after, other.after)];
    let mut both = sides.iter().filter_map(|(a, b)| Some(((*a)?, (*b)?))).peekable();
    text && part(one) && part(other) && both.peek().is_some() && both.all(|(a, b)| level(&a, &b))
}

fn level(a: &Area, b: &Area) -> bool {
    let height = a.height.min(b.height);
    let common = a.bottom().min(b.bottom()).saturating_sub(a.y.max(b.y));
    let gap = a.x.max(b.x).saturating_sub(a.right().min(b.right()));
    common * 10 >= height * 6 && gap <= 5 * a.height.max(b.height).clamp(8, 20)
}

fn belongs(large: &Found, small: &Found) -> bool {
    let inside = match (large.after, small.after) {
        (Some(large), Some(small)) => near(&large, &small),
        _ => false,
    };
    let first = |found: &Found| found.mapping.first().map(|map| (map.from, map.to));
    inside
        && first(small)
            .is_some_and(|pair| large.mapping.iter().any(|map| (map.from, map.to) == pair))
}

fn near(large: &Area, small: &Area) -> bool {
    let wider = Area {
        x: large.x.saturating_sub(16),
        y: large.y.saturating_sub(16),
        width: large.width + 32,
        height: large.height + 32,
    };
    wider.overlap(small) == Some(*small)
}

impl Found {
    fn take(&mut self, other: &Self) {
        let around = |one: Option<Area>, other: Option<Area>| match (one, other) {
            (Some(one), Some(other)) => Some(one.around(&other)),
            (one, other) => one.or(other),
        };
        self.before = around(self.before, other.before);
        self.after = around(self.after, other.after);
        self.pixels += other.pixels;
        let mut sums: Map<(u32, u32), u64> = Map::default();
        for map in self.mapping.iter().chain(&other.mapping) {
            *sums.entry((map.from, map.to)).or_default() += map.pixels;
        }
        self.mapping =
            sums.into_iter().map(|((from, to), pixels)| Mapped { from, to, pixels }).collect();
        self.mapping.sort_unstable_by_key(|map| (std::cmp::Reverse(map.pixels), map.from, map.to));
    }
}
