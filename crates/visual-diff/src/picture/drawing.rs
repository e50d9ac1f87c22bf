//! The colours of a picture of differences.

use crate::{Mark, Pixel, Profile};
use serde::{Deserialize, Serialize};

/// How differences are drawn; the defaults are pixelmatch's.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Drawing {
    /// How much is left of the picture before, in grey, where nothing is counted: from 0 to 1.
    pub alpha: f64,
    /// The colour of smoothed edges.
    pub aa_color: [u8; 3],
    /// The colour of counted pixels.
    pub diff_color: [u8; 3],
    /// The colour of counted pixels that became darker, if it is another.
    pub diff_color_alt: Option<[u8; 3]>,
    /// Draws counted pixels alone, upon nothing.
    pub mask: bool,
}

impl Default for Drawing {
    fn default() -> Self {
        Self {
            alpha: 0.1,
            aa_color: [255, 255, 0],
            diff_color: [255, 0, 0],
            diff_color_alt: None,
            mask: false,
        }
    }
}

/// What a byte of the picture means: greys count down from white, the colours from the top.
#[derive(Clone, Copy)]
pub(super) struct Colours {
    profile: Profile,
    alpha: f64,
    mask: bool,
}

/// The entries behind the greys.
const NOTHING: u8 = 252;
const SMOOTH: u8 = 253;
const COUNTED: u8 = 254;
pub(super) const DARKER: u8 = 255;

impl Colours {
    pub(super) const fn new(drawing: &Drawing, profile: Profile) -> Self {
        Self { profile, alpha: drawing.alpha, mask: drawing.mask }
    }

    /// True when all greys that may come have an entry beside the four colours.
    pub(super) fn fit(self) -> bool {
        self.grey([0, 0, 0, 255]) > u8::MAX - NOTHING
    }

    /// What is left of the picture where nothing is counted, as pixelmatch rounds it.
    pub(super) fn grey(self, [r, g, b, a]: Pixel) -> u8 {
        let luma = crate::pixels::luma([r, g, b].map(f64::from));
        let value = match self.profile {
            Profile::Pm5 => 255.0 + (luma - 255.0) * (self.alpha * f64::from(a) / 255.0),
            Profile::Pm7 => 255.0 + (luma - 255.0) * self.alpha * f64::from(a) / 255.0,
        };
        value as u8
    }

    /// The entry of a pixel that is drawn as grey.
    pub(super) fn background(self, pixel: Pixel) -> u8 {
        if self.mask { NOTHING } else { 255 - self.grey(pixel) }
    }

    /// The entry of a pixel with a mark of its own; none when it is background.
    pub(super) const fn entry(self, mark: Mark) -> Option<u8> {
        match mark {
            Mark::Same | Mark::Near | Mark::Ignored => None,
            Mark::AntiAliased if self.mask => Some(NOTHING),
            Mark::AntiAliased => Some(SMOOTH),
            Mark::Counted => Some(COUNTED),
        }
    }
}

impl Drawing {
    /// The colour of each entry, and how opaque it is.
    pub(super) fn palette(&self) -> [Pixel; 256] {
        let mut palette = [[0; 4]; 256];
        for (at, entry) in palette.iter_mut().enumerate() {
            let grey = 255 - at as u8;
            *entry = [grey, grey, grey, 255];
        }
        let opaque = |[r, g, b]: [u8; 3]| [r, g, b, 255];
        palette[usize::from(NOTHING)] = [0; 4];
        palette[usize::from(SMOOTH)] = opaque(self.aa_color);
        palette[usize::from(COUNTED)] = opaque(self.diff_color);
        palette[usize::from(DARKER)] = opaque(self.diff_color_alt.unwrap_or(self.diff_color));
        palette
    }
}
