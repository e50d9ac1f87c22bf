//! Everything that runs a real process, in one binary.
mod agents;
mod run;
mod sandbox;
