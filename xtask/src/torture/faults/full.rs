//! Limits that a machine sets: full disks, disks that may only be read, and limits of a process.
//!
//! A case is one command under one limit. It runs on a small file system of its own; then the limit
//! is lifted and the command is judged and repeated, as after any other fault.

use super::judge::{self, Calm, Hurt};
use super::record;
use super::scripts::{Kind, SCRIPTS, Script};
use super::stage::{Ended, Stage};
use crate::sh::{Fail, Result};
use crate::torture::volume::{self, Volume};
use crate::torture::{Bench, Part, Rng, Tally};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The part of torture that this is.
pub(in crate::torture) const PART: Part = Part {
    name: "full",
    about: "full disks, read-only disks, file sizes, descriptors, 64 MiB of memory",
    share: 1,
    full: 600,
    mounts: true,
    sabotages: &["ignore-write-error"],
    run,
};

/// What a command meets.
#[derive(Clone, Copy, Debug)]
enum Limit {
    /// So many free blocks of 4 KiB.
    Blocks(u64),
    /// So many free inodes.
    Inodes(u64),
    /// The disk may only be read, from the start.
    ReadOnly,
    /// The same as soon as nobody is writing, from so many microseconds on.
    ReadOnlyAfter(u64),
    /// So many KiB in a file.
    FileSize(u64),
    /// So many open files.
    Descriptors(u64),
    /// A control group with 64 MiB.
    Memory,
}

impl Limit {
    fn draw(rng: &mut Rng) -> Self {
        match rng.below(8) {
            0 | 1 => Self::Blocks(rng.below(12)),
            2 => Self::Inodes(rng.below(6)),
            3 => Self::ReadOnly,
            4 => Self::ReadOnlyAfter(rng.below(20_000)),
            5 => Self::FileSize(1 + rng.below(48)),
            6 => Self::Descriptors(4 + rng.below(16)),
            _ => Self::Memory,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Blocks(_) => "disk full",
            Self::Inodes(_) => "inodes full",
            Self::ReadOnly => "read-only",
            Self::ReadOnlyAfter(_) => "read-only in the middle",
            Self::FileSize(_) => "file size",
            Self::Descriptors(_) => "descriptors",
            Self::Memory => "64 MiB of memory",
        }
    }

    /// What stands before the command, for the limits of a process.
    fn front(self, group: &Path) -> Vec<String> {
        let shell = match self {
            Self::FileSize(kib) => format!("ulimit -f {kib}"),
            Self::Descriptors(count) => format!("ulimit -n {count}"),
            Self::Memory => format!("echo $$ >{}/cgroup.procs", group.display()),
            _ => return Vec::new(),
        };
        // Whoever runs torture may ignore the signal of file sizes, and children inherit that.
        let words = ["env", "--default-signal=XFSZ", "bash", "-c"];
        let line = format!("{shell} && exec \"$@\"");
        words.iter().map(|word| (*word).to_owned()).chain([line, "bash".to_owned()]).collect()
    }
}

fn run(bench: &Bench) -> Result<Tally> {
    // 16 MiB hold a case many times; without blocks kept back for root, full is full.
    let volume = Volume::with(volume::Kind::Ext4, &bench.memory, 16, &["-m", "0", "-N", "640"])?;
    let stage = Stage::new(bench, 0, Some(volume.path()))?;
    let group = group()?;
    let scripts: Vec<&Script> = SCRIPTS.iter().filter(|script| script.kind != Kind::Run).collect();
    let mut calm: BTreeMap<&str, Calm> = BTreeMap::new();
    let mut tally = Tally::default();
    let mut number = bench.from;
    while bench.goes_on(tally.cases) {
        let mut rng = Rng::new(bench.seed).case(number);
        let (script, limit) = (*rng.pick(&scripts), Limit::draw(&mut rng));
        if !calm.contains_key(script.name) {
            calm.insert(script.name, record::calm(&stage, script)?);
        }
        stage.ready(script)?;
        let ended = under(&stage, &volume, &group, script, limit)?;
        let git = script.kind == Kind::WithGit;
        let hurt = Hurt { script, killed: false, passing: false, git };
        let end = judge::judge(&stage, &hurt, &calm[script.name], &ended)?;
        tally.cases += 1;
        match end {
            Ok(end) => tally.count(&format!("{}: {}", limit.name(), end.word()), 1),
            Err(what) => {
                let again = format!("--seed {} --from {number} --cases 1", bench.seed);
                tally.broken(again, format!("{} ({limit:?}): {what}", script.name));
            }
        }
        number += 1;
    }
    fs::remove_dir(&group)?;
    volume.remove()?;
    Ok(tally)
}

