//! Locks between processes that the kernel releases, however their holder ends.

use std::io::{self, ErrorKind};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::fs::{FlockOperation, OFlags};

use crate::atomic::write_all;
use crate::disk::{DiskFile as _, Kind, Metadata};
use crate::error::Error;
use crate::real::{self, RealFile};

/// The longest that a waiter sleeps between two tries.
const NAP: Duration = Duration::from_millis(16);

/// The longest note about a holder that is kept and shown, in bytes.
const NOTE: usize = 200;

/// A lock on a file of its own, held until this is dropped or the process ends in any way.
///
/// The lock is the kernel's (`flock`) on the open file; that the file exists means nothing, and
/// when someone deletes it under a holder the next one notices and starts over on the new file.
/// The folder must exist. The file stays behind, since removing it would be a race.
#[derive(Debug)]
pub struct Lock {
    file: RealFile,
    path: PathBuf,
    exclusive: bool,
    noted: bool,
}

impl Lock {
    /// Takes the lock alone, waiting up to `wait` for others to leave it.
    pub fn exclusive(path: &Path, wait: Duration) -> Result<Self, Error> {
        Self::acquire(path, wait, true)
    }

    /// Takes the lock together with other shared holders, waiting up to `wait`.
    pub fn shared(path: &Path, wait: Duration) -> Result<Self, Error> {
        Self::acquire(path, wait, false)
    }

    /// Takes the lock alone, or returns `None` where another has it.
    pub fn try_exclusive(path: &Path) -> Result<Option<Self>, Error> {
        Self::attempt(path, true)
    }

    /// Takes the lock together with others, or returns `None` where one has it alone.
    pub fn try_shared(path: &Path) -> Result<Option<Self>, Error> {
        Self::attempt(path, false)
    }

    /// Writes into the lock file what this process holds it for, for the messages of waiters.
    ///
    /// Only an exclusive holder writes; the note is cut at 200 bytes and to one line.
    pub fn note(&mut self, what: &str) -> Result<(), Error> {
        if !self.exclusive {
            return Ok(());
        }
        self.noted = true;
        let text = one_line(&format!("pid {} {what}", std::process::id()));
        self.file
            .set_len(0)
            .and_then(|()| write_all(&mut self.file, format!("{text}\n").as_bytes()))
            .map_err(Error::io("write", &self.path))
    }

    /// A copy for a child process: when this process is killed, the lock lasts until its children
    /// have ended too. Dropping the lock ends it for the copies as well.
    pub fn copy(&self) -> Result<OwnedFd, Error> {
        self.file.copy().map_err(Error::io("copy", &self.path))
    }

    /// The lock file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn acquire(path: &Path, wait: Duration, exclusive: bool) -> Result<Self, Error> {
        let start = Instant::now();
        let mut nap = Duration::from_millis(1);
        loop {
            if let Some(lock) = Self::attempt(path, exclusive)? {
                return Ok(lock);
            }
            let left = wait.saturating_sub(start.elapsed());
            if left.is_zero() {
                let (path, note) = (path.to_owned(), read_note(path));
                return Err(Error::Locked { path, note, waited: wait });
            }
            std::thread::sleep(nap.min(left));
            nap = (nap * 2).min(NAP);
        }
    }

    fn attempt(path: &Path, exclusive: bool) -> Result<Option<Self>, Error> {
        let operation = match exclusive {
            true => FlockOperation::NonBlockingLockExclusive,
            false => FlockOperation::NonBlockingLockShared,
        };
        // Each turn beyond the first means that somebody removed the file meanwhile.
        for _ in 0..100 {
            let flags = OFlags::RDWR | OFlags::CREATE | OFlags::APPEND;
            let file = real::open(path, flags, 0o666).map_err(Error::io("open the lock", path))?;
            let ours = file.metadata().map_err(Error::io("measure", path))?;
            if ours.kind != Kind::File {
                return Err(Error::NotAFile { path: path.to_owned(), found: ours.kind });
            }
            if !file.flock(operation).map_err(Error::io("lock", path))? {
                return Ok(None);
            }
            if is_named(real::metadata(path), &ours).map_err(Error::io("look at", path))? {
                // The note of a holder that was killed would mislead.
                if exclusive && ours.len > 0 {
                    file.set_len(0).map_err(Error::io("empty", path))?;
                }
                return Ok(Some(Self { file, path: path.to_owned(), exclusive, noted: false }));
            }
        }
        Err(Error::io("lock", path)(io::Error::other("the lock file is removed again and again")))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if self.noted {
            let _ = self.file.set_len(0);
        }
        // By name rather than by closing: a child between fork and exec has a copy of the file.
        let _ = self.file.flock(FlockOperation::NonBlockingUnlock);
    }
}

/// Says whether what was found at the path is the file that was opened there.
fn is_named(found: io::Result<Metadata>, ours: &Metadata) -> io::Result<bool> {
    match found {
        Ok(found) => Ok(found.id == ours.id),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// What the holder said about itself; the file is anybody's to write, so it is cut and cleaned.
fn read_note(path: &Path) -> Option<String> {
    let file = real::open(path, OFlags::RDONLY, 0).ok()?;
    let mut bytes = [0; NOTE];
    let length = file.read_at(&mut bytes, 0).ok()?;
    let note = one_line(&String::from_utf8_lossy(&bytes[..length]));
    (!note.is_empty()).then_some(note)
}

fn one_line(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let mut clean = String::new();
    for c in line.chars().filter(|c| !c.is_control()) {
        if clean.len() + c.len_utf8() > NOTE {
            break;
        }
        clean.push(c);
    }
    clean.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_file_that_went_is_told_from_one_that_cannot_be_looked_at() {
        let of = |path: &str| real::metadata(Path::new(path)).expect("every system has it");
        let named = |found| is_named(found, &of("/"));
        assert!(named(Ok(of("/"))).expect("it was found"));
        assert!(!named(Ok(of("/dev/null"))).expect("it was found"));
        assert!(!named(Err(ErrorKind::NotFound.into())).expect("it went"));
        assert!(named(Err(ErrorKind::PermissionDenied.into())).is_err());
    }
}
