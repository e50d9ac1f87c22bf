//! The run of one history: jobs, how each of their attempts turns out, and how many run at once.

use std::fmt;

use leadforge_agent_dispatch::Job;

use super::super::rng::Rng;

/// A job, and how its attempts turn out: a function of the round and the slot, and of nothing else.
#[derive(Clone, Debug)]
pub(crate) struct Nature {
    pub(super) after: Vec<usize>,
    pub(super) overlaps: Vec<usize>,
    pub(super) slots: u8,
    pub(super) tries: u8,
    /// Bit `round * 3 + slot`: red in its own verification.
    red: u16,
    /// The first rounds, which conflict when they land.
    conflicts: u8,
    scores: u16,
}

/// The whole run.
#[derive(Clone, Debug)]
pub(crate) struct Setup {
    pub(super) jobs: Vec<Nature>,
    pub(super) workers: usize,
    /// Decides what a power cut leaves of the journal.
    pub(super) disk: u64,
}

impl Nature {
    fn bit(bits: u16, round: u8, slot: u8) -> bool {
        bits >> ((u16::from(round) * 3 + u16::from(slot)) % 16) & 1 == 1
    }

    /// Why an attempt is red, if it is.
    pub(super) fn red(&self, round: u8, slot: u8) -> Option<String> {
        Self::bit(self.red, round, slot).then(|| format!("red {round}.{slot}"))
    }

    /// What a verified attempt is compared by.
    pub(super) fn score(&self, round: u8, slot: u8) -> u64 {
        u64::from(Self::bit(self.scores, round, slot))
    }

    /// Why the gate sends a round back, if it does.
    pub(super) fn conflict(&self, round: u8) -> Option<String> {
        (round <= self.conflicts).then(|| format!("conflict {round}"))
    }
}

impl Setup {
    pub(super) fn draw(rng: &mut Rng) -> Self {
        let count = 1 + rng.below(7);
        let nature = |at: usize, rng: &mut Rng| Nature {
            after: (0..at).filter(|_| rng.once_in(5)).collect(),
            overlaps: (0..at).filter(|_| rng.once_in(4)).collect(),
            slots: rng.pick(&[1, 1, 2, 3]),
            tries: rng.pick(&[1, 2, 2, 3]),
            red: rng.pick(&[0, 0xffff, 0xffff, 0xffff]) & low(rng) & low(rng),
            conflicts: rng.pick(&[0, 0, 0, 1, 2]),
            scores: low(rng),
        };
        let jobs = (0..usize::try_from(count).expect("few")).map(|at| nature(at, rng)).collect();
        Self { jobs, workers: 1 + usize::from(rng.small(3)), disk: rng.next() }
    }

    /// The jobs as the queue gives them, in landing order.
    pub(super) fn jobs(&self) -> Vec<Job> {
        let ids = |list: &[usize]| list.iter().map(|at| name(*at)).collect();
        let jobs = self.jobs.iter().enumerate();
        jobs.map(|(at, nature)| Job {
            id: name(at),
            title: format!("Do {at}"),
            attempts: nature.slots,
            tries: nature.tries,
            after: ids(&nature.after),
            overlaps: ids(&nature.overlaps),
            ..Job::default()
        })
        .collect()
    }

    /// Plainer runs.
    pub(super) fn smaller(&self) -> Vec<Self> {
        let mut all = Vec::new();
        let mut with = |change: &dyn Fn(&mut Self)| {
            let mut setup = self.clone();
            change(&mut setup);
            all.push(setup);
        };
        if self.jobs.len() > 1 {
            with(&|s| s.jobs.truncate(s.jobs.len() - 1));
        }
        if self.workers > 1 {
            with(&|s| s.workers = 1);
        }
        for at in 0..self.jobs.len() {
            with(&|s| s.jobs[at].after.clear());
            with(&|s| s.jobs[at].overlaps.clear());
            with(&|s| s.jobs[at].slots = 1);
            with(&|s| s.jobs[at].slots = s.jobs[at].slots.min(2));
            with(&|s| s.jobs[at].tries = 1);
            with(&|s| s.jobs[at].tries = s.jobs[at].tries.min(2));
            with(&|s| s.jobs[at].red = 0);
            with(&|s| s.jobs[at].conflicts = 0);
            with(&|s| s.jobs[at].scores = 0);
        }
        all.retain(|setup| setup.to_string() != self.to_string());
        all
    }
}

/// Sixteen bits.
fn low(rng: &mut Rng) -> u16 {
    u16::try_from(rng.below(1 << 16)).expect("sixteen bits")
}

/// The id of a job.
pub(super) fn name(job: usize) -> String {
    format!("j{job}")
}

impl fmt::Display for Setup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} workers", self.workers)?;
        for (at, job) in self.jobs.iter().enumerate() {
            write!(f, "; j{at}: {} slots, {} tries", job.slots, job.tries)?;
            let ids =
                |list: &[usize]| list.iter().map(|at| name(*at)).collect::<Vec<_>>().join(" ");
            if !job.after.is_empty() {
                write!(f, ", after {}", ids(&job.after))?;
            }
            if !job.overlaps.is_empty() {
                write!(f, ", overlaps {}", ids(&job.overlaps))?;
            }
            let places =
                (1..=job.tries).flat_map(|round| (1..=job.slots).map(move |slot| (round, slot)));
            let red: Vec<String> =
                places.filter_map(|(round, slot)| job.red(round, slot)).collect();
            if !red.is_empty() {
                write!(f, ", {}", red.join(", "))?;
            }
            if job.conflicts > 0 {
                write!(f, ", rounds up to {} conflict", job.conflicts)?;
            }
            if job.scores > 0 {
                write!(f, ", scores {:b}", job.scores)?;
            }
        }
        Ok(())
    }
}