/// Sets a limit, runs the command, and lifts the limit.
fn under(
    stage: &Stage,
    volume: &Volume,
    group: &Path,
    script: &Script,
    limit: Limit,
) -> Result<Ended> {
    let words = [limit.front(group), stage.words(script.world, script.line)].concat();
    let fill = volume.path().join("fill");
    match limit {
        Limit::Blocks(free) => full_of_bytes(&fill, free)?,
        Limit::Inodes(free) => full_of_names(&fill, free)?,
        Limit::ReadOnly if !volume.read_only(true)? => {
            return Err(Fail::missing("the disk cannot be made read-only"));
        }
        _ => {}
    }
    let ended = match limit {
        Limit::ReadOnlyAfter(moment) => std::thread::scope(|scope| {
            let running = scope.spawn(|| stage.run(&words));
            std::thread::sleep(Duration::from_micros(moment));
            while !running.is_finished() && !volume.read_only(true)? {}
            running.join().expect("a stage does not panic")
        }),
        _ => stage.run(&words),
    };
    match limit {
        Limit::Blocks(_) => fs::remove_file(&fill)?,
        Limit::Inodes(_) => fs::remove_dir_all(&fill)?,
        Limit::ReadOnly | Limit::ReadOnlyAfter(_) => drop(volume.read_only(false)?),
        _ => {}
    }
    ended
}

/// Fills the disk with one file, and leaves so many blocks.
fn full_of_bytes(path: &Path, free: u64) -> Result {
    let mut file = File::create(path)?;
    for size in [1 << 20, 4 << 10] {
        let bytes = vec![0; size];
        while file.write_all(&bytes).is_ok() {}
    }
    // What is only promised to a file takes no block yet.
    let length = loop {
        match file.sync_all() {
            Ok(()) => break file.metadata()?.len(),
            Err(_) => file.set_len(file.metadata()?.len().saturating_sub(64 << 10))?,
        }
    };
    file.set_len(length.saturating_sub(free * 4096))?;
    Ok(file.sync_all()?)
}

/// Takes all inodes but so many.
fn full_of_names(path: &Path, free: u64) -> Result {
    fs::create_dir(path)?;
    let mut count: u64 = 0;
    while File::create(path.join(format!("{count}"))).is_ok() {
        count += 1;
    }
    for number in count.saturating_sub(free)..count {
        fs::remove_file(path.join(format!("{number}")))?;
    }
    Ok(())
}

/// A control group with 64 MiB of memory.
fn group() -> Result<PathBuf> {
    let name = format!("leadforge-torture-{}", std::process::id());
    let (first, second) = ("/sys/fs/cgroup/memory", "/sys/fs/cgroup");
    let controllers = fs::read_to_string("/sys/fs/cgroup/cgroup.controllers").unwrap_or_default();
    let (all, limit) = match controllers.split_whitespace().any(|name| name == "memory") {
        true => (second, "memory.max"),
        false => (first, "memory.limit_in_bytes"),
    };
    // Those of runs that were killed are empty by now.
    for old in fs::read_dir(all).into_iter().flatten().flatten() {
        let pid =
            old.file_name().to_string_lossy().strip_prefix("leadforge-torture-").map(str::to_owned);
        if pid.is_some_and(|pid| !Path::new("/proc").join(pid).exists()) {
            fs::remove_dir(old.path())?;
        }
    }
    let group = Path::new(all).join(name);
    let made = fs::create_dir(&group).and_then(|()| fs::write(group.join(limit), "67108864"));
    made.map_err(|e| Fail::missing(format!("no memory control group {}: {e}", group.display())))?;
    Ok(group)
}
