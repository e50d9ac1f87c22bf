//! Every operation against real repositories made by plain git.

mod bed;
mod discover;
mod formats;
mod history;
mod merging;
mod outputs;
mod refs;
mod rescuing;
mod snapshots;
mod worktrees;
