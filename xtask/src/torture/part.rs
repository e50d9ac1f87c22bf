//! What a part of torture gets, and what it gives back.

use crate::sh::{self, Fail, Result};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// One way to hurt the processes.
pub(crate) struct Part {
    /// Its name for `--only`.
    pub(crate) name: &'static str,
    /// What it does, in one line.
    pub(crate) about: &'static str,
    /// Its share of the time, compared with the other parts'.
    pub(crate) share: u32,
    /// How many cases it runs when no time and no number is given: its part of the whole proof.
    pub(crate) full: u64,
    /// True when it mounts file systems: then it runs as root, in a mount namespace of its own.
    pub(crate) mounts: bool,
    /// The sabotaged builds that it must find.
    pub(crate) sabotages: &'static [&'static str],
    /// Runs cases until the time or their number is reached.
    pub(crate) run: fn(&Bench) -> Result<Tally>,
}

/// What every part gets.
#[derive(Debug)]
pub(crate) struct Bench {
    /// Where its randomness begins. Case `n` of a part draws from `Rng::new(seed).case(n)`.
    pub(crate) seed: u64,
    /// When it ends at the latest, between two cases.
    pub(crate) until: Instant,
    /// How many cases it shall run, whatever the time.
    pub(crate) cases: Option<u64>,
    /// The number of the first round.
    pub(crate) from: u64,
    /// Where our binaries lie; examples are below it.
    pub(crate) bins: PathBuf,
    /// An empty folder of its own.
    pub(crate) scratch: PathBuf,
    /// The same in memory, where no sync takes time and none is worth anything.
    pub(crate) memory: PathBuf,
    /// True when the binaries leave out a step, and are durable-fs's writers alone.
    pub(crate) sabotaged: bool,
}

impl Bench {
    /// True while another case, the `done`th from zero, shall be run.
    pub(crate) fn goes_on(&self, done: u64) -> bool {
        match self.cases {
            Some(cases) => done < cases,
            None => Instant::now() < self.until,
        }
    }

    /// One of our binaries.
    pub(crate) fn bin(&self, name: &str) -> PathBuf {
        self.bins.join(name)
    }

    /// One of our examples.
    pub(crate) fn example(&self, name: &str) -> PathBuf {
        self.bin("examples").join(name)
    }
}

/// What a part did and saw.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// How many cases ran.
    pub(crate) cases: u64,
    /// Every promise that was broken.
    pub(crate) violations: Vec<Violation>,
    /// Other counts and figures worth reading, by name.
    pub(crate) facts: BTreeMap<String, Value>,
}

impl Tally {
    /// Adds to a count among the facts.
    pub(crate) fn count(&mut self, name: &str, more: u64) {
        let old = self.facts.get(name).and_then(Value::as_u64).unwrap_or_default();
        self.facts.insert(name.to_owned(), Value::from(old + more));
    }

    /// Adds what another did.
    pub(crate) fn add(&mut self, other: Self) {
        self.cases += other.cases;
        self.violations.extend(other.violations);
        for (name, value) in other.facts {
            match value.as_u64() {
                Some(more) => self.count(&name, more),
                None => drop(self.facts.insert(name, value)),
            }
        }
    }

    /// Notes a broken promise.
    pub(crate) fn broken(&mut self, case: impl Into<String>, what: impl Into<String>) {
        self.violations.push(Violation { case: case.into(), what: what.into() });
    }
}

/// A promise that was broken.
#[derive(Debug)]
pub(crate) struct Violation {
    /// The arguments of `cargo xtask torture` that meet it again.
    pub(crate) case: String,
    /// What was expected, and what was seen.
    pub(crate) what: String,
}

/// Where folders in memory lie on Linux.
const MEMORY: &str = "/dev/shm";

/// A folder that goes with this.
pub(super) struct Room(PathBuf);

impl Room {
    /// A folder for all parts, on a real file system; those of runs that were killed are removed.
    pub(super) fn scratch() -> Result<Self> {
        own(&sh::scratch("torture"), "").map(Self)
    }

    /// One in memory, for what a slow disk would only make rare: a kill does not ask for more.
    pub(super) fn memory() -> Result<Self> {
        own(Path::new(MEMORY), "leadforge-torture-").map(Self)
    }

    /// A folder in one that another process keeps; only what lies in this one goes with it.
    pub(super) fn within(other: &Path) -> Result<Self> {
        let dir = other.join("inside");
        sh::fresh(&dir)?;
        Ok(Self(dir))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            eprintln!("warning: {} stays: {error}", self.0.display());
        }
    }
}

/// A folder for this process; those of processes that are gone are removed.
fn own(all: &Path, prefix: &str) -> Result<PathBuf> {
    for old in std::fs::read_dir(all).into_iter().flatten().flatten() {
        let name = old.file_name().to_string_lossy().into_owned();
        let pid = name.strip_prefix(prefix).and_then(|pid| pid.parse::<u32>().ok());
        if pid.is_some_and(|pid| !Path::new("/proc").join(pid.to_string()).exists()) {
            let gone = std::fs::remove_dir_all(old.path());
            gone.map_err(|e| Fail::missing(format!("remove {}: {e}", old.path().display())))?;
        }
    }
    let dir = all.join(format!("{prefix}{}", std::process::id()));
    sh::fresh(&dir)?;
    Ok(dir)
}
