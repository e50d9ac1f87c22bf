//! Screens: what is to be photographed, from what, how it is done, and what is remembered of it.

pub(crate) mod cache;
pub(crate) mod config;
mod fill;
pub(crate) mod history;
pub(crate) mod plan;
mod profile;
pub(crate) mod record;
mod served;
pub(crate) mod sources;
pub(crate) mod taker;
