//! Things in one line, of which one came or went: the others only moved aside.

use std::ops::Range;

use super::backdrop::{plain_column, plain_row};
use super::profile::Profile;
use super::regions::{Found, alike};
use super::sheet::Sheet;
use super::visible::stands_out;
use crate::Area;
use crate::region::Kind;

/// Pixels between two things with a ground of their own.
const APART: u32 = 5;
/// Things higher than this are no line.
const HIGH: u32 = 160;
/// More pixels hold no line of things.
const LARGE: u64 = 1 << 17;
/// Pixels by which a part is widened to hold whole things.
const WIDER: u32 = 400;
/// Pixels that things in a line lie apart at most.
const GAP: u32 = 32;
/// More things are not matched.
const MOST: usize = 64;

/// Says of each part that changed in one line which of its things came, went or changed.
pub(super) fn split(before: &Sheet, after: &Sheet, found: &mut Vec<Found>) {
    let mut at = 0;
    while at < found.len() {
        match things(before, after, &found[at]) {
            Some(parts) => {
                let count = parts.len();
                found.splice(at..=at, parts);
                at += count;
            }
            None => at += 1,
        }
    }
}

fn things(before: &Sheet, after: &Sheet, found: &Found) -> Option<Vec<Found>> {
    let (one, other) = (found.before?, found.after?);
    if found.kind != Kind::Content || one.height.max(other.height) > HIGH {
        return None;
    }
    let (left, right) = (Line::of(before, &one)?, Line::of(after, &other)?);
    if left.things.len().max(right.things.len()) < 2 {
        return None;
    }
    // What stayed in its place has to be the same to the pixel.
    let same = |a: usize, b: usize| {
        let (one, other) = (&left.things[a], &right.things[b]);
        if one.x == other.x {
            alike(before, one, after, other)
        } else {
            left.profiles[a].is(&right.profiles[b])
        }
    };
    let pairs = common(left.things.len(), right.things.len(), same);
    // A few that look alike among many others do so by chance.
    if pairs.len() * 2 < left.things.len().max(right.things.len()) {
        return None;
    }
    let mut parts = Vec::new();
    let (mut a, mut b) = (0, 0);
    let end = (left.things.len(), right.things.len());
    for &(to, there) in pairs.iter().chain([&end]) {
        let (gone, come) = (&left.things[a..to], &right.things[b..there]);
        if gone.len() == come.len() {
            let both = gone.iter().zip(come);
            parts.extend(
                both.map(|(gone, come)| part(found, Kind::Content, Some(*gone), Some(*come))),
            );
        } else if gone.is_empty() || come.is_empty() {
            parts.extend(gone.iter().map(|gone| part(found, Kind::Removed, Some(*gone), None)));
            parts.extend(come.iter().map(|come| part(found, Kind::Added, None, Some(*come))));
        } else {
            return None;
        }
        (a, b) = (to + 1, there + 1);
    }
    moved(&left.things, &right.things, &pairs, found, &mut parts);
    // What changed must never be told as nothing.
    (!parts.is_empty()).then_some(parts)
}

/// Adds things that are farther away than what came, went or changed beside them can have pushed them.
fn moved(
    left: &[Area],
    right: &[Area],
    pairs: &[(usize, usize)],
    whole: &Found,
    parts: &mut Vec<Found>,
) {
    let width = |area: Option<Area>| area.map_or(0, |area| area.width);
    let pushed: u32 =
        parts.iter().map(|part| width(part.before).max(width(part.after)) + GAP).sum();
    let by = |&(a, b): &(usize, usize)| i64::from(right[b].x) - i64::from(left[a].x);
    for group in pairs.chunk_by(|one, next| by(one) == by(next)) {
        if by(&group[0]).unsigned_abs() > u64::from(pushed) {
            let all = |side: &[Area], of: fn(&(usize, usize)) -> usize| {
                group.iter().map(|pair| side[of(pair)]).reduce(|all, one| all.around(&one))
            };
            let (gone, come) = (all(left, |pair| pair.0), all(right, |pair| pair.1));
            parts.push(part(whole, Kind::Moved, gone, come));
        }
    }
}

