//! Atomic files on the real disk: content, permissions, links, errors, and the order of steps.

use std::fs::{self, Permissions};
use std::io::Write as _;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::Path;

use leadforge_durable_fs::{
    AtomicFile, Error, Kind, Options, RealDisk, SimDisk, create_dir_all, create_new, read, remove,
    replace, replace_with,
};

fn temp() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn names(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir).expect("the folder is there");
    let mut names: Vec<_> = entries
        .map(|e| e.expect("an entry").file_name().into_string().expect("a name in ASCII"))
        .collect();
    names.sort();
    names
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("the file is there").mode() & 0o7777
}

#[test]
fn contents_of_every_size_are_replaced() {
    let dir = temp();
    let path = dir.path().join("file");
    for size in [0, 1, 4095, 65_535, 65_536, 65_537, 200_000, 3] {
        let bytes: Vec<u8> = (0..size).map(|i| (i % 251) as u8).collect();
        replace(&RealDisk, &path, &bytes).expect("a writable folder");
        assert_eq!(fs::read(&path).expect("it was written"), bytes);
    }
    assert_eq!(names(dir.path()), ["file"]);
}

#[test]
fn a_stream_appears_at_commit_and_not_before() {
    let dir = temp();
    let path = dir.path().join("file");
    let mut file = AtomicFile::create(&RealDisk, &path).expect("a writable folder");
    let mut expected = Vec::new();
    for i in 0..5000 {
        writeln!(file, "line {i}").expect("room");
        writeln!(expected, "line {i}").expect("room");
    }
    file.write_all(&[7; 100_000]).expect("room");
    expected.extend([7; 100_000]);
    assert!(!path.exists());
    assert_eq!(file.path(), path);
    file.commit().expect("room");
    assert_eq!(fs::read(&path).expect("it was written"), expected);
}

#[test]
fn a_dropped_file_leaves_nothing() {
    let dir = temp();
    let path = dir.path().join("file");
    replace(&RealDisk, &path, b"old").expect("a writable folder");
    let mut file = AtomicFile::create(&RealDisk, &path).expect("a writable folder");
    file.write_all(&[1; 200_000]).expect("room");
    assert_eq!(names(dir.path()).len(), 2);
    drop(file);
    assert_eq!(names(dir.path()), ["file"]);
    assert_eq!(fs::read(&path).expect("it is there"), b"old");
}

#[test]
fn permissions_of_the_replaced_file_are_kept() {
    let dir = temp();
    let path = dir.path().join("file");
    for bits in [0o600, 0o644, 0o755, 0o440, 0o666, 0o777] {
        fs::write(&path, "old").expect("a writable folder");
        fs::set_permissions(&path, Permissions::from_mode(bits)).expect("our file");
        replace(&RealDisk, &path, b"new").expect("a writable folder");
        assert_eq!(mode(&path), bits, "{bits:o}");
        fs::remove_file(&path).expect("our file");
    }
    fs::write(&path, "old").expect("a writable folder");
    fs::set_permissions(&path, Permissions::from_mode(0o6755)).expect("our file");
    replace(&RealDisk, &path, b"new").expect("a writable folder");
    assert_eq!(mode(&path), 0o755, "set-user-id is not given to new content");
}

#[test]
fn a_new_file_follows_the_umask_and_a_stated_mode_is_exact() {
    let dir = temp();
    let plain = dir.path().join("plain");
    fs::write(dir.path().join("by std"), "").expect("a writable folder");
    replace(&RealDisk, &plain, b"").expect("a writable folder");
    assert_eq!(mode(&plain), mode(&dir.path().join("by std")));

    let secret = dir.path().join("secret");
    replace_with(&RealDisk, &secret, b"", &Options::PRIVATE).expect("a writable folder");
    assert_eq!(mode(&secret), 0o600);
    fs::set_permissions(&secret, Permissions::from_mode(0o644)).expect("our file");
    replace_with(&RealDisk, &secret, b"", &Options::PRIVATE).expect("a writable folder");
    assert_eq!(mode(&secret), 0o600, "a stated mode wins over that of the replaced file");
    let script = Options { mode: Some(0o777), new: true, ..Options::default() };
    replace_with(&RealDisk, &dir.path().join("run"), b"", &script).expect("a writable folder");
    assert_eq!(mode(&dir.path().join("run")), 0o777);
}

