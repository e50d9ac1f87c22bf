//! Which module imports which, what the project allows, and what a change adds to that.

mod bans;
mod chains;
mod check;
mod contract;
mod cycles;
mod diagram;
mod graph;
mod import;
mod jsonc;
mod python;
mod read;
mod resolve;
mod rust;
mod script;
mod select;

pub use check::{Link, Verdict, Violation, caused, check};
pub use contract::{Contract, ContractError, Forbidden, Protected};
pub use diagram::{Drawing, Form, render};
pub use graph::{Config, Graph, Module};
pub use import::{Import, Kind, Language, What};
pub use read::scan;

use crate::change::RepoPath;

/// Why there is no graph.
#[derive(Debug, thiserror::Error)]
pub enum ArchError {
    /// The tree could not be read.
    #[error("the tree could not be read: {0}")]
    Tree(String),
    /// The tree lists a file that it does not have.
    #[error("{0} is listed in the tree and not there")]
    Gone(RepoPath),
    /// A glob of files is none.
    #[error("{0}")]
    Glob(String),
    /// Nothing is there to draw.
    #[error("there is no module of {0}: nothing to draw")]
    Nothing(String),
    /// The machine gives no thread.
    #[error("a thread for reading imports could not be used: {0}")]
    Thread(String),
}
