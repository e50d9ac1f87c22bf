//! Flows across binaries, and the simulation of the cores below them.

#[path = "../sim/mod.rs"]
pub mod sim;
