//! Reads the folders of a queue without ever following a link.

use std::ffi::OsStr;
use std::io::Read as _;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags, Stat, fstat, open, openat, statat};
use rustix::io::{Errno, retry_on_intr};
use serde::{Deserialize, Serialize};

use super::front::{fault, too_long};
use super::load::{Folder, is_task_name};
use super::{MAX_FILE, QUEUE_DIR};
use crate::Error;
use crate::error::Fault;

/// What tells an edited file from an unedited one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stamp {
    pub(crate) size: u64,
    pub(crate) mtime_ns: i64,
    pub(crate) inode: u64,
}

impl Stamp {
    fn of(stat: &Stat) -> Self {
        let seconds = stat.st_mtime.saturating_mul(1_000_000_000);
        Self {
            size: stat.st_size.unsigned_abs(),
            mtime_ns: seconds.saturating_add(i64::try_from(stat.st_mtime_nsec).unwrap_or(0)),
            inode: stat.st_ino,
        }
    }
}

/// One of the two folders, held open so that nobody can exchange it under us.
pub(crate) struct Open {
    folder: Folder,
    path: PathBuf,
    fd: OwnedFd,
    pub(crate) stamp: Stamp,
}

/// Why a file could not be read.
pub(crate) enum Unread {
    /// It is not there.
    Missing,
    /// It is there and cannot be used.
    Fault(Fault),
    /// The operating system failed.
    Error(Error),
}

/// Opens one folder of the queue at `root`; `None` when there is none.
pub(crate) fn open_folder(root: &Path, folder: Folder) -> Result<Option<Open>, Error> {
    no_links_above(root)?;
    let path = root.join(folder.name());
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    match retry_on_intr(|| open(&path, flags, Mode::empty())) {
        Ok(fd) => {
            let stat = retry_on_intr(|| fstat(&fd))
                .map_err(|e| Error::io(&path, "look at the folder", e.into()))?;
            Ok(Some(Open { folder, path, fd, stamp: Stamp::of(&stat) }))
        }
        Err(Errno::NOENT) => Ok(None),
        Err(Errno::LOOP | Errno::NOTDIR) => {
            Err(not_a_folder(&Path::new(QUEUE_DIR).join(folder.name())).into())
        }
        Err(error) => Err(Error::io(&path, "open the folder", error.into())),
    }
}

/// Refuses a queue that is reached through a link inside the repository.
fn no_links_above(root: &Path) -> Result<(), Error> {
    let inside = Path::new(QUEUE_DIR);
    let depth = if root.ends_with(inside) { inside.iter().count() } else { 1 };
    for (above, label) in root.ancestors().zip(inside.ancestors()).take(depth) {
        match std::fs::symlink_metadata(above) {
            Ok(found) if found.is_dir() => {}
            Ok(_) => return Err(not_a_folder(label).into()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(Error::io(above, "look at the folder", error)),
        }
    }
    Ok(())
}

fn not_a_folder(path: &Path) -> Fault {
    fault(
        &path.to_string_lossy(),
        1,
        "it is a symbolic link or no folder",
        "a folder of the repository itself",
        "replace it by a folder",
    )
}

impl Open {
    /// The names of the task files, sorted.
    pub(crate) fn names(&self) -> Result<Vec<Vec<u8>>, Error> {
        let failed = |e: Errno| Error::io(&self.path, "list the folder", e.into());
        let mut names = Vec::new();
        for entry in retry_on_intr(|| Dir::read_from(&self.fd)).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name().to_bytes();
            if is_task_name(name) {
                names.push(name.to_owned());
            }
        }
        names.sort_unstable();
        Ok(names)
    }

    /// What a file looks like from outside; `None` when it is not there.
    pub(crate) fn stamp_of(&self, name: &[u8]) -> Result<Option<Stamp>, Error> {
        let name_of = OsStr::from_bytes(name);
        match retry_on_intr(|| statat(&self.fd, name_of, AtFlags::SYMLINK_NOFOLLOW)) {
            Ok(stat) => Ok(Some(Stamp::of(&stat))),
            Err(Errno::NOENT) => Ok(None),
            Err(error) => Err(self.failed(name, "look at the file", error)),
        }
    }

    /// Reads a file and what it looked like when it was read.
    pub(crate) fn read(&self, name: &[u8]) -> Result<(Stamp, Vec<u8>), Unread> {
        let label = self.label(name);
        // A pipe would block us while opening, and a device may do anything.
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let opened =
            retry_on_intr(|| openat(&self.fd, OsStr::from_bytes(name), flags, Mode::empty()));
        let file = match opened {
            Ok(file) => file,
            Err(Errno::NOENT) => return Err(Unread::Missing),
            Err(Errno::LOOP) => return Err(Unread::Fault(no_file(&label, "a symbolic link"))),
            Err(Errno::NXIO) => return Err(Unread::Fault(no_file(&label, "a socket"))),
            Err(error) => return Err(Unread::Error(self.failed(name, "open the file", error))),
        };
        let failed = |error| Unread::Error(self.failed(name, "read the file", error));
        let stat = retry_on_intr(|| fstat(&file)).map_err(failed)?;
        match FileType::from_raw_mode(stat.st_mode) {
            FileType::RegularFile => {}
            FileType::Directory => return Err(Unread::Fault(no_file(&label, "a folder"))),
            _ => return Err(Unread::Fault(no_file(&label, "a device or a pipe"))),
        }
        let stamp = Stamp::of(&stat);
        if stamp.size > MAX_FILE as u64 {
            return Err(Unread::Fault(too_long(&label, stamp.size)));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(stamp.size).unwrap_or(0) + 1);
        let mut limited = std::fs::File::from(file).take(MAX_FILE as u64 + 1);
        limited.read_to_end(&mut bytes).map_err(|source| {
            Unread::Error(Error::io(
                &self.path.join(OsStr::from_bytes(name)),
                "read the file",
                source,
            ))
        })?;
        Ok((stamp, bytes))
    }

    /// The path that messages name.
    pub(crate) fn label(&self, name: &[u8]) -> String {
        format!("{QUEUE_DIR}/{}/{}", self.folder.name(), String::from_utf8_lossy(name))
    }

    fn failed(&self, name: &[u8], doing: &'static str, error: Errno) -> Error {
        Error::io(&self.path.join(OsStr::from_bytes(name)), doing, error.into())
    }
}

fn no_file(path: &str, what: &str) -> Fault {
    fault(path, 1, format!("it is {what}"), "a plain file", "replace it by the file itself")
}
