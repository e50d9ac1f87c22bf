//! The seam between the verbs and what stores the bytes, narrow enough to be simulated whole.

use std::ffi::OsString;
use std::fmt;
use std::io;
use std::path::Path;

/// A place that stores files: [`RealDisk`](crate::RealDisk) or [`SimDisk`](crate::SimDisk).
///
/// Every method is one operation of the system, and none follows a symbolic link in the last part
/// of its path. An implementation never answers [`io::ErrorKind::Interrupted`].
pub trait Disk: Send + Sync + fmt::Debug {
    /// Creates a file that must not exist, for reading and writing.
    ///
    /// `mode` is the permission bits, from which the system takes the umask.
    fn create_new(&self, path: &Path, mode: u32) -> io::Result<Box<dyn DiskFile>>;

    /// Opens a file for reading.
    fn open_read(&self, path: &Path) -> io::Result<Box<dyn DiskFile>>;

    /// Opens an existing file for reading and for writing at its end.
    fn open_append(&self, path: &Path) -> io::Result<Box<dyn DiskFile>>;

    /// Opens a folder, so that it can be synced.
    fn open_dir(&self, path: &Path) -> io::Result<Box<dyn DiskFile>>;

    /// Moves a name, replacing the file that has the new one.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Moves a name, and fails with [`io::ErrorKind::AlreadyExists`] where the new one is taken.
    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes the name of a file.
    fn remove_file(&self, path: &Path) -> io::Result<()>;

    /// Creates a folder that must not exist; `mode` as in [`Disk::create_new`].
    fn create_dir(&self, path: &Path, mode: u32) -> io::Result<()>;

    /// Lists the names in a folder, sorted.
    fn list(&self, path: &Path) -> io::Result<Vec<OsString>>;

    /// Describes what has this name; a symbolic link is described itself.
    fn metadata(&self, path: &Path) -> io::Result<Metadata>;

    /// A number that nobody can foresee, for the names of temporaries.
    fn random(&self) -> io::Result<u64>;

    /// Syncs a folder: the names in it last from here on.
    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        self.open_dir(path)?.sync()
    }

    /// Reads a whole regular file.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let file = self.open_read(path)?;
        let metadata = file.metadata()?;
        if metadata.kind != Kind::File {
            let message = format!("it is {}, not a regular file", metadata.kind);
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        // The length is a hint: a file may grow, and those under /proc claim none.
        let hint = usize::try_from(metadata.len).unwrap_or(0).min(1 << 20);
        let mut bytes = Vec::with_capacity(hint);
        let mut chunk = vec![0; 64 << 10];
        loop {
            match file.read_at(&mut chunk, bytes.len() as u64)? {
                0 => return Ok(bytes),
                n => bytes.extend_from_slice(&chunk[..n]),
            }
        }
    }
}

/// An open file or folder of a [`Disk`].
pub trait DiskFile: Send + Sync + fmt::Debug {
    /// Writes at the current position, or at the end after [`Disk::open_append`].
    ///
    /// It may write less than it was given; the count is returned.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize>;

    /// Reads at `offset` (in bytes) and returns how much was there; 0 is the end.
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize>;

    /// Makes content and length, or the names of a folder, survive a power cut.
    fn sync(&self) -> io::Result<()>;

    /// Describes the open file.
    fn metadata(&self) -> io::Result<Metadata>;

    /// Cuts or extends the file to `length` bytes.
    fn set_len(&self, length: u64) -> io::Result<()>;

    /// Sets the permission bits exactly.
    fn set_mode(&self, mode: u32) -> io::Result<()>;

    /// Takes the exclusive lock, and says false where another handle has it.
    ///
    /// The lock ends with the handle, whichever way the process ends.
    fn try_lock(&self) -> io::Result<bool>;
}

/// What the system knows about a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metadata {
    /// What it is.
    pub kind: Kind,
    /// Length in bytes.
    pub len: u64,
    /// Permission bits, at most `0o7777`.
    pub mode: u32,
    /// The device, and the file's number on it: together they tell two files apart.
    pub id: (u64, u64),
    /// How many names it has; 0 for a removed file that is still open.
    pub links: u64,
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Dir,
    /// A symbolic link.
    Link,
    /// A pipe, socket or device.
    Other,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::File => "a regular file",
            Self::Dir => "a folder",
            Self::Link => "a symbolic link",
            Self::Other => "a pipe, socket or device",
        })
    }
}
