//! The private folder of one run: temporary files, home, and the orders of its stages.
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, flock};

use super::kin;
use super::wipe::wipe;

/// Every private folder begins with this, so that [`super::sweep()`] finds it.
pub(crate) const PREFIX: &str = "leadforge-";

/// The folder; removed on drop.
#[derive(Debug)]
pub(crate) struct Private {
    pub(crate) root: PathBuf,
    /// Held as long as we live, whatever namespace looks.
    lock: Option<fs::File>,
}

const LOCK: &str = "lock";

/// `leadforge-SESSION-NAMESPACE-PID-START`: whose it is, and whether that process still lives.
pub(crate) fn name(session: &str) -> String {
    let pid = std::process::id();
    let start = i32::try_from(pid).ok().and_then(kin::start_time).unwrap_or(0);
    format!("{PREFIX}{session}-{}-{pid}-{start}", namespace())
}

/// True for a name made by [`name`] whose process is dead; a process of another namespace cannot
/// be judged from here.
pub(crate) fn dead(name: &str) -> bool {
    let judge = || {
        let mut parts = name.strip_prefix(PREFIX)?.rsplitn(4, '-');
        let start = parts.next()?.parse::<u64>().ok()?;
        let pid = parts.next()?.parse().ok()?;
        let here = parts.next()?.parse::<u64>().ok()? == namespace();
        parts.next()?;
        Some(here && kin::start_time(pid) != Some(start))
    };
    judge().unwrap_or(false)
}

/// The number of our process namespace.
fn namespace() -> u64 {
    fs::metadata("/proc/self/ns/pid").map_or(0, |data| data.ino())
}

/// True when no process holds the private folder at `root`.
pub(crate) fn abandoned(root: &Path) -> bool {
    let named = root.file_name().and_then(OsStr::to_str);
    if !named.is_some_and(|name| name.starts_with(PREFIX)) {
        return false;
    }
    match fs::File::open(root.join(LOCK)) {
        Ok(lock) => flock(&lock, FlockOperation::NonBlockingLockExclusive).is_ok(),
        // Made just now, or by a launcher that died before it could lock.
        Err(_) => named.is_some_and(dead),
    }
}

impl Private {
    pub(crate) fn create(scratch: &Path, name: &str) -> io::Result<Self> {
        let root = scratch.join(name);
        let own = || fs::DirBuilder::new().mode(0o700).create(&root);
        own().map_err(|error| {
            io::Error::new(error.kind(), format!("{}: {error}", root.display()))
        })?;
        let mut this = Self { root, lock: None };
        let options = || fs::OpenOptions::new().write(true).create_new(true).mode(0o600).to_owned();
        let lock = options().open(this.root.join(LOCK))?;
        flock(&lock, FlockOperation::NonBlockingLockExclusive)?;
        this.lock = Some(lock);
        for dir in [this.home(), this.temporary(), this.etc()] {
            fs::DirBuilder::new().mode(0o700).create(dir)?;
        }
        Ok(this)
    }

    /// Its own name.
    pub(crate) fn name(&self) -> &OsStr {
        self.root.file_name().expect("joined to the scratch folder")
    }

    /// Lets another user through to the folders inside, which keep their own modes.
    pub(crate) fn passable(&self) -> io::Result<()> {
        fs::set_permissions(&self.root, fs::Permissions::from_mode(0o711))
    }

    pub(crate) fn home(&self) -> PathBuf {
        self.root.join("home")
    }

    pub(crate) fn temporary(&self) -> PathBuf {
        self.root.join("tmp")
    }

    pub(crate) fn etc(&self) -> PathBuf {
        self.root.join("etc")
    }

    pub(crate) fn proxy(&self) -> PathBuf {
        self.root.join("proxy")
    }

    /// Writes a file that only this user can read.
    pub(crate) fn put(&self, name: &str, bytes: &[u8]) -> io::Result<PathBuf> {
        let path = self.root.join(name);
        let mut file =
            fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
        file.write_all(bytes)?;
        Ok(path)
    }
}

impl Drop for Private {
    fn drop(&mut self) {
        let _ = wipe(&self.root);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_living_are_not_dead_and_the_dead_are_known_by_their_start() {
        let mine = name("a-b");
        assert!(!dead(&mine));
        assert!(dead(&format!("{mine}9")));
        assert!(!dead(&format!("leadforge-a-1-{}-9", std::process::id())), "another namespace");
        assert!(!dead("leadforge-x") && !dead("something-x-1-2-3"));
    }

    #[test]
    fn a_folder_is_abandoned_when_its_lock_is_free() {
        let scratch = tempfile::tempdir().expect("a folder");
        let private = Private::create(scratch.path(), "leadforge-a").expect("made");
        assert!(!abandoned(&private.root));
        let root = private.root.clone();
        drop(private);
        assert!(!root.exists());
        fs::create_dir(&root).expect("made");
        assert!(!abandoned(&root), "not locked yet");
        fs::write(root.join(LOCK), "").expect("a lock that nobody holds");
        assert!(abandoned(&root));
        assert!(!abandoned(scratch.path()));
    }
}
