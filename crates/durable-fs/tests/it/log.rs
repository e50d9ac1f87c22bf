//! The append-only log in ordinary use, on the real disk.

use std::fs;
use std::path::Path;
use std::time::Duration;

use leadforge_durable_fs::{AppendLog, Cut, Error, LogOptions, RealDisk, Recovery, SimDisk};

use crate::bad_disks::{BadDisk, Without};

fn temp() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

#[test]
fn records_come_back_in_order_with_their_numbers() {
    let dir = temp();
    let path = dir.path().join("log");
    let (mut log, recovery) = AppendLog::open(&RealDisk, &path).expect("a writable folder");
    assert_eq!(recovery, Recovery { records: 0, cut: None });
    let records: Vec<Vec<u8>> =
        [0usize, 1, 100, 65_536, 200_000, 7].map(|n| vec![n as u8; n]).into();
    for (index, record) in records.iter().enumerate() {
        assert_eq!(log.append(record).expect("room"), index as u64 + 1);
    }
    assert_eq!(log.append_all(&[]).expect("nothing to do"), 6);
    drop(log);
    let (mut log, recovery) = AppendLog::open(&RealDisk, &path).expect("it is whole");
    assert_eq!((recovery.records, recovery.cut, log.records()), (6, None, 6));
    assert_eq!(log.append_all(&[b"seven", b"eight"]).expect("room"), 8);
    let (found, recovery) = AppendLog::read(&RealDisk, &path).expect("no lock is needed");
    assert_eq!(found[..6], records);
    assert_eq!(found[6..], [b"seven".to_vec(), b"eight".to_vec()]);
    assert_eq!(recovery, Recovery { records: 8, cut: None });
}

#[test]
fn one_writer_at_a_time() {
    let dir = temp();
    let path = dir.path().join("log");
    let (log, _) = AppendLog::open(&RealDisk, &path).expect("a writable folder");
    let error = AppendLog::open(&RealDisk, &path).expect_err("it has a writer");
    assert!(matches!(error, Error::Locked { .. }), "{error}");
    drop(log);
    AppendLog::open(&RealDisk, &path).expect("the writer is gone");
}

#[test]
fn many_writers_by_turns_lose_nothing() {
    let dir = temp();
    let path = dir.path().join("log");
    let options = LogOptions { wait: Duration::from_secs(60), ..LogOptions::default() };
    std::thread::scope(|scope| {
        for writer in 0..6u8 {
            let path = &path;
            scope.spawn(move || {
                for number in 0..10u8 {
                    let (mut log, recovery) =
                        AppendLog::open_with(&RealDisk, path, &options).expect("it gets free");
                    assert_eq!(recovery.cut, None);
                    log.append(&[writer, number]).expect("room");
                    AppendLog::read(&RealDisk, path).expect("readers never wait");
                }
            });
        }
    });
    let (records, _) = AppendLog::read(&RealDisk, &path).expect("it is whole");
    for writer in 0..6 {
        let own: Vec<u8> = records.iter().filter(|r| r[0] == writer).map(|r| r[1]).collect();
        assert_eq!(own, (0..10).collect::<Vec<u8>>());
    }
}

#[test]
fn a_record_over_the_limit_is_refused_and_changes_nothing() {
    let dir = temp();
    let path = dir.path().join("log");
    let options = LogOptions { max_record: 10, ..LogOptions::default() };
    let (mut log, _) = AppendLog::open_with(&RealDisk, &path, &options).expect("a writable folder");
    log.append(&[1; 10]).expect("it fits");
    let error = log.append_all(&[&[1; 3], &[1; 11]]).expect_err("it does not fit");
    assert!(matches!(error, Error::TooLarge { length: 11, limit: 10, .. }), "{error}");
    assert_eq!(log.append(b"next").expect("it fits"), 2);
}

#[test]
fn a_log_that_is_removed_under_its_writer_acknowledges_nothing() {
    let dir = temp();
    let path = dir.path().join("log");
    let (mut log, _) = AppendLog::open(&RealDisk, &path).expect("a writable folder");
    fs::remove_file(&path).expect("our file");
    let error = log.append(b"lost").expect_err("nobody would find it");
    assert!(error.is_not_found(), "{error}");
}

