//! Every operation fails once in every way: the state stays old or is new, and the error is clear.

use std::io::ErrorKind;
use std::path::Path;

use leadforge_durable_fs::{
    AppendLog, Disk, Error, Fault, SimDisk, create_dir_all, remove, replace,
};

use crate::checker::{DIR, FILE, LOG, content, no_leftovers};

const KINDS: [Fault; 6] = [
    Fault::Error(ErrorKind::StorageFull),
    Fault::Error(ErrorKind::PermissionDenied),
    Fault::Error(ErrorKind::ReadOnlyFilesystem),
    Fault::Error(ErrorKind::Other),
    Fault::Short,
    Fault::Lie,
];

/// A disk with a folder and an old file, and how many operations it took.
fn prepared() -> SimDisk {
    let sim = SimDisk::new(3);
    create_dir_all(&sim, Path::new(DIR)).expect("no fault is planned yet");
    replace(&sim, Path::new(FILE), &content(1)).expect("no fault is planned yet");
    sim
}

fn check_error(error: &Error) {
    let text = error.to_string();
    assert!(text.contains(DIR) && !text.contains('\n'), "{text}");
    assert!(error.path().starts_with(DIR), "{text}");
}

#[test]
fn replace_under_every_fault() {
    let (mut faults, mut failed) = (0, 0);
    for fault in KINDS {
        for at in 1.. {
            let sim = prepared();
            let before = sim.operations();
            sim.fail_at(at, fault);
            let result = replace(&sim, Path::new(FILE), &content(100));
            if sim.operations() < before + at {
                break;
            }
            faults += 1;
            let found = sim.read(Path::new(FILE)).expect("it is there");
            match &result {
                Ok(()) => assert_eq!(found, content(100), "{fault:?} at {at}"),
                Err(error) => {
                    failed += 1;
                    check_error(error);
                    let new = matches!(error, Error::NotDurable { .. });
                    assert_eq!(found, content(if new { 100 } else { 1 }), "{fault:?} at {at}");
                }
            }
            // Where the removal of the temporary is what fails, the sweep has it.
            assert_eq!(no_leftovers(&sim, &["file"]), Ok(()), "{fault:?} at {at}");
        }
    }
    // Each of four errors at each of eleven operations; of the rest, a lying write is found out.
    assert_eq!((faults, failed), (66, 45));
}

#[test]
fn a_lying_write_is_refused_by_its_length() {
    let sim = prepared();
    sim.fail_at(6, Fault::Lie);
    let error = replace(&sim, Path::new(FILE), &content(100)).expect_err("bytes are missing");
    assert!(matches!(error, Error::Length { expected: 2000, .. }), "{error}");
    assert_eq!(sim.read(Path::new(FILE)).expect("it is there"), content(1));
}

#[test]
fn append_under_every_fault() {
    let mut faults = 0;
    for fault in KINDS {
        for at in 1.. {
            let sim = prepared();
            let before = sim.operations();
            sim.fail_at(at, fault);
            let mut acknowledged: Vec<Vec<u8>> = Vec::new();
            let mut refused = 0;
            if let Ok((mut log, _)) = AppendLog::open(&sim, Path::new(LOG)) {
                for mark in 0..5 {
                    match log.append(&content(mark)) {
                        Ok(number) => {
                            acknowledged.push(content(mark));
                            assert_eq!(number, acknowledged.len() as u64);
                        }
                        Err(error) => {
                            check_error(&error);
                            refused += 1;
                        }
                    }
                }
                assert!(refused <= 1, "one fault refuses one record: {fault:?} at {at}");
            } else {
                AppendLog::open(&sim, Path::new(LOG)).expect("the fault is over");
            }
            if sim.operations() < before + at {
                break;
            }
            faults += 1;
            let (found, recovery) = AppendLog::read(&sim, Path::new(LOG)).expect("it is there");
            assert_eq!((found, recovery.cut), (acknowledged, None), "{fault:?} at {at}");
            assert_eq!(no_leftovers(&sim, &["file", "log"]), Ok(()), "{fault:?} at {at}");
        }
    }
    assert!(faults > 6 * 30, "{faults}");
}

#[test]
fn a_log_that_cannot_undo_a_failure_closes_itself() {
    let sim = prepared();
    let (mut log, _) = AppendLog::open(&sim, Path::new(LOG)).expect("no fault is planned yet");
    log.append(b"first").expect("no fault is planned yet");
    // The write is short, the rest fails, and the undoing fails as well.
    sim.fail_at(1, Fault::Short);
    sim.fail_at(2, Fault::Error(ErrorKind::StorageFull));
    sim.fail_at(3, Fault::Error(ErrorKind::Other));
    log.append(&content(1)).expect_err("the disk is full");
    assert!(matches!(log.append(b"second"), Err(Error::Closed { .. })));
    drop(log);
    let (mut log, recovery) = AppendLog::open(&sim, Path::new(LOG)).expect("the fault is over");
    assert_eq!((recovery.records, recovery.cut.is_some()), (1, true));
    assert_eq!(log.append(b"second").expect("the fault is over"), 2);
}

#[test]
fn removal_and_folders_under_every_fault() {
    for fault in KINDS {
        for at in 1..20 {
            let sim = prepared();
            sim.fail_at(at, fault);
            let made = create_dir_all(&sim, Path::new("/state/a/b"));
            let removed = remove(&sim, Path::new(FILE));
            for error in [made.err(), removed.err()].iter().flatten() {
                let text = error.to_string();
                assert!(text.contains('/') && !text.contains('\n'), "{text}");
            }
            sim.kill();
            create_dir_all(&sim, Path::new("/state/a/b")).expect("the fault is over");
            remove(&sim, Path::new(FILE)).expect("the fault is over");
            assert_eq!(sim.list(Path::new(DIR)).expect("it is there"), ["a"]);
        }
    }
}
