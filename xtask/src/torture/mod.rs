//! `torture`: real processes of ours under kills, faults, power cuts and full disks.
//!
//! Every part draws its cases from a seed, so that a violation is met again by the line that it
//! prints. A part counts what it did and never stops at the first violation.

mod kill;
mod lanes;
mod part;
mod report;
mod rng;
mod writer;

use crate::sh::{self, Fail, Result};
pub(crate) use part::{Bench, Part, Tally};
pub(crate) use rng::Rng;
use std::path::PathBuf;
use std::time::{Duration, Instant};

const USAGE: &str = "cargo xtask torture [--seed N] [--minutes M] [--cases N] [--from ROUND] [--only PART[,PART]] \
                     [--report FILE] [--list]";

/// All parts, in the order in which they run.
const PARTS: &[Part] = &[kill::PART];

/// What was asked for on the command line.
#[derive(Debug)]
struct Asked {
    seed: u64,
    time: Duration,
    cases: Option<u64>,
    from: u64,
    only: Vec<String>,
    report: Option<PathBuf>,
}

pub(crate) fn main(args: &[&str]) -> Result {
    if args == ["--list"] {
        for part in PARTS {
            println!("{:<10} {}", part.name, part.about);
        }
        return Ok(());
    }
    let asked = Asked::parse(args)?;
    let parts: Vec<&Part> = PARTS
        .iter()
        .filter(|part| asked.only.is_empty() || asked.only.iter().any(|name| name == part.name))
        .collect();
    crate::setup::ensure("torture")?;
    sh::run(sh::cargo().args(["build", "--locked", "--bins", "--examples"]).args(part::PACKAGES))?;
    let scratch = part::scratch()?;
    let shares: u32 = parts.iter().map(|part| part.share).sum();
    let start = Instant::now();
    let mut tallies = Vec::new();
    for part in parts {
        let time = asked.time * part.share / shares.max(1);
        println!("== {} (seed {}): {}", part.name, asked.seed, part.about);
        let dir = scratch.join(part.name);
        sh::fresh(&dir)?;
        let bench = Bench {
            seed: asked.seed,
            until: Instant::now() + time,
            cases: asked.cases,
            from: asked.from,
            bins: sh::target().join("debug"),
            scratch: dir,
        };
        let tally = (part.run)(&bench)?;
        report::print(part, &tally, asked.seed);
        tallies.push((part, tally));
    }
    if let Some(path) = &asked.report {
        report::write(path, &tallies, asked.seed, start.elapsed())?;
    }
    let violations: usize = tallies.iter().map(|(_, tally)| tally.violations.len()).sum();
    let cases: u64 = tallies.iter().map(|(_, tally)| tally.cases).sum();
    println!("torture: {cases} cases, {violations} violations, seed {}", asked.seed);
    if cases == 0 {
        return Err(Fail::gate("no case ran: give it more time"));
    }
    std::fs::remove_dir_all(&scratch)?;
    if violations == 0 { Ok(()) } else { Err(Fail::gate(format!("{violations} violations"))) }
}

impl Asked {
    fn parse(args: &[&str]) -> Result<Self> {
        let seed = u64::from(std::process::id());
        let time = Duration::from_secs(60);
        let mut asked = Self { seed, time, cases: None, from: 0, only: Vec::new(), report: None };
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
                    asked.time = Duration::try_from_secs_f64(minutes * 60.0)
                        .map_err(|_| bad(flag, value))?;
                }
                "--report" => asked.report = Some(PathBuf::from(value)),
                "--only" => asked.only.extend(value.split(',').map(str::to_owned)),
                _ => return Err(Fail::usage(USAGE)),
            }
        }
        match asked.only.iter().find(|name| !PARTS.iter().any(|part| part.name == **name)) {
            Some(name) => Err(Fail::usage(format!("no part {name}: cargo xtask torture --list"))),
            None => Ok(asked),
        }
    }
}

fn bad(flag: &str, value: &str) -> Fail {
    Fail::usage(format!("{flag} {value}: expected a number; {USAGE}"))
}