fn part(whole: &Found, kind: Kind, before: Option<Area>, after: Option<Area>) -> Found {
    let size = |area: Option<Area>| area.map_or(0, |area| u64::from(area.width * area.height));
    let pixels = size(before).max(size(after)).min(whole.pixels);
    Found { kind, before, after, pixels, visible: pixels.min(whole.visible), mapping: Vec::new() }
}

/// The things of a line, from left to right.
struct Line {
    things: Vec<Area>,
    /// What each looks like: things that moved aside are often smoothed otherwise.
    profiles: Vec<Profile>,
}

impl Line {
    fn of(sheet: &Sheet, area: &Area) -> Option<Self> {
        if u64::from(area.width) * u64::from(area.height) > LARGE {
            return None;
        }
        let area = whole(sheet, area);
        let (ground, colours) = (ground(sheet, &area), sheet.colours(&area));
        let mut things: Vec<Area> = Vec::new();
        for (at, &ground) in ground.iter().enumerate() {
            let x = area.x + at as u32;
            let column = colours.iter().skip(at).step_by(area.width as usize);
            let Some(rows) = drawn(column, ground) else { continue };
            let drawn = Area { x, y: area.y + rows.start, width: 1, height: rows.len() as u32 };
            match things.last_mut() {
                Some(last) if x - last.right() < APART => *last = last.around(&drawn),
                _ => things.push(drawn),
            }
        }
        if things.len() > MOST {
            return None;
        }
        // Words stand nearer to each other than things do, and have no ground of their own.
        let words = (area.height * 3 / 4).max(12);
        let mut found: Vec<(Area, bool)> = Vec::new();
        for thing in things {
            let here = &ground[(thing.x - area.x) as usize..(thing.right() - area.x) as usize];
            let framed = framed(sheet, &thing, here);
            match found.last_mut() {
                Some((last, false)) if !framed && thing.x - last.right() < words => {
                    *last = last.around(&thing);
                }
                _ => found.push((thing, framed)),
            }
        }
        let things: Vec<Area> = found.into_iter().map(|(thing, _)| thing).collect();
        let profiles = things.iter().map(|thing| Profile::of(sheet, thing)).collect();
        Some(Self { things, profiles })
    }
}

/// The colours that an area lies on, column by column: those of the row above it.
fn ground(sheet: &Sheet, area: &Area) -> Vec<u32> {
    sheet.colours(&Area { y: area.y.saturating_sub(1), height: 1, ..*area })
}

/// From where to where something stands out from the ground in a column.
fn drawn<'c>(column: impl Iterator<Item = &'c u32>, ground: u32) -> Option<Range<u32>> {
    let mut out =
        column.zip(0_u32..).filter(|(colour, _)| stands_out(**colour, ground)).map(|(_, y)| y);
    let first = out.next()?;
    Some(first..out.last().unwrap_or(first) + 1)
}

/// The area, widened until it cuts through nothing.
fn whole(sheet: &Sheet, area: &Area) -> Area {
    let mut area = *area;
    for _ in 0..WIDER {
        let known = area;
        if area.x > 0 && !plain_column(sheet, area.x - 1, &area) {
            (area.x, area.width) = (area.x - 1, area.width + 1);
        }
        if area.right() < sheet.width() && !plain_column(sheet, area.right(), &area) {
            area.width += 1;
        }
        if area.height < HIGH {
            if area.y > 0 && !plain_row(sheet, area.y - 1, &area) {
                (area.y, area.height) = (area.y - 1, area.height + 1);
            }
            if area.bottom() < sheet.height() && !plain_row(sheet, area.bottom(), &area) {
                area.height += 1;
            }
        }
        if area == known {
            break;
        }
    }
    area
}

