//! Columns of a page that stay as they are beside columns that move.

use super::sheet::Sheet;
use super::sketch::{Look, STRETCH, Sketch};
use crate::Area;

/// Fewer stretches with content say nothing of a column.
const FEW: usize = 8;

/// A range of columns, from the left edge of an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Strip {
    pub(super) x: u32,
    pub(super) width: u32,
    /// Nearly all that both pictures show there is equal as it lies.
    pub(super) still: bool,
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
        let still = equal * 10 >= content * 9;
        match strips.last_mut() {
            // A column with nothing in it belongs to the one before it.
            Some(last) if content < FEW || last.still == still => last.width += wide,
            _ => strips.push(Strip { x, width: wide, still }),
        }
    }
    let worth = strips.len() > 1
        && strips.len() <= 5
        && strips.iter().all(|strip| strip.still || strip.width > STRETCH);
    if worth { strips } else { Vec::new() }
}
