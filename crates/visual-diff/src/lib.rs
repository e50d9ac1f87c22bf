//! Compares two pictures: exact pixel counts, recolours, moved and inserted parts, regions.

mod area;

pub use area::{Area, Size};
