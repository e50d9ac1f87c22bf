//! The comparison of pictures, on pictures that the tests make.

mod areas;
#[cfg(feature = "capture")]
mod capture;
mod chunks;
mod decoding;
mod fuzzed;
mod golden;
mod hostile;
mod lockstep;
mod made;
#[cfg(all(feature = "jpeg", feature = "webp"))]
mod whole;
