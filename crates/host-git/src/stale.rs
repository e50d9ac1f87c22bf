//! Locks that a killed git left on refs which nobody but us writes.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::{Error, Git};

/// Refs that only these tools write, as folders of the common directory.
const OWNED: &[&str] = &["refs/heads/lf", "refs/leadforge"];

/// Runs `work`; when one of our own refs stays locked by the same file through two waits of git,
/// that file is a leftover, and `work` runs once more without it.
///
/// Every writer of ours holds a lock of the kernel meanwhile, and git holds a ref for milliseconds.
pub(crate) fn past_leftovers<T>(
    git: &Git,
    work: impl Fn() -> Result<T, Error>,
) -> Result<T, Error> {
    let mut seen: Option<(PathBuf, (u64, i64, i64))> = None;
    for _ in 0..8 {
        let error = match work() {
            Err(error @ Error::Locked { .. }) => error,
            other => return other,
        };
        let Some((path, identity)) = owned_lock(git.common_dir(), &error) else {
            return Err(error);
        };
        if seen.as_ref() == Some(&(path.clone(), identity)) {
            fs::remove_file(&path).map_err(Error::io(&path))?;
        }
        seen = Some((path, identity));
    }
    work()
}

/// The lock file that git names, if it is one of ours, and what tells it from its successor.
fn owned_lock(common: &Path, error: &Error) -> Option<(PathBuf, (u64, i64, i64))> {
    let Error::Locked { line, .. } = error else { return None };
    let (_, rest) = line.split_once("Unable to create '")?;
    let path = PathBuf::from(rest.split_once(".lock'")?.0.to_owned() + ".lock");
    let ours = OWNED.iter().any(|folder| path.starts_with(common.join(folder)));
    let plain = !path.components().any(|part| part.as_os_str() == "..");
    let found =
        fs::symlink_metadata(&path).ok().filter(|found| ours && plain && found.is_file())?;
    Some((path, (found.ino(), found.mtime(), found.mtime_nsec())))
}
