//! Whether a pixel that differs is only smoothed differently.
//!
//! After V. Vyšniauskas, "Anti-aliased Pixel and Intensity Slope Detector" (2009), as pixelmatch
//! has it: a pixel with a darker and a brighter neighbour, of which one lies in a flat place in
//! both pictures. Ties go to the first neighbour by columns, so the order of the walk matters.

use super::delta::{Blend, Pixel};

/// Rows around the one that is judged: two above, itself, two below; those outside are empty.
pub(crate) type Around<'r> = [&'r [Pixel]; 5];

/// Where a pixel stands in its picture.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub(crate) x: usize,
    pub(crate) y: u32,
    pub(crate) width: usize,
}

impl Place {
    /// The number of the pixel, by rows.
    pub(crate) const fn at(self) -> u64 {
        self.y as u64 * self.width as u64 + self.x as u64
    }
}

/// Whether the pixel at `place` of `own` is a smoothed one.
pub(crate) fn antialiased(
    own: &Around<'_>,
    other: &Around<'_>,
    place: Place,
    blend: Blend,
) -> bool {
    let Place { x, width, .. } = place;
    let centre = own[2][x];
    let (left, right) = (x.saturating_sub(1), (x + 1).min(width - 1));
    let above = usize::from(own[1].is_empty()) + 1;
    let below = 3 - usize::from(own[3].is_empty());
    // A picture's edge stands for one equal neighbour.
    let edge = left == x || right == x || above == 2 || below == 2;
    let mut equal = usize::from(edge);
    let mut opaque = centre[3];
    for row in &own[above..=below] {
        for pixel in &row[left..=right] {
            equal += usize::from(*pixel == centre);
            opaque &= pixel[3];
        }
    }
    // The centre was counted too. Colours that differ may still be equally bright, below.
    if equal > 3 {
        return false;
    }
    let spots = if opaque == 255 {
        // No two colours of 8 bits are equally bright (there is no integer solution), so whole
        // numbers give the order of pixelmatch's fractions without their rounding.
        let bright = brightness(centre);
        extremes(own, (left, right), (above, below), 0, |pixel| bright - brightness(pixel))
    } else {
        let zeros = usize::from(edge);
        extremes(own, (left, right), (above, below), zeros, |pixel| {
            if pixel == centre { 0.0 } else { blend.brightness(centre, pixel, place.at()) }
        })
    };
    let Some((least, most)) = spots else { return false };
    let flat = |spot| many_siblings(own, spot, place) && many_siblings(other, spot, place);
    flat(least) || flat(most)
}

/// Column, and row of [`Around`].
type Spot = (usize, usize);

/// The places of the least and the greatest value, the first ones by columns; none when no value
/// is below or none above zero, or when more than two are zero besides the centre.
fn extremes<T: PartialOrd + Default + Copy>(
    rows: &Around<'_>,
    (left, right): (usize, usize),
    (above, below): (usize, usize),
    mut zeros: usize,
    value: impl Fn(Pixel) -> T,
) -> Option<(Spot, Spot)> {
    let zero = T::default();
    let (mut least, mut most) = ((zero, (0, 0)), (zero, (0, 0)));
    for x in left..=right {
        for (y, row) in rows.iter().enumerate().take(below + 1).skip(above) {
            let value = value(row[x]);
            if value < least.0 {
                least = (value, (x, y));
            } else if value > most.0 {
                most = (value, (x, y));
            } else if value == zero {
                zeros += 1;
            }
        }
    }
    // The centre itself is one of the zeros.
    (zeros <= 3 && least.0 < zero && most.0 > zero).then_some((least.1, most.1))
}

/// Whether a pixel has three neighbours of its very colour; an edge stands for one.
fn many_siblings(rows: &Around<'_>, (x, y): Spot, place: Place) -> bool {
    let colour = rows[y][x];
    let (left, right) = (x.saturating_sub(1), (x + 1).min(place.width - 1));
    let above = if rows[y - 1].is_empty() { y } else { y - 1 };
    let below = if rows[y + 1].is_empty() { y } else { y + 1 };
    let edge = left == x || right == x || above == y || below == y;
    let mut equal = usize::from(edge);
    for row in &rows[above..=below] {
        equal += row[left..=right].iter().filter(|pixel| **pixel == colour).count();
    }
    // The pixel itself was counted too.
    equal > 3
}

/// Brightness as a whole number: that of pixelmatch, times 100,000,000.
fn brightness([r, g, b, _]: Pixel) -> i64 {
    i64::from(r) * 29_889_531 + i64::from(g) * 58_662_247 + i64::from(b) * 11_448_223
}
