//! The world of one run: its order machine, its journal and its recovery, against the run that nothing disturbed.
//!
//! A session is killed or loses its power between any two lasting steps, its disk is full or stops at any operation
//! of the journal, a change of refs fails, or is done and reported as failed, leases expire, the lease database is
//! deleted, and people claim tasks, finish them in time or too late, or give them back.

mod git;
mod host;
mod op;
mod session;
mod setup;
mod work;
mod world;

use super::rng::Rng;
use super::tale::Tale;
use super::{Broken, Sim};
use op::Op;
use setup::Setup;
use world::World;

/// Histories of a run that is killed, cut off and taken up again.
pub(super) struct Order;

impl Sim for Order {
    const NAME: &'static str = "order";
    type Setup = Setup;
    type Op = Op;

    fn draw(rng: &mut Rng) -> (Setup, Vec<Op>) {
        let setup = Setup::draw(rng);
        let length = 40 + rng.below(260);
        // Where nobody interferes and the database stays, the end must be the very same.
        let (by_hand, loses) = (rng.once_in(3), rng.once_in(3));
        let ops = (0..length).map(|_| Op::draw(rng, by_hand));
        (setup, ops.filter(|op| loses || *op != Op::Lose).collect())
    }

    fn play(setup: &Setup, ops: &[Op], tale: &mut Tale) -> Result<(), Broken> {
        let calm =
            World::calm_run(setup).map_err(|(promise, what)| Broken { at: 0, promise, what })?;
        let mut world = World::new(setup, Some(calm), tale);
        let broken = |at: usize| move |(promise, what)| Broken { at, promise, what };
        for (at, op) in ops.iter().enumerate() {
            world.step(*op).map_err(broken(at))?;
        }
        world.finish().map_err(broken(ops.len()))
    }

    fn smaller(setup: &Setup) -> Vec<Setup> {
        setup.smaller()
    }

    fn plainer(op: &Op) -> Vec<Op> {
        op.plainer()
    }
}
