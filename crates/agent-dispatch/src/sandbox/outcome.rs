//! How a sandboxed command ended, as the launcher saw it.
use serde::{Deserialize, Serialize};

/// Why a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// By itself, with the exit code in the outcome.
    Exited,
    /// By a signal that we did not send.
    Signalled,
    /// Its time on the wall was over.
    TimedOut,
    /// Its processor time was over.
    CpuLimit,
    /// It wrote more output than the log keeps.
    OutputLimit,
    /// It used more memory than it was given.
    MemoryLimit,
    /// It left next to no room, in bytes or in files, on the disk of its tree.
    DiskLimit,
    /// The caller took it back, or the caller is dead.
    Cancelled,
}

/// What is known after a command and all its descendants are gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Why it ended.
    pub reason: Reason,
    /// Its exit code, when it exited by itself.
    pub exit: Option<i32>,
    /// The signal that ended it, when one did.
    pub signal: Option<i32>,
    /// Milliseconds on the wall.
    pub wall_ms: u64,
    /// Milliseconds of processor time of all its processes; ticks of ten without a cgroup.
    pub cpu_ms: u64,
    /// Highest memory use seen, in bytes: the cgroup's where there is one, else sampled.
    pub peak_memory_bytes: u64,
    /// Bytes written to the log.
    pub output_bytes: u64,
    /// SHA-256 of the log, in hex.
    pub log_sha256: String,
    /// Descendants that outlived the command and were ended by the launcher; 0 under bubblewrap,
    /// where the kernel ends them with the namespace.
    pub stragglers: u64,
    /// Descendants that could not be ended; anything but zero is an escape.
    pub survivors: u64,
    /// Which bounds were enforced by what: `cgroup-v1`, `cgroup-v2`, or `rlimit`.
    pub bounded_by: String,
    /// Hosts that were reached, sorted; through the proxy only.
    #[serde(default)]
    pub reached_hosts: Vec<String>,
    /// Hosts that were asked for and refused, sorted; through the proxy only.
    #[serde(default)]
    pub refused_hosts: Vec<String>,
}

impl Outcome {
    /// True when the command ended by itself with exit code 0.
    #[must_use]
    pub fn success(&self) -> bool {
        self.reason == Reason::Exited && self.exit == Some(0)
    }
}
