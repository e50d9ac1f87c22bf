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
    if one == other {
        return false;
    }
    // Most opaque colours need no sum: they are too near, or far enough in one channel.
    if one & other >= OPAQUE {
        if apart(one, other) <= NEAR {
            return false;
        }
        let (one, other) = (one.to_le_bytes(), other.to_le_bytes());
        if (0..3).any(|at| one[at].abs_diff(other[at]) >= FAR[at]) {
            return true;
        }
    }
    measured(one, other)
}

fn measured(one: u32, other: u32) -> bool {
    let delta = Blend::WhiteDifference.delta(one.to_le_bytes(), other.to_le_bytes(), 0);
    delta.abs() > THRESHOLD * THRESHOLD * LARGEST
}

/// The alpha of an opaque colour.
const OPAQUE: u32 = 0xff00_0000;

/// The greatest difference of any channel that no opaque pair of colours shows.
const NEAR: u8 = 16;

/// Differences of red, of green and of blue that every opaque pair of colours shows.
const FAR: [u8; 3] = [50, 40, 86];

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
    }

    #[test]
    fn far_colours_are_always_visible() {
        // The other two channels as they hide it best, either way.
        let unseen = |far: u8, shift: u32| {
            let places = [shift, (shift + 8) % 24, (shift + 16) % 24];
            let colour = |values: [i32; 3]| {
                let bits = values.iter().zip(places);
                OPAQUE | bits.map(|(value, place)| (*value.max(&0) as u32) << place).sum::<u32>()
            };
            let others = || (-255..=255_i32).step_by(3);
            let pairs = others().flat_map(|a| others().map(move |b| (a, b)));
            pairs
                .filter(|&(a, b)| !measured(colour([0, -a, -b]), colour([i32::from(far), a, b])))
                .count()
        };
        for (far, shift) in FAR.into_iter().zip([0, 8, 16]) {
            assert_eq!(unseen(far, shift), 0, "{far}");
            assert!(unseen(far - 4, shift) > 0, "{far} is more than is needed");
        }
    }

    #[test]
    fn a_shade_is_no_edge() {
        assert!(!stands_out(0xff00_0000, 0xff04_0404) && stands_out(0xff00_0000, 0xff05_0000));
    }
}