/// Whether a thing has a ground or a border of its own: its first and last rows are mostly drawn.
fn framed(sheet: &Sheet, thing: &Area, ground: &[u32]) -> bool {
    [thing.y, thing.bottom() - 1].into_iter().all(|y| {
        let colours = sheet.colours(&Area { y, height: 1, ..*thing });
        let out = colours.iter().zip(ground).filter(|(one, other)| stands_out(**one, **other));
        out.count() * 2 > thing.width as usize
    })
}

/// The longest pairs of equal things in their order.
fn common(one: usize, other: usize, same: impl Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
    let equal: Vec<bool> = (0..one * other).map(|at| same(at / other, at % other)).collect();
    let mut length = vec![0; (one + 1) * (other + 1)];
    for a in (0..one).rev() {
        for b in (0..other).rev() {
            let at = |a: usize, b: usize| a * (other + 1) + b;
            length[at(a, b)] = if equal[a * other + b] {
                length[at(a + 1, b + 1)] + 1
            } else {
                length[at(a + 1, b)].max(length[at(a, b + 1)])
            };
        }
    }
    let (mut a, mut b) = (0, 0);
    let mut pairs = Vec::new();
    while a < one && b < other {
        if equal[a * other + b] {
            pairs.push((a, b));
            (a, b) = (a + 1, b + 1);
        } else if length[(a + 1) * (other + 1) + b] >= length[a * (other + 1) + b + 1] {
            a += 1;
        } else {
            b += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::super::sheet::pair;
    use super::*;

    /// A line of framed things, each drawn by its number.
    fn line(things: &[(u32, u32)]) -> Vec<Vec<u32>> {
        let pixel = |x: u32, y: u32| {
            let inside = things.iter().find(|(left, _)| (*left..left + 30).contains(&x));
            match inside {
                Some((left, number)) if (5..25).contains(&y) => {
                    let sign = (x - left) % (number + 3) == 1 && (9..20).contains(&y);
                    if sign { 0xff00_0000 } else { 0xff80_c0ff }
                }
                _ => 0xffff_ffff,
            }
        };
        (0..30).map(|y| (0..200).map(|x| pixel(x, y)).collect()).collect()
    }

    #[test]
    fn one_that_went_pushed_the_others() {
        let before = line(&[(20, 1), (60, 2), (100, 3)]);
        let after = line(&[(60, 1), (100, 3)]);
        let (before, after) = pair(&before, &after);
        let area = Area { x: 20, y: 5, width: 70, height: 20 };
        let mut found = vec![Found {
            kind: Kind::Content,
            before: Some(area),
            after: Some(area),
            pixels: 900,
            visible: 900,
            mapping: Vec::new(),
        }];
        split(&before, &after, &mut found);
        assert_eq!(found.len(), 1);
        let gone = Area { x: 60, y: 5, width: 30, height: 20 };
        assert_eq!(
            (found[0].kind, found[0].before, found[0].after),
            (Kind::Removed, Some(gone), None)
        );
    }

    #[test]
    fn what_is_farther_away_than_anything_pushed_it_moved() {
        let before = line(&[(20, 1), (60, 2), (100, 3)]);
        let after = line(&[(130, 2), (170, 3)]);
        let (before, after) = pair(&before, &after);
        let area = Area { x: 20, y: 5, width: 180, height: 20 };
        let mut found = vec![Found {
            kind: Kind::Content,
            before: Some(area),
            after: Some(area),
            pixels: 4000,
            visible: 4000,
            mapping: Vec::new(),
        }];
        split(&before, &after, &mut found);
        let kinds: Vec<_> = found.iter().map(|one| (one.kind, one.before, one.after)).collect();
        let thing = |x, width| Some(Area { x, y: 5, width, height: 20 });
        assert_eq!(
            kinds,
            [(Kind::Removed, thing(20, 30), None), (Kind::Moved, thing(60, 70), thing(130, 70))]
        );
    }
}
