//! Folders for temporary indexes and files, which are found and removed after a kill.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use leadforge_durable_fs::{Lock, RealDisk, create_dir_all};

use crate::look::{look, present};
use crate::run::path_from;
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

    /// Notes a path for the sweep, should we be killed.
    pub(crate) fn note(&self, name: &str, path: &Path) -> Result<(), Error> {
        let file = self.join(name);
        fs::write(&file, path.as_os_str().as_encoded_bytes()).map_err(Error::io(&file))
    }

    /// Deletes a folder in our file system in one step, as far as anybody else can see.
    pub(crate) fn swallow(&self, folder: &Path) -> Result<(), Error> {
        match fs::rename(folder, self.join("swallowed")) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            other => other.map_err(Error::io(folder)),
        }?;
        remove_tree(&self.join("swallowed"))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.path));
        drop(fs::remove_file(self.lock.path()));
    }
}

/// A folder that a killed process left, and its lock, which is ours now.
pub(crate) struct Leftover {
    pub(crate) folder: PathBuf,
    lock: Lock,
}

impl Leftover {
    /// The path that the dead process noted under this name, if it did.
    pub(crate) fn noted(&self, name: &str) -> Result<Option<PathBuf>, Error> {
        let file = self.folder.join(name);
        let path = present(&file, fs::read(&file))?.map(|bytes| path_from(&bytes));
        Ok(path.filter(|path| path.is_absolute()))
    }

    /// Whether [`Scratch::name`] was this.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.folder.file_name().is_some_and(|found| found == name)
    }

    /// Deletes it, which comes last: until then the next sweep reads the same notes.
    pub(crate) fn remove(self) -> Result<PathBuf, Error> {
        remove_tree(&self.folder)?;
        drop(fs::remove_file(self.lock.path()));
        Ok(self.folder)
    }
}

/// What killed processes left.
pub(crate) fn leftovers(git: &Git) -> Result<Vec<Leftover>, Error> {
    let mut found = Vec::new();
    for path in list(&root(git))? {
        if path.extension().is_none_or(|extension| extension != "lock") {
            continue;
        }
        let Some(lock) = Lock::try_exclusive(&path)? else { continue };
        let folder = path.with_extension("");
        if look(&folder)?.is_some() {
            found.push(Leftover { folder, lock });
        } else {
            drop(fs::remove_file(lock.path()));
        }
    }
    Ok(found)
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
