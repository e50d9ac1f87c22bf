//! Every operation fails once in every way: the state stays old or is new, and the error is clear.

use std::io::ErrorKind;
use std::path::Path;

use leadforge_durable_fs::{
    AppendLog, Disk, Error, Fault, Options, SimDisk, create_dir_all, remove, replace, replace_with,
    sweep,
};

use crate::checker::{DIR, FILE, LOG, content, no_leftovers};

const UNSYNCED: Options = Options { mode: None, new: false, unsynced: true };

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
    for options in [Options::default(), UNSYNCED] {
        let sim = prepared();
        sim.fail_at(6, Fault::Lie);
        let error = replace_with(&sim, Path::new(FILE), &content(100), &options)
            .expect_err("bytes are missing");
        assert!(matches!(error, Error::Length { expected: 2000, .. }), "{error}");
        assert_eq!(sim.read(Path::new(FILE)).expect("it is there"), content(1));
    }
}

#[test]
fn an_unsynced_file_is_old_or_new_under_every_fault_and_never_synced() {
    let (mut faults, mut failed) = (0, 0);
    for fault in KINDS {
        for at in 1.. {
            let sim = prepared();
            let before = sim.operations();
            sim.fail_at(at, fault);
            let result = replace_with(&sim, Path::new(FILE), &content(100), &UNSYNCED);
            let trace = sim.trace().split_off(usize::try_from(before).expect("few operations"));
            assert!(!trace.iter().any(|line| line.starts_with("sync")), "{trace:?}");
            if sim.operations() < before + at {
                break;
            }
            faults += 1;
            failed += u32::from(result.is_err());
            let wanted = content(if result.is_ok() { 100 } else { 1 });
            assert_eq!(
                sim.read(Path::new(FILE)).expect("it is there"),
                wanted,
                "{fault:?} at {at}"
            );
            assert_eq!(no_leftovers(&sim, &["file"]), Ok(()), "{fault:?} at {at}");
        }
    }
    // The same without the two syncs.
    assert_eq!((faults, failed), (54, 37));
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

#[test]
fn a_name_that_is_taken_costs_another_try_and_nothing_else() {
    let sim = prepared();
    let before = sim.trace().len();
    // A look and the opening of the folder come first.
    sim.fail_at(3, Fault::Error(ErrorKind::AlreadyExists));
    replace(&sim, Path::new(FILE), &content(2)).expect("there are other names");
    let tries = sim.trace()[before..].iter().filter(|line| line.starts_with("create_new")).count();
    assert_eq!((tries, sim.read(Path::new(FILE)).expect("it is there")), (2, content(2)));
}

#[test]
fn a_sweep_that_fails_says_so_and_passes_over_what_is_of_another() {
    let left = Path::new("/state/.lf-tmp-0123456789abcdef");
    for (kind, swept) in [
        (ErrorKind::NotFound, true),
        (ErrorKind::PermissionDenied, true),
        (ErrorKind::Other, false),
    ] {
        let sim = prepared();
        drop(sim.create_new(left, 0o600).expect("no fault is planned yet"));
        // The list comes first.
        sim.fail_at(2, Fault::Error(kind));
        match sweep(&sim, Path::new(DIR)) {
            Ok(removed) => assert!(swept && removed.is_empty(), "{kind:?}"),
            Err(error) => assert!(!swept && error.path() == left, "{error}"),
        }
        assert_eq!(sweep(&sim, Path::new(DIR)).expect("the fault is over"), [left]);
    }
}

#[test]
fn a_folder_above_may_be_closed_to_us_and_nothing_else_may_fail() {
    for (kind, fine) in [(ErrorKind::PermissionDenied, true), (ErrorKind::Other, false)] {
        let sim = prepared();
        // The new folder is missing, `/state` is there, and then `/` is opened to be synced.
        sim.fail_at(3, Fault::Error(kind));
        let made = create_dir_all(&sim, Path::new("/state/new"));
        assert_eq!(made.is_ok(), fine, "{made:?}");
        let there = sim.metadata(Path::new("/state/new")).is_ok();
        assert_eq!(there, fine);
    }
}

#[test]
fn a_folder_that_another_makes_at_once_must_be_one() {
    // The fifth operation creates the folder, after that of the sync of the folder above.
    for (kind, operation) in [
        (ErrorKind::AlreadyExists, "open the folder"),
        (ErrorKind::StorageFull, "create the folder"),
    ] {
        let sim = prepared();
        sim.fail_at(5, Fault::Error(kind));
        let error = create_dir_all(&sim, Path::new("/state/new")).expect_err("it is not there");
        assert!(matches!(&error, Error::Io { operation: o, .. } if *o == operation), "{error}");
    }
}
