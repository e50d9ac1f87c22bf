//! Seeded histories of the queue's leases and of a run's order, each compared with a small model.
//!
//! The cores are state machines: what happens and what time it is go in, commands come out. Here a world of simulated
//! machines, clocks, disks and a modelled git carries the commands out badly: late, twice, in another order, half, or
//! done and reported as failed, while processes are killed, power is cut and the lease database is lost. Everything is
//! drawn from `(seed, history)`, so that every failure is met again, and it shrinks to the shortest history.
//!
//! **What a history is.** A drawn world and 40 to some 350 operations, each of them something that somebody does or
//! that goes wrong. The model is asked at every one of them. At the end the faults stop, and what can be done must get
//! done.
//!
//! **`leases`**: up to five tasks and four workers on one or two machines, on the in-memory `Backend`, which decides by
//! the same rules and keeps the same ceiling of epochs as the one on SQLite. The model is a list of open grants. A
//! claim must get exactly the slot that the list says is due, or nothing; a beat and an ending are taken exactly as
//! long as the grant is open; no epoch is given twice while its database lives; a task is completed once; quotas,
//! limits at once, scopes, priorities and tries hold; and nobody starves when the faults stop.
//!
//! **`order`**: a run of up to seven jobs, with the order machine, the recovery, the marks on branches, the journal on
//! the simulated disk and leases as they are, and what carries the commands out cut into steps that last. A kill comes
//! between any two. The model is the same run with one worker and without a fault: the bases, the reasons told to the
//! next try, the order of landing and the tree at the end must be the same. Where somebody worked by hand or took a
//! task, the same jobs must be landed, each once, after what it waits for.
//!
//! **What is not here**: git is a map of refs that changes by compare-and-swap and is durable at once, verification is
//! a bit that was drawn, SQLite is a list of transactions of which power takes the last that were not synced, and
//! everything runs on one thread. Real git, real SQLite, processes and file systems are what `cargo xtask torture`
//! hurts in its other parts. A command of the order machine reaches it by a channel within one process, so its events
//! come in any order, but not twice: what comes twice there is a whole session.

mod leases;
mod order;
mod rng;
mod shrink;
mod tale;

use std::collections::BTreeMap;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rng::Rng;
use tale::Tale;

/// A promise that a history broke.
#[derive(Clone, Debug)]
struct Broken {
    /// The operation at which it was seen.
    at: usize,
    /// The promise; shrinking keeps to it.
    promise: &'static str,
    /// What was seen.
    what: String,
}

/// A world that plays histories.
trait Sim {
    const NAME: &'static str;
    type Setup: Clone + fmt::Display;
    type Op: Clone + fmt::Debug;

    /// Draws a world and what happens in it.
    fn draw(rng: &mut Rng) -> (Self::Setup, Vec<Self::Op>);

    /// Plays a history, comparing each step with the model.
    fn play(setup: &Self::Setup, ops: &[Self::Op], tale: &mut Tale) -> Result<(), Broken>;

    /// Plainer worlds to try when shrinking.
    fn smaller(setup: &Self::Setup) -> Vec<Self::Setup>;

    /// Plainer operations to try in the place of one.
    fn plainer(op: &Self::Op) -> Vec<Self::Op>;
}

/// Plays a history; a panic of the code under test is a broken promise too.
fn play<S: Sim>(setup: &S::Setup, ops: &[S::Op], tale: &mut Tale) -> Result<(), Broken> {
    catch_unwind(AssertUnwindSafe(|| S::play(setup, ops, tale))).unwrap_or_else(|panic| {
        let what = panic.downcast_ref::<String>().cloned();
        let what = what.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        let (at, promise) = (usize::MAX, "nothing panics");
        Err(Broken { at, promise, what: what.unwrap_or_default() })
    })
}

/// What a number of histories came to.
#[derive(Debug, Default)]
pub struct Report {
    /// Histories played.
    pub histories: u64,
    /// Operations in them.
    pub steps: u64,
    /// How long the histories were, how much went wrong in each, and how much got done before the calm at its end.
    pub sizes: Sizes,
    /// What was exercised, and how often.
    pub counts: BTreeMap<&'static str, u64>,
    /// The broken promises: where to find each again, and its shortest history.
    pub violations: Vec<Violation>,
}

/// What each history held, to tell deep ones from many.
#[derive(Debug, Default)]
pub struct Sizes {
    /// Operations.
    pub steps: Vec<u32>,
    /// Crashes, delays, duplicates, losses and jumps of clocks that took effect.
    pub faults: Vec<u32>,
    /// Completions and landings among them.
    pub done: Vec<u32>,
}

/// A broken promise with its shortest history.
#[derive(Debug)]
pub struct Violation {
    /// The number of the history under this seed.
    pub history: u64,
    /// The promise.
    pub promise: &'static str,
    /// Operations before and after shrinking.
    pub steps: (usize, usize),
    /// The shortest history, a line each, and what was seen at its end.
    pub story: Vec<String>,
}

/// The worlds, by name.
pub const WORLDS: [&str; 2] = [leases::Leases::NAME, order::Order::NAME];

impl Report {
    /// Plays one history of a world.
    ///
    /// # Panics
    /// When there is no such world.
    pub fn play(&mut self, world: &str, seed: u64, history: u64) {
        match world {
            leases::Leases::NAME => self.play_one::<leases::Leases>(seed, history),
            order::Order::NAME => self.play_one::<order::Order>(seed, history),
            _ => panic!("no world {world}: {WORLDS:?}"),
        }
    }

    fn play_one<S: Sim>(&mut self, seed: u64, history: u64) {
        let (setup, ops) = S::draw(&mut Rng::new(seed, history));
        let mut tale = Tale::default();
        let played = play::<S>(&setup, &ops, &mut tale);
        self.histories += 1;
        self.steps += ops.len() as u64;
        let (faults, done) = tale.weight();
        self.sizes.steps.push(u32::try_from(ops.len()).expect("a history is short"));
        self.sizes.faults.push(faults);
        self.sizes.done.push(done);
        for (what, times) in tale.counts() {
            *self.counts.entry(what).or_default() += times;
        }
        let Err(broken) = played else { return };
        let long = ops.len();
        let short = shrink::shrink::<S>(setup, ops, broken);
        let mut told = Tale::told();
        let _ = play::<S>(&short.setup, &short.ops, &mut told);
        let mut story = vec![short.setup.to_string()];
        story.extend(told.story());
        story.push(format!("BROKEN {}: {}", short.broken.promise, short.broken.what));
        let (promise, steps) = (short.broken.promise, (long, short.ops.len()));
        self.violations.push(Violation { history, promise, steps, story });
    }
}
