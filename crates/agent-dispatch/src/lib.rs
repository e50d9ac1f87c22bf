//! Runs coding agents side by side, each in its own worktree and sandbox, and lands only what verifies.
//!
//! [`Run::open`] takes the repository's lock, saves and clears what a dead session left, and records the queue as
//! the first commit of an integration branch. [`Run::go`] then works through [`Job`]s in landing order: each attempt
//! gets a lease from the [`Board`], a worktree and a branch `lf/ID/EPOCH`; the agent runs in the [`sandbox`]; the
//! host takes over the resulting tree, verifies it in a clean checkout, merges it onto the tip, verifies that tree,
//! and moves the branches in one transaction. The order is a pure state machine, [`machine::Machine`]: what lands, and
//! from which base it was made, depends on the queue and never on who finished first. The user's own branches, index and
//! files are not touched.
//!
//! ```no_run
//! # fn demo(setup: leadforge_agent_dispatch::Setup<'_>, board: &mut dyn leadforge_agent_dispatch::Board)
//! # -> Result<(), leadforge_agent_dispatch::Error> {
//! use leadforge_agent_dispatch::{Job, Run};
//!
//! let file = ("pending/lf-1.md".to_owned(), b"+++\ntitle = \"Sort the imports\"\n+++\n".to_vec());
//! let run = Run::open(setup, &[file])?;
//! let job = Job {
//!     id: "lf-1".into(),
//!     title: "Sort the imports".into(),
//!     run: Some("isort src".into()),
//!     verify: vec!["isort --check src".into()],
//!     ..Job::default()
//! };
//! let summary = run.go(&[job], board, &mut |event| println!("{event:?}"))?;
//! println!("{} {:?}", summary.tip, summary.outcomes);
//! # Ok(())
//! # }
//! ```
//!
//! A program that runs agents must call [`launch::main`] first in its `main`: the sandbox's launcher is that same
//! program, started again.
//!
//! # Features
//!
//! * `proxy`: listed hosts are reached through a CONNECT proxy of ours; without it a command that lists hosts is refused.
//! * `schema`: JSON schemas of the configuration.

pub mod agent;
mod config;
mod error;
mod event;
mod evidence;
#[cfg(any(test, fuzzing))]
pub mod fuzzed;
mod job;
mod journal;
pub mod launch;
pub mod machine;
#[cfg(feature = "proxy")]
pub mod proxy;
pub mod recovery;
mod runner;
pub mod sandbox;

pub use config::{
    AgentConfig, Best, Config, Expect, Prepare, PromptVia, Quota, RunConfig, SandboxConfig,
    ScopeConfig, Unknown, VerifyConfig, Window,
};
pub use error::Error;
pub use event::{Changed, Event, What};
pub use evidence::{Check, Evidence, Fault, Kept, KeptCheck, SCHEMA};
pub use job::{Board, BoardError, Claimed, Coverage, Ending, Grant, Job};
pub use journal::{FILE as JOURNAL, read as read_journal};
pub use machine::Settled;
pub use runner::{
    Again, Audit, Completed, Files, Host, QUEUE, Question, QueueFile, Recorded, Run, Setup, Stop,
    Summary, again, audit, run_folder,
};
