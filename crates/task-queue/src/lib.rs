//! Tasks as reviewable files, claims as leases with epochs, and completion that needs evidence.

mod branches;
mod error;
mod files;
mod graph;
pub mod import;
mod lease;
mod model;
mod queue;
mod scope;
mod store;
mod view;

pub use branches::Branches;
pub use error::{Error, Errors, Fault, Late};
pub use files::{MAX_FILE, QUEUE_DIR, complete};
pub use graph::{Drawing, draw};
pub use lease::{
    Backend, ClaimOutcome, ClaimRequest, History, Holder, Lease, Life, Liveness, Local, Memory,
    Now, Outcome, Quota, Reason,
};
pub use model::{Check, Completion, Estimate, Priority, Task, TaskId};
pub use queue::Queue;
pub use scope::{Glob, Overlap, Scope, Witness, overlaps};
pub use store::{Ready, Store};
pub use view::write_view;
