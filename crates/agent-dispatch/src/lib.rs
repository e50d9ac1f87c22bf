//! Runs coding agents side by side, each in its own worktree and sandbox, and lands only what verifies.

pub mod launch;
pub mod sandbox;
