//! `bench review`: what lead-review sees that others pass over, and what a whole review costs beside others.

mod blind;
mod cases;
mod coverage;
mod whole;

use crate::cost::Cost;
use crate::setup;
use crate::sh::{self, Fail, Result};

/// The section of docs/benchmarks.md; `clones` is one of job-lead-finder.
pub(crate) fn section(clones: &[&str]) -> Result<String> {
    let [clone] = clones else {
        return Err(Fail::usage("cargo xtask bench review --repo JOB-LEAD-FINDER [--write]"));
    };
    setup::ensure("review-peers")?;
    sh::run(sh::cargo().args(["build", "--release", "--locked", "-p", "lead-review"]))?;
    let dir = sh::scratch("bench-review");
    sh::fresh(&dir)?;
    let mut missed = Vec::new();
    let blind = blind::table(&dir.join("blind"))?;
    let whole = whole::table(&dir.join("whole"), clone, &mut missed)?;
    let coverage = coverage::table(&dir.join("coverage"), &mut missed)?;
    if !missed.is_empty() {
        println!("missed: {}", missed.join("; "));
    }
    let limits = match missed.as_slice() {
        [] => "Every limit is met.".to_owned(),
        _ => format!("Missed: {}.", missed.join("; ")),
    };
    Ok(format!(
        "### What nobody could look at\n\nOne small change each. lead-review has to end with 3 and to name what it has not \
         seen; beside it stand those who end with 0, with what they say. Each line is checked when this table is made.\n\n\
         {blind}\n### What a review costs\n\nMedians of runs in turn, each a process of its own; CPU is user and system \
         time together.\n\n{whole}\n### Coverage of new lines\n\n{coverage}\n{limits}\n"
    ))
}

/// A row of a table of costs; what goes over a limit is noted.
fn row(
    what: &str,
    program: &str,
    cost: &Cost,
    limit: Option<(f64, f64)>,
    missed: &mut Vec<String>,
) -> String {
    let mut words = String::new();
    if let Some((cpu, memory)) = limit {
        words = format!("≤ {cpu:.0} ms, {memory:.0} MiB");
        if cost.cpu > cpu || cost.mib() > memory {
            missed.push(format!(
                "{what}: {:.0} ms and {:.0} MiB, not {words}",
                cost.cpu,
                cost.mib()
            ));
        }
    }
    format!("| {what} | {program} | {:.0} | {:.0} | {words} |\n", cost.cpu, cost.mib())
}

/// A command from its words.
fn words(line: &[&str]) -> Vec<String> {
    line.iter().map(|word| (*word).to_owned()).collect()
}

/// A command that runs in a folder.
fn within(folder: &std::path::Path, line: &[&str]) -> Vec<String> {
    let folder = folder.display().to_string();
    words(
        &[&["/bin/sh", "-c", "cd \"$1\" && shift && exec \"$@\"", "sh", &folder][..], line]
            .concat(),
    )
}
