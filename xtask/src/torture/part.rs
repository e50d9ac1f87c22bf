//! What a part of torture gets, and what it gives back.

use crate::sh::{self, Result};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

/// The packages whose binaries and examples the parts start.
pub(super) const PACKAGES: &[&str] =
    &["-p", "lead-forge", "-p", "lead-queue", "-p", "leadforge-durable-fs"];

/// One way to hurt the processes.
pub(crate) struct Part {
    /// Its name for `--only`.
    pub(crate) name: &'static str,
    /// What it does, in one line.
    pub(crate) about: &'static str,
    /// Its share of the time, compared with the other parts'.
    pub(crate) share: u32,
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

/// A folder for all parts, on a real file system.
pub(super) fn scratch() -> Result<PathBuf> {
    let dir = sh::scratch("torture").join(std::process::id().to_string());
    sh::fresh(&dir)?;
    Ok(dir)
}
