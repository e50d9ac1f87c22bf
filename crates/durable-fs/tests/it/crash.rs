//! At every operation and for many seeds, a crash leaves the old state or the new one.

use std::collections::BTreeSet;
use std::path::Path;

use leadforge_durable_fs::{
    AppendLog, Disk, Error, Fault, SimDisk, create_dir_all, create_new, remove, replace,
};

use crate::checker::{
    DIR, Ending, FILE, LOG, append_trial, content, end, no_leftovers, replace_trial,
};

/// Enough that each bad writer of `sabotage` is red hundreds of times.
const SEEDS: u64 = 50;

/// Runs a trial at every operation until it is no longer reached, for every seed and ending.
fn everywhere(trial: impl Fn(u64, u64, Ending) -> (Result<(), String>, bool)) -> u64 {
    let mut trials = 0;
    for ending in [Ending::Crash, Ending::Kill, Ending::KillThenCrash] {
        for seed in 0..SEEDS {
            for at in 1.. {
                let (result, reached) = trial(seed, at, ending);
                assert_eq!(result, Ok(()), "seed {seed}, operation {at}, {ending:?}");
                trials += 1;
                if !reached {
                    break;
                }
            }
        }
    }
    trials
}

#[test]
fn replace_leaves_old_or_new() {
    let trials =
        everywhere(|seed, at, ending| replace_trial(&|sim| Box::new(sim), seed, at, ending));
    assert_eq!(trials, 3 * SEEDS * 12, "a replacement has 11 operations and ends once unharmed");
}

#[test]
fn acknowledged_records_survive_every_crash() {
    let trials =
        everywhere(|seed, at, ending| append_trial(&|sim| Box::new(sim), seed, at, ending));
    assert!(trials > 3 * SEEDS * 20, "{trials}");
}

#[test]
fn a_new_file_is_there_whole_or_not_at_all() {
    everywhere(|seed, at, ending| {
        let sim = SimDisk::new(seed);
        sim.fail_at(at, Fault::Stop);
        let acknowledged = create_dir_all(&sim, Path::new(DIR)).is_ok()
            && create_new(&sim, Path::new(FILE), &content(9)).is_ok();
        let reached = sim.operations() >= at;
        end(&sim, ending);
        let result = match sim.read(Path::new(FILE)) {
            Ok(found) if found == content(9) => no_leftovers(&sim, &["file"]),
            Ok(found) => Err(format!("{} bytes of another content", found.len())),
            Err(_) if acknowledged => Err("it was acknowledged and is gone".to_owned()),
            Err(_) if sim.metadata(Path::new(DIR)).is_err() => Ok(()),
            Err(_) => no_leftovers(&sim, &[]),
        };
        (result, reached)
    });
}

#[test]
fn an_acknowledged_removal_lasts() {
    everywhere(|seed, at, ending| {
        let sim = SimDisk::new(seed);
        create_dir_all(&sim, Path::new(DIR)).expect("no fault is planned yet");
        replace(&sim, Path::new(FILE), &content(1)).expect("no fault is planned yet");
        let before = sim.operations();
        sim.fail_at(at, Fault::Stop);
        let acknowledged = remove(&sim, Path::new(FILE)).is_ok();
        let reached = sim.operations() >= before + at;
        end(&sim, ending);
        let result = match sim.read(Path::new(FILE)) {
            Ok(_) if acknowledged => Err("it came back".to_owned()),
            Ok(found) if found != content(1) => Err("it is torn".to_owned()),
            _ => Ok(()),
        };
        (result, reached)
    });
}

#[test]
fn a_killed_process_leaves_no_folder_that_the_next_power_cut_takes() {
    // Killed between the creation of a folder and its sync, then run again, then the power goes.
    everywhere(|seed, at, _| {
        let sim = SimDisk::new(seed);
        sim.fail_at(at, Fault::Stop);
        let first = create_dir_all(&sim, Path::new("/a/b/c")).is_ok();
        sim.kill();
        create_dir_all(&sim, Path::new("/a/b/c")).expect("no fault is planned");
        replace(&sim, Path::new("/a/b/c/file"), b"x").expect("no fault is planned");
        sim.crash();
        (sim.read(Path::new("/a/b/c/file")).map(drop).map_err(|e| e.to_string()), !first)
    });
}

#[test]
fn a_log_whose_name_was_not_synced_is_synced_by_the_next_writer() {
    everywhere(|seed, at, _| {
        let sim = SimDisk::new(seed);
        create_dir_all(&sim, Path::new(DIR)).expect("no fault is planned yet");
        let before = sim.operations();
        sim.fail_at(at, Fault::Stop);
        let result = AppendLog::open(&sim, Path::new(LOG)).and_then(|(mut l, _)| l.append(b"1"));
        let reached = sim.operations() >= before + at;
        drop(result);
        sim.kill();
        let (mut log, _) = AppendLog::open(&sim, Path::new(LOG)).expect("no fault is planned");
        let last = log.append(b"2").expect("no fault is planned");
        drop(log);
        sim.crash();
        let found = AppendLog::read(&sim, Path::new(LOG)).map_err(|e: Error| e.to_string());
        let found = found.and_then(|(records, recovery)| match recovery.records == last {
            true if records.last().is_some_and(|r| r == b"2") => Ok(()),
            _ => Err(format!("{recovery:?}")),
        });
        (found, reached)
    });
}

#[test]
fn what_was_not_synced_is_really_at_risk() {
    // The simulation would prove nothing if it kept everything: a file without syncs is found
    // missing, empty, torn and whole.
    let mut seen = BTreeSet::new();
    for seed in 0..300 {
        let sim = SimDisk::new(seed);
        let mut file = sim.create_new(Path::new("/f"), 0o666).expect("no fault is planned");
        file.write(&content(5)).expect("no fault is planned");
        drop(file);
        sim.crash();
        seen.insert(match sim.read(Path::new("/f")) {
            Err(_) => "missing",
            Ok(found) if found.is_empty() => "empty",
            Ok(found) if found == content(5) => "whole",
            Ok(found) if found.len() < 2000 => "cut",
            Ok(_) => "right length, wrong content",
        });
    }
    let all = ["cut", "empty", "missing", "right length, wrong content", "whole"];
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), all);
}

#[test]
fn a_crash_replays_from_its_seed() {
    let run = |seed| {
        let sim = SimDisk::new(seed);
        sim.fail_at(9, Fault::Stop);
        let _ = replace(&sim, Path::new("/f"), &content(3));
        sim.crash();
        let names = sim.list(Path::new("/")).expect("no fault is planned");
        let contents: Vec<_> =
            names.iter().map(|n| sim.read(&Path::new("/").join(n)).ok()).collect();
        (names, contents, sim.trace())
    };
    assert_eq!(run(7), run(7));
    assert!((0..20).any(|seed| run(seed) != run(7)), "seeds make a difference");
}
