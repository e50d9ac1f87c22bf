//! The append-only log: what was acknowledged is found again, and what was torn is cut and said.

mod format;
mod scan;

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use self::format::{RECORD_HEADER, Record, file_header};
use self::scan::{Scan, Trouble, scan};
use crate::atomic::{folder, write_all};
use crate::disk::{Disk, DiskFile, Kind};
use crate::error::Error;
use crate::verbs::create_new;

/// How a log is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogOptions {
    /// The longest record that is taken, in bytes; at most `u32::MAX`.
    pub max_record: u32,
    /// How long to wait for another writer to close the log.
    pub wait: Duration,
}

impl Default for LogOptions {
    /// Records of 16 MiB at most, and no waiting.
    fn default() -> Self {
        Self { max_record: 16 << 20, wait: Duration::ZERO }
    }
}

/// What was found when a log was opened or read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Recovery {
    /// Whole records; the last one has this number.
    pub records: u64,
    /// A torn tail, which [`AppendLog::open`] cut and [`AppendLog::read`] passed over.
    pub cut: Option<Cut>,
}

/// The bytes of a record that was being written when its writer died.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// Where the tail begins in the file.
    pub offset: u64,
    /// How many bytes it has.
    pub bytes: u64,
}

/// A file of records that only grows, with one writer and any number of readers.
///
/// Each record has a number (the first is 1), its length and checksums. Damage is told from a
/// torn tail: what was never acknowledged is cut and reported, an acknowledged record that is
/// damaged or missing before others is an [`Error::Corrupt`] that names its offset. Damage to the
/// very last record cannot be told from a torn one, and is reported as a cut.
///
/// The writer holds the kernel's lock on the file. Readers need none, and may see a record that
/// its writer has not yet been told is durable.
///
/// ```
/// # use leadforge_durable_fs::{AppendLog, SimDisk};
/// # use std::path::Path;
/// let (disk, path) = (SimDisk::new(1), Path::new("/events.log"));
/// let (mut log, _) = AppendLog::open(&disk, path)?;
/// assert_eq!(log.append(b"claimed")?, 1);
/// assert_eq!(log.append_all(&[b"tried", b"done"])?, 3);
/// let (records, recovery) = AppendLog::read(&disk, path)?;
/// assert_eq!(records, [b"claimed".to_vec(), b"tried".to_vec(), b"done".to_vec()]);
/// assert_eq!(recovery.cut, None);
/// # Ok::<(), leadforge_durable_fs::Error>(())
/// ```
#[derive(Debug)]
pub struct AppendLog {
    file: Box<dyn DiskFile>,
    path: PathBuf,
    max_record: u32,
    salt: u64,
    records: u64,
    length: u64,
    /// After a failure that could not be undone, nothing is known about the end of the file.
    closed: bool,
}

impl AppendLog {
    /// Opens a log for writing, or creates it; a torn tail is cut.
    pub fn open(disk: &dyn Disk, path: &Path) -> Result<(Self, Recovery), Error> {
        Self::open_with(disk, path, &LogOptions::default())
    }

    /// The same with another record size, or waiting for another writer.
    pub fn open_with(
        disk: &dyn Disk,
        path: &Path,
        options: &LogOptions,
    ) -> Result<(Self, Recovery), Error> {
        let dir = folder(path)?;
        let file = open_locked(disk, path, options.wait)?;
        let found = scan(file.as_ref(), |_, _| {}).map_err(|trouble| error(path, trouble))?;
        let recovery = recovery(&found);
        if recovery.cut.is_some() {
            file.set_len(found.end).map_err(Error::io("cut the torn tail of", path))?;
        }
        // The last writer may have been killed before it synced what is read here, or before the
        // log's name lasted. From here on both count as durable.
        file.sync().map_err(Error::io("sync", path))?;
        disk.sync_dir(dir).map_err(Error::io("sync the folder of", path))?;
        let log = Self {
            file,
            path: path.to_owned(),
            max_record: options.max_record,
            salt: found.salt,
            records: found.records,
            length: found.end,
            closed: false,
        };
        Ok((log, recovery))
    }

    /// Adds a record and returns its number; when this returns, the record lasts.
    ///
    /// After an error the record is not in the log. Where even that cannot be ensured, further
    /// appends fail with [`Error::Closed`] until the log is opened anew.
    pub fn append(&mut self, record: &[u8]) -> Result<u64, Error> {
        self.append_all(&[record])
    }

