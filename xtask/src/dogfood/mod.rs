//! `dogfood`: the main job on a clone of another repository, with its own tools, killed and taken up again if asked.

mod kills;
mod world;

use crate::setup;
use crate::sh::{self, Fail, Result};
use crate::torture::Rng;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::Instant;
use world::World;

/// What is known about the repository: its tasks, its tools, its configuration.
const PLAN: &str = "xtask/dogfood/job-lead-finder";
/// Where its author keeps tasks.
const SOURCES: [&str; 4] = [".ai-tasks", "docs/TODO.md", "TODO.md", "docs/TASKS"];
const BRANCH: &str = "leadforge/run";

struct Options<'a> {
    repo: &'a str,
    kills: u32,
    runs: u32,
    seed: u64,
    report: Option<&'a str>,
}

pub(crate) fn main(args: &[&str]) -> Result {
    let options = parse(args)?;
    setup::ensure("forge")?;
    let mut build = sh::cargo();
    sh::run(build.args(["build", "--locked", "-p", "lead-forge", "-p", "lead-queue"]))?;
    let dir = sh::scratch("dogfood");
    let tools = tools(&dir)?;
    let calm = World::prepare(options.repo, &dir.join("calm"), &tools)?;
    let started = Instant::now();
    calm.run_to_the_end()?;
    let took = started.elapsed();
    calm.check()?;
    println!("dogfood: {} tasks completed in {:.1} s", calm.completed()?.len(), took.as_secs_f64());
    println!("dossier: {}", calm.dossier().display());
    if options.kills == 0 {
        return Ok(());
    }
    let mut told = Vec::new();
    let mut left = options.kills;
    let mut wrong = Vec::new();
    for run in 0..options.runs {
        let folder = dir.join(format!("killed-{}", run + 1));
        let wild = World::prepare(options.repo, &folder, &tools)?;
        let share = left.div_ceil(options.runs - run);
        let rng = Rng::new(options.seed).case(run.into());
        let story = kills::run(&wild, share, rng, took)?;
        left -= story.killed.min(left);
        let verdict = story.verdict(&wild, &calm);
        println!("run {} of {} (seed {}): {story}", run + 1, options.runs, options.seed);
        match &verdict {
            Ok(()) => std::fs::remove_dir_all(&folder)?,
            Err(fail) => wrong.push(format!("run {}: {}", run + 1, fail.message)),
        }
        told.push(story.json(verdict.err().map(|fail| fail.message)));
        if let Some(path) = options.report {
            report(Path::new(path), &options, took.as_secs(), &told)?;
        }
    }
    let killed = options.kills - left;
    println!("dogfood: killed {killed} times in {} runs (seed {})", options.runs, options.seed);
    if left > 0 {
        wrong.push(format!("{left} kills found nothing to kill"));
    }
    if wrong.is_empty() {
        let tasks = calm.completed()?.len();
        println!("dogfood: each run: same tree, same {tasks} completed tasks, nothing left behind");
        Ok(())
    } else {
        Err(Fail::gate(wrong.join("\n       ")))
    }
}

fn parse<'a>(args: &[&'a str]) -> Result<Options<'a>> {
    let usage = || {
        let flags = "--repo PATH [--kills N [--runs R]] [--seed N] [--report FILE]";
        Fail::usage(format!("cargo xtask dogfood {flags}"))
    };
    let mut options = Options { repo: "", kills: 0, runs: 1, seed: 1, report: None };
    let mut rest = args.iter();
    while let Some(flag) = rest.next() {
        let value = rest.next().ok_or_else(usage)?;
        match *flag {
            "--repo" => options.repo = value,
            "--kills" => options.kills = value.parse().map_err(|_| usage())?,
            "--runs" => options.runs = value.parse().map_err(|_| usage())?,
            "--seed" => options.seed = value.parse().map_err(|_| usage())?,
            "--report" => options.report = Some(value),
            _ => return Err(usage()),
        }
    }
    if options.repo.is_empty() || options.runs == 0 { Err(usage()) } else { Ok(options) }
}

/// What is known so far, with the commit; written after every run.
fn report(path: &Path, options: &Options<'_>, calm_s: u64, runs: &[Value]) -> Result {
    let commit = sh::capture(sh::program("git").args(["rev-parse", "HEAD"]))?;
    let killed: u64 = runs.iter().filter_map(|run| run["killed"].as_u64()).sum();
    let report = json!({
        "schema": "leadforge/dogfood/1", "commit": commit.trim(), "seed": options.seed,
        "wanted": options.kills, "killed": killed, "calm_seconds": calm_s, "runs": runs,
    });
    let text = serde_json::to_string_pretty(&report).expect("values of JSON are written");
    Ok(std::fs::write(path, text + "\n")?)
}

/// The project's own tools in a virtual environment, pinned; made once.
fn tools(dir: &Path) -> Result<PathBuf> {
    let venv = dir.join("tools");
    let wanted = std::fs::read_to_string(sh::root().join(PLAN).join("tools.txt"))?;
    let stamp = venv.join("installed.txt");
    if std::fs::read_to_string(&stamp).is_ok_and(|have| have == wanted) {
        return Ok(venv);
    }
    std::fs::create_dir_all(dir)?;
    sh::run(sh::program("python3").args(["-m", "venv", "--clear"]).arg(&venv))?;
    let pip = venv.join("bin/pip");
    let list = sh::root().join(PLAN).join("tools.txt");
    sh::run(sh::program(pip).args(["install", "--quiet", "-r"]).arg(list))?;
    std::fs::write(stamp, wanted)?;
    Ok(venv)
}
