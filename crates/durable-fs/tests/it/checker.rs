//! One trial of a crash, and the judgement of what it left; good and bad disks face the same one.

use std::path::Path;

use leadforge_durable_fs::{
    AppendLog, Disk, Fault, SimDisk, create_dir_all, is_temporary, replace, sweep,
};

pub(crate) const DIR: &str = "/state";
pub(crate) const FILE: &str = "/state/file";
pub(crate) const LOG: &str = "/state/log";

/// Wraps the disk that the writer under test sees.
pub(crate) type Wrap = dyn Fn(SimDisk) -> Box<dyn Disk>;

/// Contents of some sectors, so that torn writes show.
pub(crate) fn content(mark: u8) -> Vec<u8> {
    (0..2000u32).map(|i| mark.wrapping_add((i % 7) as u8)).collect()
}

/// How a trial ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// The power goes.
    Crash,
    /// The process is killed; the machine goes on.
    Kill,
    /// A kill first, and the power goes under the process that comes next.
    KillThenCrash,
}

/// Stops a replacement at operation `at`, restarts, and returns what is wrong, and whether `at`
/// was within the replacement.
pub(crate) fn replace_trial(
    wrap: &Wrap,
    seed: u64,
    at: u64,
    ending: Ending,
) -> (Result<(), String>, bool) {
    let sim = SimDisk::new(seed);
    create_dir_all(&sim, Path::new(DIR)).expect("no fault is planned yet");
    replace(&sim, Path::new(FILE), &content(1)).expect("no fault is planned yet");
    let disk = wrap(sim.clone());
    let before = sim.operations();
    sim.fail_at(at, Fault::Stop);
    let acknowledged = replace(disk.as_ref(), Path::new(FILE), &content(100)).is_ok();
    let reached = sim.operations() >= before + at;
    drop(disk);
    end(&sim, ending);
    (judge_replace(&sim, acknowledged), reached)
}

fn judge_replace(sim: &SimDisk, acknowledged: bool) -> Result<(), String> {
    let found = sim.read(Path::new(FILE)).map_err(|error| format!("unreadable: {error}"))?;
    if found != content(100) && (acknowledged || found != content(1)) {
        let what = if found == content(1) { "old" } else { "torn" };
        return Err(format!("{what} content, acknowledged: {acknowledged}"));
    }
    no_leftovers(sim, &["file"])
}

/// After a sweep there is nothing but what belongs there.
pub(crate) fn no_leftovers(sim: &SimDisk, allowed: &[&str]) -> Result<(), String> {
    sweep(sim, Path::new(DIR)).map_err(|error| error.to_string())?;
    let names = sim.list(Path::new(DIR)).map_err(|error| error.to_string())?;
    match names.iter().find(|name| !allowed.iter().any(|a| *a == name.as_os_str())) {
        Some(name) => Err(format!("{name:?} stayed (temporary: {})", is_temporary(name))),
        None => Ok(()),
    }
}

/// Appends through several crashes and returns what is wrong, and whether `at` was reached.
///
/// The numbers that were acknowledged must all be read back, in order and whole.
pub(crate) fn append_trial(
    wrap: &Wrap,
    seed: u64,
    at: u64,
    ending: Ending,
) -> (Result<(), String>, bool) {
    let sim = SimDisk::new(seed);
    create_dir_all(&sim, Path::new(DIR)).expect("no fault is planned yet");
    let mut written: Vec<Vec<u8>> = Vec::new();
    let mut reached = false;
    for life in 0..3u8 {
        let before = sim.operations();
        // The second life ends somewhere inside recovery or just behind it.
        let stop = if life == 1 { 1 + at % 11 } else { at };
        sim.fail_at(stop, Fault::Stop);
        let disk = wrap(sim.clone());
        let result = append_life(disk.as_ref(), &mut written, life);
        drop(disk);
        reached |= sim.operations() >= before + at;
        if let Err(problem) = result {
            return (Err(problem), reached);
        }
        end(&sim, if life == 0 { ending.first() } else { ending });
    }
    let judged = AppendLog::open(&sim, Path::new(LOG))
        .map_err(|error| error.to_string())
        .and_then(|_| judge_log(&sim, &written))
        .and_then(|()| no_leftovers(&sim, &["log"]));
    (judged, reached)
}

/// Opens the log, checks it, and appends until something fails; `written` gets what may be there.
fn append_life(disk: &dyn Disk, written: &mut Vec<Vec<u8>>, life: u8) -> Result<(), String> {
    let mut log = match AppendLog::open(disk, Path::new(LOG)) {
        Ok((log, _)) => log,
        Err(error) if error.to_string().contains("machine is off") => return Ok(()),
        Err(error) => return Err(error.to_string()),
    };
    if log.records() < written.len() as u64 {
        return Err(format!("{} acknowledged, {} there", written.len(), log.records()));
    }
    // More may be there than was acknowledged; a refused record is never among the last ones.
    let extra = usize::try_from(log.records()).expect("a few") - written.len();
    written.extend(std::iter::repeat_n(Vec::new(), extra));
    for number in 0..6u8 {
        let record = vec![life * 16 + number; 1 + 300 * usize::from(number)];
        let batch: &[&[u8]] = if number % 3 == 2 { &[&record, &record] } else { &[&record] };
        if log.append_all(batch).is_err() {
            return Ok(());
        }
        written.extend(batch.iter().map(|record| record.to_vec()));
    }
    Ok(())
}

/// Every acknowledged record is there; an empty one in `written` stands for "not known".
fn judge_log(sim: &SimDisk, written: &[Vec<u8>]) -> Result<(), String> {
    let (records, _) = AppendLog::read(sim, Path::new(LOG)).map_err(|error| error.to_string())?;
    for (index, expected) in written.iter().enumerate() {
        match records.get(index) {
            None => return Err(format!("record {index} of {} is gone", written.len())),
            Some(found) if !expected.is_empty() && found != expected => {
                return Err(format!("record {index} is another"));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

impl Ending {
    fn first(self) -> Self {
        if self == Self::Crash { Self::Crash } else { Self::Kill }
    }
}

pub(crate) fn end(sim: &SimDisk, ending: Ending) {
    match ending {
        Ending::Crash | Ending::KillThenCrash => sim.crash(),
        Ending::Kill => sim.kill(),
    }
}
