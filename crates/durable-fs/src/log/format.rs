//! The bytes of a log: a file header, then records that each carry their own proof.
//!
//! ```text
//! file    magic "LFLOG\r\n\x1a" (8)  version (4)  salt (8)  crc of the 20 before (4)
//! record  magic "LFr\xa6" (4)  length (4)  sequence (8)  synced (8)  crc of data (4)
//!         crc of salt and the 28 before (4)  data (length)
//! ```
//! Numbers are little-endian, checksums CRC-32 (IEEE). `synced` is the number of the last record
//! that was durable when this one was written: it tells damage to acknowledged records, which is
//! an error, from records that were never acknowledged, which are cut. The salt is random, so
//! that nobody can put a record inside another's data.

/// The version that is written, and the only one that is read.
pub(super) const VERSION: u32 = 1;
/// Bytes before the first record.
pub(super) const FILE_HEADER: usize = 24;
/// Bytes before the data of a record.
pub(super) const RECORD_HEADER: usize = 32;

const FILE_MAGIC: [u8; 8] = *b"LFLOG\r\n\x1a";
pub(super) const RECORD_MAGIC: [u8; 4] = *b"LFr\xa6";

/// The first bytes of a new log.
pub(super) fn file_header(salt: u64) -> [u8; FILE_HEADER] {
    let mut bytes = [0; FILE_HEADER];
    bytes[..8].copy_from_slice(&FILE_MAGIC);
    bytes[8..12].copy_from_slice(&VERSION.to_le_bytes());
    bytes[12..20].copy_from_slice(&salt.to_le_bytes());
    let crc = crc32fast::hash(&bytes[..20]);
    bytes[20..].copy_from_slice(&crc.to_le_bytes());
    bytes
}

/// Reads the salt out of the first bytes of a log, or says why they are none.
pub(super) fn parse_file_header(bytes: &[u8]) -> Result<u64, &'static str> {
    let Some(bytes) = bytes.first_chunk::<FILE_HEADER>() else {
        return Err("the file is too short to be a log");
    };
    if bytes[..8] != FILE_MAGIC {
        return Err("the file is not a log");
    }
    if u32_at(bytes, 20) != crc32fast::hash(&bytes[..20]) {
        return Err("the header of the file is damaged");
    }
    if u32_at(bytes, 8) != VERSION {
        return Err("the log has a version that is not known here");
    }
    Ok(u64_at(bytes, 12))
}

/// The header of one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) length: u32,
    pub(super) sequence: u64,
    pub(super) synced: u64,
    pub(super) data_crc: u32,
}

impl Record {
    pub(super) fn to_bytes(self, salt: u64) -> [u8; RECORD_HEADER] {
        let mut bytes = [0; RECORD_HEADER];
        bytes[..4].copy_from_slice(&RECORD_MAGIC);
        bytes[4..8].copy_from_slice(&self.length.to_le_bytes());
        bytes[8..16].copy_from_slice(&self.sequence.to_le_bytes());
        bytes[16..24].copy_from_slice(&self.synced.to_le_bytes());
        bytes[24..28].copy_from_slice(&self.data_crc.to_le_bytes());
        let crc = header_crc(salt, &bytes);
        bytes[28..].copy_from_slice(&crc.to_le_bytes());
        bytes
    }

    /// Reads a header, and returns `None` where the bytes are not exactly one.
    pub(super) fn parse(bytes: &[u8], salt: u64) -> Option<Self> {
        let bytes = bytes.first_chunk::<RECORD_HEADER>()?;
        let whole = bytes[..4] == RECORD_MAGIC && u32_at(bytes, 28) == header_crc(salt, bytes);
        whole.then(|| Self {
            length: u32_at(bytes, 4),
            sequence: u64_at(bytes, 8),
            synced: u64_at(bytes, 16),
            data_crc: u32_at(bytes, 24),
        })
    }
}

fn header_crc(salt: u64, header: &[u8; RECORD_HEADER]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&salt.to_le_bytes());
    hasher.update(&header[..28]);
    hasher.finalize()
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes were taken"))
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight bytes were taken"))
}
