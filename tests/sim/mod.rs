//! Seeded histories of the queue's leases and of a run's order, each compared with a small model.
//!
//! The cores are state machines: what happens and what time it is go in, commands come out. Here a world of simulated
//! machines, clocks, disks and a modelled git carries the commands out badly: late, twice, in another order, half, or
//! done and reported as failed, while processes are killed, power is cut and the lease database is lost. Everything is
//! drawn from `(seed, history)`, so that every failure is met again, and it shrinks to the shortest history.

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
    /// What was exercised, and how often.
    pub counts: BTreeMap<&'static str, u64>,
    /// The broken promises: where to find each again, and its shortest history.
    pub violations: Vec<Violation>,
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
