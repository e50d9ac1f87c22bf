//! What the caller decides about the git program: where it is and how long it may take.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

/// The oldest git that every operation works with.
pub const MIN_VERSION: &str = "2.39";

/// How git is run; every value is explicit, nothing is read from our own environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The program: a name that is looked up in `path`, or an absolute path.
    pub program: PathBuf,
    /// `PATH` of the child, and where `program` is looked up.
    pub path: OsString,
    /// The home folder in which [`Git::user`](crate::Git::user) looks for the user's name and e-mail.
    pub home: Option<PathBuf>,
    /// How long one run of git may take before it is stopped.
    pub timeout: Duration,
    /// How many bytes one run of git may write.
    pub max_output: usize,
    /// How long to wait for other processes of ours that work on worktrees or refs: many may stand
    /// in line, and each may run a git for as long as `timeout`.
    pub lock_wait: Duration,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            program: "git".into(),
            path: "/usr/local/bin:/usr/bin:/bin".into(),
            home: None,
            timeout: Duration::from_secs(300),
            max_output: 512 << 20,
            lock_wait: Duration::from_secs(900),
        }
    }
}
