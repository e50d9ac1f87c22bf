//! An open file of the simulated disk.

use std::io;
use std::path::PathBuf;

use super::state::Change;
use super::{Fault, Inner, SimDisk, stopped};
use crate::disk::{DiskFile, Metadata};

/// What a handle was opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    Read,
    Write,
    Append,
    /// A folder, to be synced.
    Names,
}

/// A handle; it dies with the process that opened it.
#[derive(Debug)]
pub(super) struct SimFile {
    pub(super) disk: SimDisk,
    pub(super) path: PathBuf,
    pub(super) number: u64,
    pub(super) id: u64,
    pub(super) generation: u64,
    pub(super) access: Access,
    pub(super) position: usize,
}

impl SimFile {
    fn writable(&self) -> io::Result<()> {
        match self.access {
            Access::Write | Access::Append => Ok(()),
            Access::Read | Access::Names => Err(io::Error::other("it is not open for writing")),
        }
    }

    fn run<T>(
        &self,
        operation: &str,
        act: impl FnOnce(&mut Inner) -> io::Result<T>,
    ) -> io::Result<T> {
        self.disk.run(operation, &self.path, |inner| {
            if inner.generation == self.generation { act(inner) } else { Err(stopped()) }
        })
    }
}

impl DiskFile for SimFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut inner = self.disk.lock();
        let fault = inner.begin(format!("write {} {}", self.path.display(), bytes.len()))?;
        if inner.generation != self.generation {
            return Err(stopped());
        }
        self.writable()?;
        let size = bytes.len();
        let stored = match fault {
            None => size,
            Some(Fault::Error(kind)) => return Err(kind.into()),
            Some(Fault::Stop) => inner.rng.below(size + 1),
            // A write of nothing would be an end, not a short write.
            Some(Fault::Short) => size.min(1 + inner.rng.below(size.saturating_sub(1))),
            Some(Fault::Lie) => inner.rng.below(size),
        };
        let append = self.access == Access::Append;
        let inode = inner.state.inode_mut(self.number)?;
        let at = if append { inode.live.len() } else { self.position };
        if stored > 0 {
            inode.change(Change::Write { at, bytes: bytes[..stored].to_vec() });
        }
        if fault == Some(Fault::Stop) {
            inner.stopped = true;
            return Err(stopped());
        }
        // A lie does not move on either: the file ends up short, as it does on a real disk.
        self.position = at + stored;
        Ok(if fault == Some(Fault::Lie) { size } else { stored })
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        self.run("read", |inner| {
            let inode = inner.state.inode(self.number)?;
            if inode.dir {
                return Err(io::ErrorKind::IsADirectory.into());
            }
            let live = &inode.live;
            let rest = usize::try_from(offset).ok().and_then(|at| live.get(at..));
            let rest = rest.unwrap_or_default();
            let count = rest.len().min(buffer.len());
            buffer[..count].copy_from_slice(&rest[..count]);
            Ok(count)
        })
    }

    fn sync(&self) -> io::Result<()> {
        self.run("sync", |inner| if inner.lying { Ok(()) } else { inner.state.sync(self.number) })
    }

    fn metadata(&self) -> io::Result<Metadata> {
        self.run("measure", |inner| inner.state.metadata(self.number))
    }

    fn set_len(&self, length: u64) -> io::Result<()> {
        self.run("set_len", |inner| {
            self.writable()?;
            let length = usize::try_from(length).map_err(io::Error::other)?;
            inner.state.inode_mut(self.number)?.change(Change::Length(length));
            Ok(())
        })
    }

    fn set_mode(&self, mode: u32) -> io::Result<()> {
        self.run("set_mode", |inner| {
            inner.state.inode_mut(self.number)?.mode = mode & 0o7777;
            Ok(())
        })
    }

    fn try_lock(&self) -> io::Result<bool> {
        self.run("lock", |inner| {
            let lock = &mut inner.state.inode_mut(self.number)?.lock;
            let free = lock.is_none_or(|holder| holder == self.id);
            if free {
                *lock = Some(self.id);
            }
            Ok(free)
        })
    }
}

impl Drop for SimFile {
    fn drop(&mut self) {
        let mut inner = self.disk.lock();
        let (generation, id) = (self.generation, self.id);
        if inner.generation == generation
            && let Some(inode) = inner.state.inodes.get_mut(&self.number)
            && inode.lock == Some(id)
        {
            inode.lock = None;
        }
    }
}
