//! Rules about Dockerfiles.

mod finding;

pub use finding::{Finding, Fix, Severity};
