//! Kills of a run at random moments, and what came of it.

use super::world::World;
use crate::sh::{self, Fail, Result};
use crate::torture::Rng;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// What happened to one run.
#[derive(Debug, Default)]
pub(super) struct Story {
    /// Kills that met a living process.
    pub(super) killed: u32,
    /// Processes of git that were killed with it.
    gits: u32,
    /// Sessions that ended well before their kill: everything was done.
    done: u32,
    /// Sessions that ended otherwise, with their last words.
    ended: Vec<String>,
    /// Completed tasks after each kill.
    completed: Vec<usize>,
    /// Unfinished work that was saved.
    rescued: usize,
    took: Duration,
}

/// Starts the job, kills it at random moments, and lets the last session go to the end.
pub(super) fn run(world: &World, kills: u32, mut rng: Rng, calm: Duration) -> Result<Story> {
    let begun = Instant::now();
    let mut story = Story::default();
    let log = world.clone.with_extension("log");
    while story.killed < kills && story.done == 0 && story.ended.len() < 10 {
        let after = moment(&mut rng, calm);
        let with_git = rng.below(4) == 0;
        let errors = std::fs::File::create(&log)?;
        let mut child = world.job().stdout(Stdio::null()).stderr(errors).spawn()?;
        std::thread::sleep(after);
        let ended = child.try_wait()?;
        // SIGKILL: no handler, no clean-up.
        child.kill()?;
        child.wait()?;
        match ended {
            None => {
                story.killed += 1;
                if with_git {
                    story.gits += kill_gits(&world.clone)?;
                }
                story.completed.push(world.completed()?.len());
            }
            Some(status) if status.success() => story.done += 1,
            Some(status) => {
                let text = std::fs::read_to_string(&log).unwrap_or_default();
                let after = after.as_millis();
                story.ended.push(format!("within {after} ms: {status}: {}", text.trim()));
            }
        }
    }
    world.run_to_the_end()?;
    story.rescued = world.git(&["for-each-ref", "refs/leadforge/rescue/"])?.lines().count();
    story.took = begun.elapsed();
    Ok(story)
}

/// One kill in three meets the beginning of a session, where the one before it is cleaned up after.
fn moment(rng: &mut Rng, calm: Duration) -> Duration {
    let longest = match rng.below(3) {
        0 => 1_500,
        _ => (calm.as_millis() / 8).clamp(1_000, 20_000),
    };
    Duration::from_millis(rng.below(u64::try_from(longest).unwrap_or(60_000)))
}

/// Kills every git that works in the clone, as a machine without memory does; gives how many.
fn kill_gits(clone: &Path) -> Result<u32> {
    let mut killed = 0;
    for entry in std::fs::read_dir("/proc")?.flatten() {
        let name = std::fs::read_to_string(entry.path().join("comm")).unwrap_or_default();
        let at = std::fs::read_link(entry.path().join("cwd")).unwrap_or_default();
        if name.starts_with("git") && at.starts_with(clone) {
            let pid = entry.file_name();
            let mut kill = sh::program("kill");
            let sent = kill.arg("-KILL").arg(pid).stderr(Stdio::null()).status()?;
            killed += u32::from(sent.success());
        }
    }
    Ok(killed)
}

impl Story {
    /// Nothing is lost, nothing is left, everything is as without kills.
    pub(super) fn verdict(&self, world: &World, calm: &World) -> Result {
        world.check()?;
        world.same_as(calm)?;
        match self.ended.as_slice() {
            [] => Ok(()),
            ended => Err(Fail::gate(format!("sessions ended by themselves: {ended:?}"))),
        }
    }

    pub(super) fn json(&self, run: u32, wrong: Option<String>) -> Value {
        json!({
            "run": run, "killed": self.killed, "git_killed": self.gits, "ended_by_themselves": self.ended,
            "completed_after_each_kill": self.completed, "work_rescued": self.rescued,
            "seconds": self.took.as_secs(), "wrong": wrong,
        })
    }
}

impl std::fmt::Display for Story {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} kills, {} git killed with them, {} sessions ended by themselves, {} pieces of work saved, completed after each kill {:?}, {} s",
            self.killed,
            self.gits,
            self.ended.len(),
            self.rescued,
            self.completed,
            self.took.as_secs()
        )
    }
}
