//! Setting a database aside, so that at no moment a part of it is left to be believed.
//!
//! The database itself goes first: from then on there is none, and SQLite takes no log for one that
//! is new. Whoever comes next moves what a killed process left of it.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use leadforge_durable_fs::{Disk as _, RealDisk};

use crate::error::Error;

/// What belongs to a database beside its file.
const PARTS: [&str; 2] = ["-wal", "-shm"];

/// So many are kept at most.
const COPIES: u32 = 999;

/// The path with something added to its last part.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.to_owned().into_os_string();
    name.push(suffix);
    name.into()
}

/// Moves the database out of the way, to the first number of which nothing is there, and says where.
pub(super) fn set_aside(database: &Path) -> Result<PathBuf, Error> {
    // What cannot be looked at counts as there: a copy that was set aside is never replaced.
    let free = |copy: &PathBuf| {
        let is_free = |suffix| matches!(is_there(&beside(copy, suffix)), Ok(false));
        is_free("") && PARTS.into_iter().all(is_free)
    };
    let copy = copies(database).find(free).ok_or_else(|| {
        let full =
            std::io::Error::other("there are 999 copies already, or they cannot be looked at");
        failed(database, full)
    })?;
    RealDisk.rename(database, &copy).map_err(|e| failed(database, e))?;
    let folder = database.parent().expect("the database lies in a folder");
    RealDisk.sync_dir(folder).map_err(|e| failed(database, e))?;
    move_parts(database, &copy)?;
    Ok(copy)
}

/// Where there is no database, moves what is left of one to the copy that it belongs to.
pub(super) fn finish(database: &Path) -> Result<Option<PathBuf>, Error> {
    if is_there(database)? || !is_there(&beside(database, PARTS[0]))? {
        return Ok(None);
    }
    for copy in copies(database).rev() {
        if is_there(&copy)? && !is_there(&beside(&copy, PARTS[0]))? {
            move_parts(database, &copy)?;
            return Ok(Some(copy));
        }
    }
    // Somebody removed the database alone; SQLite removes a log that belongs to none.
    Ok(None)
}

fn is_there(path: &Path) -> Result<bool, Error> {
    match std::fs::symlink_metadata(path) {
        Ok(_) => Ok(true),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(false),
        Err(e) => Err(Error::io(path, "look at the database", e)),
    }
}

fn copies(database: &Path) -> impl DoubleEndedIterator<Item = PathBuf> {
    (1..=COPIES).map(|n| beside(database, &format!(".corrupt-{n}")))
}

fn move_parts(database: &Path, copy: &Path) -> Result<(), Error> {
    // The log is last: as long as it is there, the next one finishes this.
    for suffix in PARTS.into_iter().rev() {
        match RealDisk.rename(&beside(database, suffix), &beside(copy, suffix)) {
            Ok(()) => {}
            Err(e) if e.kind() == ErrorKind::NotFound => {}
            Err(e) => return Err(failed(database, e)),
        }
    }
    Ok(())
}

fn failed(path: &Path, error: std::io::Error) -> Error {
    Error::io(path, "set aside the database", error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_looked_at_is_not_absent() {
        assert!(is_there(Path::new("/dev/null/queue.db")).is_err());
    }

    #[test]
    fn a_part_that_is_not_there_is_passed_over_and_one_that_stays_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let (database, copy) = (folder.path().join("queue.db"), folder.path().join("copy"));
        std::fs::write(beside(&database, "-shm"), "").expect("a file");
        std::fs::create_dir(beside(&copy, "-shm")).expect("a folder in the way");
        let told = move_parts(&database, &copy).expect_err("it cannot be moved").to_string();
        assert!(told.contains("cannot set aside the database"), "{told}");
        std::fs::remove_dir(beside(&copy, "-shm")).expect("it is empty");
        move_parts(&database, &copy).expect("there is no log to be moved");
        assert!(beside(&copy, "-shm").exists());
    }
}
