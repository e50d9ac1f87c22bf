//! Reading a log from its beginning, and judging what stands behind its last whole record.

use std::io;

use super::format::{FILE_HEADER, RECORD_HEADER, RECORD_MAGIC, Record, parse_file_header};
use crate::disk::DiskFile;

/// What a scan found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scan {
    pub(super) salt: u64,
    /// Whole records.
    pub(super) records: u64,
    /// Where the last whole record ends.
    pub(super) end: u64,
    /// Where the file ends; what lies between the two is a torn tail.
    pub(super) length: u64,
}

/// Why a scan stopped.
#[derive(Debug)]
pub(super) enum Trouble {
    Read(io::Error),
    Damage { offset: u64, reason: &'static str },
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Read(error)
    }
}

/// Reads every whole record in order, and proves that nothing acknowledged follows them.
///
/// `take` gets the number of each record and its data. No more than one record is in memory.
pub(super) fn scan(file: &dyn DiskFile, mut take: impl FnMut(u64, &[u8])) -> Result<Scan, Trouble> {
    let mut window = Window::new(file);
    let salt = parse_file_header(window.at(0, FILE_HEADER)?)
        .map_err(|reason| Trouble::Damage { offset: 0, reason })?;
    let (mut end, mut records) = (FILE_HEADER as u64, 0);
    // Looked up once: a reader without the lock must not chase a writer for ever.
    let length = file.metadata()?.len;
    while end < length {
        let next = records + 1;
        let Some(record) = Record::parse(window.at(end, RECORD_HEADER)?, salt) else { break };
        if record.sequence != next {
            let reason = "the record has another's number";
            return Err(Trouble::Damage { offset: end, reason });
        }
        let data_end = end + RECORD_HEADER as u64 + u64::from(record.length);
        if data_end > length {
            break;
        }
        let size = record.length as usize;
        let data = window.at(end + RECORD_HEADER as u64, size)?;
        if data.len() != size || crc32fast::hash(data) != record.data_crc {
            break;
        }
        take(next, data);
        (end, records) = (data_end, next);
    }
    let scan = Scan { salt, records, end, length };
    if end < length && window.proves_loss(&scan)? {
        let reason = "a record that was acknowledged is damaged or gone";
        return Err(Trouble::Damage { offset: end, reason });
    }
    Ok(scan)
}

/// A piece of the file in memory, so that small reads are not system calls each.
struct Window<'f> {
    file: &'f dyn DiskFile,
    start: u64,
    filled: usize,
    bytes: Vec<u8>,
}

/// Bytes that are read at once.
const CHUNK: usize = 64 << 10;

impl<'f> Window<'f> {
    fn new(file: &'f dyn DiskFile) -> Self {
        Self { file, start: 0, filled: 0, bytes: vec![0; CHUNK] }
    }

    /// The bytes at an offset: as many as asked, or as many as there are.
    fn at(&mut self, offset: u64, count: usize) -> io::Result<&[u8]> {
        let held = offset >= self.start && offset + count as u64 <= self.start + self.filled as u64;
        if !held {
            if self.bytes.len() < count {
                self.bytes = vec![0; count];
            }
            (self.start, self.filled) = (offset, 0);
            while self.filled < self.bytes.len() {
                let at = offset + self.filled as u64;
                match self.file.read_at(&mut self.bytes[self.filled..], at)? {
                    0 => break,
                    n => self.filled += n,
                }
            }
        }
        let skip = usize::try_from(offset - self.start).unwrap_or(usize::MAX);
        let rest = self.bytes[..self.filled].get(skip..).unwrap_or_default();
        Ok(&rest[..rest.len().min(count)])
    }

    /// Looks behind the last whole record for one that was written after the missing one was
    /// acknowledged. It costs one pass, because a header proves itself without its data.
    fn proves_loss(&mut self, scan: &Scan) -> io::Result<bool> {
        let missing = scan.records + 1;
        let mut offset = scan.end;
        while offset < scan.length {
            let bytes = self.at(offset, CHUNK)?;
            for at in 0..bytes.len().saturating_sub(RECORD_HEADER - 1) {
                if !bytes[at..].starts_with(&RECORD_MAGIC) {
                    continue;
                }
                let record = Record::parse(&bytes[at..], scan.salt);
                if record.is_some_and(|record| record.synced >= missing) {
                    return Ok(true);
                }
            }
            if bytes.len() < CHUNK {
                break;
            }
            // Overlapping, so that a header on the border is seen whole.
            offset += (CHUNK - RECORD_HEADER + 1) as u64;
        }
        Ok(false)
    }
}
