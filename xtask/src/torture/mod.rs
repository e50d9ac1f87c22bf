//! `torture`: real processes of ours under kills, faults, power cuts and full disks.
//!
//! Every part draws its cases from a seed, so that a violation is met again by the line that it
//! prints. A part counts what it did and never stops at the first violation.

mod asked;
mod build;
mod clock;
mod crew;
mod crowd;
mod faults;
mod inside;
mod kill;
mod lanes;
mod part;
mod power;
mod report;
mod rng;
mod simulate;
mod volume;
mod writer;

use crate::sh::{self, Fail, Result};
use asked::Asked;
use part::Room;
pub(crate) use part::{Bench, Part, Tally};
pub(crate) use rng::Rng;
use std::time::{Duration, Instant};

/// More time than the whole proof takes.
const LONGEST: Duration = Duration::from_secs(3600);

const USAGE: &str = "cargo xtask torture [--seed N] [--minutes M] [--report FILE] [--sabotage NAME] \
                     [--only PART[,PART]] [--cases N] [--from ROUND] | --list";

/// All parts, in the order in which they run.
const PARTS: &[Part] = &[
    clock::PART,
    crowd::PART,
    kill::PART,
    faults::PART,
    faults::FULL,
    power::PART,
    simulate::PART,
];

pub(crate) fn main(args: &[&str]) -> Result {
    if args == ["--list"] {
        for part in PARTS {
            println!("{:<10} {} ({} cases)", part.name, part.about, part.full);
        }
        return Ok(());
    }
    if let ["crowd-worker", rest @ ..] = args {
        return crowd::worker(rest);
    }
    let asked = Asked::parse(args)?;
    let inside = asked.inside.is_some();
    let (scratch, memory) = match (&asked.inside, &asked.memory) {
        (Some(scratch), Some(memory)) => (Room::within(scratch)?, Room::within(memory)?),
        _ => {
            crate::setup::ensure("torture")?;
            (Room::scratch()?, Room::memory()?)
        }
    };
    let bins = match &asked.bins {
        Some(bins) => bins.clone(),
        None => build::bins(asked.sabotage.as_deref())?,
    };
    let parts: Vec<&Part> = PARTS.iter().filter(|part| asked.wants(part)).collect();
    let shares: u32 = parts.iter().map(|part| part.share).sum();
    let start = Instant::now();
    let mut tallies = Vec::new();
    for part in parts {
        let dir = scratch.path().join(part.name);
        sh::fresh(&dir)?;
        let bench = Bench {
            seed: asked.seed,
            until: Instant::now() + asked.time.unwrap_or(LONGEST) * part.share / shares.max(1),
            cases: asked.cases.or(asked.time.is_none().then_some(part.full)),
            from: asked.from,
            bins: bins.clone(),
            scratch: dir,
            memory: memory.path().to_owned(),
            sabotaged: asked.sabotage.is_some(),
        };
        let tally = if part.mounts && !inside {
            println!("== {} (seed {}): {}", part.name, asked.seed, part.about);
            inside::run(part, &bench)?
        } else {
            measured(part, &bench)?
        };
        if !inside {
            report::print(part, &tally, asked.seed, asked.sabotage.as_deref());
        }
        tallies.push((part, tally));
    }
    if let Some(path) = &asked.report {
        report::write(path, &tallies, asked.seed, asked.sabotage.as_deref(), start.elapsed())?;
    }
    let violations: usize = tallies.iter().map(|(_, tally)| tally.violations.len()).sum();
    let cases: u64 = tallies.iter().map(|(_, tally)| tally.cases).sum();
    if !inside {
        println!("torture: {cases} cases, {violations} violations, seed {}", asked.seed);
    }
    if let Some((part, _)) = tallies.iter().find(|(_, tally)| tally.cases == 0) {
        return Err(Fail::gate(format!("{}: no case ran: give it more time", part.name)));
    }
    if violations == 0 { Ok(()) } else { Err(Fail::gate(format!("{violations} violations"))) }
}

/// Runs a part here, and adds what it cost.
fn measured(part: &Part, bench: &Bench) -> Result<Tally> {
    let (start, before) = (Instant::now(), sh::cpu_seconds());
    let mut tally = (part.run)(bench)?;
    let hundredths = |seconds: f64| (seconds * 100.0).round() / 100.0;
    let (wall, cpu) = (start.elapsed().as_secs_f64(), sh::cpu_seconds() - before);
    tally.facts.insert("seconds".to_owned(), hundredths(wall).into());
    tally.facts.insert("CPU seconds".to_owned(), hundredths(cpu).into());
    Ok(tally)
}
