//! A disk in memory that loses what was not synced, to prove that the verbs sync what they must.

mod crash;
mod file;
mod rng;
mod state;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use self::file::{Access, SimFile};
use self::rng::Rng;
use self::state::State;
use crate::disk::{Disk, DiskFile, Metadata};

/// What shall happen at one operation of a [`SimDisk`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The operation fails and changes nothing.
    Error(ErrorKind),
    /// The power goes: the operation is done, half done or not done, and from then on every one
    /// fails, until [`SimDisk::crash`] or [`SimDisk::kill`].
    Stop,
    /// A write takes some of the bytes only, and says so.
    Short,
    /// A write loses bytes, or a sync does nothing, and says that all is well.
    Lie,
}

/// A simulated disk: a handle to memory, so that clones are the same disk.
///
/// What programs see is kept apart from what was synced: the content of a file is safe after a
/// sync of that file, its name after a sync of its folder. [`SimDisk::crash`] keeps what is safe
/// and, by the seed, none, some or all of the rest: whole or torn writes, single sectors, lengths
/// without content, names in any order. Links and times are not simulated, and permission bits
/// are kept but not enforced.
///
/// ```
/// # use leadforge_durable_fs::{Disk, SimDisk, replace};
/// # use std::path::Path;
/// let path = Path::new("/state");
/// for seed in 0..100 {
///     let disk = SimDisk::new(seed);
///     replace(&disk, path, b"old")?;
///     disk.crash();
///     assert_eq!(disk.read(path)?, b"old"); // it was acknowledged
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct SimDisk(Arc<Mutex<Inner>>);

#[derive(Debug)]
struct Inner {
    state: State,
    rng: Rng,
    faults: BTreeMap<u64, Fault>,
    trace: Vec<String>,
    /// Handles of an earlier generation are those of a dead process.
    generation: u64,
    handles: u64,
    stopped: bool,
    /// The operation that runs says that all is well, and does not do it.
    lying: bool,
}

impl SimDisk {
    /// An empty disk; the seed decides every random number and what each crash leaves.
    pub fn new(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(Inner {
            state: State::new(),
            rng: Rng::new(seed),
            faults: BTreeMap::new(),
            trace: Vec::new(),
            generation: 0,
            handles: 0,
            stopped: false,
            lying: false,
        })))
    }

    /// Cuts the power and starts anew: open handles are dead, locks are free, faults are cleared.
    pub fn crash(&self) {
        let mut inner = self.lock();
        let Inner { state, rng, .. } = &mut *inner;
        crash::crash(state, rng);
        inner.restart();
    }

    /// Kills the process, not the machine: as [`SimDisk::crash`], but what was written stays.
    pub fn kill(&self) {
        let mut inner = self.lock();
        inner.state.inodes.values_mut().for_each(|inode| inode.lock = None);
        inner.restart();
    }

    /// Plans a fault at the `nth` operation from here on; 1 is the next one.
    pub fn fail_at(&self, nth: u64, fault: Fault) {
        let mut inner = self.lock();
        let at = inner.trace.len() as u64 + nth;
        inner.faults.insert(at, fault);
    }

    /// How many operations there have been.
    pub fn operations(&self) -> u64 {
        self.lock().trace.len() as u64
    }

    /// The operations since the beginning, one line each, for messages and tests.
    pub fn trace(&self) -> Vec<String> {
        self.lock().trace.clone()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run<T>(
        &self,
        operation: &str,
        path: &Path,
        act: impl FnOnce(&mut Inner) -> io::Result<T>,
    ) -> io::Result<T> {
        let mut inner = self.lock();
        match inner.begin(format!("{operation} {}", path.display()))? {
            Some(Fault::Error(kind)) => Err(kind.into()),
            Some(Fault::Stop) => {
                let done = if inner.rng.coin() { Some(act(&mut inner)) } else { None };
                inner.stopped = true;
                // A handle takes the lock of the disk when it is dropped.
                drop(inner);
                drop(done);
                Err(stopped())
            }
            Some(Fault::Short | Fault::Lie) | None => act(&mut inner),
        }
    }

    fn open(&self, operation: &str, path: &Path, access: Access) -> io::Result<Box<dyn DiskFile>> {
        self.run(operation, path, |inner| {
            let number = inner.state.find(path)?;
            match (access, inner.state.inode(number)?.dir) {
                (Access::Append, true) => Err(ErrorKind::IsADirectory.into()),
                (Access::Names, false) => Err(ErrorKind::NotADirectory.into()),
                _ => Ok(self.handle(inner, number, path, access)),
            }
        })
    }

    fn handle(
        &self,
        inner: &mut Inner,
        number: u64,
        path: &Path,
        access: Access,
    ) -> Box<dyn DiskFile> {
        inner.handles += 1;
        let (id, generation) = (inner.handles, inner.generation);
        let (disk, path) = (self.clone(), path.to_owned());
        Box::new(SimFile { disk, path, number, id, generation, access, position: 0 })
    }
}

impl Inner {
    /// Counts an operation and says what is planned for it.
    fn begin(&mut self, line: String) -> io::Result<Option<Fault>> {
        self.trace.push(line);
        if self.stopped {
            return Err(stopped());
        }
        let fault = self.faults.remove(&(self.trace.len() as u64));
        self.lying = fault == Some(Fault::Lie);
        Ok(fault)
    }

    fn restart(&mut self) {
        self.generation += 1;
        self.stopped = false;
        self.faults.clear();
    }
}

fn stopped() -> io::Error {
    io::Error::other("the simulated machine is off")
}

impl Disk for SimDisk {
    fn create_new(&self, path: &Path, mode: u32) -> io::Result<Box<dyn DiskFile>> {
        self.run("create_new", path, |inner| {
            let number = inner.state.create(path, false, mode & !0o022)?;
            Ok(self.handle(inner, number, path, Access::Write))
        })
    }

    fn open_read(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        self.open("open_read", path, Access::Read)
    }

    fn open_append(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        self.open("open_append", path, Access::Append)
    }

    fn open_dir(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        self.open("open_dir", path, Access::Names)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.run("rename", to, |inner| inner.state.rename(from, to, false))
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.run("rename_new", to, |inner| inner.state.rename(from, to, true))
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.run("remove_file", path, |inner| inner.state.remove(path))
    }

    fn create_dir(&self, path: &Path, mode: u32) -> io::Result<()> {
        self.run("create_dir", path, |inner| {
            inner.state.create(path, true, mode & !0o022).map(|_| ())
        })
    }

    fn list(&self, path: &Path) -> io::Result<Vec<OsString>> {
        self.run("list", path, |inner| inner.state.list(path))
    }

    fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        self.run("metadata", path, |inner| {
            let number = inner.state.find(path)?;
            inner.state.metadata(number)
        })
    }

    fn random(&self) -> io::Result<u64> {
        Ok(self.lock().rng.next())
    }
}
