//! What torture tells: lines for people, and a JSON file with the commit and the machine.

use super::part::{Part, Tally};
use crate::sh::{self, Fail, Result};
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;

/// Violations that are printed of one part.
const SHOWN: usize = 10;

pub(super) fn print(part: &Part, tally: &Tally, seed: u64, sabotage: Option<&str>) {
    let built = sabotage.map(|name| format!(" --sabotage {name}")).unwrap_or_default();
    for (name, value) in &tally.facts {
        match value.as_array().filter(|rows| rows.iter().any(|row| !row.is_number())) {
            Some(rows) => println!("   {name}: {} rows, with --report", rows.len()),
            None => println!("   {name}: {value}"),
        }
    }
    for violation in tally.violations.iter().take(SHOWN) {
        println!("   BROKEN {}", violation.what);
        println!(
            "          again: cargo xtask torture{built} --only {} {}",
            part.name, violation.case
        );
    }
    let (cases, broken) = (tally.cases, tally.violations.len());
    println!("== {}: {cases} cases, {broken} violations (seed {seed})", part.name);
}

/// The tally of the only part in a report.
pub(super) fn read(path: &Path) -> Result<Tally> {
    let text = std::fs::read_to_string(path)?;
    let report: Value = serde_json::from_str(&text)
        .map_err(|error| Fail::gate(format!("{}: {error}", path.display())))?;
    let part = &report["parts"][0];
    let mut tally = Tally { cases: part["cases"].as_u64().unwrap_or_default(), ..Tally::default() };
    for one in part["violations"].as_array().into_iter().flatten() {
        let text = |key: &str| one[key].as_str().unwrap_or_default().to_owned();
        tally.broken(text("again"), text("what"));
    }
    for (name, value) in part["facts"].as_object().into_iter().flatten() {
        tally.facts.insert(name.clone(), value.clone());
    }
    Ok(tally)
}

pub(super) fn write(
    path: &Path,
    tallies: &[(&Part, Tally)],
    seed: u64,
    sabotage: Option<&str>,
    took: Duration,
) -> Result {
    let parts: Vec<Value> = tallies
        .iter()
        .map(|(part, tally)| {
            let broken = tally.violations.iter();
            let broken: Vec<Value> =
                broken.map(|v| json!({"again": v.case, "what": v.what})).collect();
            json!({"part": part.name, "about": part.about, "cases": tally.cases,
                   "violations": broken, "facts": tally.facts})
        })
        .collect();
    let commit = sh::capture(sh::program("git").args(["rev-parse", "HEAD"]))?;
    let dirty = sh::capture(sh::program("git").args(["status", "--porcelain"]))?;
    let kernel = sh::capture(sh::program("uname").arg("-sr"))?;
    let report = json!({
        "schema": "leadforge/torture/1",
        "seed": seed,
        "sabotage": sabotage,
        "cases": tallies.iter().map(|(_, tally)| tally.cases).sum::<u64>(),
        "broken": tallies.iter().map(|(_, tally)| tally.violations.len()).sum::<usize>(),
        "seconds": took.as_secs(),
        "commit": commit.trim(),
        "modified": !dirty.is_empty(),
        "machine": {"kernel": kernel.trim(), "cores": std::thread::available_parallelism().ok().map(usize::from)},
        "parts": parts,
    });
    let text = serde_json::to_string_pretty(&report).expect("values of JSON are written");
    std::fs::write(path, text + "\n")?;
    Ok(())
}
