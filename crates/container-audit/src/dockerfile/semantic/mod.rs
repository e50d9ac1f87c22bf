//! Rules that need to know what an image is, what a stage hands on, and what lies around the file.

pub(super) mod around;
pub(super) mod cis;
mod images;
pub(super) mod leak;
pub(super) mod order;
pub(super) mod runtime;
pub(super) mod scope;
pub(super) mod supply;
mod tools;
