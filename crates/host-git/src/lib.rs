//! Runs the user's git without ever executing configuration that a repository or an agent planted.
//!
//! A repository can make git run programs in dozens of ways: hooks, filters and text converters
//! under any name, a file-system monitor, merge drivers, aliases, helpers, a repository inside the
//! repository. Overriding them one by one cannot be complete, so git is never shown that
//! configuration: every run has explicit directories and reads only `COMMON/leadforge/git`, a git
//! directory of ours with a configuration of ours. It links to the repository's objects and
//! worktrees, and only settings that change how bytes are stored are copied into it.
//!
//! ```
//! use leadforge_host_git::{Config, Git, Merge, NewWorktree};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let dir = tempfile::tempdir()?;
//! # let repo = dir.path().join("repo");
//! # let sh = |line: &str| std::process::Command::new("sh").arg("-ec").arg(line).current_dir(dir.path()).status();
//! # assert!(sh("git init -q -b main repo; cd repo; echo 1 >a; git add a
//! #     git -c user.name=a -c user.email=a@x.org commit -qm first")?.success());
//! let git = Git::discover(&repo, &Config::default())?;
//! let at = git.resolve("main")?.ok_or("no branch main")?;
//! # let path = dir.path().join("work");
//! let new = NewWorktree { path, branch: Some("lf/task-1/1".into()), at: at.clone() };
//! let tree = git.worktree_add(&new)?;
//!
//! std::fs::write(tree.path.join("new.txt"), "written by an agent\n")?;
//! let snapshot = git.snapshot(&tree)?; // the worktree's own index stays as it is
//! let changes = git.diff(&at, &snapshot.tree)?;
//! assert_eq!(changes[0].path, b"new.txt");
//!
//! let rescued = git.worktree_remove(&tree, "task-1/1")?.ok_or("there was work to save")?;
//! let merges = git.merge_trees(&[(at, rescued)])?;
//! assert!(matches!(merges[0], Merge::Clean { .. }));
//! # Ok(())
//! # }
//! ```
//!
//! # What is promised
//!
//! * *Nothing planted runs*: 36 vectors in a clone, a linked worktree and a submodule, each of
//!   which plain git executes, are inert under every operation here. Hooks of the user do not run
//!   either, and filters do not filter: [`Git::check_supported`] refuses trees that need them.
//! * *Nothing is lost*: a worktree is removed only after its uncommitted files and unreachable
//!   commits are under `refs/leadforge/rescue/`. Objects are on disk before a ref names them.
//! * *Nothing is guessed*: a merge that git could not decide is [`Merge::Unknown`], an unreadable
//!   object an error, an unknown repository format refused by name.
//! * *Callers do not wait for each other's mistakes*: any number of processes add, list and remove
//!   worktrees at once, one after the other, behind a lock that the kernel releases.
//!
//! SHA-256 and reftable repositories, shallow and partial clones, alternates, submodule links
//! without `.gitmodules` and file names of any bytes work. Objects that a partial clone never
//! fetched are errors: nothing here opens a connection. Git 2.39 is the oldest that works.
//!
//! The crate has no features. It prints nothing and reads no environment variable.

mod blobs;
mod config;
mod diff;
mod durable;
mod error;
mod export;
#[cfg(any(test, fuzzing))]
pub mod fuzzed;
mod git;
mod held;
mod history;
mod index;
mod ini;
mod layout;
mod listing;
mod look;
mod merge;
mod objects;
mod oid;
mod ours;
mod private;
mod refs;
mod rehash;
mod rescue;
mod run;
mod scratch;
mod snapshot;
mod stale;
mod support;
mod sweep;
mod tags;
mod tree_edit;
mod worktree;

pub use blobs::{Origin, Staged};
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
pub use tags::Tag;
pub use tree_edit::TreeEdit;
pub use worktree::{NewWorktree, Worktree};
