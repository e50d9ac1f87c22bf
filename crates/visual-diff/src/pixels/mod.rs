//! Which pixels count as different: pixelmatch's answer, exactly, in the profile of a version.

mod antialias;
mod delta;
mod ignored;
mod sweep;

pub(crate) use antialias::{Around, Place, antialiased};
pub use delta::Pixel;
pub(crate) use delta::{Blend, LARGEST, luma};
pub(crate) use ignored::Ignored;
pub(crate) use sweep::{Rule, sweep};

use serde::{Deserialize, Serialize};

/// Whose counts are given; a version of pixelmatch is part of every such answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// pixelmatch 3 to 6: transparent pixels upon white.
    Pm5,
    /// pixelmatch 7: transparent pixels upon a pattern, so that white and clear differ.
    #[default]
    Pm7,
}

/// What was found of one pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Mark {
    /// The same in both pictures.
    Same = 0,
    /// Different, by less than the threshold.
    Near = 1,
    /// Different by more, but smoothed in one of the pictures.
    AntiAliased = 2,
    /// Counted.
    Counted = 3,
    /// Different where the caller does not look.
    Ignored = 4,
}

impl Mark {
    /// The mark of a number that this crate wrote.
    pub(crate) const fn of(number: u8) -> Self {
        match number {
            0 => Self::Same,
            1 => Self::Near,
            2 => Self::AntiAliased,
            3 => Self::Counted,
            _ => Self::Ignored,
        }
    }
}

/// How many pixels differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Pixels that are not the very same in both pictures, ignored ones aside.
    pub different: u64,
    /// Of these, the ones that pixelmatch counts.
    pub counted: u64,
    /// Of these, the ones beyond the threshold that are smoothed edges.
    pub anti_aliased: u64,
    /// Pixels that differ in an ignored place.
    pub ignored: u64,
}

impl Counts {
    /// Adds the marks of a row.
    pub(crate) fn add(&mut self, marks: &[u8]) {
        // Sums of one byte in stretches that cannot overflow it: sixteen marks at a time.
        let part = |part: &[u8], mark: Mark| {
            part.iter().map(|other| u8::from(*other == mark as u8)).fold(0, u8::wrapping_add)
        };
        let of =
            |mark: Mark| marks.chunks(240).map(|marks| u64::from(part(marks, mark))).sum::<u64>();
        let (near, smooth, counted) = (of(Mark::Near), of(Mark::AntiAliased), of(Mark::Counted));
        self.different += near + smooth + counted;
        self.counted += counted;
        self.anti_aliased += smooth;
        self.ignored += of(Mark::Ignored);
    }
}
