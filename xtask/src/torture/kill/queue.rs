//! One round: agents use one queue at once, and most of their commands are killed.

use super::{Bench, Rng, Tally};
use crate::sh::Result;
use crate::torture::crew::{Agent, Crew, Fate};
use std::path::Path;
use std::thread;

/// Agents at once.
const AGENTS: u64 = 3;

/// Commands of each before the check.
const ACTS: u64 = 14;

/// The latest moment of a kill, in hundredths of the time that a command takes.
const LATEST: u64 = 110;

pub(super) fn round(
    bench: &Bench,
    dir: &Path,
    number: u64,
    rng: &mut Rng,
    tally: &mut Tally,
) -> Result {
    let crew = Crew::new(bench, dir)?;
    let work = |mut rng: Rng, name: String| -> Result<u64> {
        let (mut agent, mut kills) = (Agent::new(&crew, &name), 0);
        for _ in 0..ACTS {
            let moment = u32::try_from(rng.below(LATEST)).expect("it is below the latest");
            let fate = if rng.below(4) == 0 { Fate::Live } else { Fate::Kill(moment) };
            kills += u64::from(agent.act(&mut rng, fate)?);
        }
        Ok(kills)
    };
    let kills = thread::scope(|scope| {
        let agents = (0..AGENTS).map(|n| (rng.fork(), format!("a{n}")));
        let agents: Vec<_> = agents.map(|(rng, name)| scope.spawn(|| work(rng, name))).collect();
        let ends = agents.into_iter().map(|agent| agent.join().expect("no agent panics"));
        ends.sum::<Result<u64>>()
    })?;
    let found = crew.check()?;
    let promised = crew.promised();
    tally.cases += kills;
    tally.count("queue: commands killed", kills);
    tally.count("queue: commands acknowledged", promised.answers);
    tally.count("queue: definitions", promised.defined.len() as u64);
    tally.count("queue: claims", promised.tokens.len() as u64);
    tally.count("queue: completions", promised.done.len() as u64);
    tally.count("queue: leftovers swept", found.cleaned);
    tally.count("checks", 1);
    for problem in found.problems {
        let again = format!("--seed {} --from {number} --cases 1", bench.seed);
        tally.broken(again, format!("queue: {problem}"));
    }
    Ok(())
}
