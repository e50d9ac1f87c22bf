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
        let still = equal * 20 >= content * 13;
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

/// The column nearest to one that lies between the parts of both areas and not across them.
fn gutter(
    before: &Sheet,
    after: &Sheet,
    (one, other): (&Area, &Area),
    near: u32,
    within: std::ops::Range<u32>,
) -> Option<u32> {
    let steps = (0..STRETCH).step_by(8).flat_map(|by| [near.checked_sub(by), Some(near + by)]);
    steps
        .flatten()
        .filter(|x| *x > within.start && *x < within.end)
        .find(|&x| crossed(before, one, x) <= CROSSED && crossed(after, other, x) <= CROSSED)
}

/// How many edges a column of an area crosses.
fn crossed(sheet: &Sheet, area: &Area, x: u32) -> u32 {
    let colour = |y: u32| sheet.runs(y, area.x + x, area.x + x + 1)[0].colour;
    let crosses = |y: &u32| !sheet.shared(y - 1, *y) && stands_out(colour(y - 1), colour(*y));
    (area.y + 1..area.bottom()).filter(crosses).count() as u32
}
