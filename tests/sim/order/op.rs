//! What can happen in a history of a run; every operation makes sense in every state.

use super::super::rng::Rng;

/// How a change of refs goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Not done, and reported as failed.
    Not,
    /// Done, and reported as failed.
    Unheard,
}

/// One thing that happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    /// One of the open commands goes on to its next lasting step; without a session one begins.
    Step { pick: u8 },
    /// The session renews its leases.
    Beat,
    /// Time goes by.
    Pass { ms: u64 },
    /// Somebody sets the clock.
    Jump { days: i16 },
    /// The run is killed.
    Kill,
    /// The power goes: the lease database may forget its last transactions, the journal what was not synced.
    Power { lost: u8 },
    /// The lease database is gone.
    Lose,
    /// The `nth` operation of the journal's disk from here fails.
    Disk { nth: u8, stops: bool },
    /// The next change of refs goes wrong.
    Refs { fate: Fate },
    /// Somebody claims a task by hand.
    HandClaim { task: u8 },
    /// Who did says that it is done, or gives it back.
    HandEnd { done: bool },
}

impl Op {
    pub(super) fn draw(rng: &mut Rng, by_hand: bool) -> Self {
        let end = if by_hand { 116 } else { 100 };
        match rng.below(end) {
            0..84 => Self::Step { pick: rng.small(8) },
            84..86 => Self::Beat,
            86..88 => Self::Pass { ms: rng.pick(&[1, 60_000, 660_000]) },
            88 => Self::Jump { days: rng.pick(&[-400, 400]) },
            89..94 => Self::Kill,
            94..96 => Self::Power { lost: rng.small(4) },
            96 => Self::Lose,
            97..99 => Self::Disk { nth: 1 + rng.small(4), stops: rng.once_in(2) },
            99 => Self::Refs { fate: rng.pick(&[Fate::Not, Fate::Unheard]) },
            100..108 => Self::HandClaim { task: rng.small(8) },
            _ => Self::HandEnd { done: !rng.once_in(4) },
        }
    }

    /// The same with less in it.
    pub(super) fn plainer(self) -> Vec<Self> {
        match self {
            Self::Step { pick } if pick > 0 => vec![Self::Step { pick: 0 }],
            Self::Power { .. } => vec![Self::Kill],
            Self::Disk { stops: true, nth } => vec![Self::Disk { stops: false, nth }],
            _ => Vec::new(),
        }
    }
}
