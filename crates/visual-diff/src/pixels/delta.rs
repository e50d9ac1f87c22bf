//! How much two colours differ, as pixelmatch computes it: in double precision, in its order.
//!
//! YIQ after Kotsarenko and Ramos, "Measuring perceived color difference using YIQ NTSC transmission
//! color space in mobile applications". Sums and products stand in the order of the profile's own
//! version, because rounding decides at the threshold.

use super::Profile;

/// Red, green, blue and alpha of 8 bits.
pub type Pixel = [u8; 4];

/// The largest squared difference, that of black and white.
pub(crate) const LARGEST: f64 = 35_215.0;

/// What transparent pixels are laid upon, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Blend {
    /// Each colour by itself upon white (pixelmatch 3 to 6).
    White,
    /// The difference upon white (pixelmatch 7, `checkerboard: false`).
    WhiteDifference,
    /// The difference upon a pattern that depends on the pixel's place (pixelmatch 7).
    Checkerboard,
}

impl Blend {
    pub(crate) const fn of(profile: Profile, checkerboard: bool) -> Self {
        match (profile, checkerboard) {
            (Profile::Pm5, _) => Self::White,
            (Profile::Pm7, true) => Self::Checkerboard,
            (Profile::Pm7, false) => Self::WhiteDifference,
        }
    }

    /// Red, green and blue of the difference, first colour minus second, blended as a difference.
    ///
    /// `at` is the number of the pixel of which the pattern is taken.
    fn difference(self, first: Pixel, second: Pixel, at: u64) -> [f64; 3] {
        let ([r1, g1, b1, a1], [r2, g2, b2, a2]) = (floats(first), floats(second));
        if a1 == 255.0 && a2 == 255.0 {
            return [r1 - r2, g1 - g2, b1 - b2];
        }
        let upon = match self {
            Self::White | Self::WhiteDifference => [255.0; 3],
            Self::Checkerboard => pattern(at),
        };
        let da = a1 - a2;
        let blend = |c1: f64, c2: f64, upon: f64| (c1 * a1 - c2 * a2 - upon * da) / 255.0;
        [blend(r1, r2, upon[0]), blend(g1, g2, upon[1]), blend(b1, b2, upon[2])]
    }

    /// The squared difference of two unequal colours, negative where the second one is darker.
    pub(crate) fn delta(self, first: Pixel, second: Pixel, at: u64) -> f64 {
        let (y, i, q) = match self {
            Self::White => {
                let (first, second) = (upon_white(first), upon_white(second));
                let of = |weigh: fn([f64; 3]) -> f64| weigh(first) - weigh(second);
                (of(luma), of(in_phase), of(quadrature))
            }
            _ => {
                let difference = self.difference(first, second, at);
                (luma(difference), in_phase(difference), quadrature(difference))
            }
        };
        let delta = 0.5053 * y * y + 0.299 * i * i + 0.1957 * q * q;
        if y > 0.0 { -delta } else { delta }
    }

    /// How much brighter the first of two unequal colours is.
    pub(crate) fn brightness(self, first: Pixel, second: Pixel, at: u64) -> f64 {
        match self {
            Self::White => luma(upon_white(first)) - luma(upon_white(second)),
            _ => luma(self.difference(first, second, at)),
        }
    }
}

fn upon_white(pixel: Pixel) -> [f64; 3] {
    let [r, g, b, a] = floats(pixel);
    if a == 255.0 {
        return [r, g, b];
    }
    let a = a / 255.0;
    let upon = |c: f64| 255.0 + (c - 255.0) * a;
    [upon(r), upon(g), upon(b)]
}

/// Written out: `map` of an array is not inlined.
fn floats([r, g, b, a]: Pixel) -> [f64; 4] {
    [f64::from(r), f64::from(g), f64::from(b), f64::from(a)]
}

/// The colour under a transparent pixel, of which green and blue alternate with the golden ratio.
///
/// The number that decides is that of the pixel's first byte: always even, so red is constant.
fn pattern(at: u64) -> [f64; 3] {
    let byte = 4.0 * at as f64;
    // `|0` of JavaScript keeps 32 bits, and `%` the sign.
    let odd = |value: f64| f64::from((value as i64 as i32) % 2);
    [
        48.0,
        48.0 + 159.0 * odd(byte / 1.618033988749895),
        48.0 + 159.0 * odd(byte / 2.618033988749895),
    ]
}

pub(crate) fn luma([r, g, b]: [f64; 3]) -> f64 {
    r * 0.29889531 + g * 0.58662247 + b * 0.11448223
}

fn in_phase([r, g, b]: [f64; 3]) -> f64 {
    r * 0.59597799 - g * 0.27417610 - b * 0.32180189
}

fn quadrature([r, g, b]: [f64; 3]) -> f64 {
    r * 0.21147017 - g * 0.52261711 + b * 0.31114694
}
