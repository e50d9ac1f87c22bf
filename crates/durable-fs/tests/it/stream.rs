//! How a streamed file buffers, flushes and fails: what the disk is asked for, and what the caller is told.

use std::io::{ErrorKind, Write as _};
use std::path::Path;

use leadforge_durable_fs::{
    AtomicFile, Disk as _, Error, Fault, Options, SimDisk, create_dir_all, create_new, replace,
};

const FILE: &str = "/file";

/// The sizes of the writes that reached the disk since `from` operations.
fn writes(sim: &SimDisk, from: u64) -> Vec<usize> {
    let trace = sim.trace().split_off(usize::try_from(from).expect("few operations"));
    let sizes = trace.iter().filter_map(|line| line.strip_prefix("write "));
    sizes.map(|line| line.rsplit(' ').next().expect("a size").parse().expect("a number")).collect()
}

#[test]
fn small_writes_fill_the_buffer_to_its_brim_and_large_ones_pass_by() {
    let sim = SimDisk::new(1);
    let mut file = AtomicFile::create(&sim, Path::new(FILE)).expect("no fault is planned");
    let begin = sim.operations();
    for _ in 0..64 << 10 {
        file.write_all(b"x").expect("no fault is planned");
    }
    assert!(writes(&sim, begin).is_empty(), "there is room for all of it");
    file.write_all(b"y").expect("no fault is planned");
    assert_eq!(writes(&sim, begin), [64 << 10]);
    file.write_all(&[b'z'; 64 << 10]).expect("no fault is planned");
    assert_eq!(writes(&sim, begin), [64 << 10, 1, 64 << 10], "in order, and not copied first");
    file.commit().expect("no fault is planned");
    assert_eq!(writes(&sim, begin).len(), 3);
    let found = sim.read(Path::new(FILE)).expect("it is there");
    assert_eq!((found.len(), found[64 << 10]), (2 * (64 << 10) + 1, b'y'));
}

#[test]
fn a_flush_hands_everything_to_the_disk() {
    let sim = SimDisk::new(1);
    let mut file = AtomicFile::create(&sim, Path::new(FILE)).expect("no fault is planned");
    let begin = sim.operations();
    file.write_all(b"held back").expect("no fault is planned");
    assert!(writes(&sim, begin).is_empty());
    file.flush().expect("no fault is planned");
    assert_eq!(writes(&sim, begin), [9]);
    sim.fail_at(1, Fault::Error(ErrorKind::StorageFull));
    file.write_all(b"more").expect("it is only buffered");
    let error = file.flush().expect_err("the disk is full");
    assert_eq!(
        (error.kind(), error.to_string().contains("write /file")),
        (ErrorKind::StorageFull, true)
    );
}

#[test]
fn a_stream_that_failed_once_takes_and_commits_nothing_more() {
    let sim = SimDisk::new(1);
    replace(&sim, Path::new(FILE), b"old").expect("no fault is planned");
    let mut file = AtomicFile::create(&sim, Path::new(FILE)).expect("no fault is planned");
    sim.fail_at(1, Fault::Error(ErrorKind::StorageFull));
    let error = file.write_all(&[7; 100_000]).expect_err("the disk is full");
    let error = error.downcast::<Error>().expect("it is ours, with the path");
    assert!(matches!(&error, Error::Io { operation: "write", .. }), "{error}");
    assert_eq!((error.path(), error.kind()), (Path::new(FILE), ErrorKind::StorageFull));
    let error = file.write(b"more").expect_err("the stream has a hole");
    assert!(error.to_string().contains("an earlier write failed"), "{error}");
    file.commit().expect_err("the stream has a hole");
    assert_eq!(sim.read(Path::new(FILE)).expect("it is there"), b"old");
    assert_eq!(sim.list(Path::new("/")).expect("the root").len(), 1);
}

#[test]
fn what_must_be_new_is_refused_before_anything_is_written() {
    let sim = SimDisk::new(1);
    replace(&sim, Path::new(FILE), b"old").expect("no fault is planned");
    create_dir_all(&sim, Path::new("/folder")).expect("no fault is planned");
    for path in [FILE, "/folder"] {
        let options = Options { new: true, ..Options::default() };
        let error =
            AtomicFile::create_with(&sim, Path::new(path), &options).expect_err("it is there");
        assert!(matches!(error, Error::Exists { .. }), "{error}");
    }
    // Whoever comes between the look and the rename is not replaced either.
    let options = Options { new: true, ..Options::default() };
    let file = AtomicFile::create_with(&sim, Path::new("/late"), &options).expect("it is free");
    create_new(&sim, Path::new("/late"), b"first").expect("it is free");
    assert!(matches!(file.commit(), Err(Error::Exists { .. })));
    assert_eq!(sim.read(Path::new("/late")).expect("it is there"), b"first");
}

#[test]
fn only_a_file_that_must_be_new_is_said_to_exist() {
    let sim = SimDisk::new(1);
    let file = AtomicFile::create(&sim, Path::new(FILE)).expect("no fault is planned");
    // Sync and measure come first.
    sim.fail_at(3, Fault::Error(ErrorKind::AlreadyExists));
    let error = file.commit().expect_err("the rename fails");
    assert!(
        matches!(&error, Error::Io { operation, .. } if operation.contains("rename")),
        "{error}"
    );
}

#[test]
fn a_bare_name_lies_in_the_current_folder() {
    let sim = SimDisk::new(1);
    replace(&sim, Path::new("bare"), b"1").expect("no fault is planned");
    assert!(sim.trace().contains(&"open_dir .".to_owned()), "{:?}", sim.trace());
}