#[test]
fn a_log_that_is_replaced_while_it_is_opened_is_opened_again() {
    let sim = SimDisk::new(8);
    let path = Path::new("/log");
    drop(AppendLog::open(&sim, path).expect("no fault is planned"));
    let disk = BadDisk::new(sim.clone(), Without::Stillness);
    let (mut log, _) = AppendLog::open(&disk, path).expect("the second try meets a new file");
    log.append(b"found").expect("no fault is planned");
    let (records, _) = AppendLog::read(&sim, path).expect("it has a name");
    assert_eq!(records, [b"found"]);
}

#[test]
fn what_is_no_log_is_left_alone() {
    let dir = temp();
    let mut lines = Vec::new();
    for (name, bytes) in [("empty", &b""[..]), ("text", b"some text that is longer than a header")]
    {
        let path = dir.path().join(name);
        fs::write(&path, bytes).expect("a writable folder");
        lines.push(AppendLog::open(&RealDisk, &path).expect_err("it is no log").to_string());
        assert_eq!(fs::read(&path).expect("it is there"), bytes);
    }
    std::os::unix::fs::symlink("text", dir.path().join("link")).expect("a writable folder");
    for name in ["link", "missing/log", ""] {
        lines.push(AppendLog::open(&RealDisk, &dir.path().join(name)).expect_err(name).to_string());
    }
    lines.push(AppendLog::read(&RealDisk, &dir.path().join("none")).expect_err("none").to_string());
    let root = dir.path().to_str().expect("a plain path");
    insta::assert_snapshot!(lines.join("\n").replace(root, "ROOT"), @r#"
    ROOT/empty is damaged at byte 0: the file is too short to be a log
    ROOT/text is damaged at byte 0: the file is not a log
    cannot open ROOT/link: it is a symbolic link, which is not followed
    cannot open the folder of ROOT/missing/log: No such file or directory (os error 2)
    cannot open ROOT/: Is a directory (os error 21)
    cannot open ROOT/none: No such file or directory (os error 2)
    "#);
}

#[test]
fn a_torn_tail_is_cut_once_and_reported() {
    let dir = temp();
    let path = dir.path().join("log");
    let (mut log, _) = AppendLog::open(&RealDisk, &path).expect("a writable folder");
    log.append(b"whole").expect("room");
    log.append(b"torn in the middle").expect("room");
    drop(log);
    let length = fs::metadata(&path).expect("it is there").len();
    fs::File::options().write(true).open(&path).and_then(|f| f.set_len(length - 3)).expect("ours");
    let cut = Some(Cut { offset: 24 + 32 + 5, bytes: 32 + 15 });
    let (records, recovery) = AppendLog::read(&RealDisk, &path).expect("a tail is no damage");
    assert_eq!((records, recovery), (vec![b"whole".to_vec()], Recovery { records: 1, cut }));
    let (mut log, recovery) = AppendLog::open(&RealDisk, &path).expect("a tail is no damage");
    assert_eq!(recovery.cut, cut);
    assert_eq!(log.append(b"again").expect("room"), 2);
    drop(log);
    let (_, recovery) = AppendLog::open(&RealDisk, &path).expect("it is whole");
    assert_eq!(recovery, Recovery { records: 2, cut: None });
}

#[test]
fn the_format_stays_what_it_is() {
    // A log written today is read for ever: these bytes are the format's first version.
    let disk = SimDisk::new(42);
    let path = Path::new("/log");
    let (mut log, _) = AppendLog::open(&disk, path).expect("no fault is planned");
    log.append_all(&[b"a", b""]).expect("no fault is planned");
    log.append(b"bc").expect("no fault is planned");
    let bytes = leadforge_durable_fs::read(&disk, path, 1000).expect("no fault is planned");
    let hex: Vec<String> = bytes
        .chunks(16)
        .map(|line| line.iter().map(|b| format!("{b:02x}")).collect::<Vec<_>>().join(" "))
        .collect();
    insta::assert_snapshot!(hex.join("\n"), @r#"
    4c 46 4c 4f 47 0d 0a 1a 01 00 00 00 95 6e eb 2f
    26 32 d7 bd c7 17 d8 b6 4c 46 72 a6 01 00 00 00
    01 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
    43 be b7 e8 48 45 59 10 61 4c 46 72 a6 00 00 00
    00 02 00 00 00 00 00 00 00 00 00 00 00 00 00 00
    00 00 00 00 00 59 1b e1 7d 4c 46 72 a6 02 00 00
    00 03 00 00 00 00 00 00 00 02 00 00 00 00 00 00
    00 38 2b a9 c2 fc af ae 26 62 63
    "#);
}
