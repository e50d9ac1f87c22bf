//! Ends what a killed launcher left: groups, processes, private folders.
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rustix::process::{Pid, Signal, kill_process};

use super::{Error, cgroup, private, wipe};

/// The variable by which a process is known as ours.
pub(crate) const MARK: &str = "LEADFORGE_SANDBOX";

/// Ends the control groups and processes of launchers that are dead; gives how many.
///
/// A launcher that lives is left alone, whoever's it is: it ends its own when its caller is gone.
///
/// # Errors
/// [`Error::Failed`] when the process table cannot be read.
pub fn sweep() -> Result<usize, Error> {
    let mut ended = 0;
    for dir in groups() {
        cgroup::kill_members(&dir);
        cgroup::remove(&dir);
        ended += 1;
    }
    let list = fs::read_dir("/proc").map_err(|error| failed(Path::new("/proc"), &error))?;
    for entry in list.flatten() {
        let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse::<i32>().ok()) else {
            continue;
        };
        if orphan(pid) && Pid::from_raw(pid).is_some_and(|p| kill_process(p, Signal::KILL).is_ok())
        {
            ended += 1;
        }
    }
    Ok(ended)
}

/// Removes the private folders that dead launchers left in `scratch`; gives how many.
///
/// # Errors
/// [`Error::Failed`] when the folder cannot be read or something in it cannot be removed.
pub fn sweep_scratch(scratch: &Path) -> Result<usize, Error> {
    let list = match fs::read_dir(scratch) {
        Ok(list) => list,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(failed(scratch, &error)),
    };
    let mut removed = 0;
    for entry in list {
        let entry = entry.map_err(|error| failed(scratch, &error))?;
        if private::abandoned(&entry.path()) {
            wipe(&entry.path()).map_err(|error| Error::Failed { message: error.to_string() })?;
            removed += 1;
        }
    }
    Ok(removed)
}

fn failed(path: &Path, error: &io::Error) -> Error {
    Error::Failed { message: format!("{}: {error}", path.display()) }
}

/// True when the process was started in a sandbox whose launcher is dead.
fn orphan(pid: i32) -> bool {
    let environ = fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
    environ.split(|byte| *byte == 0).any(|entry| {
        entry
            .strip_prefix(MARK.as_bytes())
            .and_then(|rest| rest.strip_prefix(b"="))
            .and_then(|name| std::str::from_utf8(name).ok())
            .is_some_and(private::dead)
    })
}

/// The groups of dead launchers, wherever the kernel's hierarchies hold them.
fn groups() -> Vec<PathBuf> {
    /// Deeper than any service manager nests.
    const DEPTH: usize = 12;
    let mut found = Vec::new();
    let mut open: Vec<(PathBuf, usize)> =
        cgroup::mounts().into_iter().map(|mount| (mount, 0)).collect();
    while let Some((dir, depth)) = open.pop() {
        for entry in fs::read_dir(&dir).into_iter().flatten().flatten() {
            if !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                continue;
            }
            let name = entry.file_name();
            if name.to_str().is_some_and(private::dead) {
                found.push(entry.path());
            } else if depth < DEPTH {
                open.push((entry.path(), depth + 1));
            }
        }
    }
    found.sort();
    found
}
