//! Pixels that differ where two pictures lie on each other, and the groups they form.

use super::patch::Patch;
use super::sheet::{Run, Sheet};
use super::union::Union;
use super::visible::visible;
use crate::Area;

/// Columns that may lie between two spans of one group.
pub(super) const ACROSS: u32 = 14;
/// Rows that may lie between two spans of one group.
const DOWN: u32 = 10;
/// The most spans that are grouped; beyond it everything is one group.
const MOST: usize = 1 << 20;

/// Neighbouring pixels of one colour each side that differ, in the second picture's columns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) y: u32,
    pub(super) x: u32,
    pub(super) end: u32,
    pub(super) before: u32,
    pub(super) after: u32,
}

/// Calls `each` with every piece of a patch, in reading order.
pub(super) fn pieces(before: &Sheet, after: &Sheet, patch: &Patch, each: impl FnMut(Piece)) {
    pieces_of(before, after, patch, |_| true, each);
}

/// The same for rows that are wanted, counted from the patch's first one.
pub(super) fn pieces_of(
    before: &Sheet,
    after: &Sheet,
    patch: &Patch,
    wanted: impl Fn(u32) -> bool,
    mut each: impl FnMut(Piece),
) {
    let Patch { before: one, after: other, holes } = patch;
    let (mut last, mut last_differs) = (None, true);
    for row in (0..other.height).filter(|&row| wanted(row)) {
        let (above, y) = (one.y + row, other.y + row);
        // Rows that repeat repeat their answer.
        let repeats = last.is_some_and(|(a, b)| before.shared(a, above) && after.shared(b, y));
        last = Some((above, y));
        if repeats && !last_differs {
            continue;
        }
        last_differs = false;
        let (left, right) =
            (before.runs(above, one.x, one.right()), after.runs(y, other.x, other.right()));
        let (mut a, mut b) = (0, 0);
        let mut x = 0;
        let aligned = one.x == other.x;
        while x < other.width && a < left.len() && b < right.len() {
            // Most of two rows is equal, run by run.
            let same = if aligned { equal(&left[a..], &right[b..]) } else { 0 };
            if same > 0 {
                (a, b) = (a + same, b + same);
                x = left[a - 1].end - one.x;
                continue;
            }
            let (ends_a, ends_b) = (left[a].end - one.x, right[b].end - other.x);
            let end = ends_a.min(ends_b).min(other.width);
            if left[a].colour != right[b].colour {
                last_differs = true;
                let piece = Piece {
                    y,
                    x: other.x + x,
                    end: other.x + end,
                    before: left[a].colour,
                    after: right[b].colour,
                };
                outside(piece, holes, &mut each);
            }
            x = end;
            a += usize::from(ends_a == end);
            b += usize::from(ends_b == end);
        }
    }
}

/// How many runs two rows begin with alike.
fn equal(left: &[Run], right: &[Run]) -> usize {
    left.iter().zip(right).take_while(|(left, right)| left == right).count()
}

/// Pixels of a patch that look different.
pub(super) fn residual(before: &Sheet, after: &Sheet, patch: &Patch) -> u64 {
    let mut count = 0;
    pieces(before, after, patch, |piece| {
        if visible(piece.before, piece.after) {
            count += u64::from(piece.end - piece.x);
        }
    });
    count
}

/// The parts of a piece that lie in no hole.
fn outside(mut piece: Piece, holes: &[Area], each: &mut impl FnMut(Piece)) {
    while piece.x < piece.end {
        let covers = |hole: &&Area| hole.y <= piece.y && piece.y < hole.bottom();
        let here = |hole: &&Area| hole.x <= piece.x && piece.x < hole.right();
        if let Some(hole) = holes.iter().filter(covers).find(here) {
            piece.x = hole.right();
            continue;
        }
        let next = holes.iter().filter(covers).map(|hole| hole.x).filter(|&x| x > piece.x).min();
        let end = next.map_or(piece.end, |next| next.min(piece.end));
        each(Piece { end, ..piece });
        piece.x = end;
    }
}

/// Which group each piece belongs to, in the order of [`pieces`], and the box of each group.
#[derive(Debug, Default)]
pub(super) struct Groups {
    /// Up to which piece a span reaches, and its group.
    spans: Vec<(u32, u32)>,
    /// The box of each group.
    pub(super) areas: Vec<Area>,
    seen: u32,
    at: usize,
}

/// A stretch of a row in which pieces are near each other.
#[derive(Clone, Copy)]
struct Span {
    y: u32,
    x: u32,
    end: u32,
    pieces: u32,
}

impl Groups {
    /// Forms groups of the pieces that `take` accepts.
    pub(super) fn of(
        before: &Sheet,
        after: &Sheet,
        patch: &Patch,
        take: impl Fn(&Piece) -> bool,
    ) -> Self {
        let mut spans: Vec<Span> = Vec::new();
        let mut count = 0;
        pieces(before, after, patch, |piece| {
            if !take(&piece) {
                return;
            }
            count += 1;
            let many = spans.len() >= MOST;
            match spans.last_mut() {
                Some(span) if span.y == piece.y && piece.x - span.end <= ACROSS => {
                    (span.end, span.pieces) = (piece.end, count);
                }
                Some(span) if many => {
                    (span.end, span.pieces) = (span.end.max(piece.end), count);
                }
                _ => spans.push(Span { y: piece.y, x: piece.x, end: piece.end, pieces: count }),
            }
        });
        Self::join(&spans)
    }

    fn join(spans: &[Span]) -> Self {
        let mut union = Union::default();
        union.grow(spans.len());
        // Where spans of the last rows begin, so that each looks back a few rows only.
        let mut rows: Vec<(u32, usize)> = Vec::new();
        for (at, span) in spans.iter().enumerate() {
            if rows.last().is_none_or(|&(y, _)| y != span.y) {
                rows.push((span.y, at));
            }
            for back in (0..rows.len() - 1).rev() {
                let (y, start) = rows[back];
                if span.y - y > DOWN {
                    break;
                }
                let row = &spans[start..rows[back + 1].1];
                let first = row.partition_point(|other| other.end + ACROSS < span.x);
                for (near, other) in row.iter().enumerate().skip(first) {
                    if other.x > span.end + ACROSS {
                        break;
                    }
                    union.unite(at, start + near);
                }
            }
        }
        let mut groups = Self::default();
        let mut name = vec![u32::MAX; spans.len()];
        for (at, span) in spans.iter().enumerate() {
            let root = union.first(at as u32) as usize;
            let area = Area { x: span.x, y: span.y, width: span.end - span.x, height: 1 };
            if name[root] == u32::MAX {
                name[root] = groups.areas.len() as u32;
                groups.areas.push(area);
            } else {
                let known = &mut groups.areas[name[root] as usize];
                *known = known.around(&area);
            }
            groups.spans.push((span.pieces, name[root]));
        }
        groups
    }

    /// The group of the next piece, when they are gone through a second time.
    pub(super) fn next(&mut self) -> usize {
        self.seen += 1;
        while self.spans[self.at].0 < self.seen {
            self.at += 1;
        }
        self.spans[self.at].1 as usize
    }
}
