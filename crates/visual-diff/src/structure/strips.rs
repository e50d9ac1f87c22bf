//! Columns of a page that stay as they are beside columns that move.

use super::sheet::Sheet;
use super::sketch::{Look, Mark, STRETCH, Sketch};
use super::visible::stands_out;
use crate::Area;

/// Fewer stretches with content say nothing of a column.
const FEW: usize = 8;

/// A range of columns, from the left edge of an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Strip {
    pub(super) x: u32,
    pub(super) width: u32,
    /// Most of what the pictures show there is equal as it lies.
    pub(super) still: bool,
}

/// How many rows two areas begin and end with alike, as far as whole things go: a header, a footer.
pub(super) fn ends(before: &Sheet, after: &Sheet, one: &Area, other: &Area) -> (u32, u32) {
    if one.width != other.width {
        return (0, 0);
    }
    let (a, b) = (Sketch::of(before, one, Look::Colours), Sketch::of(after, other, Look::Colours));
    let shorter = one.height.min(other.height);
    let head = whole(a.rows.iter().zip(&b.rows));
    let tail = whole(a.rows.iter().rev().zip(b.rows.iter().rev()));
    if head + tail < shorter { (head, tail) } else { (0, 0) }
}

/// The rows that are alike before the first that are not, without what lies behind their last gap:
/// it may be the beginning of something that only looks like something else.
fn whole<'m>(pairs: impl Iterator<Item = (&'m Mark, &'m Mark)>) -> u32 {
    let rows: Vec<bool> =
        pairs.take_while(|(a, b)| a == b).map(|(row, _)| row.has_content()).collect();
    let gap = rows.iter().rposition(|&content| !content).unwrap_or(0);
    rows[..gap].iter().rposition(|&content| content).map_or(0, |at| at as u32 + 1)
}

/// Parts two areas, which begin at one row, into strips that are still and strips that are not;
/// none when all of it is of one sort.
pub(super) fn strips(before: &Sheet, after: &Sheet, one: &Area, other: &Area) -> Vec<Strip> {
    let found = strips_of(before, after, (one, other), (13, 20));
    // Where little is shown, a footer that moved weighs much.
    if found.is_empty() { strips_of(before, after, (one, other), (1, 2)) } else { found }
}

/// A column is still when so much of its content is equal as it lies.
fn strips_of(
    before: &Sheet,
    after: &Sheet,
    (one, other): (&Area, &Area),
    most: (usize, usize),
) -> Vec<Strip> {
    let width = one.width.min(other.width);
    let cut = |area: &Area| Area { width, ..*area };
    let a = Sketch::of(before, &cut(one), Look::Colours);
    let b = Sketch::of(after, &cut(other), Look::Colours);
    let mut columns = vec![(0_usize, 0_usize); a.width];
    for y in 0..a.height().min(b.height()) {
        for ((left, right), (content, equal)) in a.marks(y).iter().zip(b.marks(y)).zip(&mut columns)
        {
            if left.has_content() || right.has_content() {
                *content += 1;
                *equal += usize::from(left == right);
            }
        }
    }
    let mut strips: Vec<Strip> = Vec::new();
    for (at, (content, equal)) in columns.into_iter().enumerate() {
        let x = at as u32 * STRETCH;
        let wide = STRETCH.min(width - x);
        let still = equal * most.1 >= content * most.0;
        match strips.last_mut() {
            // A column with nothing in it belongs to the one before it.
            Some(last) if content < FEW || last.still == still => last.width += wide,
            _ => strips.push(Strip { x, width: wide, still }),
        }
    }
    let mut at = 1;
    while at < strips.len() {
        let (from, to) = (strips[at - 1].x, strips[at].x + strips[at].width);
        match gutter(before, after, (one, other), strips[at].x, from..to) {
            Some(x) => {
                strips[at - 1].width = x - from;
                (strips[at].x, strips[at].width) = (x, to - x);
                at += 1;
            }
            None => {
                let right = strips.remove(at);
                strips[at - 1].width += right.width;
                strips[at - 1].still &= right.still;
            }
        }
    }
    let worth = strips.iter().any(|strip| strip.still)
        && strips.len() > 1
        && strips.len() <= 5
        && strips.iter().all(|strip| strip.still || strip.width > STRETCH);
    if worth { strips } else { Vec::new() }
}

/// The most edges that a column between two parts of a page crosses: a header, a footer, a frame.
const CROSSED: u32 = 4;

/// More edges are not counted.
const MANY: usize = 12;

/// The column around one that best lies between the parts of both areas and not across them.
fn gutter(
    before: &Sheet,
    after: &Sheet,
    (one, other): (&Area, &Area),
    near: u32,
    within: std::ops::Range<u32>,
) -> Option<u32> {
    let steps = (0..STRETCH).step_by(8).flat_map(|by| [near.checked_sub(by), Some(near + by)]);
    let cost = |x: u32| crossed(before, one, x).max(crossed(after, other, x));
    steps
        .flatten()
        .filter(|x| *x > within.start && *x < within.end)
        .map(|x| (cost(x), x.abs_diff(near), x))
        .filter(|&(cost, ..)| cost <= CROSSED)
        .min()
        .map(|(.., x)| x)
}

/// Widens parts of an area to where they cross least, so that what lies in them is whole.
pub(super) fn widen(
    before: &Sheet,
    after: &Sheet,
    (one, other): (&Area, &Area),
    parts: &mut [Area],
) {
    for part in parts {
        let there = Area { x: one.x, y: part.y - other.y + one.y, ..*part };
        let cost = |x: u32| {
            let at = x - other.x;
            crossed(before, &there, at) + crossed(after, &Area { x: other.x, ..*part }, at)
        };
        let best = |from: u32, to: u32, near: u32| {
            (from..to).step_by(4).chain([near]).min_by_key(|&x| (cost(x), x.abs_diff(near)))
        };
        let left = best(part.x.saturating_sub(STRETCH).max(other.x), part.x, part.x);
        let last = part.right() - 1;
        let right = best(last, (last + STRETCH).min(other.right()), last);
        let (left, right) = (left.unwrap_or(part.x), right.unwrap_or(last));
        (part.x, part.width) = (left, right + 1 - left);
    }
}

/// How many edges a column of an area crosses.
fn crossed(sheet: &Sheet, area: &Area, x: u32) -> u32 {
    let colour = |y: u32| sheet.runs(y, area.x + x, area.x + x + 1)[0].colour;
    let crosses = |y: &u32| !sheet.shared(y - 1, *y) && stands_out(colour(y - 1), colour(*y));
    (area.y + 1..area.bottom()).filter(crosses).take(MANY).count() as u32
}
