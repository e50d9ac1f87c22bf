//! The order of a run as a pure state machine, so that a killed run, a fast machine and a slow one end in the same tree.
//!
//! Jobs stand in landing order. A job starts once every earlier job that it depends on or overlaps with is
//! settled, and it starts from the tip as it stood right after the last of those: a function of the queue alone.
//! Landing is strictly in order; a try that comes back is repeated on the tip of its own place in that order.

use std::collections::{BTreeMap, BTreeSet};

/// What the machine needs to know of a job; the position in the list is the landing order.
#[derive(Clone, Debug, Default)]
pub struct JobShape {
    /// Earlier jobs that must have landed.
    pub after: Vec<usize>,
    /// Earlier jobs whose scope overlaps: they must be settled, landed or not.
    pub overlaps: Vec<usize>,
    /// Competing attempts a try, at least one.
    pub slots: u8,
    /// How many tries the job has.
    pub tries: u8,
    /// Tries that earlier sessions used up.
    pub used: u8,
    /// Why the last of those came back.
    pub last: Option<String>,
    /// Set when the job cannot run at all, with the reason.
    pub skip: Option<String>,
    /// The commit that landed it, when an earlier session did.
    pub landed: Option<String>,
}

/// How one competing attempt ended, its own verification included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempted {
    /// Verified; of several the lowest score lands, ties by slot.
    Verified {
        /// Lower is better.
        score: u64,
    },
    /// Not verified, for the reason given.
    Failed {
        /// What went wrong, for the next try and for the dossier.
        reason: String,
    },
    /// Somebody else holds the task; it is left alone in this run.
    Held {
        /// Who or what holds it.
        reason: String,
    },
}

/// What the world tells the machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// An attempt ended.
    Attempted {
        /// The job's position.
        job: usize,
        /// The competing slot, from 1.
        slot: u8,
        /// How it ended.
        result: Attempted,
    },
    /// The landing gate accepted the job.
    Landed {
        /// The job's position.
        job: usize,
        /// The new tip.
        commit: String,
    },
    /// The landing gate sent the job back.
    Back {
        /// The job's position.
        job: usize,
        /// Conflict, red, refused.
        reason: String,
    },
    /// The lease or the branch was somebody else's before the landing; the job is left alone in this run, and no try of it is used up.
    Lost {
        /// The job's position.
        job: usize,
        /// What happened.
        reason: String,
    },
}

/// What the machine wants done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Run one attempt.
    Attempt {
        /// The job's position.
        job: usize,
        /// Which try, from 1.
        round: u8,
        /// The competing slot, from 1.
        slot: u8,
        /// The commit to start from.
        base: String,
        /// Why the try before it came back.
        before: Option<String>,
    },
    /// Merge, verify on the tip and land the attempt of this slot.
    Land {
        /// The job's position.
        job: usize,
        /// The chosen slot.
        slot: u8,
        /// The tip to land on.
        tip: String,
    },
    /// The job reached its end in this run.
    Settle {
        /// The job's position.
        job: usize,
        /// How.
        outcome: Settled,
    },
}

/// The end of a job in a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// On the integration branch, at this commit.
    Landed {
        /// The completion commit.
        commit: String,
    },
    /// All tries used.
    Failed {
        /// Of the last try.
        reason: String,
    },
    /// Waits for a job that did not land.
    Blocked {
        /// The position of that job.
        on: usize,
    },
    /// Not started, or held elsewhere.
    Skipped {
        /// Why.
        reason: String,
    },
}

#[derive(Debug)]
enum Phase {
    /// Not begun, or sent back and waiting for its place.
    Waiting,
    /// Slots not yet started, slots running, results so far.
    Trying {
        queued: BTreeSet<u8>,
        running: BTreeSet<u8>,
        base: String,
        results: BTreeMap<u8, Attempted>,
    },
    /// A verified attempt waits for its place.
    Ready {
        slot: u8,
    },
    Landing,
    Settled(Settled),
}

#[derive(Debug)]
struct Job {
    shape: JobShape,
    phase: Phase,
    used: u8,
    last: Option<String>,
    /// Landed by an earlier session.
    recovered: bool,
}

/// The run's order. Feed it events, carry out its commands.
#[derive(Debug)]
pub struct Machine {
    jobs: Vec<Job>,
    /// All before this position are settled.
    next: usize,
    /// The tip after each settled position.
    tips: Vec<String>,
    start: String,
    tangled: bool,
    workers: usize,
}

