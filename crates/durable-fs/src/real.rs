//! The disk that the operating system offers, one system call for each operation.

use std::ffi::OsString;
use std::io;
use std::os::fd::OwnedFd;
use std::path::Path;

use rustix::fs::{self, AtFlags, CWD, FileType, FlockOperation, Mode, OFlags, RenameFlags, Stat};
use rustix::io::Errno;

use crate::disk::{Disk, DiskFile, Kind, Metadata};

/// The disk of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDisk;

/// How often an interrupted call is tried again: for ever would be a hang where every call fails.
const PATIENCE: usize = 1000;

/// Repeats a call that a signal interrupted.
pub(crate) fn retry<T>(mut call: impl FnMut() -> Result<T, Errno>) -> io::Result<T> {
    for _ in 0..PATIENCE {
        match call() {
            Err(Errno::INTR) => {}
            other => return other.map_err(io::Error::from),
        }
    }
    // Not of the kind Interrupted, which callers of `Write` repeat for ever.
    Err(io::Error::other(format!("interrupted {PATIENCE} times")))
}

/// Opens without following a link, and without waiting for the other end of a pipe.
pub(crate) fn open(path: &Path, flags: OFlags, mode: u32) -> io::Result<RealFile> {
    let flags = flags | OFlags::CLOEXEC | OFlags::NOFOLLOW | OFlags::NONBLOCK;
    match retry(|| fs::open(path, flags, Mode::from_raw_mode(mode))) {
        Ok(fd) => Ok(RealFile(fd)),
        Err(error) if error.raw_os_error() == Some(Errno::LOOP.raw_os_error()) => {
            Err(io::Error::new(error.kind(), "it is a symbolic link, which is not followed"))
        }
        Err(error) => Err(error),
    }
}

pub(crate) fn metadata(path: &Path) -> io::Result<Metadata> {
    retry(|| fs::statat(CWD, path, AtFlags::SYMLINK_NOFOLLOW)).map(|stat| describe(&stat))
}

impl Disk for RealDisk {
    fn create_new(&self, path: &Path, mode: u32) -> io::Result<Box<dyn DiskFile>> {
        let flags = OFlags::RDWR | OFlags::CREATE | OFlags::EXCL;
        Ok(Box::new(open(path, flags, mode)?))
    }

    fn open_read(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(open(path, OFlags::RDONLY, 0)?))
    }

    fn open_append(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(open(path, OFlags::RDWR | OFlags::APPEND, 0)?))
    }

    fn open_dir(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        // The folder itself may be reached by a link: a repository often is.
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let fd = retry(|| fs::open(path, flags, Mode::empty()))?;
        Ok(Box::new(RealFile(fd)))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        retry(|| fs::rename(from, to))
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        match retry(|| fs::renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE)) {
            Err(error) if unsupported(&error) => {
                // A link fails just as atomically. Where the old name then stays, by a failure or
                // a kill, the sweep removes it.
                retry(|| fs::link(from, to))?;
                let _ = retry(|| fs::unlink(from));
                Ok(())
            }
            other => other,
        }
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        retry(|| fs::unlink(path))
    }

    fn create_dir(&self, path: &Path, mode: u32) -> io::Result<()> {
        retry(|| fs::mkdir(path, Mode::from_raw_mode(mode)))
    }

    fn list(&self, path: &Path) -> io::Result<Vec<OsString>> {
        for _ in 0..PATIENCE {
            let names = std::fs::read_dir(path)
                .and_then(|entries| entries.map(|e| Ok(e?.file_name())).collect());
            match names {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
                Ok(names) => {
                    let mut names: Vec<OsString> = names;
                    names.sort();
                    return Ok(names);
                }
            }
        }
        Err(io::Error::other(format!("interrupted {PATIENCE} times")))
    }

    fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        metadata(path)
    }

    fn random(&self) -> io::Result<u64> {
        let mut bytes = [0; 8];
        let flags = rustix::rand::GetRandomFlags::empty();
        match retry(|| rustix::rand::getrandom(&mut bytes[..], flags))? {
            8 => Ok(u64::from_ne_bytes(bytes)),
            n => Err(io::Error::other(format!("the system gave {n} random bytes of 8"))),
        }
    }
}

