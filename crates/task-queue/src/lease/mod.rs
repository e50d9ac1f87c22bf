//! Who works on what right now: leases, and the rules by which they are given and taken back.
//!
//! The rules (`rules`) are a state machine without effects: they look at what is stored and at the
//! time, and answer with the changes to make. [`Backend`]s store and change; [`Memory`] does so in
//! memory, the store in SQLite, and both obey the same rules.

mod backend;
pub(crate) mod epochs;
mod local;
mod memory;
mod reason;
pub(crate) mod rules;
mod types;

pub use backend::{Backend, ClaimOutcome, ClaimRequest, Outcome};
pub use local::Local;
pub use memory::Memory;
pub use reason::Reason;
pub use types::{History, Holder, Lease, Life, Liveness, Now, Quota};
