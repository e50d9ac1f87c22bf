//! The simulated disk itself: what a crash may leave, what it must leave, and who is dead afterwards.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::Path;

use leadforge_durable_fs::{Disk, Fault, SimDisk};

const FILE: &str = "/file";
const SECTOR: usize = 512;
const SEEDS: u64 = 400;

/// A file whose `a`s are safe, and after that three writes of one sector each that are not.
fn unsafe_writes(seed: u64) -> SimDisk {
    let sim = SimDisk::new(seed);
    let mut file = sim.create_new(Path::new(FILE), 0o644).expect("no fault is planned");
    file.write(&[b'a'; SECTOR]).expect("no fault is planned");
    file.sync().expect("no fault is planned");
    sim.sync_dir(Path::new("/")).expect("no fault is planned");
    for letter in [b'b', b'c', b'd'] {
        assert_eq!(file.write(&[letter; SECTOR]).expect("no fault is planned"), SECTOR);
    }
    sim
}

#[test]
fn a_crash_leaves_any_part_of_what_was_not_synced_and_all_that_was() {
    let mut seen = BTreeSet::new();
    let mut torn = false;
    for seed in 0..SEEDS {
        let sim = unsafe_writes(seed);
        sim.crash();
        let found = sim.read(Path::new(FILE)).expect("its name was synced");
        assert!(found.len() >= SECTOR && found.len() <= 4 * SECTOR, "seed {seed}");
        assert!(found[..SECTOR].iter().all(|b| *b == b'a'), "seed {seed}: this was synced");
        torn |= !found.len().is_multiple_of(SECTOR);
        let mut shape = String::new();
        for (index, sector) in found.chunks(SECTOR).enumerate() {
            let new = b"abcd"[index];
            assert!(sector.iter().all(|b| *b == sector[0]), "seed {seed}: a sector is mixed");
            assert!(sector[0] == new || sector[0] == 0, "seed {seed}: nobody wrote this");
            shape.push(char::from(if sector[0] == 0 { b'0' } else { new }));
        }
        seen.insert(shape);
    }
    assert!(torn, "no write was torn in {SEEDS} crashes");
    // In order, whole or torn; and with sectors that the length has and the content has not.
    for shape in ["a", "ab", "abc", "abcd", "a0", "a0c", "ab0", "a0cd", "ab0d", "abc0"] {
        assert!(seen.contains(shape), "{shape} is possible, and was not seen: {seen:?}");
    }
}

#[test]
fn a_crash_leaves_any_of_the_names_that_were_not_synced() {
    let (mut none, mut all, mut first, mut others) = (0, 0, 0, 0);
    for seed in 0..SEEDS {
        let sim = SimDisk::new(seed);
        drop(sim.create_new(Path::new("/synced"), 0o644).expect("no fault is planned"));
        sim.sync_dir(Path::new("/")).expect("no fault is planned");
        let names: Vec<OsString> = ('a'..='l').map(|name| name.to_string().into()).collect();
        for name in &names {
            drop(sim.create_new(&Path::new("/").join(name), 0o644).expect("no fault is planned"));
        }
        sim.crash();
        let mut left = sim.list(Path::new("/")).expect("the root");
        assert_eq!(left.pop().expect("it was synced"), "synced");
        match left.len() {
            0 => none += 1,
            12 => all += 1,
            count if left == names[..count] => first += 1,
            _ => others += 1,
        }
        sim.crash();
        let again = sim.list(Path::new("/")).expect("the root");
        assert_eq!(again.len(), left.len() + 1, "what a crash left is safe");
    }
    // A quarter each, by the seeds; a writer's mistake may show in one of them only.
    assert!([none, all, first, others].iter().all(|n| *n > 60), "{none} {all} {first} {others}");
}

#[test]
fn a_crash_often_leaves_all_of_a_file_and_often_none() {
    let (mut none, mut all) = (0, 0);
    for seed in 0..SEEDS {
        let sim = unsafe_writes(seed);
        sim.crash();
        match sim.read(Path::new(FILE)).expect("its name was synced") {
            found if found == [b'a'; SECTOR] => none += 1,
            found if found.ends_with(&[b'd'; SECTOR]) => all += 1,
            _ => {}
        }
    }
    assert!(none > 100 && all > 100, "{none} {all}");
}

#[test]
fn a_crash_cuts_files_again_that_were_cut() {
    let mut lengths = BTreeSet::new();
    for seed in 0..SEEDS {
        let sim = unsafe_writes(seed);
        let file = sim.open_append(Path::new(FILE)).expect("it is there");
        file.sync().expect("no fault is planned");
        file.set_len(10).expect("no fault is planned");
        sim.crash();
        lengths.insert(sim.read(Path::new(FILE)).expect("its name was synced").len());
    }
    assert_eq!(lengths, [10, 4 * SECTOR].into());
}

