//! Runs the user's git without ever executing configuration that a repository or an agent planted.

mod config;
mod diff;
mod error;
mod export;
mod git;
mod history;
mod ini;
mod layout;
mod listing;
mod merge;
mod objects;
mod oid;
mod ours;
mod private;
mod refs;
mod rescue;
mod run;
mod scratch;
mod snapshot;
mod support;
mod tree_edit;
mod worktree;

pub use config::{Config, MIN_VERSION};
pub use diff::{FileChange, Status};
pub use error::Error;
pub use git::{Git, Head};
pub use history::{Commit, NewCommit, Signature};
pub use merge::Merge;
pub use objects::TreeEntry;
pub use oid::Oid;
pub use private::{PrivateGitDir, git_file};
pub use refs::{Expected, RefUpdate};
pub use snapshot::Snapshot;
pub use support::FilterUse;
pub use tree_edit::TreeEdit;
pub use worktree::{NewWorktree, Worktree};