    /// Adds several records with one sync and returns the number of the last.
    ///
    /// A crash may keep the first few of them; an error keeps none.
    pub fn append_all(&mut self, records: &[&[u8]]) -> Result<u64, Error> {
        if self.closed {
            return Err(Error::Closed { path: self.path.clone() });
        }
        let bytes = self.encode(records)?;
        if bytes.is_empty() {
            return Ok(self.records);
        }
        match self.write(&bytes) {
            Ok(()) => {
                self.records += records.len() as u64;
                self.length += bytes.len() as u64;
                Ok(self.records)
            }
            Err(error) => {
                let undone = self.file.set_len(self.length).and_then(|()| self.file.sync());
                self.closed = undone.is_err();
                Err(error)
            }
        }
    }

    /// The number of the last record, which is how many there are.
    pub fn records(&self) -> u64 {
        self.records
    }

    /// Reads every record of a log that others may be writing.
    pub fn read(disk: &dyn Disk, path: &Path) -> Result<(Vec<Vec<u8>>, Recovery), Error> {
        let mut records = Vec::new();
        let recovery = Self::visit(disk, path, |_, data| records.push(data.to_vec()))?;
        Ok((records, recovery))
    }

    /// Calls `take` with the number and data of every record, holding one of them in memory.
    pub fn visit(
        disk: &dyn Disk,
        path: &Path,
        take: impl FnMut(u64, &[u8]),
    ) -> Result<Recovery, Error> {
        let file = disk.open_read(path).map_err(Error::io("open", path))?;
        regular(file.as_ref(), path)?;
        let found = scan(file.as_ref(), take).map_err(|trouble| error(path, trouble))?;
        Ok(recovery(&found))
    }

    fn encode(&self, records: &[&[u8]]) -> Result<Vec<u8>, Error> {
        let size = records.iter().map(|data| RECORD_HEADER + data.len()).sum();
        let mut bytes = Vec::with_capacity(size);
        for (sequence, data) in (self.records + 1..).zip(records) {
            let length = match u32::try_from(data.len()) {
                Ok(length) if length <= self.max_record => length,
                _ => {
                    let (path, limit) = (self.path.clone(), self.max_record.into());
                    return Err(Error::TooLarge { path, length: data.len() as u64, limit });
                }
            };
            let data_crc = crc32fast::hash(data);
            let record = Record { length, sequence, synced: self.records, data_crc };
            bytes.extend_from_slice(&record.to_bytes(self.salt));
            bytes.extend_from_slice(data);
        }
        Ok(bytes)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let path = &self.path;
        write_all(self.file.as_mut(), bytes).map_err(Error::io("append to", path))?;
        self.file.sync().map_err(Error::io("sync", path))?;
        let found = self.file.metadata().map_err(Error::io("measure", path))?;
        let expected = self.length + bytes.len() as u64;
        if found.len != expected {
            return Err(Error::Length { path: path.clone(), expected, found: found.len });
        }
        if found.links == 0 {
            let cause = std::io::Error::new(ErrorKind::NotFound, "it was removed meanwhile");
            return Err(Error::io("append to", path)(cause));
        }
        Ok(())
    }
}

/// Opens the log under its lock, and makes sure that the path still means the locked file.
fn open_locked(disk: &dyn Disk, path: &Path, wait: Duration) -> Result<Box<dyn DiskFile>, Error> {
    let start = Instant::now();
    loop {
        let file = match disk.open_append(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let salt = disk.random().map_err(Error::io("salt", path))?;
                match create_new(disk, path, &file_header(salt)) {
                    Ok(()) | Err(Error::Exists { .. }) => continue,
                    Err(error) => return Err(error),
                }
            }
            other => other.map_err(Error::io("open", path))?,
        };
        regular(file.as_ref(), path)?;
        if file.try_lock().map_err(Error::io("lock", path))? {
            let ours = file.metadata().map_err(Error::io("measure", path))?;
            match disk.metadata(path) {
                Ok(named) if named.id == ours.id => return Ok(file),
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(Error::io("look at", path)(error));
                }
                _ => {}
            }
        } else {
            let left = wait.saturating_sub(start.elapsed());
            if left.is_zero() {
                return Err(Error::Locked { path: path.to_owned(), note: None, waited: wait });
            }
            drop(file);
            std::thread::sleep(left.min(Duration::from_millis(5)));
        }
    }
}

fn regular(file: &dyn DiskFile, path: &Path) -> Result<(), Error> {
    match file.metadata().map_err(Error::io("measure", path))?.kind {
        Kind::File => Ok(()),
        found => Err(Error::NotAFile { path: path.to_owned(), found }),
    }
}

fn recovery(found: &Scan) -> Recovery {
    let cut = (found.end < found.length)
        .then(|| Cut { offset: found.end, bytes: found.length - found.end });
    Recovery { records: found.records, cut }
}

fn error(path: &Path, trouble: Trouble) -> Error {
    match trouble {
        Trouble::Read(cause) => Error::io("read", path)(cause),
        Trouble::Damage { offset, reason } => {
            Error::Corrupt { path: path.to_owned(), offset, reason }
        }
    }
}
