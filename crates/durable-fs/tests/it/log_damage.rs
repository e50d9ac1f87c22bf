//! Damaged logs: nothing acknowledged is dropped in silence, and no bytes make a reader panic.

use std::io::Write as _;
use std::path::Path;

use leadforge_durable_fs::{AppendLog, AtomicFile, Disk, Error, Recovery, SimDisk};
use proptest::prelude::*;

const LOG: &str = "/log";

/// The bytes of a log of some records, and where each record ends.
fn sample(batches: &[&[&[u8]]]) -> (Vec<u8>, Vec<usize>) {
    let disk = SimDisk::new(11);
    let (mut log, _) = AppendLog::open(&disk, Path::new(LOG)).expect("no fault is planned");
    let mut ends = vec![24];
    for batch in batches {
        log.append_all(batch).expect("no fault is planned");
        for record in *batch {
            ends.push(ends.last().expect("it began") + 32 + record.len());
        }
    }
    (disk.read(Path::new(LOG)).expect("no fault is planned"), ends)
}

fn read(bytes: &[u8]) -> Result<(Vec<Vec<u8>>, Recovery), Error> {
    let disk = SimDisk::new(0);
    let mut file = AtomicFile::create(&disk, Path::new(LOG)).expect("no fault is planned");
    file.write_all(bytes).expect("no fault is planned");
    file.commit().expect("no fault is planned");
    let found = AppendLog::read(&disk, Path::new(LOG));
    // Opening judges the same, and repairs exactly when reading would pass over a tail.
    match (&found, AppendLog::open(&disk, Path::new(LOG))) {
        (Ok((_, seen)), Ok((_, opened))) => assert_eq!(*seen, opened),
        (Err(seen), Err(opened)) => assert_eq!(seen.to_string(), opened.to_string()),
        (seen, opened) => panic!("{seen:?} and {opened:?}"),
    }
    found
}

const RECORDS: [&[u8]; 4] = [b"first", b"second one", b"", b"the fourth"];

fn singles() -> (Vec<u8>, Vec<usize>) {
    sample(&[&RECORDS[..1], &RECORDS[1..2], &RECORDS[2..3], &RECORDS[3..]])
}

#[test]
fn a_large_last_record_that_is_damaged_is_cut() {
    let large = vec![7; 200_000];
    let (mut bytes, ends) = sample(&[&[b"kept"], &[&large]]);
    bytes[ends[1] + 100_000] ^= 1;
    let (records, recovery) = read(&bytes).expect("nobody can know that it was acknowledged");
    assert_eq!(
        (records, recovery.cut.map(|cut| cut.offset)),
        (vec![b"kept".to_vec()], Some(ends[1] as u64))
    );
}

#[test]
fn a_proof_is_found_wherever_it_begins() {
    // The proof is the header behind a damaged record: at the very end of the file, and across the
    // border of the first two pieces of 64 KiB in which a log is read.
    let borders = (0..4).chain((64 << 10) - 68..(64 << 10) - 26);
    for length in borders {
        let first = vec![7; length + 1];
        let (mut bytes, ends) = sample(&[&[&first], &[b""]]);
        bytes[ends[0] + 32] ^= 1;
        let error = read(&bytes).expect_err("the second record tells that the first was durable");
        assert!(matches!(error, Error::Corrupt { offset: 24, .. }), "{length}: {error}");
    }
}

#[test]
fn every_flipped_bit_before_the_last_record_is_damage_with_its_offset() {
    let (whole, ends) = singles();
    for at in 0..ends[3] {
        for bit in 0..8 {
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << bit;
            let error = read(&bytes).expect_err("acknowledged bytes are damaged");
            let begin = if at < 24 { 0 } else { ends[ends.partition_point(|end| *end <= at) - 1] };
            let Error::Corrupt { offset, .. } = error else { panic!("{error}") };
            assert_eq!(offset, begin as u64, "bit {bit} of byte {at}");
        }
    }
}

#[test]
fn every_cut_gives_the_records_before_it() {
    let (whole, ends) = singles();
    for length in 24..=whole.len() {
        let (records, recovery) = read(&whole[..length]).expect("a tail is no damage");
        let count = ends.iter().skip(1).filter(|end| **end <= length).count();
        assert_eq!(records, RECORDS[..count]);
        let tail = length - ends[count];
        assert_eq!(recovery.cut.map_or(0, |cut| cut.bytes), tail as u64);
    }
    for length in 0..24 {
        read(&whole[..length]).expect_err("a log is born with a whole header");
    }
}

