//! SIGKILL at random moments: writers that share a folder or a log.
//!
//! A case is one process that was killed once, with the check of what it left. A round is one
//! folder with a few generations of writers, and draws everything from its number; the moments are
//! the clock's, so that the same round meets other moments when it runs again.

mod writers;

use super::{Bench, Part, Rng, Tally, lanes};
use crate::sh::Result;

pub(super) const PART: Part = Part {
    name: "kill",
    about: "writers and commands are killed at random moments",
    share: 3,
    run,
};

/// Rounds at once; each waits for its disk and for its next moment most of the time.
const LANES: usize = 8;

fn run(bench: &Bench) -> Result<Tally> {
    lanes::run(bench, LANES, |number, rng, tally| round(bench, number, rng, tally))
}

fn round(bench: &Bench, number: u64, rng: &mut Rng, tally: &mut Tally) -> Result {
    writers::round(bench, number, rng, tally)
}
