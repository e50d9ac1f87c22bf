//! Reading text: where a line is, credentials out of addresses, JSON and YAML with their places.

pub(crate) mod addresses;
pub(crate) mod entries;
pub(crate) mod jsonc;
pub(crate) mod lines;
pub(crate) mod requirement;
pub(crate) mod stanzas;
pub(crate) mod tables;
pub(crate) mod yaml;
