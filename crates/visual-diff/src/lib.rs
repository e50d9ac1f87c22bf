//! Compares two pictures: exact pixel counts, recolours, moved and inserted parts, regions.
//!
//! ```
//! use leadforge_visual_diff::{Bytes, Config, Error, compare};
//!
//! let broken = Bytes { name: "broken.png", bytes: b"\x89PNG\r\n\x1a\n" };
//! let answer = compare(&broken, &broken, &Config::default());
//! assert_eq!(answer.unwrap_err().to_string(), "broken.png is not a whole picture: it ends in the middle");
//! ```

mod area;
#[cfg(feature = "capture")]
pub mod capture;
mod compare;
mod config;
mod decode;
mod diff;
mod error;
#[cfg(feature = "folders")]
mod folders;
#[cfg(feature = "lint")]
pub mod lint;
mod lockstep;
mod mask;
mod pairs;
mod picture;
mod pixels;
mod region;
#[cfg(feature = "report")]
mod report_page;
mod structure;
mod verdict;

pub use area::{Area, Size};
pub use compare::{Report, Warning, compare, compare_with};
pub use config::Config;
pub use decode::{Bytes, Cap, ColourSpace, Facts, Format, Input, Layout, Limits, Rows, Source};
pub use diff::{Diff, diff, diff_with};
pub use error::Error;
#[cfg(feature = "folders")]
pub use folders::{
    FolderConfig, Folders, Item, RegDirs, RegJson, State, compare_folders, pictures,
};
pub use lockstep::{Observer, RowPair};
pub use mask::mask;
pub use pairs::{Series, Settings, Taken, is_picture, is_view, series};
pub use picture::{DiffPicture, Drawing};
pub use pixels::{Counts, Mark, Pixel, Profile};
pub use region::{Colour, Kind, Recolour, Region, Shift, Structure};
#[cfg(feature = "report")]
pub use report_page::{Shown, report_page};
pub use verdict::{Cause, Outcome, Tolerance, Verdict};
