//! The private folder of one run: temporary files, home, and the orders of its stages.
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::kin;
use super::wipe::wipe;

/// Every private folder begins with this, so that [`super::sweep()`] finds it.
pub(crate) const PREFIX: &str = "leadforge-";

/// The folder; removed on drop.
#[derive(Debug)]
pub(crate) struct Private {
    pub(crate) root: PathBuf,
}

/// `leadforge-SESSION-PID-START`: whose it is, and whether that process still lives.
pub(crate) fn name(session: &str) -> String {
    let pid = std::process::id();
    let start = i32::try_from(pid).ok().and_then(kin::start_time).unwrap_or(0);
    format!("{PREFIX}{session}-{pid}-{start}")
}

/// The session of a name made by [`name`] whose process is dead; none when alive or not ours.
pub(crate) fn dead(name: &str) -> Option<&str> {
    let rest = name.strip_prefix(PREFIX)?;
    let (rest, start) = rest.rsplit_once('-')?;
    let (session, pid) = rest.rsplit_once('-')?;
    let (pid, start) = (pid.parse().ok()?, start.parse::<u64>().ok()?);
    (kin::start_time(pid) != Some(start)).then_some(session)
}

impl Private {
    pub(crate) fn create(scratch: &Path, name: &str) -> io::Result<Self> {
        let root = scratch.join(name);
        let own = || fs::DirBuilder::new().mode(0o700).create(&root);
        own().map_err(|error| {
            io::Error::new(error.kind(), format!("{}: {error}", root.display()))
        })?;
        let this = Self { root };
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
        assert_eq!(dead(&mine), None);
        let other = format!("{}9", mine);
        assert_eq!(dead(&other), Some("a-b"));
        assert_eq!(dead("leadforge-x"), None);
        assert_eq!(dead("something-x-1-2"), None);
    }
}
