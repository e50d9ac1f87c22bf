//! Locks exclude, share, time out with a note, and survive the deletion of their file.

use std::fs;
use std::os::unix::fs::symlink;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use leadforge_durable_fs::{Error, Lock};

const LONG: Duration = Duration::from_secs(60);

fn temp() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

#[test]
fn an_exclusive_holder_is_alone_and_shared_ones_are_together() {
    let dir = temp();
    let path = dir.path().join("lock");
    let held = Lock::exclusive(&path, Duration::ZERO).expect("it is free");
    assert_eq!(held.path(), path);
    assert!(Lock::try_exclusive(&path).expect("a lock file").is_none());
    assert!(Lock::try_shared(&path).expect("a lock file").is_none());
    drop(held);
    let one = Lock::shared(&path, Duration::ZERO).expect("it is free");
    let two = Lock::try_shared(&path).expect("a lock file").expect("sharing is fine");
    assert!(Lock::try_exclusive(&path).expect("a lock file").is_none());
    drop((one, two));
    assert!(Lock::try_exclusive(&path).expect("a lock file").is_some());
    assert!(path.exists(), "removing it would be a race");
}

#[test]
fn a_copy_ends_with_the_lock_that_it_is_of() {
    let dir = temp();
    let path = dir.path().join("lock");
    let held = Lock::exclusive(&path, Duration::ZERO).expect("it is free");
    let copy = held.copy().expect("a copy");
    assert!(Lock::try_exclusive(&path).expect("a lock file").is_none());
    drop(held);
    assert!(Lock::try_exclusive(&path).expect("a lock file").is_some(), "the copy keeps nothing");
    drop(copy);
}

#[test]
fn a_waiter_is_told_who_holds_it() {
    let dir = temp();
    let path = dir.path().join("lock");
    let mut held = Lock::exclusive(&path, Duration::ZERO).expect("it is free");
    held.note("worktree add\nsecond line \u{1b}[31m").expect("room");
    let error = Lock::exclusive(&path, Duration::from_millis(5)).expect_err("it is held");
    let pid = std::process::id();
    let shown = error.to_string().replace(dir.path().to_str().expect("a plain path"), "ROOT");
    let expected = format!(
        "ROOT/lock is locked by another process (last note: pid {pid} worktree add), after 0.0 s"
    );
    assert_eq!(shown, expected);
    assert!(matches!(error, Error::Locked { waited, .. } if waited == Duration::from_millis(5)));
    held.note(&"ä".repeat(500)).expect("a long note is cut");
    let error = Lock::shared(&path, Duration::ZERO).expect_err("it is held");
    assert!(error.to_string().len() < 400, "{error}");
    drop(held);
    assert_eq!(fs::read(&path).expect("it stays"), b"", "the note ends with the holder");
}

#[test]
fn the_note_of_a_dead_holder_is_wiped_by_the_next() {
    let dir = temp();
    let path = dir.path().join("lock");
    fs::write(&path, "pid 1 long dead\n").expect("a writable folder");
    let _held = Lock::exclusive(&path, Duration::ZERO).expect("the kernel knows nobody");
    let error = Lock::exclusive(&path, Duration::ZERO).expect_err("it is held");
    assert!(matches!(error, Error::Locked { note: None, .. }), "{error}");
}

#[test]
fn a_deleted_lock_file_does_not_let_two_in() {
    let dir = temp();
    let path = dir.path().join("lock");
    let old = Lock::exclusive(&path, Duration::ZERO).expect("it is free");
    fs::remove_file(&path).expect("our file");
    // Whoever deletes a held lock's file has broken it; from here on the new file is the lock.
    let new = Lock::exclusive(&path, Duration::ZERO).expect("a new file");
    drop(old);
    assert!(Lock::try_exclusive(&path).expect("a lock file").is_none(), "the new one still holds");
    drop(new);
}

#[test]
fn holders_that_delete_the_file_never_meet_inside() {
    // One that opened the file before it was deleted, and locks it afterwards, holds nothing:
    // it must notice, or it meets the holder of the new file.
    let dir = temp();
    let path = dir.path().join("lock");
    let (inside, turns) = (AtomicU32::new(0), AtomicU32::new(0));
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                while turns.load(Ordering::SeqCst) < 4000 {
                    let Some(held) = Lock::try_exclusive(&path).expect("a lock file") else {
                        std::thread::yield_now();
                        continue;
                    };
                    assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                    turns.fetch_add(1, Ordering::SeqCst);
                    std::thread::yield_now();
                    // From the removal on the lock is that of the next file.
                    inside.fetch_sub(1, Ordering::SeqCst);
                    fs::remove_file(&path).expect("nobody else is inside");
                    drop(held);
                }
            });
        }
    });
    assert_eq!(inside.load(Ordering::SeqCst), 0);
}

#[test]
fn waiters_get_their_turn() {
    let dir = temp();
    let path = dir.path().join("lock");
    let turns = AtomicU32::new(0);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..20 {
                    let _held = Lock::exclusive(&path, LONG).expect("it gets free");
                    turns.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
    });
    assert_eq!(turns.load(Ordering::SeqCst), 160);
}

#[test]
fn only_a_regular_file_is_a_lock() {
    let dir = temp();
    let path = dir.path().join("lock");
    fs::write(dir.path().join("target"), "untouched").expect("a writable folder");
    symlink("target", &path).expect("a writable folder");
    let mut lines = vec![Lock::try_exclusive(&path).expect_err("a link").to_string()];
    lines
        .push(Lock::try_exclusive(&dir.path().join("no/lock")).expect_err("no folder").to_string());
    lines.push(Lock::try_exclusive(dir.path()).expect_err("a folder").to_string());
    assert_eq!(fs::read(dir.path().join("target")).expect("it is there"), b"untouched");
    let root = dir.path().to_str().expect("a plain path");
    insta::assert_snapshot!(lines.join("\n").replace(root, "ROOT"), @r#"
    cannot open the lock ROOT/lock: it is a symbolic link, which is not followed
    cannot open the lock ROOT/no/lock: No such file or directory (os error 2)
    cannot open the lock ROOT: Is a directory (os error 21)
    "#);
}

#[test]
fn a_shared_holder_writes_no_note() {
    let dir = temp();
    let path = dir.path().join("lock");
    let mut held = Lock::shared(&path, Duration::ZERO).expect("it is free");
    held.note("reading").expect("nothing to do");
    assert_eq!(fs::read(&path).expect("it is there"), b"");
}

#[test]
fn a_shared_holder_leaves_the_note_of_another() {
    let dir = temp();
    let path = dir.path().join("lock");
    fs::write(&path, "pid 1 long dead\n").expect("a writable folder");
    let _held = Lock::shared(&path, Duration::ZERO).expect("the kernel knows nobody");
    assert_eq!(fs::read(&path).expect("it is there"), b"pid 1 long dead\n");
}

#[test]
fn a_note_has_200_bytes_at_most_and_no_half_character() {
    let dir = temp();
    let path = dir.path().join("lock");
    let mut held = Lock::exclusive(&path, Duration::ZERO).expect("it is free");
    let mut noted = |text: &str| {
        held.note(text).expect("room");
        fs::read_to_string(&path).expect("whole characters").trim_end().len()
    };
    assert_eq!(noted(&"x".repeat(500)), 200);
    // With one of the two the limit falls inside a character.
    let mut lengths = [noted(&"ä".repeat(500)), noted(&format!("x{}", "ä".repeat(500)))];
    lengths.sort_unstable();
    assert_eq!(lengths, [199, 200]);
}
