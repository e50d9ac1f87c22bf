//! Whether two colours look different at all.

use crate::pixels::{Blend, LARGEST};

/// pixelmatch's default threshold.
const THRESHOLD: f64 = 0.1;

/// Whether one colour ends where the other one begins, and not a gradient or a shade goes on.
#[inline]
pub(super) fn stands_out(one: u32, other: u32) -> bool {
    one != other && apart(one, other) > 4
}

/// Whether a person could see one beside the other: pixelmatch's measure at its default.
#[inline]
pub(super) fn visible(one: u32, other: u32) -> bool {
    // Most shades need no sum: for opaque colours no nearer ones reach the threshold.
    if one == other || apart(one, other) <= NEAR && one & other >= OPAQUE {
        return false;
    }
    let delta = Blend::WhiteDifference.delta(one.to_le_bytes(), other.to_le_bytes(), 0);
    delta.abs() > THRESHOLD * THRESHOLD * LARGEST
}

/// The alpha of an opaque colour.
const OPAQUE: u32 = 0xff00_0000;

/// The greatest difference of any channel that no opaque pair of colours shows.
const NEAR: u8 = 16;

/// The greatest difference of a channel.
#[inline]
fn apart(one: u32, other: u32) -> u8 {
    let ([r, g, b, a], [x, y, z, w]) = (one.to_le_bytes(), other.to_le_bytes());
    r.abs_diff(x).max(g.abs_diff(y)).max(b.abs_diff(z).max(a.abs_diff(w)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_colours_are_never_visible() {
        // The worst that red, green and blue can do within the limit.
        let steps = [-1, 0, 1].map(|by: i16| (128 + by * i16::from(NEAR)) as u8);
        let three = |at: usize| [steps[at % 3], steps[at / 3 % 3], steps[at / 9]];
        for [r, g, b] in (0..27).map(three) {
            let (grey, near) = ([128, 128, 128, 255], [r, g, b, 255]);
            let delta = Blend::WhiteDifference.delta(grey, near, 0);
            assert!(delta.abs() <= THRESHOLD * THRESHOLD * LARGEST, "{near:?}");
        }
        assert!(visible(0xff00_0000, 0xff30_3030));
        assert!(!stands_out(0xff00_0000, 0xff04_0404) && stands_out(0xff00_0000, 0xff05_0000));
    }
}
