//! Whether two colours look different at all, by pixelmatch's measure at its default threshold.

/// 0.1² of the largest difference that the measure knows.
const LIMIT: f32 = 0.01 * 35215.0;

/// Whether one colour ends where the other one begins, and not a gradient or a shade goes on.
pub(super) fn stands_out(one: u32, other: u32) -> bool {
    let (one, other) = (one.to_le_bytes(), other.to_le_bytes());
    one.iter().zip(other).any(|(a, b)| a.abs_diff(b) > 4)
}

/// Whether a person could see one beside the other.
pub(super) fn visible(one: u32, other: u32) -> bool {
    let ([a, b, c, alpha], [x, y, z, other_alpha]) = (one.to_le_bytes(), other.to_le_bytes());
    if alpha.abs_diff(other_alpha) > 25 {
        return true;
    }
    let (r, g, b) =
        (f32::from(a) - f32::from(x), f32::from(b) - f32::from(y), f32::from(c) - f32::from(z));
    let luma = r * 0.298_895_3 + g * 0.586_622_5 + b * 0.114_482_23;
    let i = r * 0.595_978 - g * 0.274_171_6 - b * 0.321_801_9;
    let q = r * 0.211_470_2 - g * 0.522_617_1 + b * 0.311_147;
    0.505_3 * luma * luma + 0.299 * i * i + 0.195_7 * q * q > LIMIT
}
