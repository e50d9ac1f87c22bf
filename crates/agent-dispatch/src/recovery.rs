//! What the branches of earlier sessions tell a new one: pure, so that a killed run can be simulated.

use std::collections::{BTreeMap, BTreeSet};

use leadforge_host_git::Oid;

use crate::job::Job;
use crate::machine::JobShape;

pub use crate::runner::trailer::{Mark, Outcome};

/// The agent's name where a person, or an agent outside of any run, did the work.
pub const BY_HAND: &str = "by hand";

/// An attempt that an earlier session committed.
#[derive(Clone, Debug)]
pub struct Found {
    /// What it says of itself.
    pub mark: Mark,
    /// The branch's tip.
    pub tip: Oid,
}

/// An attempt's branch as a new session finds it.
#[derive(Clone, Debug)]
pub struct Branch<'a> {
    /// The task.
    pub id: &'a str,
    /// The lease's epoch.
    pub epoch: u64,
    /// The branch's tip.
    pub tip: &'a Oid,
    /// What the tip says of itself, if a run wrote it.
    pub mark: Option<Mark>,
    /// Where a run began it, as the journals tell.
    pub begun: Option<&'a str>,
    /// True when a checkout of the user's stands on it.
    pub held: bool,
}

/// What is to become of a branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// It is noted, or nothing of this run's; it stays.
    Kept,
    /// A completion, which may go once the user has it.
    Done,
    /// Still where our attempt began: nothing of anybody's is on it, and it may go.
    Untouched,
}

/// What the branches tell.
#[derive(Debug, Default)]
pub struct Recovery {
    /// Attempts by task, round and slot: candidates to take up, failures to count.
    pub(crate) found: BTreeMap<(String, u8, u8), Vec<Found>>,
    /// Branches that no run made, by task and epoch: somebody works on them, or has.
    pub(crate) by_hand: BTreeMap<(String, u64), Oid>,
    /// Tasks whose branches cannot be made, because a branch has the name `lf/ID`.
    pub(crate) in_the_way: BTreeSet<String>,
    /// In words, for the journal.
    pub(crate) notes: Vec<String>,
}

impl Recovery {
    /// Notes a branch, and says what is to become of it; `run` is the integration branch.
    pub fn see(&mut self, run: &str, branch: Branch<'_>) -> Seen {
        let Branch { id, epoch, tip, mark, begun, held } = branch;
        match mark {
            Some(mark) if mark.id == id && mark.epoch == epoch => {
                if mark.run != run {
                    return Seen::Kept;
                }
                if mark.outcome == Outcome::Done {
                    return Seen::Done;
                }
                let key = (mark.id.clone(), mark.round, mark.slot);
                self.found.entry(key).or_default().push(Found { mark, tip: tip.clone() });
            }
            _ if begun == Some(&tip.to_string()) && !held => return Seen::Untouched,
            _ => drop(self.by_hand.insert((id.to_owned(), epoch), tip.clone())),
        }
        Seen::Kept
    }

    /// The attempt that counts for a round and slot, unless it was forgiven.
    #[must_use]
    pub fn attempt(&self, job: &Job, round: u8, slot: u8) -> Option<&Found> {
        self.attempts(job, round, slot).max_by_key(|found| weight(&found.mark))
    }

    /// The same of those that started from this commit: work that started from elsewhere is not what is asked for,
    /// and covers nothing that is.
    #[must_use]
    pub fn attempt_on(&self, job: &Job, round: u8, slot: u8, base: &str) -> Option<&Found> {
        let all = self.attempts(job, round, slot).filter(|found| found.mark.base == base);
        all.max_by_key(|found| weight(&found.mark))
    }

    fn attempts<'f>(&'f self, job: &Job, round: u8, slot: u8) -> impl Iterator<Item = &'f Found> {
        let (all, released) = (self.found.get(&(job.id.clone(), round, slot)), job.released);
        all.into_iter().flatten().filter(move |found| found.mark.epoch > released)
    }

    /// The branch that somebody finished by hand and that waits to be verified and landed.
    #[must_use]
    pub fn finished_by_hand(&self, job: &Job) -> Option<&Oid> {
        // Once an attempt of a run with it has ended it is not offered again, however often the run is taken up.
        let tried = self.found.values().flatten().any(|f| {
            let ended = f.mark.outcome != Outcome::Candidate;
            let by_hand = f.mark.id == job.id && f.mark.agent == BY_HAND;
            by_hand && ended && f.mark.epoch > job.done_by_hand
        });
        let waits = job.done_by_hand > 0 && !tried;
        waits.then(|| self.by_hand.get(&(job.id.clone(), job.done_by_hand))).flatten()
    }

    /// How many tries of a job are used up: those whose every slot ended without landing.
    #[must_use]
    pub fn used(&self, job: &Job) -> u8 {
        let slots = job.attempts.max(1);
        (1..=u8::MAX)
            .take_while(|round| {
                (1..=slots).all(|slot| {
                    self.attempt(job, *round, slot).is_some_and(|f| {
                        let outcome = &f.mark.outcome;
                        outcome.failure().is_some() || *outcome == Outcome::NotChosen
                    })
                })
            })
            .count()
            .try_into()
            .unwrap_or(u8::MAX)
    }

    /// Why a job's last counted try failed: what the gate said, or else the first slot.
    #[must_use]
    pub fn last_reason(&self, job: &Job) -> Option<String> {
        let round = self.used(job);
        let slots = 1..=job.attempts.max(1);
        let outcomes: Vec<&Outcome> =
            slots.filter_map(|slot| Some(&self.attempt(job, round, slot)?.mark.outcome)).collect();
        let gate = outcomes.iter().find(|outcome| matches!(outcome, Outcome::SentBack(_)));
        let first = || outcomes.iter().find_map(|outcome| outcome.failure());
        gate.and_then(|outcome| outcome.failure()).or_else(first).map(str::to_owned)
    }
}

/// Of two attempts at the same the newer one counts. Only work by hand that was taken up and never judged covers
/// nothing: what an agent did before would be done again.
fn weight(mark: &Mark) -> (bool, u64) {
    let judged = mark.agent != BY_HAND || mark.outcome != Outcome::Candidate;
    (judged, mark.epoch)
}

/// The jobs as the machine sees them: positions for ids, and what earlier sessions did.
///
/// `landed` are the completions on the integration branch, `unfit` says why a job cannot run at all.
pub fn shapes(
    jobs: &[Job],
    recovery: &Recovery,
    landed: &BTreeMap<String, Oid>,
    unfit: impl Fn(&Job) -> Option<String>,
) -> Vec<JobShape> {
    let position: BTreeMap<&str, usize> =
        jobs.iter().enumerate().map(|(at, job)| (job.id.as_str(), at)).collect();
    let positions =
        |ids: &[String]| ids.iter().filter_map(|id| position.get(id.as_str()).copied()).collect();
    jobs.iter()
        .map(|job| JobShape {
            after: positions(&job.after),
            overlaps: positions(&job.overlaps),
            slots: job.attempts.max(1),
            tries: job.tries.max(1),
            used: recovery.used(job),
            last: recovery.last_reason(job),
            skip: unfit(job).or_else(|| {
                let absent =
                    |id: &&String| !position.contains_key(id.as_str()) && !landed.contains_key(*id);
                let id = job.after.iter().find(absent)?;
                Some(format!("it waits for {id}, which is not a part of this run"))
            }),
            landed: landed.get(&job.id).map(ToString::to_string),
        })
        .collect()
}
