//! Everything that runs a real process, in one binary.
mod agents;
mod hostile;
mod machine;
#[cfg(feature = "proxy")]
mod proxy;
mod run;
mod sandbox;