#[test]
fn a_private_file_is_private_before_it_has_its_name() {
    let dir = temp();
    let path = dir.path().join("file");
    fs::write(&path, "secret").expect("a writable folder");
    fs::set_permissions(&path, Permissions::from_mode(0o640)).expect("our file");
    let file = AtomicFile::create(&RealDisk, &path).expect("a writable folder");
    let temporary = names(dir.path()).into_iter().next().expect("the temporary sorts first");
    assert_eq!(mode(&dir.path().join(temporary)), 0o600);
    file.commit().expect("room");
    assert_eq!(mode(&path), 0o640);
}

#[test]
fn links_folders_and_devices_are_neither_followed_nor_replaced() {
    let dir = temp();
    let at = |name: &str| dir.path().join(name);
    fs::write(at("target"), "untouched").expect("a writable folder");
    symlink("target", at("link")).expect("a writable folder");
    symlink("nowhere", at("dangling")).expect("a writable folder");
    fs::create_dir(at("folder")).expect("a writable folder");
    rustix::fs::mknodat(
        rustix::fs::CWD,
        at("pipe"),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RWXU,
        0,
    )
    .expect("a writable folder");
    let before = names(dir.path());
    let kinds = [Kind::Link, Kind::Link, Kind::Dir, Kind::Other];
    for (name, kind) in ["link", "dangling", "folder", "pipe"].into_iter().zip(kinds) {
        let error = replace(&RealDisk, &at(name), b"evil").expect_err(name);
        assert!(matches!(error, Error::NotAFile { found, .. } if found == kind), "{error}");
        assert_eq!(error.path(), at(name));
        read(&RealDisk, &at(name), 1000).expect_err("reading does not follow either");
    }
    assert_eq!(fs::read(at("target")).expect("it is there"), b"untouched");
    assert_eq!(names(dir.path()), before);
}

#[test]
fn a_link_that_appears_meanwhile_is_replaced_and_not_followed() {
    let dir = temp();
    let outside = temp();
    let path = dir.path().join("file");
    fs::write(outside.path().join("victim"), "untouched").expect("a writable folder");
    let mut file = AtomicFile::create(&RealDisk, &path).expect("a writable folder");
    file.write_all(b"mine").expect("room");
    symlink(outside.path().join("victim"), &path).expect("a writable folder");
    file.commit().expect("room");
    assert_eq!(fs::read(outside.path().join("victim")).expect("it is there"), b"untouched");
    assert!(fs::symlink_metadata(&path).expect("it is there").is_file());
}

#[test]
fn one_of_many_creators_wins() {
    let dir = temp();
    let path = dir.path().join("file");
    let wins = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..16u8)
            .map(|i| {
                let path = &path;
                scope.spawn(move || create_new(&RealDisk, path, &[i; 1000]).map(|()| i))
            })
            .collect();
        let results = tries.into_iter().map(|t| t.join().expect("no panic"));
        results
            .filter_map(|r| r.map_err(|e| assert!(matches!(e, Error::Exists { .. }))).ok())
            .collect::<Vec<_>>()
    });
    assert_eq!(wins.len(), 1);
    assert_eq!(fs::read(&path).expect("it was written"), [wins[0]; 1000]);
    assert_eq!(names(dir.path()), ["file"]);
}

#[test]
fn parallel_replacements_leave_one_whole_content() {
    let dir = temp();
    let path = dir.path().join("file");
    std::thread::scope(|scope| {
        for i in 0..8u8 {
            let path = &path;
            scope.spawn(move || {
                for _ in 0..20 {
                    replace(&RealDisk, path, &[i; 70_000]).expect("room");
                    let found = fs::read(path).expect("it is always there");
                    assert!(found.len() == 70_000 && found.iter().all(|b| *b == found[0]));
                }
            });
        }
    });
    assert_eq!(names(dir.path()), ["file"]);
}

