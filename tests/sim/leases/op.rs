//! What can happen in a history of leases; every operation makes sense in every state, so that any may be taken away.

use super::super::rng::Rng;
use super::setup::{MINUTE, Setup};

/// How a command is carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// As it should be.
    Well,
    /// Not at all, and reported as failed.
    Not,
    /// Done, and reported as failed: the caller knows nothing of it.
    Unheard,
    /// Now, and a second time whenever it is delivered again.
    Twice,
    /// Some time later, with the time of now when `stale`.
    Later { stale: bool },
}

/// How work ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Landed, then settled; a crash may come after so many of the three steps.
    Land {
        cut: u8,
    },
    Failed,
    Returned,
}

/// One thing that happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    /// Time goes by for everybody.
    Pass {
        ms: u64,
    },
    /// Somebody sets the clock of a machine.
    Jump {
        machine: u8,
        days: i16,
    },
    /// The clock of a machine runs this many times too fast.
    Rate {
        machine: u8,
        times: u8,
    },
    Claim {
        worker: u8,
        task: Option<u8>,
        fate: Fate,
    },
    /// The worker makes the branch of its lease and works.
    Branch {
        worker: u8,
        token: u8,
    },
    /// The lease is brought by the worker, or by somebody else somewhere else.
    Beat {
        worker: u8,
        token: u8,
        host: Option<u8>,
        fate: Fate,
    },
    /// `token` counts from the newest lease that the worker was told of, over ones long void.
    End {
        worker: u8,
        token: u8,
        host: Option<u8>,
        end: End,
        fate: Fate,
    },
    /// A delayed command arrives.
    Deliver {
        message: u8,
    },
    /// The worker's process is killed.
    Die {
        worker: u8,
    },
    /// A new process takes its place.
    Start {
        worker: u8,
    },
    Reap {
        host: u8,
    },
    /// A person lets a task be tried again.
    Release {
        host: u8,
        task: u8,
    },
    /// A machine loses power; a local database forgets up to so many of its last transactions.
    Power {
        machine: u8,
        lost: u8,
    },
    /// The lease database is gone.
    Lose,
}

const DAYS: [i16; 8] = [-400, 400, -400, 400, -1, 1, -30, 30];

impl Op {
    pub(super) fn draw(setup: &Setup, rng: &mut Rng) -> Self {
        let few = |n: usize| u8::try_from(n).expect("few");
        let (hosts, tasks) = (few(setup.hosts.len()), few(setup.tasks.len()));
        let worker = rng.small(few(setup.workers.len()));
        // Mostly the newest lease, often an old one.
        let token = rng.pick(&[0, 0, 0, 1, 2, 3]);
        let fate = rng.weighted(&[
            (12, Fate::Well),
            (1, Fate::Not),
            (1, Fate::Unheard),
            (1, Fate::Twice),
            (1, Fate::Later { stale: true }),
            (1, Fate::Later { stale: false }),
        ]);
        let machine = rng.small(2);
        let host = rng.once_in(6).then(|| rng.small(hosts));
        match rng.below(100) {
            0..28 => Self::Claim { worker, task: rng.once_in(4).then(|| rng.small(tasks)), fate },
            28..32 => Self::Branch { worker, token },
            32..42 => Self::Beat { worker, token, host, fate },
            42..66 => {
                let land = End::Land { cut: rng.pick(&[3, 3, 3, 0, 1, 2]) };
                let end = rng.pick(&[land, land, End::Failed, End::Returned]);
                Self::End { worker, token, host, end, fate }
            }
            66..76 => Self::Pass {
                ms: rng.pick(&[1, 1_000, MINUTE, 3 * MINUTE, 10 * MINUTE + 1, 61 * MINUTE]),
            },
            76..82 => Self::Deliver { message: rng.small(4) },
            82..86 => Self::Die { worker },
            86..90 => Self::Start { worker },
            90..92 => Self::Reap { host: rng.small(hosts) },
            92..94 => Self::Release { host: rng.small(hosts), task: rng.small(tasks) },
            94..96 => Self::Jump { machine, days: rng.pick(&DAYS) },
            96 => Self::Rate { machine, times: rng.pick(&[1, 60]) },
            97..99 => Self::Power { machine, lost: rng.small(4) },
            _ => Self::Lose,
        }
    }

    /// The same with less in it.
    pub(super) fn plainer(self) -> Vec<Self> {
        let fates = |fate: Fate| if fate == Fate::Well { &[][..] } else { &[Fate::Well] };
        match self {
            Self::Claim { worker, task, fate } => {
                let mut all: Vec<Self> = fates(fate)
                    .iter()
                    .map(|fate| Self::Claim { worker, task, fate: *fate })
                    .collect();
                if task.is_some() {
                    all.push(Self::Claim { worker, task: None, fate });
                }
                all
            }
            Self::Beat { worker, token, host, fate } => {
                let with = |fate: &Fate| Self::Beat { worker, token, host, fate: *fate };
                let mut all: Vec<Self> = fates(fate).iter().map(with).collect();
                if host.is_some() {
                    all.push(Self::Beat { worker, token, host: None, fate });
                }
                all
            }
            Self::End { worker, token, host, end, fate } => {
                let with = |fate: &Fate| Self::End { worker, token, host, end, fate: *fate };
                let mut all: Vec<Self> = fates(fate).iter().map(with).collect();
                if host.is_some() {
                    all.push(Self::End { worker, token, host: None, end, fate });
                }
                if !matches!(end, End::Land { cut: 3 } | End::Failed | End::Returned) {
                    let end = End::Land { cut: 3 };
                    all.push(Self::End { worker, token, host, end, fate });
                }
                all
            }
            Self::Power { machine, lost } if lost > 0 => vec![Self::Power { machine, lost: 0 }],
            _ => Vec::new(),
        }
    }
}
