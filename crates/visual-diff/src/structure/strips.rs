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
const MANY: u32 = 12;

/// The column around one that best lies between the parts of both areas and not across them.
fn gutter(
    before: &Sheet,
    after: &Sheet,
    (one, other): (&Area, &Area),
    near: u32,
    within: std::ops::Range<u32>,
) -> Option<u32> {
    let first = near.saturating_sub(STRETCH - 8).max(within.start + 1);
    let first = first + (near - first) % 8;
    let columns: Vec<u32> = (first..(near + STRETCH).min(within.end)).step_by(8).collect();
    let crossed = crossed(before, one, &columns).into_iter().zip(crossed(after, other, &columns));
    columns
        .iter()
        .zip(crossed)
        .map(|(&x, (one, other))| (one.max(other), x.abs_diff(near), x))
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
        let home = Area { x: other.x, ..*part };
        let best = |from: u32, to: u32, near: u32| {
            let mut columns: Vec<u32> = (from..to).step_by(4).chain([near]).collect();
            columns.sort_unstable();
            let inside: Vec<u32> = columns.iter().map(|x| x - other.x).collect();
            let both = crossed(before, &there, &inside).into_iter();
            let both = both.zip(crossed(after, &home, &inside));
            let cost = columns.iter().zip(both).map(|(&x, (one, two))| (one + two, x));
            cost.min_by_key(|&(cost, x)| (cost, x.abs_diff(near))).map_or(near, |(_, x)| x)
        };
        let left = best(part.x.saturating_sub(STRETCH).max(other.x), part.x, part.x);
        let last = part.right() - 1;
        let right = best(last, (last + STRETCH).min(other.right()), last);
        (part.x, part.width) = (left, right + 1 - left);
    }
}

/// How many edges each of these columns of an area crosses; the columns ascend.
fn crossed(sheet: &Sheet, area: &Area, columns: &[u32]) -> Vec<u32> {
    let mut counts = vec![0; columns.len()];
    let mut last = vec![0; columns.len()];
    let (Some(&from), Some(&to)) = (columns.first(), columns.last()) else { return counts };
    for y in area.y..area.bottom() {
        if y > area.y && sheet.shared(y - 1, y) {
            continue;
        }
        let mut runs = sheet.runs(y, area.x + from, area.x + to + 1).iter();
        let mut run = runs.next();
        for (at, x) in columns.iter().enumerate() {
            while run.is_some_and(|run| run.end <= area.x + x) {
                run = runs.next();
            }
            let colour = run.map_or(0, |run| run.colour);
            counts[at] += u32::from(y > area.y && stands_out(last[at], colour));
            last[at] = colour;
        }
    }
    counts.iter_mut().for_each(|count| *count = (*count).min(MANY));
    counts
}