#[test]
fn errors_are_one_line_with_path_and_operation() {
    let dir = temp();
    let at = |name: &str| dir.path().join(name);
    fs::write(at("file"), "0123456789").expect("a writable folder");
    let errors = [
        replace(&RealDisk, &at("missing/file"), b"").expect_err("no folder"),
        replace(&RealDisk, &at("file/file"), b"").expect_err("no folder"),
        replace(&RealDisk, &at("a\nb/\u{1b}[31m"), b"").expect_err("no folder"),
        replace(&RealDisk, &at(".."), b"").expect_err("no name"),
        replace(&RealDisk, dir.path(), b"").expect_err("a folder"),
        replace(&RealDisk, &at(&"x".repeat(300)), b"").expect_err("a long name"),
        create_new(&RealDisk, &at("file"), b"").expect_err("it exists"),
        read(&RealDisk, &at("none"), 10).expect_err("no file"),
        read(&RealDisk, &at("file"), 9).expect_err("too long"),
        create_dir_all(&RealDisk, &at("file/sub")).expect_err("no folder"),
        remove(&RealDisk, dir.path()).expect_err("a folder"),
    ];
    let root = dir.path().to_str().expect("a plain path");
    let shown: Vec<_> = errors
        .iter()
        .map(|e| e.to_string().replace(root, "ROOT").replace(&"x".repeat(300), "xxx…"))
        .collect();
    insta::assert_snapshot!(shown.join("\n"), @r#"
    cannot open the folder of ROOT/missing/file: No such file or directory (os error 2)
    cannot look at ROOT/file/file: Not a directory (os error 20)
    cannot open the folder of ROOT/a\nb/\u{1b}[31m: No such file or directory (os error 2)
    cannot use ROOT/..: it does not end in a file name
    cannot use ROOT: it is a folder, not a regular file
    cannot look at ROOT/xxx…: File name too long (os error 36)
    cannot create ROOT/file: it exists
    cannot open ROOT/none: No such file or directory (os error 2)
    ROOT/file: 10 bytes are over the limit of 9
    cannot create the folder ROOT/file/sub: Not a directory (os error 20)
    cannot remove ROOT: Is a directory (os error 21)
    "#);
    assert!(errors[7].is_not_found());
    assert!(!errors[8].is_not_found(), "too long is not missing");
    assert_eq!(read(&RealDisk, &at("file"), 10).expect("it fits"), b"0123456789");
    assert_eq!(
        read(&RealDisk, Path::new("/proc/self/comm"), 100).expect("no length").last(),
        Some(&b'\n')
    );
}

#[test]
fn removal_and_folders_say_what_they_did() {
    let dir = temp();
    let path = dir.path().join("a/b/c");
    create_dir_all(&RealDisk, &path).expect("a writable folder");
    create_dir_all(&RealDisk, &path).expect("twice is fine");
    assert!(path.is_dir());
    replace(&RealDisk, &path.join("f"), b"").expect("a writable folder");
    assert!(remove(&RealDisk, &path.join("f")).expect("it was there"));
    assert!(!remove(&RealDisk, &path.join("f")).expect("once is enough"));
    assert!(!remove(&RealDisk, &path.join("no/f")).expect("no folder, no file"));
    symlink("nowhere", dir.path().join("dangling")).expect("a writable folder");
    create_dir_all(&RealDisk, &dir.path().join("dangling")).expect_err("a dangling link");
    symlink("a", dir.path().join("link")).expect("a writable folder");
    create_dir_all(&RealDisk, &dir.path().join("link/b")).expect("a link to a folder is one");
}

#[test]
fn the_steps_come_in_the_one_right_order() {
    let sim = SimDisk::new(1);
    replace(&sim, Path::new("/d"), b"old").expect("no fault is planned");
    let before = sim.trace().len();
    replace(&sim, Path::new("/d"), b"new").expect("no fault is planned");
    let trace = sim.trace()[before..].join("\n");
    let temporary = trace.split('/').find(|s| s.starts_with(".lf-tmp-")).expect("a temporary");
    let temporary = &temporary[..".lf-tmp-0123456789abcdef".len()];
    insta::assert_snapshot!(trace.replace(temporary, "TMP"), @r#"
    metadata /d
    open_dir /
    create_new /TMP
    lock /TMP
    measure /TMP
    write /TMP 3
    set_mode /TMP
    sync /TMP
    measure /TMP
    rename /d
    sync /
    "#);
}
