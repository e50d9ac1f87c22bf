//! An open file of the simulated disk.

use std::io;
use std::path::PathBuf;

use super::state::Change;
use super::{Fault, Inner, SimDisk, stopped};
use crate::disk::{DiskFile, Metadata};

/// A handle; it dies with the process that opened it.
#[derive(Debug)]
pub(super) struct SimFile {
    pub(super) disk: SimDisk,
    pub(super) path: PathBuf,
    pub(super) number: u64,
    pub(super) id: u64,
    pub(super) generation: u64,
    pub(super) append: bool,
    pub(super) position: usize,
}

impl SimFile {
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
        let stored = match fault {
            Some(Fault::Error(kind)) => return Err(kind.into()),
            Some(_) => inner.rng.below(bytes.len()),
            None => bytes.len(),
        };
        let append = self.append;
        let inode = inner.state.inode_mut(self.number)?;
        let at = if append { inode.live.len() } else { self.position };
        if stored > 0 {
            inode.change(Change::Write { at, bytes: bytes[..stored].to_vec() });
        }
        let said = match fault {
            Some(Fault::Stop) => {
                inner.stopped = true;
                return Err(stopped());
            }
            // A write of nothing would be an end, not a short write.
            Some(Fault::Short) if stored == 0 && !bytes.is_empty() => {
                let inode = inner.state.inode_mut(self.number)?;
                inode.change(Change::Write { at, bytes: bytes[..1].to_vec() });
                1
            }
            Some(Fault::Lie) => bytes.len(),
            _ => stored,
        };
        self.position = at + said;
        Ok(said)
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        self.run("read", |inner| {
            let live = &inner.state.inode(self.number)?.live;
            let rest = usize::try_from(offset).ok().and_then(|at| live.get(at..));
            let rest = rest.unwrap_or_default();
            let count = rest.len().min(buffer.len());
            buffer[..count].copy_from_slice(&rest[..count]);
            Ok(count)
        })
    }

    fn sync(&self) -> io::Result<()> {
        let lies = self.disk.lock().next_is_a_lie();
        self.run("sync", |inner| if lies { Ok(()) } else { inner.state.sync(self.number) })
    }

    fn metadata(&self) -> io::Result<Metadata> {
        self.run("measure", |inner| inner.state.metadata(self.number))
    }

    fn set_len(&self, length: u64) -> io::Result<()> {
        self.run("set_len", |inner| {
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
