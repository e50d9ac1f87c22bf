//! `dogfood`: the main job on a clone of another repository, with its own tools, killed and taken up again if asked.

mod kills;
mod world;

use crate::setup;
use crate::sh::{self, Fail, Result};
use crate::torture::Rng;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
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
    /// How many runs go at once.
    lanes: u32,
    /// The unkilled run of an earlier call is still there, and took so many seconds.
    calm: Option<u64>,
}

pub(crate) fn main(args: &[&str]) -> Result {
    let options = parse(args)?;
    setup::ensure("forge")?;
    let mut build = sh::cargo();
    sh::run(build.args(["build", "--locked", "-p", "lead-forge", "-p", "lead-queue"]))?;
    let dir = sh::scratch("dogfood");
    let tools = tools(&dir)?;
    let folder = dir.join("calm");
    let (calm, took) = match options.calm {
        Some(seconds) => (World::open(&folder)?, Duration::from_secs(seconds)),
        None => {
            let calm = World::prepare(options.repo, &folder, &tools)?;
            let started = Instant::now();
            calm.run_to_the_end()?;
            (calm, started.elapsed())
        }
    };
    calm.check()?;
    println!("dogfood: {} tasks completed in {:.1} s", calm.completed()?.len(), took.as_secs_f64());
    println!("dossier: {}", calm.dossier().display());
    if options.kills == 0 { Ok(()) } else { killed(&options, &dir, &tools, &calm, took) }
}

/// Runs with kills, each compared with the one without.
fn killed(options: &Options<'_>, dir: &Path, tools: &Path, calm: &World, took: Duration) -> Result {
    let next = AtomicU32::new(0);
    let told = Mutex::new(Vec::new());
    let lane = || -> Result {
        loop {
            let run = next.fetch_add(1, Ordering::Relaxed);
            if run >= options.runs {
                return Ok(());
            }
            // The first runs take what cannot be shared out evenly.
            let share = options.kills / options.runs;
            let share = share + u32::from(run < options.kills % options.runs);
            let folder = dir.join(format!("killed-{}", run + 1));
            let wild = World::prepare(options.repo, &folder, tools)?;
            let story = kills::run(&wild, share, Rng::new(options.seed).case(run.into()), took)?;
            let wrong = story.verdict(&wild, calm).err().map(|fail| fail.message);
            println!("run {} of {} (seed {}): {story}", run + 1, options.runs, options.seed);
            if wrong.is_none() {
                std::fs::remove_dir_all(&folder)?;
            }
            let mut told = told.lock().expect("no lane panics");
            told.push(story.json(run + 1, wrong));
            if let Some(path) = options.report {
                report(Path::new(path), options, took.as_secs(), &told)?;
            }
        }
    };
    let ends = std::thread::scope(|scope| {
        let lanes: Vec<_> = (0..options.lanes).map(|_| scope.spawn(lane)).collect();
        lanes.into_iter().map(|lane| lane.join()).collect::<Vec<_>>()
    });
    for end in ends {
        end.map_err(|_| Fail { code: 101, message: "a lane panicked".to_owned() })??;
    }
    let told = told.into_inner().expect("no lane panics");
    let killed: u64 = told.iter().filter_map(|run| run["killed"].as_u64()).sum();
    println!("dogfood: killed {killed} times in {} runs (seed {})", told.len(), options.seed);
    let mut wrong: Vec<String> =
        told.iter().filter(|run| !run["wrong"].is_null()).map(ToString::to_string).collect();
    if killed < u64::from(options.kills) {
        wrong.push(format!("{} kills found nothing to kill", u64::from(options.kills) - killed));
    }
    if !wrong.is_empty() {
        return Err(Fail::gate(wrong.join("\n       ")));
    }
    let tasks = calm.completed()?.len();
    println!("dogfood: each run: same tree, same {tasks} completed tasks, nothing left behind");
    Ok(())
}

fn parse<'a>(args: &[&'a str]) -> Result<Options<'a>> {
    let usage = || {
        let flags = "--repo PATH [--kills N [--runs R] [--lanes L] [--calm SECONDS]] [--seed N] [--report FILE]";
        Fail::usage(format!("cargo xtask dogfood {flags}"))
    };
    let mut options =
        Options { repo: "", kills: 0, runs: 1, seed: 1, report: None, lanes: 1, calm: None };
    let mut rest = args.iter();
    while let Some(flag) = rest.next() {
        let value = rest.next().ok_or_else(usage)?;
        match *flag {
            "--repo" => options.repo = value,
            "--kills" => options.kills = value.parse().map_err(|_| usage())?,
            "--runs" => options.runs = value.parse().map_err(|_| usage())?,
            "--seed" => options.seed = value.parse().map_err(|_| usage())?,
            "--lanes" => options.lanes = value.parse().map_err(|_| usage())?,
            "--calm" => options.calm = Some(value.parse().map_err(|_| usage())?),
            "--report" => options.report = Some(value),
            _ => return Err(usage()),
        }
    }
    if options.repo.is_empty() || options.runs == 0 || options.lanes == 0 {
        Err(usage())
    } else {
        Ok(options)
    }
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
