//! The first look at two rows: which pixels differ, and which by more than the threshold.
//!
//! Rows that differ do so in few places mostly, so equal stretches are skipped by their bytes.
//! What is left goes through a loop in single precision that the compiler vectorises; it is off by
//! less than [`DOUBT`], and only within that of the threshold the exact difference is computed.

use super::Mark;
use super::delta::{Blend, LARGEST, Pixel};

/// When a difference counts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule {
    pub(crate) blend: Blend,
    /// The squared difference that does not count yet.
    limit: f64,
    /// Below this, in single precision, a difference is within the limit for sure.
    surely_near: f32,
    /// Above this, it is beyond the limit for sure.
    surely_far: f32,
}

/// How far single precision may be off, as a part of the squared difference, with room to spare.
///
/// Each of the three sums has an error of at most 255 · 4 · 2⁻²⁴ in about 255 at most; squared,
/// weighed and summed that is below 0.1 in 35,215 and, near zero, below 0.1 in absolute terms.
const DOUBT: f64 = 0.1;

impl Rule {
    pub(crate) fn new(blend: Blend, threshold: f64) -> Self {
        let limit = LARGEST * threshold * threshold;
        Self {
            blend,
            limit,
            surely_near: (limit - DOUBT) as f32,
            surely_far: (limit + DOUBT) as f32,
        }
    }

    /// The exact answer for two unequal colours.
    fn far(&self, first: Pixel, second: Pixel, at: u64) -> bool {
        self.blend.delta(first, second, at).abs() > self.limit
    }
}

/// Pixels that are looked at together.
const STRIDE: usize = 32;

/// Marks the pixels of a row as same, near, or counted; `marks` says [`Mark::Same`] everywhere.
///
/// `first_at` is the number of the row's first pixel in its picture. True when one is counted.
pub(crate) fn sweep<const N: usize>(
    rule: &Rule,
    before: &[[u8; N]],
    after: &[[u8; N]],
    first_at: u64,
    marks: &mut [u8],
) -> bool {
    let mut far = false;
    let strides = before.chunks(STRIDE).zip(after.chunks(STRIDE)).zip(marks.chunks_mut(STRIDE));
    for (n, ((before, after), marks)) in strides.enumerate() {
        if before == after {
            continue;
        }
        let clear =
            N == 4 && before.iter().chain(after).fold(255, |all, pixel| all & pixel[N - 1]) != 255;
        let at = first_at + (n * STRIDE) as u64;
        if clear {
            far |= exactly(rule, before, after, at, marks);
        } else if flat(before) && flat(after) {
            // As most of a recoloured page is.
            far |= exactly(rule, &before[..1], &after[..1], at, &mut marks[..1]);
            let mark = marks[0];
            marks.fill(mark);
        } else {
            far |= quickly(rule, before, after, at, marks);
        }
    }
    far
}

/// Whether all pixels have one colour.
fn flat<const N: usize>(pixels: &[[u8; N]]) -> bool {
    pixels[1..] == pixels[..pixels.len() - 1]
}

/// Every unequal pixel in double precision.
fn exactly<const N: usize>(
    rule: &Rule,
    before: &[[u8; N]],
    after: &[[u8; N]],
    first_at: u64,
    marks: &mut [u8],
) -> bool {
    let mut any = false;
    for (at, ((before, after), mark)) in before.iter().zip(after).zip(marks).enumerate() {
        if before != after {
            let far = rule.far(rgba(before), rgba(after), first_at + at as u64);
            *mark = if far { Mark::Counted } else { Mark::Near } as u8;
            any |= far;
        }
    }
    any
}

/// Opaque pixels in single precision, then those in doubt in double precision.
fn quickly<const N: usize>(
    rule: &Rule,
    before: &[[u8; N]],
    after: &[[u8; N]],
    first_at: u64,
    marks: &mut [u8],
) -> bool {
    /// A mark that no pixel keeps.
    const DOUBTFUL: u8 = 255;
    let (mut any, mut doubtful) = (false, false);
    for ((before, after), mark) in before.iter().zip(after).zip(&mut *marks) {
        let difference = |n: usize| f32::from(i16::from(before[n]) - i16::from(after[n]));
        let (r, g, b) = (difference(0), difference(1), difference(2));
        let y = r * 0.298_895_3 + g * 0.586_622_5 + b * 0.114_482_23;
        let i = r * 0.595_978 - g * 0.274_176_1 - b * 0.321_801_9;
        let q = r * 0.211_470_17 - g * 0.522_617_1 + b * 0.311_146_94;
        let delta = 0.5053 * y * y + 0.299 * i * i + 0.1957 * q * q;
        let near = u8::from(r != 0.0) | u8::from(g != 0.0) | u8::from(b != 0.0);
        let far = u8::from(delta > rule.surely_far) * (Mark::Counted as u8);
        let doubt = delta >= rule.surely_near && delta <= rule.surely_far && near != 0;
        *mark = if doubt { DOUBTFUL } else { near | far };
        any |= far != 0;
        doubtful |= doubt;
    }
    if doubtful {
        for (at, ((before, after), mark)) in before.iter().zip(after).zip(marks).enumerate() {
            if *mark == DOUBTFUL {
                let far = rule.far(rgba(before), rgba(after), first_at + at as u64);
                *mark = if far { Mark::Counted } else { Mark::Near } as u8;
                any |= far;
            }
        }
    }
    any
}

fn rgba<const N: usize>(pixel: &[u8; N]) -> Pixel {
    [pixel[0], pixel[1], pixel[2], if N == 4 { pixel[N - 1] } else { 255 }]
}