impl Machine {
    /// Begins or resumes a run: `start` is the commit that recorded the queue, `tip` the branch as it stands
    /// (the same at the first start), `workers` how many attempts run at once.
    #[must_use]
    pub fn new(start: String, tip: String, shapes: Vec<JobShape>, workers: usize) -> Self {
        let mut jobs: Vec<Job> = Vec::with_capacity(shapes.len());
        let mut open = false;
        let mut tangled = false;
        for shape in shapes {
            let unmet = shape.after.iter().copied().find(|on| {
                jobs.get(*on).is_some_and(|j| {
                    matches!(&j.phase, Phase::Settled(s) if !matches!(s, Settled::Landed { .. }))
                        || (j.used >= j.shape.tries.max(1) && !j.recovered)
                })
            });
            let settled = match (&shape.landed, &shape.skip, unmet) {
                (Some(commit), _, _) => Some(Settled::Landed { commit: commit.clone() }),
                (_, Some(reason), _) => Some(Settled::Skipped { reason: reason.clone() }),
                (_, _, Some(on)) => Some(Settled::Blocked { on }),
                _ => None,
            };
            let recovered = shape.landed.is_some();
            tangled |= recovered && open;
            open |= settled.is_none() && shape.used < shape.tries.max(1);
            let phase = settled.map_or(Phase::Waiting, Phase::Settled);
            jobs.push(Job { used: shape.used, last: shape.last.clone(), recovered, phase, shape });
        }
        let last = jobs.iter().rev().find_map(|j| j.shape.landed.as_ref()).unwrap_or(&start);
        tangled |= *last != tip;
        // Work that landed behind a job that is open again, or a queue recorded anew on top, cannot be taken out
        // from under: all goes on from the tip.
        let start = if tangled { tip } else { start };
        Self { jobs, next: 0, tips: Vec::new(), start, tangled, workers: workers.max(1) }
    }

    /// The first commands of a run.
    pub fn begin(&mut self) -> Vec<Command> {
        let mut out = Vec::new();
        for (job, j) in self.jobs.iter().enumerate() {
            if let Phase::Settled(outcome) = &j.phase {
                out.push(Command::Settle { job, outcome: outcome.clone() });
            }
        }
        self.advance(&mut out);
        out
    }

