//! What a project is, and what its Dockerfile would weigh.

pub(crate) mod lock;
pub(crate) mod marker;
pub(crate) mod project;
pub(crate) mod sizes;
pub(crate) mod wheels;
