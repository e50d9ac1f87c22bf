//! The streaming atomic file, on which every whole replacement stands.

use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::disk::{Disk, DiskFile, Kind};
use crate::error::Error;
use crate::temporary;

/// Bytes that are collected before they are written.
const BUFFER: usize = 64 << 10;

/// How an atomic file gets its name and its permissions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// Permission bits, set exactly; without them those of the replaced file (`0o777` at most), or
    /// for a new file what the umask leaves of `0o666`.
    pub mode: Option<u32>,
    /// Fail with [`Error::Exists`] where the file exists, instead of replacing it.
    pub new: bool,
    /// Leave out both syncs: the file is whole or old for everybody who looks and after a kill, and
    /// may be anything after a power cut. For what is made anew anyway.
    pub unsynced: bool,
}

impl Options {
    /// A file that its owner alone may read and write.
    pub const PRIVATE: Self = Self { mode: Some(0o600), new: false, unsynced: false };
}

/// A file that appears whole under its name at [`AtomicFile::commit`], or not at all.
///
/// Until then the bytes go to a temporary in the same folder, which is removed when this is
/// dropped. A symbolic link at the path is refused: following it would write outside the folder
/// that the caller meant, and replacing it would surprise who put it there. The owner of a
/// replaced file becomes who runs this; set-user-id, set-group-id and sticky bits are dropped.
///
/// ```
/// # use std::io::Write;
/// # use leadforge_durable_fs::{AtomicFile, Disk, SimDisk};
/// # use std::path::Path;
/// let disk = SimDisk::new(1);
/// let mut file = AtomicFile::create(&disk, Path::new("/report.html"))?;
/// writeln!(file, "<p>hello</p>")?;
/// assert!(disk.read(Path::new("/report.html")).is_err());
/// file.commit()?;
/// assert_eq!(disk.read(Path::new("/report.html"))?, b"<p>hello</p>\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct AtomicFile<'d> {
    disk: &'d dyn Disk,
    target: PathBuf,
    temporary: PathBuf,
    /// Opened before anything is written, so that no descriptor can be missing after the rename.
    dir: Box<dyn DiskFile>,
    file: Box<dyn DiskFile>,
    buffer: Vec<u8>,
    written: u64,
    mode: Option<u32>,
    new: bool,
    unsynced: bool,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    Failed,
    Renamed,
}

impl<'d> AtomicFile<'d> {
    /// Begins a file that replaces what is at `path`, keeping its permission bits.
    pub fn create(disk: &'d dyn Disk, path: &Path) -> Result<Self, Error> {
        Self::create_with(disk, path, &Options::default())
    }

    /// Begins a file with the given permissions, or one that must be new.
    pub fn create_with(disk: &'d dyn Disk, path: &Path, options: &Options) -> Result<Self, Error> {
        let dir_path = folder(path)?;
        let replaced = match disk.metadata(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            other => Some(other.map_err(Error::io("look at", path))?),
        };
        match replaced {
            Some(_) if options.new => return Err(Error::Exists { path: path.to_owned() }),
            Some(found) if found.kind != Kind::File => {
                return Err(Error::NotAFile { path: path.to_owned(), found: found.kind });
            }
            _ => {}
        }
        let mode = options.mode.or(replaced.map(|found| found.mode & 0o777));
        let dir = disk.open_dir(dir_path).map_err(Error::io("open the folder of", path))?;
        // What will have bits of its own stays private until it has them.
        let first = if mode.is_some() { 0o600 } else { 0o666 };
        let (temporary, file) = temporary::create(disk, path, first)?;
        Ok(Self {
            disk,
            target: path.to_owned(),
            temporary,
            dir,
            file,
            buffer: Vec::new(),
            written: 0,
            mode,
            new: options.new,
            unsynced: options.unsynced,
            state: State::Open,
        })
    }

    /// The path that the file will have.
    pub fn path(&self) -> &Path {
        &self.target
    }

