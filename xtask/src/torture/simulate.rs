//! Simulated histories: the cores of queue and dispatcher against small models, with whatever can go wrong.
//!
//! The example `simulate` of package `e2e` plays them, one process on one core. A case is one history, and draws
//! everything from the seed and its number, so that `--from N --cases 1` plays that one again.

use super::build::SIMULATION;
use super::{Bench, Part, Tally};
use crate::sh::{self, Fail, Result};
use serde_json::Value;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::{Duration, Instant};

pub(super) const PART: Part = Part {
    name: "simulate",
    about: "seeded histories of leases and of a run's order, against small models",
    share: 1,
    full: 200_000,
    mounts: false,
    sabotages: &["no-epoch-check", "epoch-from-database", "late-settle", "land-out-of-order"],
    run,
};

/// A release build costs more than it saves below so many cases or so much time.
const MANY: u64 = 20_000;
const LONG: Duration = Duration::from_secs(120);

fn run(bench: &Bench) -> Result<Tally> {
    let begun = Instant::now();
    let program = if bench.sabotaged { bench.example("simulate") } else { build(bench)? };
    // The time is for histories, however long the build took.
    let until = bench.until + begun.elapsed();
    let mut command = sh::program(program);
    command.args(["--seed", &bench.seed.to_string(), "--from", &bench.from.to_string()]);
    match bench.cases {
        // Each world plays the half; a single case is met again in both.
        Some(cases) => command.args(["--histories", &cases.div_ceil(2).to_string()]),
        None => {
            let left = until.saturating_duration_since(Instant::now());
            command.args(["--seconds", &left.as_secs_f64().to_string()])
        }
    };
    let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output()?;
    if !matches!(output.status.code(), Some(0 | 1)) {
        return Err(Fail::gate(format!("the simulation ended with {}", output.status)));
    }
    let (text, mut tally) = (String::from_utf8_lossy(&output.stdout), Tally::default());
    for line in text.lines() {
        let world: Value = serde_json::from_str(line)
            .map_err(|error| Fail::gate(format!("the simulation said {line:?}: {error}")))?;
        add(&mut tally, &world, bench.seed);
    }
    if (output.status.code() == Some(1)) == tally.violations.is_empty() {
        let (status, count) = (output.status, tally.violations.len());
        return Err(Fail::gate(format!(
            "the simulation ended with {status} and {count} violations"
        )));
    }
    Ok(tally)
}

/// Builds the simulation, and says where it lies.
fn build(bench: &Bench) -> Result<PathBuf> {
    let left = bench.until.saturating_duration_since(Instant::now());
    let release = bench.cases.map_or(left >= LONG, |cases| cases >= MANY);
    let mut build = sh::cargo();
    build.args(["build", "--locked"]).args(SIMULATION);
    if release {
        build.arg("--release");
    }
    sh::run(&mut build)?;
    let profile = if release { "release" } else { "debug" };
    Ok(sh::target().join(profile).join("examples/simulate"))
}

/// Adds what one world told.
fn add(tally: &mut Tally, world: &Value, seed: u64) {
    let number = |value: &Value| value.as_u64().unwrap_or_default();
    let name = world["world"].as_str().unwrap_or_default();
    tally.cases += number(&world["histories"]);
    tally.count(&format!("{name}: histories"), number(&world["histories"]));
    tally.count(&format!("{name}: steps"), number(&world["steps"]));
    for (what, spread) in world["sizes"].as_object().into_iter().flatten() {
        let name = format!("{name}: {what} of a history, from least to most by tenths 0 1 5 9 10");
        tally.facts.insert(name, spread.clone());
    }
    for (what, times) in world["counts"].as_object().into_iter().flatten() {
        tally.count(&format!("{name}: {what}"), number(times));
    }
    for violation in world["violations"].as_array().into_iter().flatten() {
        let story = violation["story"].as_array().into_iter().flatten();
        let story: Vec<&str> = story.filter_map(Value::as_str).collect();
        let case = format!("--seed {seed} --from {} --cases 1", violation["history"]);
        tally.broken(case, format!("{name}:\n      {}", story.join("\n      ")));
    }
}