#[test]
fn handles_die_with_the_process_and_their_locks_with_them() {
    for crash in [SimDisk::crash, SimDisk::kill] {
        let sim = SimDisk::new(1);
        let mut old = sim.create_new(Path::new(FILE), 0o644).expect("no fault is planned");
        sim.sync_dir(Path::new("/")).expect("no fault is planned");
        assert!(old.try_lock().expect("no fault is planned"));
        crash(&sim);
        for refused in [
            old.write(b"ghost").map(|_| ()),
            old.read_at(&mut [0], 0).map(|_| ()),
            old.sync(),
            old.set_len(1),
            old.set_mode(0o600),
            old.metadata().map(|_| ()),
            old.try_lock().map(|_| ()),
        ] {
            refused.expect_err("its process is dead");
        }
        let new = sim.open_append(Path::new(FILE)).expect("it is there");
        assert!(new.try_lock().expect("no fault is planned"), "the lock died too");
        drop(old);
        let third = sim.open_append(Path::new(FILE)).expect("it is there");
        assert!(!third.try_lock().expect("it is held"), "a dead handle frees nobody's lock");
        drop(new);
        assert!(third.try_lock().expect("it is free"));
        assert!(third.try_lock().expect("it is ours"), "twice is fine");
    }
}

#[test]
fn faults_come_once_at_their_operation_and_are_over_after_a_restart() {
    let sim = SimDisk::new(1);
    sim.fail_at(2, Fault::Error(ErrorKind::StorageFull));
    sim.fail_at(5, Fault::Error(ErrorKind::StorageFull));
    let look = |sim: &SimDisk| sim.metadata(Path::new("/")).map_err(|error| error.kind()).err();
    let answers: Vec<_> = (0..3).map(|_| look(&sim)).collect();
    assert_eq!(answers, [None, Some(ErrorKind::StorageFull), None]);
    sim.kill();
    assert_eq!((0..5).find_map(|_| look(&sim)), None);
    sim.fail_at(1, Fault::Stop);
    assert_eq!((look(&sim), look(&sim)), (Some(ErrorKind::Other), Some(ErrorKind::Other)));
    sim.crash();
    assert_eq!(look(&sim), None);
}

#[test]
fn new_folders_and_files_have_the_bits_that_an_ordinary_umask_leaves() {
    let sim = SimDisk::new(1);
    sim.create_dir(Path::new("/folder"), 0o777).expect("no fault is planned");
    drop(sim.create_new(Path::new(FILE), 0o666).expect("no fault is planned"));
    let mode = |path: &str| sim.metadata(Path::new(path)).expect("it is there").mode;
    assert_eq!((mode("/folder"), mode(FILE)), (0o755, 0o644));
}

#[test]
fn a_short_write_takes_some_and_a_lie_takes_less_than_it_says() {
    let (mut shorts, mut lies) = (BTreeSet::new(), BTreeSet::new());
    for seed in 0..SEEDS {
        for (fault, lengths) in [(Fault::Short, &mut shorts), (Fault::Lie, &mut lies)] {
            let sim = SimDisk::new(seed);
            let mut file = sim.create_new(Path::new(FILE), 0o644).expect("no fault is planned");
            sim.fail_at(1, fault);
            let said = file.write(b"1234").expect("it says that it was done");
            let taken = sim.read(Path::new(FILE)).expect("it is there").len();
            assert_eq!(said, if fault == Fault::Lie { 4 } else { taken });
            file.write(b"end").expect("no fault is planned");
            let found = sim.read(Path::new(FILE)).expect("it is there");
            assert_eq!(found, [&b"1234"[..taken], b"end"].concat());
            lengths.insert(taken);
        }
    }
    assert_eq!((shorts, lies), ([1, 2, 3].into(), [0, 1, 2, 3].into()));
}

#[test]
fn a_crash_tears_the_last_of_several_writes_anywhere() {
    let mut lengths = BTreeSet::new();
    for seed in 0..SEEDS {
        let sim = SimDisk::new(seed);
        let mut file = sim.create_new(Path::new(FILE), 0o644).expect("no fault is planned");
        sim.sync_dir(Path::new("/")).expect("no fault is planned");
        file.write(b"1234").expect("no fault is planned");
        file.write(b"5678").expect("no fault is planned");
        sim.crash();
        lengths.insert(sim.read(Path::new(FILE)).expect("its name is safe").len());
    }
    assert_eq!(lengths, (0..=8).collect());
}

#[test]
fn a_write_that_the_power_cut_stops_took_any_part_or_all() {
    let mut lengths = BTreeSet::new();
    for seed in 0..SEEDS {
        let sim = SimDisk::new(seed);
        let mut file = sim.create_new(Path::new(FILE), 0o644).expect("no fault is planned");
        sim.fail_at(1, Fault::Stop);
        file.write(b"1234").expect_err("the power is gone");
        sim.kill();
        lengths.insert(sim.read(Path::new(FILE)).expect("it is there").len());
    }
    assert_eq!(lengths, (0..=4).collect());
}

#[test]
fn the_sync_of_one_folder_saves_no_names_of_another() {
    let mut lost = 0;
    for seed in 0..SEEDS {
        let sim = SimDisk::new(seed);
        sim.create_dir(Path::new("/folder"), 0o755).expect("no fault is planned");
        sim.sync_dir(Path::new("/")).expect("no fault is planned");
        drop(sim.create_new(Path::new("/folder/inside"), 0o644).expect("no fault is planned"));
        drop(sim.create_new(Path::new("/outside"), 0o644).expect("no fault is planned"));
        sim.sync_dir(Path::new("/")).expect("no fault is planned");
        sim.crash();
        sim.metadata(Path::new("/outside")).expect("its folder was synced");
        lost += u32::from(sim.metadata(Path::new("/folder/inside")).is_err());
    }
    assert!(lost > 60, "the other name is safe without a sync: {lost} of {SEEDS} lost");
}
