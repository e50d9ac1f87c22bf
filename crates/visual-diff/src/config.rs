//! What a comparison is asked for.

use crate::{Area, Limits, Profile};

/// What counts, and within which limits; the defaults are pixelmatch's.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Whose counts are given.
    pub profile: Profile,
    /// How much two colours may differ, from 0 (nothing) to 1 (black and white).
    pub threshold: f64,
    /// Counts smoothed edges too.
    pub include_aa: bool,
    /// Lays transparent pixels upon a pattern in profile [`Profile::Pm7`], else upon white.
    pub checkerboard: bool,
    /// Where differences are not looked at; [`mask`](crate::mask()) makes such areas of a picture.
    pub ignore: Vec<Area>,
    /// How large a picture may be.
    pub limits: Limits,
    /// Decodes the pictures side by side: less time where a core is idle, an eighth more work, and
    /// the same answer.
    pub threads: bool,
    /// Looks for what changed as a person would say it, in [`diff`](crate::diff()); without it
    /// pixels are counted, at a third of the cost or less, and a recolour that no count sees is none.
    pub structure: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            profile: Profile::Pm7,
            threshold: 0.1,
            include_aa: false,
            checkerboard: true,
            ignore: Vec::new(),
            limits: Limits::default(),
            threads: false,
            structure: true,
        }
    }
}
