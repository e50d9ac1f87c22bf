//! The comparison of pictures, on pictures that the tests make.

mod areas;
mod decoding;
mod made;