    /// True when every job is settled.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.next == self.jobs.len()
    }

    /// The commit that the next landing stands on.
    #[must_use]
    pub fn tip(&self) -> &str {
        self.tips.last().unwrap_or(&self.start)
    }

    /// Takes one event and returns what is to be done now. An event that no command asked for is ignored.
    pub fn step(&mut self, event: Event) -> Vec<Command> {
        let mut out = Vec::new();
        match event {
            Event::Attempted { job, slot, result } => self.attempted(job, slot, result, &mut out),
            Event::Landed { job, commit } => {
                if matches!(self.phase(job), Some(Phase::Landing)) {
                    self.settle(job, Settled::Landed { commit }, &mut out);
                }
            }
            Event::Back { job, reason } => {
                if matches!(self.phase(job), Some(Phase::Landing)) {
                    self.came_back(job, reason);
                }
            }
            Event::Lost { job, reason } => {
                if matches!(self.phase(job), Some(Phase::Landing)) {
                    self.settle(job, Settled::Skipped { reason }, &mut out);
                }
            }
        }
        self.advance(&mut out);
        out
    }

    fn phase(&self, job: usize) -> Option<&Phase> {
        self.jobs.get(job).map(|j| &j.phase)
    }

    fn attempted(&mut self, job: usize, slot: u8, result: Attempted, out: &mut Vec<Command>) {
        let Some(Phase::Trying { queued, running, results, .. }) =
            self.jobs.get_mut(job).map(|j| &mut j.phase)
        else {
            return;
        };
        if !running.remove(&slot) {
            return;
        }
        results.insert(slot, result);
        if !(queued.is_empty() && running.is_empty()) {
            return; // compared only when all have ended
        }
        let results = std::mem::take(results);
        let best = results
            .iter()
            .filter_map(|(slot, r)| match r {
                Attempted::Verified { score } => Some((*score, *slot)),
                _ => None,
            })
            .min();
        if let Some((_, slot)) = best {
            self.jobs[job].phase = Phase::Ready { slot };
            return;
        }
        if let Some(reason) = results.values().find_map(|r| match r {
            Attempted::Held { reason } => Some(reason.clone()),
            _ => None,
        }) {
            self.settle(job, Settled::Skipped { reason }, out);
            return;
        }
        let reason = results
            .into_values()
            .find_map(|r| match r {
                Attempted::Failed { reason } => Some(reason),
                _ => None,
            })
            .unwrap_or_default();
        self.came_back(job, reason);
    }

    fn came_back(&mut self, job: usize, reason: String) {
        let j = &mut self.jobs[job];
        j.used = j.used.saturating_add(1);
        j.last = Some(reason);
        j.phase = Phase::Waiting;
    }

    fn settle(&mut self, job: usize, outcome: Settled, out: &mut Vec<Command>) {
        out.push(Command::Settle { job, outcome: outcome.clone() });
        self.jobs[job].phase = Phase::Settled(outcome);
    }

    fn advance(&mut self, out: &mut Vec<Command>) {
        self.settle_in_order(out);
        let mut free = self.workers.saturating_sub(self.running());
        for job in self.next..self.jobs.len() {
            if self.may_start(job) {
                if let Some(on) = self.blocked_on(job) {
                    self.settle(job, Settled::Blocked { on }, out);
                    continue;
                }
                let base = self.base(job);
                let slots = self.jobs[job].shape.slots.max(1);
                self.jobs[job].phase = Phase::Trying {
                    queued: (1..=slots).collect(),
                    running: BTreeSet::new(),
                    base,
                    results: BTreeMap::new(),
                };
            }
            self.start_slots(job, &mut free, out);
        }
        // A job that was found blocked may be the one the order waits for.
        if self.next < self.jobs.len() && matches!(self.jobs[self.next].phase, Phase::Settled(_)) {
            self.advance(out);
        }
    }

    /// Moves the place in the order past everything settled, and starts the landing that is due.
    fn settle_in_order(&mut self, out: &mut Vec<Command>) {
        while self.next < self.jobs.len() {
            let job = self.next;
            let tip = self.tip().to_owned();
            match &self.jobs[job].phase {
                Phase::Settled(outcome) => {
                    let moves = !(self.tangled && self.jobs[job].recovered);
                    let tip = match outcome {
                        Settled::Landed { commit } if moves => commit.clone(),
                        _ => tip,
                    };
                    self.tips.push(tip);
                    self.next += 1;
                }
                Phase::Ready { slot } => {
                    out.push(Command::Land { job, slot: *slot, tip });
                    self.jobs[job].phase = Phase::Landing;
                    return;
                }
                Phase::Waiting if self.jobs[job].used >= self.jobs[job].shape.tries.max(1) => {
                    let reason = self.jobs[job].last.take().unwrap_or_else(|| {
                        "its tries were used up earlier; release it to try again".to_owned()
                    });
                    self.settle(job, Settled::Failed { reason }, out);
                }
                Phase::Landing => return,
                Phase::Waiting | Phase::Trying { .. } => {
                    if cfg!(leadforge_sabotage = "land-out-of-order") {
                        self.land_any(tip, out);
                    }
                    return;
                }
            }
        }
    }

    /// The fault of a build that must be found out: whoever is ready first lands first.
    fn land_any(&mut self, tip: String, out: &mut Vec<Command>) {
        let ready = self.jobs.iter().enumerate().find_map(|(job, j)| match j.phase {
            Phase::Ready { slot } => Some((job, slot)),
            _ => None,
        });
        if let Some((job, slot)) = ready
            && !self.jobs.iter().any(|j| matches!(j.phase, Phase::Landing))
        {
            out.push(Command::Land { job, slot, tip });
            self.jobs[job].phase = Phase::Landing;
        }
    }

    /// A first try waits for its predecessors, a later one for its own place in the order.
    fn may_start(&self, job: usize) -> bool {
        let j = &self.jobs[job];
        let due = if j.used == 0 { self.last_before(job).map_or(0, |p| p + 1) } else { job };
        matches!(j.phase, Phase::Waiting) && j.used < j.shape.tries.max(1) && due <= self.next
    }

    fn last_before(&self, job: usize) -> Option<usize> {
        let s = &self.jobs[job].shape;
        s.after.iter().chain(&s.overlaps).copied().filter(|p| *p < job).max()
    }

    fn base(&self, job: usize) -> String {
        let last =
            if self.jobs[job].used == 0 { self.last_before(job) } else { job.checked_sub(1) };
        last.and_then(|p| self.tips.get(p)).unwrap_or(&self.start).clone()
    }

    fn blocked_on(&self, job: usize) -> Option<usize> {
        self.jobs[job]
            .shape
            .after
            .iter()
            .copied()
            .find(|on| !matches!(self.phase(*on), Some(Phase::Settled(Settled::Landed { .. }))))
    }

    fn running(&self) -> usize {
        self.jobs
            .iter()
            .map(|j| match &j.phase {
                Phase::Trying { running, .. } => running.len(),
                _ => 0,
            })
            .sum()
    }

    fn start_slots(&mut self, job: usize, free: &mut usize, out: &mut Vec<Command>) {
        let j = &mut self.jobs[job];
        let (round, before) = (j.used.saturating_add(1), j.last.clone());
        let Phase::Trying { queued, running, base, .. } = &mut j.phase else { return };
        while *free > 0 {
            let Some(slot) = queued.pop_first() else { break };
            running.insert(slot);
            *free -= 1;
            out.push(Command::Attempt {
                job,
                round,
                slot,
                base: base.clone(),
                before: before.clone(),
            });
        }
    }
}
