//! The front door: whole-file verbs that are durable when they return.

use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::atomic::{AtomicFile, Options, folder};
use crate::disk::{Disk, Kind};
use crate::error::Error;

/// Replaces the file at `path`, or creates it; after a crash it has its old content or this one.
///
/// See [`AtomicFile`] for what happens to links and permissions.
pub fn replace(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), Error> {
    replace_with(disk, path, bytes, &Options::default())
}

/// Creates the file at `path`, and fails with [`Error::Exists`] where there is one.
///
/// Of several callers at once exactly one succeeds.
pub fn create_new(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), Error> {
    replace_with(disk, path, bytes, &Options { new: true, ..Options::default() })
}

/// The same as [`replace`] with permissions of the caller's choice, only for a new file, or unsynced.
pub fn replace_with(
    disk: &dyn Disk,
    path: &Path,
    bytes: &[u8],
    options: &Options,
) -> Result<(), Error> {
    let mut file = AtomicFile::create_with(disk, path, options)?;
    file.write_all(bytes).map_err(|error| match error.downcast::<Error>() {
        Ok(error) => error,
        Err(error) => Error::io("write", path)(error),
    })?;
    file.commit()
}

/// Reads a regular file of at most `limit` bytes.
pub fn read(disk: &dyn Disk, path: &Path, limit: u64) -> Result<Vec<u8>, Error> {
    let file = disk.open_read(path).map_err(Error::io("open", path))?;
    let found = file.metadata().map_err(Error::io("measure", path))?;
    if found.kind != Kind::File {
        return Err(Error::NotAFile { path: path.to_owned(), found: found.kind });
    }
    let mut bytes = Vec::new();
    let mut chunk = vec![0; 64 << 10];
    loop {
        let length = bytes.len() as u64;
        if length.max(found.len) > limit {
            let (path, length) = (path.to_owned(), length.max(found.len));
            return Err(Error::TooLarge { path, length, limit });
        }
        match file.read_at(&mut chunk, length).map_err(Error::io("read", path))? {
            0 => return Ok(bytes),
            n => bytes.extend_from_slice(&chunk[..n]),
        }
    }
}

/// Removes the file at `path` durably, and says whether there was one.
pub fn remove(disk: &dyn Disk, path: &Path) -> Result<bool, Error> {
    let dir_path = folder(path)?;
    let dir = match disk.open_dir(dir_path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        other => other.map_err(Error::io("open the folder of", path))?,
    };
    let removed = match disk.remove_file(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => false,
        other => other.map(|()| true).map_err(Error::io("remove", path))?,
    };
    // Also where it was gone: who removed it may have been killed before this line.
    dir.sync().map_err(|cause| Error::NotDurable { path: path.to_owned(), cause })?;
    Ok(removed)
}

/// Creates a folder and those above it, each durably; an existing one is fine.
pub fn create_dir_all(disk: &dyn Disk, path: &Path) -> Result<(), Error> {
    let mut missing: Vec<PathBuf> = Vec::new();
    let mut deepest = None;
    for ancestor in path.ancestors().filter(|a| !a.as_os_str().is_empty()) {
        match disk.open_dir(ancestor) {
            Ok(_) => {
                deepest = Some(ancestor);
                break;
            }
            Err(error) if error.kind() == ErrorKind::NotFound => missing.push(ancestor.to_owned()),
            Err(error) => {
                return Err(Error::io("create the folder", path)(error));
            }
        }
    }
    // Who made the deepest one that exists may have been killed before its name was synced. Where
    // the folder above cannot be opened it is not one that we made.
    if let Some(parent) = deepest.and_then(Path::parent) {
        let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
        match disk.sync_dir(parent) {
            Err(error) if error.kind() == ErrorKind::PermissionDenied => {}
            other => other.map_err(Error::io("sync the folders above", path))?,
        }
    }
    for dir in missing.iter().rev() {
        match disk.create_dir(dir, 0o777) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                disk.open_dir(dir).map_err(Error::io("open the folder", dir))?;
            }
            other => other.map_err(Error::io("create the folder", dir))?,
        }
        let parent = folder(dir)?;
        disk.sync_dir(parent).map_err(Error::io("sync the folder above", dir))?;
    }
    Ok(())
}
