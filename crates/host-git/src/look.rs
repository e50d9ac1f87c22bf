//! What is at a path: what cannot be looked at is an error, and never taken for absent.
//!
//! `Path::exists` and its kin answer no to a disk that fails; who then clears away removes somebody's work.

use crate::error::Error;
use std::fs::{self, Metadata};
use std::io::ErrorKind;
use std::path::Path;

/// What is at `path`, if anything; a link is followed.
pub(crate) fn look(path: &Path) -> Result<Option<Metadata>, Error> {
    present(path, fs::metadata(path))
}

/// What is at `path` itself, if anything: a link is a link.
pub(crate) fn look_at_itself(path: &Path) -> Result<Option<Metadata>, Error> {
    present(path, fs::symlink_metadata(path))
}

/// Whether `path` leads to a folder.
pub(crate) fn is_dir(path: &Path) -> Result<bool, Error> {
    Ok(look(path)?.is_some_and(|found| found.is_dir()))
}

/// Gives what was read, or nothing where there is nothing to read.
pub(crate) fn present<T>(path: &Path, read: std::io::Result<T>) -> Result<Option<T>, Error> {
    match read {
        Ok(found) => Ok(Some(found)),
        Err(error) if is_absence(&error) => Ok(None),
        Err(error) => Err(Error::io(path)(error)),
    }
}

fn is_absence(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}
