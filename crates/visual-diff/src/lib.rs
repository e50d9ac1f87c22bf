//! Compares two pictures: exact pixel counts, recolours, moved and inserted parts, regions.

mod area;
mod decode;
mod error;
pub mod lint;
mod pairs;

pub use area::{Area, Size};
pub use decode::{Bytes, Cap, ColourSpace, Facts, Format, Input, Layout, Limits, Rows, Source};
pub use error::Error;
pub use pairs::{Series, Settings, Taken, is_picture, series};
