//! Disks that leave out one step each, so that the real writer becomes a careless one.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use leadforge_durable_fs::{Disk, DiskFile, Metadata, SimDisk, replace};

/// The step that is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Without {
    FileSync,
    DirSync,
    /// One name for every temporary, taken over from whoever has it.
    OwnName,
    /// Locks that everybody gets.
    Locks,
    /// The first file that is opened to append is replaced by another before the answer comes.
    Stillness,
    /// The first file that is made is swept away before the answer comes.
    Mercy,
}

/// A simulated disk with a step left out.
#[derive(Debug)]
pub(crate) struct BadDisk {
    sim: SimDisk,
    without: Without,
    meddled: AtomicBool,
}

#[derive(Debug)]
struct BadFile {
    file: Box<dyn DiskFile>,
    syncs: bool,
    locks: bool,
}

impl BadDisk {
    pub(crate) fn new(sim: SimDisk, without: Without) -> Self {
        Self { sim, without, meddled: AtomicBool::new(false) }
    }

    fn file(&self, file: Box<dyn DiskFile>, step: Without) -> Box<dyn DiskFile> {
        let locks = !matches!(self.without, Without::OwnName | Without::Locks);
        Box::new(BadFile { file, syncs: self.without != step, locks })
    }
}

impl Disk for BadDisk {
    fn create_new(&self, path: &Path, mode: u32) -> io::Result<Box<dyn DiskFile>> {
        let file = match self.sim.create_new(path, mode) {
            Err(error)
                if error.kind() == io::ErrorKind::AlreadyExists
                    && self.without == Without::OwnName =>
            {
                let file = self.sim.open_append(path)?;
                file.set_len(0)?;
                file
            }
            other => other?,
        };
        if self.without == Without::Mercy && !self.meddled.swap(true, Ordering::SeqCst) {
            self.sim.remove_file(path)?;
        }
        Ok(self.file(file, Without::FileSync))
    }

    fn open_read(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        Ok(self.file(self.sim.open_read(path)?, Without::FileSync))
    }

    fn open_append(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let file = self.sim.open_append(path)?;
        if self.without == Without::Stillness && !self.meddled.swap(true, Ordering::SeqCst) {
            replace(&self.sim, path, &self.sim.read(path)?)?;
        }
        Ok(self.file(file, Without::FileSync))
    }

    fn open_dir(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        Ok(self.file(self.sim.open_dir(path)?, Without::DirSync))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.sim.rename(from, to)
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.sim.rename_new(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.sim.remove_file(path)
    }

    fn create_dir(&self, path: &Path, mode: u32) -> io::Result<()> {
        self.sim.create_dir(path, mode)
    }

    fn list(&self, path: &Path) -> io::Result<Vec<OsString>> {
        self.sim.list(path)
    }

    fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        self.sim.metadata(path)
    }

    fn random(&self) -> io::Result<u64> {
        if self.without == Without::OwnName { Ok(0) } else { self.sim.random() }
    }
}

impl DiskFile for BadFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        self.file.read_at(buffer, offset)
    }

    fn sync(&self) -> io::Result<()> {
        if self.syncs { self.file.sync() } else { Ok(()) }
    }

    fn metadata(&self) -> io::Result<Metadata> {
        self.file.metadata()
    }

    fn set_len(&self, length: u64) -> io::Result<()> {
        self.file.set_len(length)
    }

    fn set_mode(&self, mode: u32) -> io::Result<()> {
        self.file.set_mode(mode)
    }

    fn try_lock(&self) -> io::Result<bool> {
        if self.locks { self.file.try_lock() } else { Ok(true) }
    }
}
