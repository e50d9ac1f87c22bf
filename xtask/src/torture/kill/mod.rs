//! SIGKILL at random moments: writers that share a folder or a log, commands that share a queue.
//!
//! A case is one process that was killed once, with the check of what it left. A round is one
//! folder with a few generations of writers, or one queue with a few agents, and draws everything from its number; the moments are
//! the clock's, so that the same round meets other moments when it runs again.

mod queue;
mod writers;

use super::{Bench, Part, Rng, Tally, lanes};
use crate::sh::Result;

pub(super) const PART: Part = Part {
    name: "kill",
    about: "writers and commands are killed at random moments",
    share: 3,
    full: 9_800,
    mounts: false,
    sabotages: &["fixed-temporary"],
    run,
};

/// Rounds at once; each waits for its disk and for its next moment most of the time.
const LANES: usize = 8;

fn run(bench: &Bench) -> Result<Tally> {
    lanes::run(bench, LANES, |number, rng, tally| round(bench, number, rng, tally))
}

fn round(bench: &Bench, number: u64, rng: &mut Rng, tally: &mut Tally) -> Result {
    // Where syncs take no time more of the other calls are met; a kill loses nothing in memory.
    let place = if rng.below(4) == 0 { &bench.scratch } else { &bench.memory };
    let dir = place.join(format!("kill-{number}"));
    match rng.below(2) {
        0 if !bench.sabotaged => queue::round(bench, &dir, number, rng, tally),
        _ => writers::round(bench, &dir, number, rng, tally),
    }?;
    Ok(std::fs::remove_dir_all(&dir)?)
}
