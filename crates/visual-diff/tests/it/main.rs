//! The comparison of pictures, on pictures that the tests make.

mod areas;
mod canvas;
#[cfg(feature = "capture")]
mod capture;
mod chunks;
mod decoding;
#[cfg(feature = "report")]
mod folders;
mod fuzzed;
mod golden;
mod hostile;
mod lockstep;
mod made;
mod structure;
#[cfg(all(feature = "jpeg", feature = "webp"))]
mod whole;
