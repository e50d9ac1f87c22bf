//! A sweep takes the leftovers of dead writers and nothing else.

use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::symlink;
use std::path::Path;

use leadforge_durable_fs::{
    AtomicFile, Disk as _, RealDisk, SimDisk, is_temporary, replace, sweep,
};

use crate::bad_disks::{BadDisk, Without};

const DEAD: &str = ".lf-tmp-0123456789abcdef";

#[test]
fn only_our_own_names_are_temporaries() {
    assert!(is_temporary(OsStr::new(DEAD)));
    for name in [
        ".lf-tmp-",
        ".lf-tmp-0123456789abcde",
        ".lf-tmp-0123456789abcdef0",
        ".lf-tmp-0123456789ABCDEF",
        ".lf-tmp-0123456789abcdeg",
        "lf-tmp-0123456789abcdef",
        "x.lf-tmp-0123456789abcdef",
        "",
        ".tmp1234",
        ".lf-tmp-0123456789abcdef.bak",
    ] {
        assert!(!is_temporary(OsStr::new(name)), "{name}");
    }
}

#[test]
fn leftovers_go_and_everything_else_stays() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let at = |name: &str| dir.path().join(name);
    fs::write(at(DEAD), "half").expect("a writable folder");
    fs::write(at(".lf-tmp-00000000000000aa"), "").expect("a writable folder");
    fs::write(at(".lf-tmp-mine"), "not ours").expect("a writable folder");
    fs::write(at("data"), "data").expect("a writable folder");
    symlink("data", at(".lf-tmp-1111111111111111")).expect("a writable folder");
    fs::create_dir(at(".lf-tmp-2222222222222222")).expect("a writable folder");
    let fifo = rustix::fs::FileType::Fifo;
    let mode = rustix::fs::Mode::RWXU;
    rustix::fs::mknodat(rustix::fs::CWD, at(".lf-tmp-3333333333333333"), fifo, mode, 0)
        .expect("a writable folder");
    let mut live = AtomicFile::create(&RealDisk, &at("live")).expect("a writable folder");
    live.write_all(b"alive").expect("room");

    let removed = sweep(&RealDisk, dir.path()).expect("our folder");
    assert_eq!(removed, [at(".lf-tmp-00000000000000aa"), at(DEAD)]);
    assert_eq!(sweep(&RealDisk, dir.path()).expect("our folder"), Vec::<std::path::PathBuf>::new());
    for name in [
        "data",
        ".lf-tmp-mine",
        ".lf-tmp-1111111111111111",
        ".lf-tmp-2222222222222222",
        ".lf-tmp-3333333333333333",
    ] {
        fs::symlink_metadata(at(name)).expect(name);
    }
    live.commit().expect("the sweep left it alone");
    assert_eq!(fs::read(at("live")).expect("it was written"), b"alive");
}

#[test]
fn a_folder_that_is_missing_has_no_leftovers() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    assert!(sweep(&RealDisk, &dir.path().join("none")).expect("nothing to do").is_empty());
    fs::write(dir.path().join("file"), "").expect("a writable folder");
    sweep(&RealDisk, &dir.path().join("file")).expect_err("a file is no folder");
}

#[test]
fn writers_and_sweepers_at_once_harm_nobody() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        let sweepers: Vec<_> = (0..2)
            .map(|_| {
                scope.spawn(|| {
                    while !done.load(std::sync::atomic::Ordering::Relaxed) {
                        // A writer that is caught between creation and lock takes another name.
                        sweep(&RealDisk, dir.path()).expect("our folder");
                    }
                })
            })
            .collect();
        let writers: Vec<_> = (0..4u8)
            .map(|i| {
                let path = dir.path().join(format!("file-{i}"));
                scope.spawn(move || {
                    for round in 0..100u8 {
                        replace(&RealDisk, &path, &[round; 100]).expect("no sweep takes it");
                        assert_eq!(fs::read(&path).expect("it is there"), [round; 100]);
                    }
                })
            })
            .collect();
        let results: Vec<_> = writers.into_iter().map(|w| w.join()).collect();
        done.store(true, std::sync::atomic::Ordering::Relaxed);
        sweepers.into_iter().for_each(|s| s.join().expect("no sweep fails"));
        results.into_iter().for_each(|r| r.expect("no write fails"));
    });
    assert_eq!(fs::read_dir(dir.path()).expect("it is there").count(), 4);
}

#[test]
fn a_killed_writer_leaves_one_and_the_sweep_takes_it() {
    let sim = SimDisk::new(5);
    let mut file = AtomicFile::create(&sim, Path::new("/f")).expect("no fault is planned");
    file.write_all(b"half").expect("no fault is planned");
    assert_eq!(sweep(&sim, Path::new("/")).expect("no fault").len(), 0, "the writer lives");
    sim.kill();
    assert_eq!(sweep(&sim, Path::new("/")).expect("no fault").len(), 1, "the writer is dead");
    file.commit().expect_err("a dead writer commits nothing");
}

#[test]
fn a_temporary_that_is_swept_away_before_it_is_locked_is_not_written_to() {
    let sim = SimDisk::new(1);
    let disk = BadDisk::new(sim.clone(), Without::Mercy);
    replace(&disk, Path::new("/file"), b"text").expect("another temporary is made");
    assert_eq!(sim.read(Path::new("/file")).expect("it is there"), b"text");
    assert_eq!(sim.list(Path::new("/")).expect("the root"), ["file"]);
}
