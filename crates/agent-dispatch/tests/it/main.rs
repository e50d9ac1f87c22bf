//! Everything that runs a real process, in one binary.
mod run;
mod sandbox;
