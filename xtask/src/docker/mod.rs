//! Dockerfiles of others: what ours says of them beside what hadolint says.

mod agree;
pub(crate) use agree::conform;