/// An open file of the operating system.
#[derive(Debug)]
pub(crate) struct RealFile(pub(crate) OwnedFd);

impl DiskFile for RealFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        retry(|| rustix::io::write(&self.0, bytes))
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        retry(|| rustix::io::pread(&self.0, &mut *buffer, offset))
    }

    fn sync(&self) -> io::Result<()> {
        if self.is_sabotaged() {
            return Ok(());
        }
        retry(|| fs::fsync(&self.0))
    }

    fn metadata(&self) -> io::Result<Metadata> {
        retry(|| fs::fstat(&self.0)).map(|stat| describe(&stat))
    }

    fn set_len(&self, length: u64) -> io::Result<()> {
        retry(|| fs::ftruncate(&self.0, length))
    }

    fn set_mode(&self, mode: u32) -> io::Result<()> {
        retry(|| fs::fchmod(&self.0, Mode::from_raw_mode(mode)))
    }

    fn try_lock(&self) -> io::Result<bool> {
        self.flock(FlockOperation::NonBlockingLockExclusive)
    }
}

impl RealFile {
    /// True in the builds of torture that leave out one kind of sync, to see that it is missed.
    fn is_sabotaged(&self) -> bool {
        let left_out = match () {
            () if cfg!(leadforge_sabotage = "no-fsync") => Kind::File,
            () if cfg!(leadforge_sabotage = "no-dir-fsync") => Kind::Dir,
            () => return false,
        };
        self.metadata().is_ok_and(|found| found.kind == left_out)
    }

    /// The same open file once more, locks included.
    pub(crate) fn copy(&self) -> io::Result<OwnedFd> {
        self.0.try_clone()
    }

    /// Tries a lock operation that does not wait.
    pub(crate) fn flock(&self, operation: FlockOperation) -> io::Result<bool> {
        match retry(|| fs::flock(&self.0, operation)) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(false),
            Err(error) => Err(error),
        }
    }
}

#[expect(
    clippy::unnecessary_cast,
    clippy::useless_conversion,
    reason = "the types of a stat differ between machines"
)]
fn describe(stat: &Stat) -> Metadata {
    let kind = match FileType::from_raw_mode(stat.st_mode) {
        FileType::RegularFile => Kind::File,
        FileType::Directory => Kind::Dir,
        FileType::Symlink => Kind::Link,
        _ => Kind::Other,
    };
    Metadata {
        kind,
        len: u64::try_from(stat.st_size).unwrap_or(0),
        mode: u32::from(stat.st_mode) & 0o7777,
        id: (stat.st_dev as u64, stat.st_ino as u64),
        links: stat.st_nlink as u64,
    }
}

/// Says whether the file system does not know the call, so that another way may be tried.
fn unsupported(error: &io::Error) -> bool {
    [Errno::INVAL, Errno::NOSYS, Errno::NOTSUP]
        .iter()
        .any(|errno| error.raw_os_error() == Some(errno.raw_os_error()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_way_is_tried_only_where_the_call_is_not_known() {
        let asked = |errno: Errno| unsupported(&errno.into());
        assert!([Errno::INVAL, Errno::NOSYS, Errno::NOTSUP].into_iter().all(asked));
        assert!(![Errno::EXIST, Errno::ACCESS, Errno::NOSPC, Errno::IO].into_iter().any(asked));
    }

    #[test]
    fn a_lock_that_cannot_be_asked_for_is_not_one_that_another_has() {
        let folder = tempfile::tempdir().expect("a folder");
        let only_a_name = open(folder.path(), OFlags::PATH, 0).expect("it opens");
        assert!(only_a_name.try_lock().is_err());
    }

    #[test]
    fn files_and_folders_are_synced_by_the_system() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("file");
        std::fs::write(&file, "").expect("a file");
        for path in [folder.path(), &file] {
            // Nobody can sync what was opened as a name alone: the system was asked.
            assert!(open(path, OFlags::PATH, 0).expect("it opens").sync().is_err());
            assert!(open(path, OFlags::RDONLY, 0).expect("it opens").sync().is_ok());
        }
    }
}
