//! Everything that runs a real process, in one binary.
mod agents;
mod hostile;
mod machine;
mod run;
#[cfg(feature = "proxy")]
mod proxy;
mod sandbox;
