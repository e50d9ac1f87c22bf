//! Everything that runs a real process, in one binary.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a helper that fails fails its test, and says what it saw"
)]

mod agents;
mod hostile;
mod machine;
#[cfg(feature = "proxy")]
mod proxy;
mod recovery;
mod run;
mod sandbox;
