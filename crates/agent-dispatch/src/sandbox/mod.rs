//! Running one command behind a fence, with bounds, and with no descendant left behind.
//!
//! [`run`] starts the launcher (the binary itself, see [`crate::launch`]), which prepares a
//! private folder, bounds and fence, executes the command, drains its output into a log, and ends
//! every descendant: the double-forked and those with sessions of their own too. The caller holds
//! the launcher's standard input as a lifeline; when the caller dies, however, everything dies.
mod attend;
mod bubblewrap;
mod bytes;
mod calls;
mod cgroup;
mod detect;
mod devices;
pub(crate) mod home;
mod identity;
pub(crate) mod kin;
mod landlock;
pub(crate) mod launcher;
pub(crate) mod log;
mod outcome;
mod parent;
mod prepare;
mod private;
mod room;
mod seccomp;
mod spec;
pub(crate) mod stage;
mod sweep;
mod system;
mod wipe;

use std::path::PathBuf;

pub use detect::{Detection, detect};
pub use outcome::{Outcome, Reason};
pub(crate) use parent::start_keeping;
pub use parent::{Cancel, Running, run, start};
pub use spec::{Kind, Launcher, Limits, Metadata, Spec};
pub use sweep::{sweep, sweep_scratch};
pub use wipe::wipe;

/// Why a command was not run, or its end is not known.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The fence or a bound that was asked for cannot be had here; nothing was run.
    #[error("sandbox {kind} refused: {reason}")]
    Refused {
        /// The fence.
        kind: Kind,
        /// What is missing.
        reason: String,
    },
    /// The request itself is wrong; nothing was run.
    #[error("sandbox request: {what}: {value}")]
    Request {
        /// What is wrong.
        what: &'static str,
        /// The value at fault.
        value: String,
    },
    /// The launcher could not be started, or ended without an answer.
    #[error("sandbox launcher {path}: {source}")]
    Launcher {
        /// The launcher's program.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// The launcher met an error of the system.
    #[error("sandbox: {message}")]
    Failed {
        /// The path at fault and the system's reason.
        message: String,
    },
}
