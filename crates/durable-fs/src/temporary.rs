//! The names of temporaries, their creation under a lock, and the sweep of those left behind.

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::disk::{Disk, DiskFile, Kind};
use crate::error::Error;

/// Every temporary is called this and 16 hexadecimal digits.
const PREFIX: &str = ".lf-tmp-";

/// Says whether a name is that of a temporary of this crate; readers of a folder pass over it.
pub fn is_temporary(name: &OsStr) -> bool {
    let digits = name.to_str().and_then(|name| name.strip_prefix(PREFIX));
    digits
        .is_some_and(|d| d.len() == 16 && d.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')))
}

/// Creates a temporary in the folder of `target` that no sweep takes for a leftover.
pub(crate) fn create(
    disk: &dyn Disk,
    target: &Path,
    mode: u32,
) -> Result<(PathBuf, Box<dyn DiskFile>), Error> {
    if cfg!(leadforge_sabotage = "fixed-temporary") {
        return one_for_all(disk, target, mode);
    }
    // A sweep may look between the creation and the lock. Then either it has the lock, or the
    // name is gone once we have it; in both cases we take another. Removing the first is the
    // sweep's, but it may be killed before it does.
    for _ in 0..16 {
        let number = disk.random().map_err(Error::io("name a temporary for", target))?;
        let path = target.with_file_name(format!("{PREFIX}{number:016x}"));
        let file = match disk.create_new(&path, mode) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            other => other.map_err(Error::io("create a temporary for", target))?,
        };
        let ours = file.try_lock().and_then(|locked| Ok(locked && file.metadata()?.links > 0));
        match ours {
            Ok(true) => return Ok((path, file)),
            Ok(false) => drop(disk.remove_file(&path)),
            Err(error) => {
                let _ = disk.remove_file(&path);
                return Err(Error::io("lock a temporary for", target)(error));
            }
        }
    }
    let cause = std::io::Error::other("every name that was tried was taken");
    Err(Error::io("create a temporary for", target)(cause))
}

/// What torture builds in, to see that two writers with one temporary are found.
fn one_for_all(
    disk: &dyn Disk,
    target: &Path,
    mode: u32,
) -> Result<(PathBuf, Box<dyn DiskFile>), Error> {
    let path = target.with_file_name(format!("{PREFIX}{:016x}", 0));
    let opened = disk.create_new(&path, mode).or_else(|_| disk.open_append(&path));
    let emptied = opened.and_then(|file| file.set_len(0).map(|()| file));
    let file = emptied.map_err(Error::io("create a temporary for", target))?;
    Ok((path, file))
}

/// Removes the temporaries in `dir` whose writer is dead, and returns their paths, sorted.
///
/// A writer holds the lock of its temporary for as long as it lives, so one that can be locked is
/// a leftover. Nothing else is touched: no other name, no folder, no link. A folder that is not
/// there has no leftovers, and files of another user that cannot be opened are that user's.
pub fn sweep(disk: &dyn Disk, dir: &Path) -> Result<Vec<PathBuf>, Error> {
    let names = match disk.list(dir) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        other => other.map_err(Error::io("list", dir))?,
    };
    let mut removed = Vec::new();
    for name in names.iter().filter(|name| is_temporary(name)) {
        let path = dir.join(name);
        match sweep_one(disk, &path) {
            Ok(true) => removed.push(path),
            Ok(false) => {}
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::PermissionDenied) => {}
            Err(error) => return Err(Error::io("sweep", &path)(error)),
        }
    }
    Ok(removed)
}

fn sweep_one(disk: &dyn Disk, path: &Path) -> std::io::Result<bool> {
    if disk.metadata(path)?.kind != Kind::File {
        return Ok(false);
    }
    let file = disk.open_read(path)?;
    if !file.try_lock()? {
        return Ok(false);
    }
    // Its writer may have finished between the two calls: then this file has its real name now.
    if disk.metadata(path)?.id != file.metadata()?.id {
        return Ok(false);
    }
    disk.remove_file(path)?;
    Ok(true)
}
