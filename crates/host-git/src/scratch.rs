//! Folders for temporary indexes and files, which are found and removed after a kill.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use leadforge_durable_fs::{Lock, RealDisk, create_dir_all};

use crate::look::look;
use crate::worktree::remove_tree;
use crate::{Error, Git};

/// A folder of ours that goes away with this value, or with the next sweep after a kill.
#[derive(Debug)]
pub(crate) struct Scratch {
    path: PathBuf,
    lock: Lock,
}

impl Scratch {
    pub(crate) fn new(git: &Git) -> Result<Self, Error> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let root = root(git);
        if !root.is_dir() {
            create_dir_all(&RealDisk, &root)?;
        }
        loop {
            let n = NEXT.fetch_add(1, Ordering::Relaxed);
            let path = root.join(format!("{}-{n}", std::process::id()));
            // Process ids repeat across containers that share the repository: the lock decides.
            let Some(lock) = Lock::try_exclusive(&path.with_extension("lock"))? else { continue };
            if look(&path)?.is_some() {
                // A leftover may say what was being added: it is for the sweep, not for us.
                continue;
            }
            fs::create_dir(&path).map_err(Error::io(&path))?;
            return Ok(Self { path, lock });
        }
    }

    /// The name by which [`is_alive`] knows it.
    pub(crate) fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// The lock by which others see that we live; a git that works for us may keep it.
    pub(crate) fn lock(&self) -> &Lock {
        &self.lock
    }

    pub(crate) fn join(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.path));
        drop(fs::remove_file(self.lock.path()));
    }
}

/// Removes the folders of killed processes after `each` has looked into them; gives their paths.
pub(crate) fn sweep(
    git: &Git,
    mut each: impl FnMut(&Path) -> Result<(), Error>,
) -> Result<Vec<PathBuf>, Error> {
    let root = root(git);
    let mut removed = Vec::new();
    for path in list(&root)? {
        if path.extension().is_none_or(|extension| extension != "lock") {
            continue;
        }
        let Some(lock) = Lock::try_exclusive(&path)? else { continue };
        let folder = path.with_extension("");
        if look(&folder)?.is_some() {
            each(&folder)?;
            remove_tree(&folder)?;
            removed.push(folder);
        }
        drop(fs::remove_file(lock.path()));
    }
    Ok(removed)
}

/// Whether the process that made the scratch folder of this name still lives.
pub(crate) fn is_alive(git: &Git, name: &str) -> Result<bool, Error> {
    let plain = name.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let lock = root(git).join(name).with_extension("lock");
    Ok(plain && look(&lock)?.is_some() && Lock::try_exclusive(&lock)?.is_none())
}

/// The entries of a folder, sorted; none when it does not exist.
pub(crate) fn list(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(Error::Io { path: folder.to_owned(), source }),
    };
    let paths: Result<Vec<_>, _> = entries.map(|entry| entry.map(|entry| entry.path())).collect();
    let mut paths = paths.map_err(Error::io(folder))?;
    paths.sort();
    Ok(paths)
}

/// One lock for everything that adds, lists or removes worktrees, in any process of ours.
pub(crate) fn worktree_lock(git: &Git) -> Result<Lock, Error> {
    serial(git, "worktrees.lock", git.config.lock_wait)
}

/// One lock for the transactions of refs, in any process of ours.
pub(crate) fn ref_lock(git: &Git) -> Result<Lock, Error> {
    serial(git, "refs.lock", git.config.lock_wait)
}

fn serial(git: &Git, name: &str, wait: Duration) -> Result<Lock, Error> {
    git.ready()?;
    Ok(Lock::exclusive(&git.state_dir().join(name), wait)?)
}

fn root(git: &Git) -> PathBuf {
    git.state_dir().join("tmp")
}
