//! Many processes at one repository: each claims, works in a worktree of its own, commits and says
//! that it is done, while runs verify and land what is finished. Nothing twice, nothing lost, and
//! nobody is shown a lock.

mod check;
mod figures;
mod site;
mod worker;

use super::{Bench, Part, Rng, Tally};
use crate::sh::{self, Fail, Result};
use figures::Figures;
use site::Site;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
pub(super) use worker::main as worker;

pub(super) const PART: Part = Part {
    name: "crowd",
    about: "64 processes, 1,000 tasks: claim, worktree, commit, verify, complete",
    share: 6,
    full: 1,
    mounts: false,
    sabotages: &["forgotten-leases"],
    run,
};

/// No crowd takes longer than this, on any machine.
const LONGEST: Duration = Duration::from_secs(2 * 3600);

/// With less time than this a small crowd is let loose.
const ENOUGH: Duration = Duration::from_secs(600);

/// How many processes at how many tasks.
#[derive(Clone, Copy, Debug)]
struct Size {
    workers: usize,
    tasks: usize,
    /// What on the command line asks for this size again.
    flags: &'static str,
}

fn run(bench: &Bench) -> Result<Tally> {
    let enough = bench.until.saturating_duration_since(Instant::now()) >= ENOUGH;
    let size = match enough {
        true => Size { workers: 64, tasks: 1_000, flags: "" },
        false => Size { workers: 8, tasks: 24, flags: " --minutes 1" },
    };
    let mut tally = Tally::default();
    while bench.goes_on(tally.cases) {
        let number = bench.from + tally.cases;
        case(bench, size, &mut Rng::new(bench.seed).case(number), number, &mut tally)?;
        tally.cases += 1;
    }
    Ok(tally)
}

/// One crowd from an empty repository to the last completion.
fn case(bench: &Bench, size: Size, rng: &mut Rng, number: u64, tally: &mut Tally) -> Result {
    let site = Site::make(bench, size.tasks)?;
    let (begun, cpu_before) = (Instant::now(), sh::cpu_seconds());
    let mut workers = Workers(Vec::new());
    for worker in 0..size.workers {
        workers.0.push(start(&site, worker, rng.next())?);
    }
    let again = format!("--seed {} --from {number} --cases 1{}", bench.seed, size.flags);
    let mut figures = Figures::default();
    // Runs come and go while the others work; then they go on until there is nothing more to land.
    let mut idle = 0;
    while idle < 2 {
        if begun.elapsed() > LONGEST {
            return Err(Fail::gate(format!("the crowd has no end; again: {again}")));
        }
        let working = workers.0.iter_mut().any(|child| matches!(child.try_wait(), Ok(None)));
        let before = site.completed()?.len();
        let wait = if working { 500 } else { 0 };
        std::thread::sleep(Duration::from_millis(wait));
        let cpu = sh::cpu_seconds();
        site.run_once(size.workers.min(8))?;
        figures.runs += 1;
        // Workers are waited for below, so that only the run's own time is in between.
        figures.run_cpu += sh::cpu_seconds() - cpu;
        let landed = site.completed()?.len();
        idle = if working || landed > before { 0 } else { idle + 1 };
        if landed == size.tasks && !working {
            break;
        }
    }
    for child in &mut workers.0 {
        let status = child.wait()?;
        if !status.success() {
            tally.broken(&again, format!("a worker ended by itself: {status}"));
        }
    }
    figures.cpu = sh::cpu_seconds() - cpu_before;
    figures.wall = begun.elapsed();
    figures.read(&site)?;
    figures.tell(size.tasks, tally);
    for what in check::all(&site, size.tasks, &figures)? {
        tally.broken(&again, what);
    }
    Ok(())
}

/// The workers of a crowd; they end with this.
struct Workers(Vec<Child>);

impl Drop for Workers {
    fn drop(&mut self) {
        for child in &mut self.0 {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// A worker is a process of its own, this program again, which starts the tools as an agent would.
fn start(site: &Site, worker: usize, seed: u64) -> Result<Child> {
    let mut command = Command::new(std::env::current_exe()?);
    let errors = std::fs::File::create(site.said(&format!("worker-{worker}")))?;
    command
        .args(["torture", "crowd-worker"])
        .args([&site.bins, &site.root])
        .args([worker.to_string(), seed.to_string()])
        .stdin(Stdio::null())
        .stdout(std::fs::File::create(site.told(worker))?)
        .stderr(errors);
    Ok(command.spawn()?)
}
