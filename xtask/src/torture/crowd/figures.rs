//! What a crowd cost: for each claim, for each task, in all.

use super::super::Tally;
use super::site::Site;
use crate::sh::Result;
use serde_json::{Value, json};
use std::time::Duration;

/// Figures of one crowd.
#[derive(Debug, Default)]
pub(super) struct Figures {
    pub(super) runs: usize,
    /// Seconds of the CPU that runs used.
    pub(super) run_cpu: f64,
    /// Seconds of the CPU in all.
    pub(super) cpu: f64,
    pub(super) wall: Duration,
    /// What the workers told, a record for each task.
    pub(super) tasks: Vec<Value>,
}

impl Figures {
    /// Reads what the workers told.
    pub(super) fn read(&mut self, site: &Site) -> Result {
        for entry in std::fs::read_dir(site.root.join("told"))? {
            let text = std::fs::read_to_string(entry?.path())?;
            self.tasks.extend(text.lines().filter_map(|line| serde_json::from_str(line).ok()));
        }
        Ok(())
    }

    /// Puts the figures among the facts, those of the last crowd.
    pub(super) fn tell(&self, tasks: usize, tally: &mut Tally) {
        let mut fact = |name: &str, value: Value| drop(tally.facts.insert(name.to_owned(), value));
        for step in ["claim", "commit", "done"] {
            let mut wall: Vec<f64> =
                self.tasks.iter().filter_map(|task| task[step][0].as_f64()).collect();
            wall.sort_by(f64::total_cmp);
            let cpu: f64 = self.tasks.iter().filter_map(|task| task[step][1].as_f64()).sum();
            let at = |part: f64| {
                let place = (wall.len() as f64 * part) as usize;
                ms(wall.get(place.min(wall.len().saturating_sub(1))).copied().unwrap_or(0.0))
            };
            let mean = ms(cpu / wall.len().max(1) as f64);
            let all = json!({"CPU ms": mean, "median ms": at(0.5), "99 % ms": at(0.99), "worst ms": at(1.0)});
            fact(&format!("a {step}"), all);
        }
        fact("tasks", tasks.into());
        fact("runs", self.runs.into());
        fact("CPU ms of runs, a task", ms(self.run_cpu / tasks.max(1) as f64).into());
        fact("CPU ms in all, a task", ms(self.cpu / tasks.max(1) as f64).into());
        fact("wall seconds", self.wall.as_secs().into());
    }
}

fn ms(seconds: f64) -> f64 {
    (seconds * 10_000.0).round() / 10.0
}