#[test]
fn a_batch_that_arrived_in_part_is_a_tail() {
    // Three records with one sync, and the power went before it: sectors arrive in any order.
    let (whole, ends) = sample(&[&[b"kept"], &[&[1; 100], &[2; 100], &[3; 100]]]);
    for lost in 1..4 {
        let mut bytes = whole.clone();
        bytes[ends[lost]..ends[lost] + 40].fill(0);
        let (records, recovery) = read(&bytes).expect("none of the three was acknowledged");
        assert_eq!(records.len(), lost);
        assert_eq!(recovery.cut.expect("the rest is cut").offset, ends[lost] as u64);
    }
    // With one acknowledged record behind them the same hole is damage.
    let (whole, ends) = sample(&[&[b"kept"], &[&[1; 100], &[2; 100], &[3; 100]], &[b"later"]]);
    for lost in 1..4 {
        let mut bytes = whole.clone();
        bytes[ends[lost]..ends[lost] + 40].fill(0);
        let error = read(&bytes).expect_err("all three were acknowledged");
        assert!(matches!(error, Error::Corrupt { offset, .. } if offset == ends[lost] as u64));
    }
}

#[test]
fn a_hole_is_found_across_the_borders_of_reading() {
    // The proof of loss lies far behind the damage, at every alignment to the reader's chunks.
    for extra in [0, 1, 31, 32, 33, 65_470, 65_503, 65_504, 65_505, 65_536, 131_072] {
        let (mut bytes, ends) = sample(&[&[b"a"], &[&vec![0; extra]], &[b"proof"]]);
        bytes[ends[1]] ^= 1;
        let error = read(&bytes).expect_err("an acknowledged record is damaged");
        assert!(matches!(error, Error::Corrupt { offset: 57, .. }), "{extra}: {error}");
    }
}

#[test]
fn records_inside_data_prove_nothing() {
    // Somebody's data holds a whole log of theirs, in a record that was torn.
    let (foreign, _) = sample(&[&[b"x"], &[b"y"], &[b"z"]]);
    let disk = SimDisk::new(99);
    let (mut log, _) = AppendLog::open(&disk, Path::new(LOG)).expect("no fault is planned");
    log.append(&foreign).expect("no fault is planned");
    let bytes = disk.read(Path::new(LOG)).expect("no fault is planned");
    let (records, recovery) = read(&bytes[..bytes.len() - 1]).expect("a tail is no damage");
    assert!(records.is_empty() && recovery.cut.is_some());
}

#[test]
fn garbage_behind_the_end_is_a_tail() {
    let (whole, _) = singles();
    for garbage in [&[0; 4096][..], b"LFr\xa6", &[0xff; 33], &whole[24..55]] {
        let (records, recovery) = read(&[&whole, garbage].concat()).expect("it is a tail");
        assert_eq!(records, RECORDS);
        assert_eq!(recovery.cut.expect("it is cut").bytes, garbage.len() as u64);
    }
}

#[test]
fn a_record_that_comes_twice_is_damage() {
    // Two writers without a lock, or a bad copy: the number is not the one that comes next.
    let (whole, ends) = singles();
    for (from, to) in [(ends[0], ends[1]), (ends[3], ends[4]), (ends[0], ends[4])] {
        let error = read(&[&whole, &whole[from..to]].concat()).expect_err("it was there before");
        let Error::Corrupt { offset, reason, .. } = error else { panic!("{error}") };
        assert_eq!((offset, reason), (whole.len() as u64, "the record has another's number"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2048, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(read(&bytes).is_err());
        let (whole, ends) = singles();
        let behind_header = [&whole[..24], &bytes].concat();
        let (records, _) = read(&behind_header).expect("nothing was acknowledged");
        prop_assert!(records.is_empty());
        let behind_all = [&whole[..], &bytes].concat();
        let (records, recovery) = read(&behind_all).expect("it is a tail");
        prop_assert_eq!(records, RECORDS);
        prop_assert_eq!(recovery.cut.is_some(), !bytes.is_empty());
        prop_assert_eq!(ends.len(), 5);
    }

    #[test]
    fn what_is_read_from_a_damaged_log_was_written(
        edits in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        keep in any::<prop::sample::Index>(),
    ) {
        let (mut bytes, _) = singles();
        bytes.truncate(1 + keep.index(bytes.len()));
        for (at, value) in edits {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if let Ok((records, _)) = read(&bytes) {
            prop_assert_eq!(&records[..], &RECORDS[..records.len()]);
        }
    }
}
