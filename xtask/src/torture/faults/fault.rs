//! What can go wrong with a call, and how it must end.

use super::calls::Call;

/// One fault at one call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// An error's name, `KILL`, `ZERO` (nothing is written, and said so) or `HALF` (half is said to
    /// be written, and nothing is: only the length tells).
    pub(super) name: &'static str,
    /// It is over at the next try, so the command must succeed.
    pub(super) passing: bool,
}

impl Fault {
    /// What strace is told.
    pub(super) fn inject(&self, call: &Call) -> String {
        let what = match self.name {
            "KILL" => "signal=KILL".to_owned(),
            "ZERO" => "retval=0".to_owned(),
            "HALF" => format!("retval={}", call.answer().unwrap_or(2) / 2),
            error => format!("error={error}"),
        };
        format!("inject={}:{what}:when={}", call.name, call.nth)
    }

    /// Says whether the process ends there.
    pub(super) fn kills(&self) -> bool {
        self.name == "KILL"
    }
}

/// Every fault that can meet this call.
///
/// EINTR is tried on each, and must be invisible where the manual lists it for the call. A lock that
/// another has for a moment must be invisible too. KILL comes before every call that changes what is
/// on the disk or who holds a lock: between two others the disk looks the same.
pub(super) fn of(call: &Call) -> Vec<Fault> {
    let (errors, interrupted): (&[&'static str], bool) = match call.name.as_str() {
        "open" | "openat" | "creat" => (&["EIO", "EACCES", "EMFILE"], true),
        "read" | "pread64" | "readv" => (&["EIO"], true),
        "write" | "pwrite64" | "writev" | "pwritev" | "copy_file_range" | "sendfile" => {
            (&["ENOSPC", "EIO", "ZERO"], true)
        }
        // SQLite takes an interrupted sync for a failed one, and its transaction did not happen.
        "fsync" | "fdatasync" => (&["EIO", "ENOSPC"], !call.path.contains("/queue.db")),
        "sync_file_range" | "syncfs" => (&["EIO", "ENOSPC"], false),
        "truncate" | "ftruncate" | "fallocate" => (&["EIO", "ENOSPC"], true),
        "mmap" => (&["ENOMEM", "EACCES"], false),
        "fcntl" | "flock" => return locks(call),
        "getdents64" => (&["EIO", "EACCES"], false),
        "rename" | "renameat" | "renameat2" | "link" | "linkat" | "symlink" | "symlinkat"
        | "mkdir" | "mkdirat" => (&["EIO", "EACCES", "ENOSPC", "EROFS"], false),
        "unlink" | "unlinkat" | "rmdir" | "chmod" | "fchmod" | "fchmodat" | "fchown"
        | "utimensat" => (&["EIO", "EACCES", "EROFS"], false),
        _ => (&["EIO", "EACCES"], false),
    };
    let mut faults: Vec<Fault> = errors.iter().map(|name| Fault { name, passing: false }).collect();
    let opens_to_write = call.has("O_CREAT") || call.has("O_RDWR") || call.has("O_WRONLY");
    if opens_to_write {
        faults.extend(["ENOSPC", "EROFS"].map(|name| Fault { name, passing: false }));
    }
    if call.name != "mmap" {
        faults.push(Fault { name: "EINTR", passing: interrupted });
    }
    if call.name.contains("write") && call.has(".lf-tmp-") && call.answer() > Some(1) {
        faults.push(Fault { name: "HALF", passing: false });
    }
    if changes(call) || opens_to_write {
        faults.push(Fault { name: "KILL", passing: false });
    }
    faults
}

/// Locks: taking one may find it taken, letting one go may only fail.
fn locks(call: &Call) -> Vec<Fault> {
    let fault = |name, passing| Fault { name, passing };
    if call.has("LOCK_UN") || call.has("F_UNLCK") {
        return vec![fault("EIO", false), fault("KILL", false)];
    }
    if call.name == "flock" || call.has("F_SETLK") {
        let passing = ["EINTR", "EAGAIN"].map(|name| fault(name, true));
        return [passing.to_vec(), vec![fault("EIO", false), fault("KILL", false)]].concat();
    }
    // Flags of the file, which nothing on the disk can break.
    Vec::new()
}

fn changes(call: &Call) -> bool {
    let reads = ["read", "stat", "access", "getdents", "open", "mmap"];
    !reads.iter().any(|word| call.name.contains(word))
}
