//! The story of a repository as its documents tell it: versions, their commits, their screens.

pub(crate) mod graph;
pub(crate) mod judge;
pub(crate) mod screens;
pub(crate) mod versions;
