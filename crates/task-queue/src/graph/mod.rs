//! What follows from `after` alone: cycles, order, and pictures of them.

mod check;
mod draw;
mod order;

pub(crate) use check::{Problem, problems};
pub use draw::{Drawing, draw};
pub(crate) use order::order;
