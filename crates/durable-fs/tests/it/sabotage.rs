//! The checker is worth something only if it catches writers that leave a step out.

use std::io::Write as _;
use std::path::Path;

use leadforge_durable_fs::{AtomicFile, Disk, SimDisk, create_dir_all, sweep};

use crate::bad_disks::{BadDisk, Without};
use crate::checker::{DIR, Ending, FILE, append_trial, content, replace_trial};

const SEEDS: u64 = 60;

/// Counts the trials that the checker finds fault with.
fn caught(
    without: Without,
    trial: impl Fn(&crate::checker::Wrap, u64, u64, Ending) -> (Result<(), String>, bool),
    ending: Ending,
) -> (u64, u64) {
    let wrap = move |sim| Box::new(BadDisk::new(sim, without)) as Box<dyn Disk>;
    let (mut red, mut trials) = (0, 0);
    for seed in 0..SEEDS {
        for at in 1.. {
            let (result, reached) = trial(&wrap, seed, at, ending);
            trials += 1;
            red += u64::from(result.is_err());
            if !reached {
                break;
            }
        }
    }
    (red, trials)
}

#[test]
fn a_writer_that_does_not_sync_the_file_is_caught() {
    let (red, trials) = caught(Without::FileSync, replace_trial, Ending::Crash);
    assert!(red * 20 > trials, "{red} of {trials}");
    let (red, trials) = caught(Without::FileSync, append_trial, Ending::Crash);
    assert!(red * 2 > trials, "{red} of {trials}");
}

#[test]
fn a_writer_that_does_not_sync_the_folder_is_caught() {
    let (red, trials) = caught(Without::DirSync, replace_trial, Ending::Crash);
    assert!(red * 50 > trials, "{red} of {trials}");
    let (red, trials) = caught(Without::DirSync, append_trial, Ending::Crash);
    assert!(red * 20 > trials, "{red} of {trials}");
}

#[test]
fn a_kill_alone_does_not_show_missing_syncs() {
    // Which is why torture cuts the power as well: SIGKILL keeps what the kernel has.
    for without in [Without::FileSync, Without::DirSync] {
        assert_eq!(caught(without, replace_trial, Ending::Kill).0, 0, "{without:?}");
    }
}

/// Two writers take turns by a seed; the file must be one of their contents.
fn two_writers(disk: &dyn Disk, order: u64) -> Result<(), String> {
    let path = Path::new(FILE);
    let show = |error: &dyn std::fmt::Display| error.to_string();
    let mut first = AtomicFile::create(disk, path).map_err(|e| show(&e))?;
    first.write_all(&content(1)).map_err(|e| show(&e))?;
    first.flush().map_err(|e| show(&e))?;
    let mut second = AtomicFile::create(disk, path).map_err(|e| show(&e))?;
    second.write_all(&content(50)).map_err(|e| show(&e))?;
    let (one, two) = if order == 0 { (first, second) } else { (second, first) };
    one.commit().map_err(|e| show(&e))?;
    two.commit().map_err(|e| show(&e))?;
    let found = disk.read(path).map_err(|e| show(&e))?;
    let whole = found == content(1) || found == content(50);
    if whole { Ok(()) } else { Err(format!("{} bytes of both", found.len())) }
}

#[test]
fn two_writers_with_one_temporary_are_caught() {
    for order in 0..2 {
        let sim = SimDisk::new(order);
        create_dir_all(&sim, Path::new(DIR)).expect("no fault is planned");
        assert_eq!(two_writers(&sim, order), Ok(()));
        let bad = BadDisk::new(sim.clone(), Without::OwnName);
        assert!(two_writers(&bad, order).is_err());
    }
}

#[test]
fn a_sweep_without_locks_is_caught_taking_a_live_temporary() {
    let commit_after_sweep = |disk: &dyn Disk| {
        create_dir_all(disk, Path::new(DIR)).expect("no fault is planned");
        let mut file = AtomicFile::create(disk, Path::new(FILE)).expect("no fault is planned");
        file.write_all(b"alive").expect("no fault is planned");
        let swept = sweep(disk, Path::new(DIR)).expect("no fault is planned");
        (swept.len(), file.commit().is_ok())
    };
    assert_eq!(commit_after_sweep(&SimDisk::new(1)), (0, true));
    let bad = BadDisk::new(SimDisk::new(1), Without::Locks);
    assert_eq!(commit_after_sweep(&bad), (1, false));
}
