//! Every operation against real repositories made by plain git.

#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]

mod bed;
mod blobs;
mod discover;
mod formats;
mod history;
mod killed;
mod merging;
mod outputs;
mod poison;
mod refs;
mod rescuing;
mod snapshots;
mod staged;
mod storm;
mod tags;
mod vectors;
mod worktrees;
