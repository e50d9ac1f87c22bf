//! `conform review`: the pack for job-lead-finder on that project's own history, beside what a reader said of each finding.

use crate::sh::{self, Fail, Result};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

const PACK: &str = "docs/review/packs/job-lead-finder";
/// The last change that was judged, and how many.
const TIP: &str = "38d937c";
const CHANGES: usize = 60;
/// Where the criteria stand there, and how many they are.
const CRITERIA: u64 = 56;
/// So many of them are to be checked by a machine at least.
const MACHINE: u64 = 20;

/// A finding as the table names it: change, rule and place.
type Place = (String, String, String);

/// Reviews every judged change and reads the criteria again.
pub(crate) fn conform(repo: &Path) -> Result {
    sh::run(sh::cargo().args(["build", "--locked", "-p", "lead-review"]))?;
    let pack = sh::root().join(PACK);
    let judged = table(&std::fs::read_to_string(pack.join("VERDICTS.md"))?)?;
    let count = CHANGES.to_string();
    let log = ["log", "--first-parent", "--format=%H", "-n", &*count, TIP];
    let log = sh::capture(sh::program("git").arg("-C").arg(repo).args(log))?;
    let mut told: BTreeMap<Place, usize> = BTreeMap::new();
    let mut looked = 0;
    for change in log.lines() {
        let report = review(repo, &pack, change)?;
        looked += 1;
        for finding in report["findings"].as_array().into_iter().flatten() {
            let rule = finding["rule"].as_str().unwrap_or_default();
            let at = match (finding["at"]["path"].as_str(), finding["at"]["line"].as_u64()) {
                (Some(path), Some(line)) => format!("{path}:{line}"),
                (Some(path), None) => path.to_owned(),
                _ => "the change".to_owned(),
            };
            *told.entry((change[..7].to_owned(), rule.to_owned(), at)).or_default() += 1;
        }
    }
    if looked != CHANGES {
        return Err(Fail::missing(format!("{looked} of {CHANGES} changes are in the clone")));
    }
    let (mut count, mut wrong) = (BTreeMap::new(), Vec::new());
    for (place, verdict) in &judged {
        *count.entry(verdict.as_str()).or_insert(0) += 1;
        let left = told.get_mut(place).filter(|left| **left > 0);
        match left {
            Some(left) => *left -= 1,
            None => wrong.push(format!("lost: {} {} {} ({verdict})", place.0, place.1, place.2)),
        }
    }
    for (place, _) in told.iter().filter(|(_, left)| **left > 0) {
        wrong.push(format!("nobody has judged: {} {} {}", place.0, place.1, place.2));
    }
    let ledger = ledger(repo, &pack)?;
    println!("{looked} changes, {} findings: {count:?}; {ledger}", judged.len());
    if wrong.is_empty() { Ok(()) } else { Err(Fail::gate(wrong.join("\n       "))) }
}

/// The judged findings, in the table's order.
fn table(text: &str) -> Result<Vec<(Place, String)>> {
    let mut judged = Vec::new();
    for line in text.lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, change, rule, at, verdict, why, _] = cells[..] else { continue };
        if change.len() != 7 || !change.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            continue;
        }
        if !["true", "noisy", "wrong"].contains(&verdict) || why.is_empty() {
            return Err(Fail::gate(format!("VERDICTS.md: {line}: expected a verdict and why")));
        }
        judged.push(((change.into(), rule.into(), at.into()), verdict.to_owned()));
    }
    Ok(judged)
}

fn review(repo: &Path, pack: &Path, change: &str) -> Result<Value> {
    let mut command = reviewer(repo);
    command.args(["check", "--format", "json", "--head", change, "--base"]);
    command.arg(format!("{change}^1")).arg("--rules").arg(pack.join("RULES.md"));
    json(command.arg("--config").arg(pack.join("leadforge.toml")))
}

/// The pack's ledger, held against the criteria as they stand in the clone's last judged change.
fn ledger(repo: &Path, pack: &Path) -> Result<String> {
    let mut command = reviewer(repo);
    command.args(["rules", "import", "--check", "--format", "json", "--ledger"]);
    command.arg(pack.join("CRITERIA.md")).arg("--rules").arg(pack.join("RULES.md"));
    let told = json(&mut command)?;
    let count = |key: &str| told["data"][key].as_u64().unwrap_or(0);
    let (items, machine) = (count("items"), count("machine"));
    let sum = machine + count("ai") + count("human");
    let line = format!(
        "{items} criteria: {machine} machine, {} ai, {} human",
        count("ai"),
        count("human")
    );
    if items != CRITERIA || sum != items || machine < MACHINE || told["outcome"] != "clean" {
        return Err(Fail::gate(format!("{line}; {}", told["findings"])));
    }
    Ok(line)
}

fn reviewer(repo: &Path) -> std::process::Command {
    let mut command = sh::program(sh::target().join("debug/lead-review"));
    command.current_dir(repo);
    command
}

/// What a command says, whatever it ends with.
fn json(command: &mut std::process::Command) -> Result<Value> {
    let out = command.output()?;
    serde_json::from_slice(&out.stdout).map_err(|error| {
        Fail::gate(format!("{command:?}: {error}: {}", String::from_utf8_lossy(&out.stderr)))
    })
}
