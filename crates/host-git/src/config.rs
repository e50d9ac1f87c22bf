//! What the caller decides about the git program: where it is and how long it may take.

use std::ffi::OsString;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
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

impl Config {
    /// The program's path, looked up as `execvp` does it; the bare name where it is nowhere.
    ///
    /// The standard library looks a name up in a `PATH` of the child's own only after a fork, which
    /// copies the page tables of the whole process; a path it starts without.
    pub(crate) fn found(&self) -> PathBuf {
        if self.program.as_os_str().as_bytes().contains(&b'/') {
            return self.program.clone();
        }
        let folders = self.path.as_bytes().split(|&byte| byte == b':');
        let files =
            folders.map(|dir| Path::new(std::ffi::OsStr::from_bytes(dir)).join(&self.program));
        let runs = |path: &PathBuf| {
            path.metadata()
                .is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
        };
        files.filter(|path| path.is_absolute()).find(runs).unwrap_or_else(|| self.program.clone())
    }
}
