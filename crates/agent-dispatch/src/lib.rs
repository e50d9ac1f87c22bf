//! Runs coding agents side by side, each in its own worktree and sandbox, and lands only what verifies.

pub mod agent;
mod config;
mod error;
mod event;
mod evidence;
mod job;
mod journal;
pub mod launch;
pub mod machine;
#[cfg(feature = "proxy")]
pub mod proxy;
mod runner;
pub mod sandbox;

pub use config::{
    AgentConfig, Best, Config, Prepare, PromptVia, Quota, RunConfig, SandboxConfig, ScopeConfig,
    Unknown, VerifyConfig, Window,
};
pub use error::Error;
pub use event::{Changed, Event, What};
pub use evidence::{Check, Evidence, SCHEMA};
pub use job::{Board, BoardError, Claimed, Coverage, Ending, Grant, Job};
pub use journal::{FILE as JOURNAL, read as read_journal};
pub use machine::Settled;
pub use runner::{Host, QUEUE, QueueFile, Recorded, Run, Setup, Stop, Summary, run_folder};
