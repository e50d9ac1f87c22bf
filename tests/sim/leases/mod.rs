//! The world of leases: many sessions on one queue, against a list of grants.
//!
//! A worker's command is carried out at once, never, twice, later (with the clock of then or of the delivery), or
//! carried out and reported as failed. Workers die and start, machines lose power and with it the last transactions
//! that were not synced, clocks are set and run sixty times too fast, the database is deleted, and old leases are
//! brought back, also from other machines.

mod answers;
mod database;
mod git;
pub(super) mod machines;
mod model;
mod op;
mod setup;
mod world;

use super::rng::Rng;
use super::tale::Tale;
use super::{Broken, Sim};
use op::Op;
use setup::Setup;
use world::World;

/// Histories of claims, beats, endings and everything that goes wrong between.
pub(super) struct Leases;

impl Sim for Leases {
    const NAME: &'static str = "leases";
    type Setup = Setup;
    type Op = Op;

    fn draw(rng: &mut Rng) -> (Setup, Vec<Op>) {
        let setup = Setup::draw(rng);
        let length = 40 + rng.below(320);
        let ops = (0..length).map(|_| Op::draw(&setup, rng)).collect();
        (setup, ops)
    }

    fn play(setup: &Setup, ops: &[Op], tale: &mut Tale) -> Result<(), Broken> {
        let loses = ops.iter().any(|op| matches!(op, Op::Power { lost: 1.., .. }));
        let mut world = World::new(setup, loses, tale);
        let broken = |at: usize| move |(promise, what)| Broken { at, promise, what };
        for (at, op) in ops.iter().enumerate() {
            world.step(*op).map_err(broken(at))?;
        }
        world.calm().map_err(broken(ops.len()))
    }

    fn smaller(setup: &Setup) -> Vec<Setup> {
        setup.smaller()
    }

    fn plainer(op: &Op) -> Vec<Op> {
        op.plainer()
    }
}
