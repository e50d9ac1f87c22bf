//! The one error of the crate, so that every failure names its path and operation on one line.

use std::fmt::{self, Write as _};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::disk::Kind;

/// What went wrong, with the path at fault; its text is one line.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The system refused an operation.
    #[error("cannot {operation} {}: {cause}", Shown(path))]
    Io {
        /// What was tried, as a verb: `open`, `write`, `sync`, …
        operation: &'static str,
        /// The file or folder it was tried on.
        path: PathBuf,
        /// The system's answer.
        cause: io::Error,
    },
    /// The new content is in place, but the folder could not be synced: a power cut may undo it.
    #[error("cannot sync the folder of {}, which is new but may not last: {cause}", Shown(path))]
    NotDurable {
        /// The file whose name may not last.
        path: PathBuf,
        /// The system's answer.
        cause: io::Error,
    },
    /// A file is shorter or longer than what was written to it.
    #[error("cannot write {}: {expected} bytes were written and {found} are there", Shown(path))]
    Length {
        /// The file that was to be written.
        path: PathBuf,
        /// Bytes that were written.
        expected: u64,
        /// Bytes that the file has.
        found: u64,
    },
    /// The file was to be created and is there already.
    #[error("cannot create {}: it exists", Shown(path))]
    Exists {
        /// The file that exists.
        path: PathBuf,
    },
    /// The path is no regular file: it is neither followed nor replaced.
    #[error("cannot use {}: it is {found}, not a regular file", Shown(path))]
    NotAFile {
        /// The path that was given.
        path: PathBuf,
        /// What is there.
        found: Kind,
    },
    /// Acknowledged bytes of a log are damaged or gone; nothing was changed.
    #[error("{} is damaged at byte {offset}: {reason}", Shown(path))]
    Corrupt {
        /// The log.
        path: PathBuf,
        /// Where the first damaged record begins, in bytes.
        offset: u64,
        /// What is wrong there.
        reason: &'static str,
    },
    /// More bytes than the stated limit.
    #[error("{}: {length} bytes are over the limit of {limit}", Shown(path))]
    TooLarge {
        /// The file or log.
        path: PathBuf,
        /// Bytes that were given or found.
        length: u64,
        /// Bytes that are taken.
        limit: u64,
    },
    /// Another process or handle holds the lock.
    #[error("{} is locked by another process{}{}", Shown(path), describe_note(.note), describe_wait(.waited))]
    Locked {
        /// The lock file or the locked file.
        path: PathBuf,
        /// What the last exclusive holder wrote about itself.
        note: Option<String>,
        /// How long was waited.
        waited: Duration,
    },
    /// An earlier failure left the end of the log unknown; open it again.
    #[error("cannot append to {}: an earlier append failed, open it again", Shown(path))]
    Closed {
        /// The log.
        path: PathBuf,
    },
}

impl Error {
    /// The file or folder at fault.
    pub fn path(&self) -> &Path {
        match self {
            Self::Io { path, .. }
            | Self::NotDurable { path, .. }
            | Self::Length { path, .. }
            | Self::Exists { path }
            | Self::NotAFile { path, .. }
            | Self::Corrupt { path, .. }
            | Self::TooLarge { path, .. }
            | Self::Locked { path, .. }
            | Self::Closed { path } => path,
        }
    }

    /// The kind that an [`io::Error`] of the same meaning has.
    pub fn kind(&self) -> io::ErrorKind {
        match self {
            Self::Io { cause, .. } | Self::NotDurable { cause, .. } => cause.kind(),
            Self::Length { .. } | Self::Corrupt { .. } => io::ErrorKind::InvalidData,
            Self::Exists { .. } => io::ErrorKind::AlreadyExists,
            Self::NotAFile { .. } | Self::TooLarge { .. } => io::ErrorKind::InvalidInput,
            Self::Locked { .. } => io::ErrorKind::WouldBlock,
            Self::Closed { .. } => io::ErrorKind::Other,
        }
    }

    /// Says whether the file or folder is simply not there.
    pub fn is_not_found(&self) -> bool {
        self.kind() == io::ErrorKind::NotFound
    }

    pub(crate) fn io(operation: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |cause| Self::Io { operation, path: path.to_owned(), cause }
    }
}

impl From<Error> for io::Error {
    fn from(error: Error) -> Self {
        Self::new(error.kind(), error)
    }
}

fn describe_note(note: &Option<String>) -> String {
    note.as_deref().map(|note| format!(" (last note: {note})")).unwrap_or_default()
}

fn describe_wait(waited: &Duration) -> String {
    if waited.is_zero() { String::new() } else { format!(", after {:.1} s", waited.as_secs_f64()) }
}

/// A path with its control characters escaped, because a name may hold a line break.
struct Shown<'a>(&'a Path);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.to_string_lossy().chars() {
            if c.is_control() { write!(f, "{}", c.escape_default())? } else { f.write_char(c)? }
        }
        Ok(())
    }
}
