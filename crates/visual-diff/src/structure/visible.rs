//! Whether two colours look different at all.

use crate::pixels::{Blend, LARGEST};

/// pixelmatch's default threshold.
const THRESHOLD: f64 = 0.1;

/// Whether one colour ends where the other one begins, and not a gradient or a shade goes on.
pub(super) fn stands_out(one: u32, other: u32) -> bool {
    let (one, other) = (one.to_le_bytes(), other.to_le_bytes());
    one.iter().zip(other).any(|(a, b)| a.abs_diff(b) > 4)
}

/// Whether a person could see one beside the other: pixelmatch's measure at its default.
pub(super) fn visible(one: u32, other: u32) -> bool {
    let delta = Blend::WhiteDifference.delta(one.to_le_bytes(), other.to_le_bytes(), 0);
    delta.abs() > THRESHOLD * THRESHOLD * LARGEST
}