    /// Makes the file durable and gives it its name; when this returns, both last, unless
    /// [`Options::unsynced`] says otherwise.
    ///
    /// On an error the temporary is gone and the old file is as it was, with the one exception
    /// that [`Error::NotDurable`] describes.
    pub fn commit(mut self) -> Result<(), Error> {
        if self.state != State::Open {
            let cause = io::Error::other("an earlier write failed");
            return Err(Error::io("commit", &self.target)(cause));
        }
        self.empty_buffer().map_err(Error::io("write", &self.target))?;
        if let Some(mode) = self.mode {
            self.file.set_mode(mode).map_err(Error::io("set the mode of", &self.target))?;
        }
        if !self.unsynced {
            self.file.sync().map_err(Error::io("sync", &self.target))?;
        }
        let found = self.file.metadata().map_err(Error::io("measure", &self.target))?.len;
        if found != self.written {
            let (path, expected) = (self.target.clone(), self.written);
            return Err(Error::Length { path, expected, found });
        }
        self.rename()?;
        self.state = State::Renamed;
        if self.unsynced {
            return Ok(());
        }
        self.dir.sync().map_err(|cause| Error::NotDurable { path: self.target.clone(), cause })
    }

    fn rename(&self) -> Result<(), Error> {
        let result = if self.new {
            self.disk.rename_new(&self.temporary, &self.target)
        } else {
            self.disk.rename(&self.temporary, &self.target)
        };
        result.map_err(|cause| match cause.kind() {
            ErrorKind::AlreadyExists if self.new => Error::Exists { path: self.target.clone() },
            _ => Error::io("rename a temporary to", &self.target)(cause),
        })
    }

    fn empty_buffer(&mut self) -> io::Result<()> {
        let buffer = std::mem::take(&mut self.buffer);
        self.write_through(&buffer)?;
        self.buffer = buffer;
        self.buffer.clear();
        Ok(())
    }

    fn write_through(&mut self, bytes: &[u8]) -> io::Result<()> {
        let result = write_all(self.file.as_mut(), bytes);
        match result {
            Ok(()) => self.written += bytes.len() as u64,
            // Torture must see that a lost write is told.
            Err(_) if cfg!(leadforge_sabotage = "ignore-write-error") => return Ok(()),
            Err(_) => self.state = State::Failed,
        }
        result
    }

    fn named(&self, result: io::Result<()>) -> io::Result<()> {
        result.map_err(|cause| Error::io("write", &self.target)(cause).into())
    }
}

impl Write for AtomicFile<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.state != State::Open {
            return self.named(Err(io::Error::other("an earlier write failed"))).map(|()| 0);
        }
        if self.buffer.len() + bytes.len() > BUFFER {
            let emptied = self.empty_buffer();
            self.named(emptied)?;
        }
        if bytes.len() >= BUFFER {
            let written = self.write_through(bytes);
            self.named(written)?;
        } else {
            self.buffer.extend_from_slice(bytes);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let emptied = self.empty_buffer();
        self.named(emptied)
    }
}

impl Drop for AtomicFile<'_> {
    fn drop(&mut self) {
        if self.state != State::Renamed {
            // If this fails too, the next sweep removes it.
            let _ = self.disk.remove_file(&self.temporary);
        }
    }
}

/// Writes everything, however little the disk takes at a time.
pub(crate) fn write_all(file: &mut dyn DiskFile, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match file.write(bytes)? {
            0 => return Err(io::Error::from(ErrorKind::WriteZero)),
            n => bytes = bytes.get(n..).unwrap_or_default(),
        }
    }
    Ok(())
}

/// The folder that holds `path`, which must end in a name.
pub(crate) fn folder(path: &Path) -> Result<&Path, Error> {
    match (path.file_name(), path.parent()) {
        (Some(_), Some(parent)) if parent.as_os_str().is_empty() => Ok(Path::new(".")),
        (Some(_), Some(parent)) => Ok(parent),
        _ => {
            let cause = io::Error::new(ErrorKind::InvalidInput, "it does not end in a file name");
            Err(Error::io("use", path)(cause))
        }
    }
}
