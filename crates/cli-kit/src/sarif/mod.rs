//! SARIF 2.1.0: what commands write of their findings, and what they take in of other tools'.
//!
//! Both ends of the format live here, beside the envelope, because two binaries read it for different reasons: one
//! merges what scanners say of packages, one comments on lines. A library takes plain data of its own, made of this.

mod places;
mod raw;
mod read;
mod write;

pub use places::Place;
pub use read::{Hit, Log, Rule, Run, read};
pub(crate) use write::log;
