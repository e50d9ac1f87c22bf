//! One of the crowd: claims, writes a file in its worktree, commits, says that it is done.

use super::site::Site;
use crate::sh::{self, Fail, Result};
use crate::torture::Rng;
use serde_json::{Value, json};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

/// `torture crowd-worker BINS ROOT NUMBER SEED`; a line of JSON for each task goes to standard output.
pub(in crate::torture) fn main(args: &[&str]) -> Result {
    let [bins, root, number, seed] = args else {
        return Err(Fail::usage("crowd-worker BINS ROOT NUMBER SEED"));
    };
    let site = Site::at(Path::new(bins), Path::new(root));
    let mut rng = Rng::new(seed.parse().map_err(|_| Fail::usage("a seed is a number"))?);
    for turn in 0.. {
        if !one(&site, number, turn, &mut rng)? {
            return Ok(());
        }
    }
    Ok(())
}

/// One task from claim to done; false when there is nothing more to claim.
fn one(site: &Site, number: &str, turn: u32, rng: &mut Rng) -> Result<bool> {
    let tree = site.root.join("trees").join(format!("{number}-{turn}"));
    let pid = std::process::id().to_string();
    let agent = format!("w{number}");
    let mut claim = site.tool("lead-queue");
    claim.args(["claim", "--format", "json", "--agent", &agent, "--pid", &pid]);
    let (out, claimed) = timed(claim.arg("--worktree").arg(&tree))?;
    if out.status.code() == Some(1) {
        return Ok(false);
    }
    let told: Value = serde_json::from_slice(&out.stdout).unwrap_or_default();
    let lease = &told["data"]["lease"];
    let (Some(0), Some(task), Some(token)) =
        (out.status.code(), lease["task"].as_str(), lease["token"].as_str())
    else {
        return Err(Fail::gate(format!("claim ended with {}", out.status)));
    };
    // An agent thinks for a moment.
    std::thread::sleep(Duration::from_millis(rng.below(200)));
    std::fs::create_dir_all(tree.join("work"))?;
    std::fs::write(tree.join(format!("work/{task}.txt")), format!("{task}\n"))?;
    let git = |args: &[&str]| {
        let mut git = Command::new("git");
        timed(git.current_dir(&tree).args(args))
    };
    let (add, added) = git(&["add", "-A"])?;
    let (commit, committed) = git(&["commit", "-q", "-m", &format!("Write {task} by {agent}")])?;
    let (done, settled) = timed(site.tool("lead-queue").args(["done", "--quiet", token]))?;
    for (what, out) in [("git add", add), ("git commit", commit), ("done", done)] {
        if !out.status.success() {
            return Err(Fail::gate(format!("{what} for {token} ended with {}", out.status)));
        }
    }
    let figures = json!({
        "task": task, "epoch": lease["epoch"], "worker": number,
        "claim": claimed, "commit": [added[0] + committed[0], added[1] + committed[1]],
        "done": settled,
    });
    println!("{figures}");
    Ok(true)
}

/// Runs a command, passes its errors on, and gives what it took: seconds on the wall, of the CPU.
fn timed(command: &mut Command) -> Result<(Output, [f64; 2])> {
    let (begun, before) = (Instant::now(), sh::cpu_seconds());
    let out = command.output()?;
    let took = [begun.elapsed().as_secs_f64(), sh::cpu_seconds() - before];
    std::io::stderr().write_all(&out.stderr)?;
    Ok((out, took))
}
