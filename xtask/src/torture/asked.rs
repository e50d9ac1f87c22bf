//! What is asked of torture on its command line.

use super::{PARTS, Part, USAGE};
use crate::sh::{Fail, Result};
use std::path::PathBuf;
use std::time::Duration;

#[derive(Debug)]
pub(super) struct Asked {
    pub(super) seed: u64,
    /// How long all parts may take; without it each runs all its cases.
    pub(super) time: Option<Duration>,
    pub(super) cases: Option<u64>,
    pub(super) from: u64,
    pub(super) only: Vec<String>,
    pub(super) report: Option<PathBuf>,
    pub(super) sabotage: Option<String>,
    /// Set by torture itself: the folder of a part that runs in its own mount namespace.
    pub(super) inside: Option<PathBuf>,
    /// The same, and its folder in memory.
    pub(super) memory: Option<PathBuf>,
    /// Set by torture itself: binaries that are built.
    pub(super) bins: Option<PathBuf>,
}

impl Asked {
    pub(super) fn parse(args: &[&str]) -> Result<Self> {
        let mut asked = Self {
            seed: u64::from(std::process::id()),
            time: None,
            cases: None,
            from: 0,
            only: Vec::new(),
            report: None,
            sabotage: None,
            inside: None,
            memory: None,
            bins: None,
        };
        let mut words = args.iter();
        while let Some(flag) = words.next() {
            let value = words.next().ok_or_else(|| Fail::usage(USAGE))?;
            let number = || value.parse::<u64>().map_err(|_| bad(flag, value));
            match *flag {
                "--seed" => asked.seed = number()?,
                "--from" => asked.from = number()?,
                "--cases" => asked.cases = Some(number()?),
                "--minutes" => {
                    let minutes: f64 = value.parse().map_err(|_| bad(flag, value))?;
                    let time = Duration::try_from_secs_f64(minutes * 60.0);
                    asked.time = Some(time.map_err(|_| bad(flag, value))?);
                }
                "--report" => asked.report = Some(PathBuf::from(value)),
                "--only" => asked.only.extend(value.split(',').map(str::to_owned)),
                "--sabotage" => asked.sabotage = Some((*value).to_owned()),
                "--inside" => asked.inside = Some(PathBuf::from(value)),
                "--memory" => asked.memory = Some(PathBuf::from(value)),
                "--bins" => asked.bins = Some(PathBuf::from(value)),
                _ => return Err(Fail::usage(USAGE)),
            }
        }
        match asked.only.iter().find(|name| !PARTS.iter().any(|part| part.name == **name)) {
            Some(name) => Err(Fail::usage(format!("no part {name}: cargo xtask torture --list"))),
            None => Ok(asked),
        }
    }

    /// True for the parts that shall run: those named, all, or those that a sabotage must break.
    pub(super) fn wants(&self, part: &Part) -> bool {
        match (&self.only[..], &self.sabotage) {
            ([], None) => true,
            ([], Some(name)) => part.sabotages.contains(&name.as_str()),
            (names, _) => names.iter().any(|name| name == part.name),
        }
    }
}

fn bad(flag: &str, value: &str) -> Fail {
    Fail::usage(format!("{flag} {value}: expected a number; {USAGE}"))
}
