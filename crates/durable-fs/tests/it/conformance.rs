//! The simulated disk is worth something only if it answers like the real one.

use std::io::{self, ErrorKind};
use std::path::Path;

use leadforge_durable_fs::{Disk, DiskFile, Kind, RealDisk, SimDisk};
use proptest::prelude::*;

/// One call, on one of a few paths or open files.
#[derive(Debug, Clone)]
enum Call {
    Create(usize),
    Append(usize),
    OpenRead(usize),
    OpenDir(usize),
    Close(usize),
    Write(usize, Vec<u8>),
    ReadAt(usize, u64),
    SetLen(usize, u64),
    SetMode(usize, u32),
    Lock(usize),
    Measure(usize),
    Sync(usize),
    Rename(usize, usize),
    RenameNew(usize, usize),
    Remove(usize),
    CreateDir(usize),
    List(usize),
    Metadata(usize),
    Read(usize),
}

const PATHS: [&str; 6] = ["a", "b", "d", "d/a", "d/b", "missing/x"];

fn call() -> impl Strategy<Value = Call> {
    let path = || 0..PATHS.len();
    let file = || 0..4usize;
    prop_oneof![
        4 => path().prop_map(Call::Create),
        1 => path().prop_map(Call::Append),
        1 => path().prop_map(Call::OpenRead),
        1 => path().prop_map(Call::OpenDir),
        1 => file().prop_map(Call::Close),
        3 => (file(), proptest::collection::vec(any::<u8>(), 0..40)).prop_map(|(f, b)| Call::Write(f, b)),
        1 => (file(), 0..60u64).prop_map(|(f, at)| Call::ReadAt(f, at)),
        1 => (file(), 0..60u64).prop_map(|(f, length)| Call::SetLen(f, length)),
        1 => (file(), prop::sample::select(vec![0o600, 0o644, 0o755])).prop_map(|(f, m)| Call::SetMode(f, m)),
        2 => file().prop_map(Call::Lock),
        1 => file().prop_map(Call::Measure),
        1 => file().prop_map(Call::Sync),
        2 => (path(), path()).prop_map(|(a, b)| Call::Rename(a, b)),
        2 => (path(), path()).prop_map(|(a, b)| Call::RenameNew(a, b)),
        1 => path().prop_map(Call::Remove),
        2 => (2..3usize).prop_map(Call::CreateDir),
        1 => path().prop_map(Call::List),
        2 => path().prop_map(Call::Metadata),
        2 => path().prop_map(Call::Read),
    ]
}

/// Performs a call and describes everything that a program can see of the answer.
fn perform(
    disk: &dyn Disk,
    root: &Path,
    files: &mut [Option<Box<dyn DiskFile>>; 4],
    call: &Call,
) -> String {
    let path = |index: &usize| root.join(PATHS[*index]);
    let mut open = |result: io::Result<Box<dyn DiskFile>>| {
        let result = result.map(|file| {
            let place = files.iter().position(Option::is_none).unwrap_or(0);
            files[place] = Some(file);
            place
        });
        show(result)
    };
    match call {
        Call::Create(p) => open(disk.create_new(&path(p), 0o644)),
        Call::Append(p) => open(disk.open_append(&path(p))),
        Call::OpenRead(p) => open(disk.open_read(&path(p))),
        Call::OpenDir(p) => open(disk.open_dir(&path(p))),
        // Folders are not moved on the simulated disk, and nothing onto a folder that holds it.
        Call::Rename(2, _) | Call::RenameNew(2, _) | Call::Rename(3..=4, 2) => String::new(),
        Call::Rename(a, b) => show(disk.rename(&path(a), &path(b))),
        Call::RenameNew(a, b) => show(disk.rename_new(&path(a), &path(b))),
        Call::Remove(p) => show(disk.remove_file(&path(p))),
        Call::CreateDir(p) => show(disk.create_dir(&path(p), 0o755)),
        Call::List(p) => show(disk.list(&path(p))),
        Call::Read(p) => show(disk.read(&path(p))),
        Call::Metadata(p) => show(disk.metadata(&path(p)).map(|m| visible(&m))),
        Call::Close(f) => {
            files[*f] = None;
            String::new()
        }
        Call::Write(f, bytes) => on(files, *f, |file| show(file.write(bytes))),
        Call::ReadAt(f, at) => on(files, *f, |file| {
            let mut buffer = [0; 30];
            show(file.read_at(&mut buffer, *at).map(|n| buffer[..n].to_vec()))
        }),
        Call::SetLen(f, length) => on(files, *f, |file| show(file.set_len(*length))),
        Call::SetMode(f, mode) => on(files, *f, |file| show(file.set_mode(*mode))),
        Call::Lock(f) => on(files, *f, |file| show(file.try_lock())),
        Call::Measure(f) => on(files, *f, |file| show(file.metadata().map(|m| visible(&m)))),
        Call::Sync(f) => on(files, *f, |file| show(file.sync())),
    }
}

fn on(
    files: &mut [Option<Box<dyn DiskFile>>; 4],
    index: usize,
    act: impl FnOnce(&mut dyn DiskFile) -> String,
) -> String {
    files[index].as_mut().map_or_else(String::new, |file| act(file.as_mut()))
}

/// Length and links of a folder are the file system's own matter.
fn visible(m: &leadforge_durable_fs::Metadata) -> String {
    if m.kind == Kind::File {
        format!("{:?} {} {:o} {}", m.kind, m.len, m.mode, m.links)
    } else {
        format!("{:?}", m.kind)
    }
}

fn show<T: std::fmt::Debug>(result: io::Result<T>) -> String {
    match result {
        Ok(value) => format!("{value:?}"),
        // How a system calls the misuse of a handle is its own matter.
        Err(error) => match error.kind() {
            kind @ (ErrorKind::NotFound
            | ErrorKind::AlreadyExists
            | ErrorKind::IsADirectory
            | ErrorKind::NotADirectory) => format!("{kind:?}"),
            _ => "refused".to_owned(),
        },
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..Default::default() })]

    #[test]
    fn both_disks_give_the_same_answers(calls in proptest::collection::vec(call(), 1..40)) {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let sim = SimDisk::new(0);
        let (mut real_files, mut sim_files) = Default::default();
        for call in &calls {
            let real = perform(&RealDisk, dir.path(), &mut real_files, call);
            let simulated = perform(&sim, Path::new("/"), &mut sim_files, call);
            prop_assert_eq!(real, simulated, "{:?} of {:?}", call, calls);
        }
    }
}

#[test]
fn a_sync_reaches_the_system() {
    // Of a file nobody can tell without a power cut; a pipe has nothing to sync, and the system says so.
    let dir = tempfile::tempdir().expect("a temporary folder");
    let pipe = dir.path().join("pipe");
    let (fifo, mode) = (rustix::fs::FileType::Fifo, rustix::fs::Mode::RWXU);
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, fifo, mode, 0).expect("a writable folder");
    let file = RealDisk.open_read(&pipe).expect("reading does not wait for a writer");
    assert_eq!(file.sync().expect_err("nothing to sync").kind(), ErrorKind::InvalidInput);
}
