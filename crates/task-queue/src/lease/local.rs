//! Processes of this machine as holders: who they are, and whether they still live.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::types::{Holder, Life, Liveness, Now};
use crate::error::Error;

/// This machine, its boot and this process namespace.
///
/// A process counts as alive when its id, its start time and the boot are the same; a zombie is
/// dead. What runs in another namespace or on another machine is unknown.
#[derive(Clone, Debug)]
pub struct Local {
    boot_id: String,
    space: String,
}

impl Local {
    /// Reads from `/proc` and `/etc/machine-id` where we are.
    ///
    /// # Errors
    /// [`Error::Io`] where there is no `/proc`.
    pub fn discover() -> Result<Self, Error> {
        let boot = read(Path::new("/proc/sys/kernel/random/boot_id"))?;
        // The id of a machine is not to be shown, and a container may have none.
        let machine = std::fs::read("/etc/machine-id").unwrap_or_default();
        let machine = Sha256::new().chain_update(b"leadforge:").chain_update(machine).finalize();
        let machine: String = machine[..4].iter().map(|byte| format!("{byte:02x}")).collect();
        let path = Path::new("/proc/self/ns/pid");
        let space = std::fs::read_link(path).map_err(|e| Error::io(path, "read the link", e))?;
        Ok(Self {
            boot_id: format!("{machine}.{}", boot.trim()),
            space: space.to_string_lossy().into_owned(),
        })
    }

    /// A holder for this process of ours, or `None` when it does not run.
    pub fn holder(&self, pid: u32) -> Option<Holder> {
        let pid_start = started(pid)?;
        Some(Holder { boot_id: self.boot_id.clone(), space: self.space.clone(), pid, pid_start })
    }

    /// A holder of this boot that no process stands for, so that only time can tell.
    pub fn holder_by_time(&self) -> Holder {
        Holder { boot_id: self.boot_id.clone(), space: self.space.clone(), pid: 0, pid_start: 0 }
    }

    /// This moment, given what the clock says.
    pub fn now(&self, unix_ms: u64) -> Now<'_> {
        let boot = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
        let boot_ms = boot.tv_sec.unsigned_abs() * 1000 + boot.tv_nsec.unsigned_abs() / 1_000_000;
        Now { unix_ms, boot_id: &self.boot_id, boot_ms, liveness: self }
    }
}

impl Liveness for Local {
    fn life(&self, holder: &Holder) -> Life {
        let machine = |id: &str| id.split('.').next().map(str::to_owned);
        if holder.boot_id != self.boot_id {
            // The same machine was started again; or it is another machine.
            let same = machine(&holder.boot_id) == machine(&self.boot_id);
            return if same { Life::Dead } else { Life::Unknown };
        }
        if holder.pid == 0 || holder.space != self.space {
            return Life::Unknown;
        }
        match started(holder.pid) {
            Some(start) if start == holder.pid_start => Life::Alive,
            _ => Life::Dead,
        }
    }
}

/// When a process started, in ticks since boot; `None` when it is gone or a zombie.
fn started(pid: u32) -> Option<u64> {
    let stat = std::fs::read(format!("/proc/{pid}/stat")).ok()?;
    // The second field is the program's name in parentheses, which may hold anything.
    let end = stat.iter().rposition(|byte| *byte == b')')?;
    let rest = std::str::from_utf8(stat.get(end + 1..)?).ok()?;
    let mut fields = rest.split_ascii_whitespace();
    let state = fields.next()?;
    if matches!(state, "Z" | "X" | "x") {
        return None;
    }
    // The state is the third field of the line, the start time the 22nd.
    fields.nth(18)?.parse().ok()
}

fn read(path: &Path) -> Result<String, Error> {
    std::fs::read_to_string(path).map_err(|e| Error::io(path, "read", e))
}
