//! Opening a log: what is no regular file is refused, and what changes meanwhile is looked at again.

use std::io::ErrorKind;
use std::path::Path;

use leadforge_durable_fs::{AppendLog, Disk as _, Error, Fault, RealDisk, SimDisk};

const LOG: &str = "/log";

#[test]
fn only_a_regular_file_is_a_log() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let pipe = dir.path().join("pipe");
    let (fifo, mode) = (rustix::fs::FileType::Fifo, rustix::fs::Mode::RWXU);
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, fifo, mode, 0).expect("a writable folder");
    for refused in [
        AppendLog::open(&RealDisk, &pipe).map(|_| ()),
        AppendLog::read(&RealDisk, &pipe).map(|_| ()),
        AppendLog::read(&RealDisk, dir.path()).map(|_| ()),
    ] {
        let error = refused.expect_err("it has no bytes of its own");
        assert!(matches!(error, Error::NotAFile { .. }), "{error}");
    }
}

/// A log with one record, and how many operations an opening has before it looks whether the path still means it.
fn prepared() -> (SimDisk, u64) {
    let sim = SimDisk::new(1);
    let (mut log, _) = AppendLog::open(&sim, Path::new(LOG)).expect("no fault is planned");
    log.append(b"first").expect("no fault is planned");
    drop(log);
    let before = sim.trace().len();
    drop(AppendLog::open(&sim, Path::new(LOG)).expect("no fault is planned"));
    let look = sim.trace()[before..].iter().position(|line| line == "metadata /log");
    (sim, look.expect("it looks") as u64)
}

#[test]
fn a_look_that_fails_ends_the_opening() {
    let (sim, look) = prepared();
    sim.fail_at(look + 1, Fault::Error(ErrorKind::PermissionDenied));
    let error =
        AppendLog::open(&sim, Path::new(LOG)).expect_err("nobody knows what the path means");
    assert!(matches!(&error, Error::Io { operation: "look at", .. }), "{error}");
    assert_eq!(error.kind(), ErrorKind::PermissionDenied);
}

#[test]
fn a_log_that_is_gone_at_the_look_is_opened_again() {
    let (sim, look) = prepared();
    sim.fail_at(look + 1, Fault::Error(ErrorKind::NotFound));
    let (mut log, recovery) = AppendLog::open(&sim, Path::new(LOG)).expect("it is there again");
    assert_eq!(recovery.records, 1);
    assert_eq!(log.append(b"second").expect("no fault is planned"), 2);
    assert_eq!(sim.list(Path::new("/")).expect("the root"), ["log"]);
}
