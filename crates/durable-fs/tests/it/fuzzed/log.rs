//! Fuzz target `log`: a log that was written and then damaged in any way, or any bytes in its place.

use std::io::Write as _;
use std::path::Path;

use leadforge_durable_fs::{AppendLog, AtomicFile, Disk, Error, Recovery, SimDisk};

const LOG: &str = "/log";
/// Bytes of a log before its first record, and of a record before its data.
const HEADERS: (usize, usize) = (24, 32);

/// Even first byte: records and damage, as the rest says. Odd: the rest is the file.
pub(crate) fn run(data: &[u8]) {
    match data.split_first() {
        None => {}
        Some((mode, rest)) if mode & 1 == 1 => {
            if let Ok((records, recovery)) = read(rest) {
                whole(rest, &records, recovery);
            }
        }
        Some((mode, rest)) => damaged(*mode, &mut rest.iter().copied()),
    }
}

/// Reads and opens these bytes as a log; both must judge alike, and opening repairs for good.
fn read(bytes: &[u8]) -> Result<(Vec<Vec<u8>>, Recovery), Error> {
    let (disk, path) = (SimDisk::new(0), Path::new(LOG));
    let mut file = AtomicFile::create(&disk, path).expect("no fault is planned");
    file.write_all(bytes).expect("no fault is planned");
    file.commit().expect("no fault is planned");
    let found = AppendLog::read(&disk, path);
    match (&found, AppendLog::open(&disk, path)) {
        (Ok((records, seen)), Ok((mut log, opened))) => {
            assert_eq!(*seen, opened);
            assert_eq!(log.append(b"after").expect("it was repaired"), opened.records + 1);
            let (again, recovery) = AppendLog::read(&disk, path).expect("it was repaired");
            assert_eq!((recovery.cut, again.len()), (None, records.len() + 1));
            assert_eq!(again[..records.len()], records[..], "what was there before stays");
        }
        (Err(seen), Err(opened)) => {
            assert_eq!(seen.to_string(), opened.to_string());
            assert!(!seen.to_string().contains('\n'), "{seen}");
            assert_eq!(disk.read(path).expect("it is there"), bytes, "damage is left as evidence");
        }
        (seen, opened) => panic!("{seen:?} and {opened:?}"),
    }
    found
}

/// What was returned stands in the file, one after the other, each with its checksum.
fn whole(bytes: &[u8], records: &[Vec<u8>], recovery: Recovery) {
    let mut at = HEADERS.0;
    for data in records {
        let crc = &bytes[at + 24..at + 28];
        assert_eq!(crc, crc32fast::hash(data).to_le_bytes(), "the record at {at}");
        assert_eq!(bytes[at + HEADERS.1..][..data.len()], data[..]);
        at += HEADERS.1 + data.len();
    }
    assert_eq!(recovery.records, records.len() as u64);
    assert_eq!(recovery.cut.map_or(bytes.len(), |cut| cut.offset as usize), at);
}

/// A log as it was acknowledged.
struct Written {
    bytes: Vec<u8>,
    records: Vec<Vec<u8>>,
    /// Where each record ends.
    ends: Vec<usize>,
    /// The number of records that were durable before the batch of each record.
    synced: Vec<usize>,
}

fn damaged(mode: u8, data: &mut impl Iterator<Item = u8>) {
    let log = written(u64::from(mode), data);
    let mut bytes = log.bytes.clone();
    for _ in 0..data.next().unwrap_or(0) % 5 {
        damage(&mut bytes, data);
    }
    let same = bytes.iter().zip(&log.bytes).take_while(|(now, then)| now == then).count();
    let kept = log.ends.iter().filter(|end| **end <= same).count();
    match read(&bytes) {
        Ok((records, recovery)) => {
            whole(&bytes, &records, recovery);
            assert!(records.len() >= kept, "{} of {kept} records", records.len());
            assert_eq!(records[..], log.records[..records.len()], "nothing but what was written");
            // What lies behind is gone only when nothing that proves otherwise is left.
            let lost = records.len();
            let proof = (lost..log.ends.len()).find(|at| {
                let header = log.ends[*at] - log.records[*at].len() - HEADERS.1;
                let there =
                    |bytes: &[u8]| bytes.get(header..header + HEADERS.1).map(<[u8]>::to_vec);
                log.synced[*at] > lost
                    && there(&bytes).is_some()
                    && there(&bytes) == there(&log.bytes)
            });
            assert_eq!(proof, None, "an acknowledged record was dropped in silence");
        }
        Err(Error::Corrupt { offset, .. }) => {
            let first = if kept == 0 { 0 } else { log.ends[kept - 1] };
            assert!(offset as usize >= first.min(same), "{offset} is before the damage at {same}");
            assert!(bytes != log.bytes, "a whole log is not damaged");
        }
        Err(other) => panic!("{other}"),
    }
}

fn written(seed: u64, data: &mut impl Iterator<Item = u8>) -> Written {
    let disk = SimDisk::new(seed);
    let (mut log, _) = AppendLog::open(&disk, Path::new(LOG)).expect("no fault is planned");
    let (mut records, mut ends, mut synced) = (Vec::new(), Vec::new(), Vec::new());
    let mut end = HEADERS.0;
    for _ in 0..data.next().unwrap_or(0) % 5 {
        let durable = records.len();
        let count = usize::from(data.next().unwrap_or(0) % 4);
        let batch: Vec<Vec<u8>> = (0..count).map(|_| record(data)).collect();
        let slices: Vec<&[u8]> = batch.iter().map(Vec::as_slice).collect();
        log.append_all(&slices).expect("no fault is planned");
        for record in batch {
            end += HEADERS.1 + record.len();
            ends.push(end);
            synced.push(durable);
            records.push(record);
        }
    }
    drop(log);
    let bytes = disk.read(Path::new(LOG)).expect("no fault is planned");
    assert_eq!(bytes.len(), end);
    Written { bytes, records, ends, synced }
}

/// Up to 63 given bytes, or many equal ones, also beyond what is read at once.
fn record(data: &mut impl Iterator<Item = u8>) -> Vec<u8> {
    match data.next().unwrap_or(0) {
        length @ 0..192 => data.take(usize::from(length % 64)).collect(),
        long => vec![long; 65_400 + 3 * usize::from(long)],
    }
}

fn damage(bytes: &mut Vec<u8>, data: &mut impl Iterator<Item = u8>) {
    let kind = data.next().unwrap_or(0);
    let mut place = || {
        let wide = u32::from_le_bytes([0; 4].map(|_: u8| data.next().unwrap_or(0)));
        wide as usize % (bytes.len() + 1)
    };
    let (from, to) = (place(), place());
    let (low, high) = (from.min(to), from.max(to));
    match kind % 7 {
        0 => bytes.truncate(from),
        1 => bytes.extend(data.take(usize::from(kind))),
        2 => bytes[low..high].fill(kind),
        3 => bytes[low..high].iter_mut().for_each(|byte| *byte ^= data.next().unwrap_or(1)),
        // A piece of the log in another place, in front or over what was there.
        4 => drop(bytes.splice(to..to, bytes[low..high].to_vec())),
        5 => drop(bytes.splice(low..high, [])),
        _ => {
            let piece = bytes[low..(low + 200).min(high)].to_vec();
            let at = to.min(bytes.len() - piece.len());
            bytes[at..at + piece.len()].copy_from_slice(&piece);
        }
    }
}
