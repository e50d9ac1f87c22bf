//! Tasks as reviewable files, claims as leases with epochs, and completion that needs evidence.
//!
//! There are two planes. *Definitions and completions* are Markdown files with TOML front matter in
//! [`QUEUE_DIR`], under version control: a [`Queue`] reads and checks them, from a folder or from
//! the files of a commit. *Leases* say who works on what right now. They live in a database beside
//! the repository ([`Store`]) that may be lost at any time: epochs go on from what branches and
//! completed files tell, and a holder that comes back too late is refused.
//!
//! A [`Backend`] decides blockers, overlap with what runs, tries and quotas in one transaction. The
//! rules are a state machine without effects; [`Memory`] obeys the same ones as the store. Time,
//! randomness, liveness and the history in branches are arguments; [`Local`] and [`Branches`] read
//! the last two from a machine and a repository, without starting a process.
//!
//! ```
//! use leadforge_task_queue::{
//!     Backend, ClaimOutcome, ClaimRequest, History, Holder, Life, Memory, Now, Outcome, Queue,
//! };
//!
//! let task = "+++\ntitle = \"Sort the imports\"\ntouches = [\"src/**/*.py\"]\n+++\nWith isort.\n";
//! let queue = Queue::from_files([("pending/lf-7k3q9d2x.md", task)])?;
//!
//! let history = |_: &_| Ok(History::default());
//! let request = ClaimRequest::new("claude", "a random text", Holder::default(), &history);
//! let alive = |_: &Holder| Life::Unknown;
//! let now = Now { unix_ms: 1_800_000_000_000, boot_id: "", boot_ms: 0, liveness: &alive };
//!
//! let backend = Memory::new();
//! let ClaimOutcome::Granted(lease, task) = backend.claim(&queue, &request, &now)? else {
//!     panic!("nothing else is running");
//! };
//! assert_eq!((task.title.as_str(), lease.epoch), ("Sort the imports", 1));
//! backend.settle(&lease, Outcome::Done, &now)?;
//! assert!(backend.beat(&lease, 1, &now).is_err(), "it is over");
//! # Ok::<(), leadforge_task_queue::Error>(())
//! ```
//!
//! There are no features: the crate starts no process, opens no socket and prints nothing.

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
