//! The loop: the machine says what is due, threads do it, and what they bring back goes to the machine again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Instant;

use leadforge_host_git::Oid;

use crate::agent;
use crate::error::Error;
use crate::event::{Event, What};
use crate::job::{Board, BoardError, Job};
use crate::journal::Recorder;
use crate::machine::{self, Attempted, Command, Machine, Settled};
use crate::recovery::{Recovery, shapes};
use crate::sandbox::Kind;

use super::attempt::{Attempt, Candidate};
use super::land::{Gate, land};
use super::shared::Shared;
use super::{BEAT, Recorded, Setup};

/// How a session of a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The integration branch's tip.
    pub tip: Oid,
    /// How each job ended, by id.
    pub outcomes: BTreeMap<String, Settled>,
}

/// What a thread brings back.
enum Done {
    Attempt { job: usize, slot: u8, lane: usize, result: Result<Box<Ended>, Error> },
    Land { job: usize, result: Result<Gate, Error> },
}

type Ended = (Attempted, Option<Candidate>);

pub(super) fn conduct(
    setup: &Setup<'_>,
    recorded: &Recorded,
    recovery: &Recovery,
    jobs: &[Job],
    board: &mut dyn Board,
    observer: &mut (dyn FnMut(&Event) + Send),
) -> Result<Summary, Error> {
    let (recorder, torn) = Recorder::open(setup.disk, &setup.folder(), setup.clock, observer)?;
    let trusted = setup.git.tree_of(&recorded.base)?;
    let shared = Shared::new(recorder, board, recorded.base.clone(), trusted);
    shared.record(What::RunStarted {
        session: setup.session.clone(),
        base: recorded.base.to_string(),
        record: recorded.start.to_string(),
        branch: setup.branch.clone(),
        workers: setup.workers,
        sandbox: setup.sandbox.name().to_owned(),
        jobs: jobs.len(),
    })?;
    for part in parts(jobs) {
        shared.record(What::Planned { jobs: part })?;
    }
    if let Some(cut) = torn.cut {
        let what = format!("the journal's last record was torn and cut: {cut:?}");
        shared.record(What::Recovered { what })?;
    }
    for note in &recovery.notes {
        shared.record(What::Recovered { what: note.clone() })?;
    }
    let shapes = shapes(jobs, recovery, &recorded.landed, |job| unfit(setup, recovery, job));
    let machine =
        Machine::new(recorded.start.to_string(), recorded.tip.to_string(), shapes, setup.workers);
    let conductor = Conductor {
        setup,
        recovery,
        jobs,
        shared: &shared,
        machine,
        candidates: BTreeMap::new(),
        active: BTreeSet::new(),
        lanes: BTreeSet::new(),
        outcomes: BTreeMap::new(),
    };
    let summary = conductor.run()?;
    shared.record(What::RunEnded { tip: summary.tip.to_string() })?;
    Ok(summary)
}

/// The jobs for the journal: texts cut to what a person reads, in records that stay far below the journal's limit.
fn parts(jobs: &[Job]) -> Vec<Vec<Job>> {
    const TEXT: usize = 64 << 10;
    const NAMES: usize = 32;
    const PART: usize = 64;
    let brief = |job: &Job| {
        let mut job = job.clone();
        if job.body.len() > TEXT {
            let end = (0..=TEXT).rev().find(|at| job.body.is_char_boundary(*at)).unwrap_or(0);
            job.body.truncate(end);
            job.body.push_str("\n\n(cut here; the whole text is in the task's file)");
        }
        job.overlaps.truncate(NAMES);
        job
    };
    jobs.chunks(PART).map(|part| part.iter().map(brief).collect()).collect()
}

/// Why a job cannot run at all; better said before anything is spent on it.
fn unfit(setup: &Setup<'_>, recovery: &Recovery, job: &Job) -> Option<String> {
    if setup.checks(job).is_empty() {
        return Some(
            "nothing would prove it: add `verify` to the task, or [verify] always to leadforge.toml"
                .to_owned(),
        );
    }
    if recovery.in_the_way.contains(&job.id) {
        return Some(format!(
            "a branch called lf/{0} is in the way of lf/{0}/EPOCH; rename it",
            job.id
        ));
    }
    if recovery.finished_by_hand(job).is_some() {
        return None; // it needs no agent
    }
    for slot in 1..=job.attempts.max(1) {
        match agent::choose(job, slot, setup.agents, setup.config.run.agent.as_deref()) {
            Err(reason) => return Some(reason),
            Ok(name) => {
                let agent = setup.agents.get(&name);
                // A file that is not there would use up the tries of every task.
                if let Some(Err(reason)) = agent.map(|a| a.readable(setup.host.home.as_deref())) {
                    return Some(reason);
                }
                let hosts = agent.map_or(&job.hosts, |a| &a.hosts);
                if setup.sandbox == Kind::Landlock && !hosts.is_empty() {
                    return Some(format!(
                        "it asks for hosts ({}), which only the bubblewrap sandbox can grant",
                        hosts.join(", ")
                    ));
                }
            }
        }
    }
    None
}

/// A panic of a thread is our bug; it ends the run with an error instead of leaving it to wait for ever.
fn unharmed<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(Error::Internal("a thread of the run panicked".to_owned())))
}

struct Conductor<'s, 'a> {
    setup: &'s Setup<'a>,
    recovery: &'s Recovery,
    jobs: &'s [Job],
    shared: &'s Shared<'s>,
    machine: Machine,
    candidates: BTreeMap<(usize, u8), Candidate>,
    active: BTreeSet<usize>,
    lanes: BTreeSet<usize>,
    outcomes: BTreeMap<String, Settled>,
}

impl<'s> Conductor<'s, '_> {
    fn run(mut self) -> Result<Summary, Error> {
        let (send, receive) = channel();
        std::thread::scope(|scope| {
            let commands = self.machine.begin();
            let mut failed = None;
            let mut open = 0_usize;
            self.carry_out(scope, &send, commands, &mut open, &mut failed);
            while open > 0 {
                let Some(done) = self.wait(&receive) else { continue };
                open -= 1;
                let event = self.digest(done, &mut failed);
                if let (Some(event), None) = (event, &failed) {
                    let commands = self.machine.step(event);
                    self.carry_out(scope, &send, commands, &mut open, &mut failed);
                }
                if failed.is_some() {
                    self.setup.stop.stop();
                }
            }
            match failed {
                Some(error) => Err(error),
                None => Ok(()),
            }
        })?;
        let tip = self.machine.tip().parse().expect("the machine's tips are ids that git gave");
        Ok(Summary { tip, outcomes: self.outcomes })
    }

    /// Waits for a thread, renewing leases meanwhile.
    fn wait(&self, receive: &Receiver<Done>) -> Option<Done> {
        let since = Instant::now();
        match receive.recv_timeout(BEAT) {
            Ok(done) => Some(done),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                debug_assert!(since.elapsed() >= BEAT / 2, "the sender lives as long as the loop");
                for grant in self.shared.grants() {
                    if let Err(BoardError::Lost(_)) = self.shared.board().beat(&grant) {
                        self.shared.mark_lost(&grant);
                    }
                }
                None
            }
        }
    }

    fn carry_out<'scope>(
        &mut self,
        scope: &'scope std::thread::Scope<'scope, '_>,
        send: &Sender<Done>,
        commands: Vec<Command>,
        open: &mut usize,
        failed: &mut Option<Error>,
    ) where
        's: 'scope,
    {
        for command in commands {
            match command {
                Command::Settle { job, outcome } => {
                    if let Err(error) = self.settled(job, outcome) {
                        failed.get_or_insert(error);
                    }
                }
                Command::Attempt { job, round, slot, base, before } => {
                    *open += 1;
                    self.attempt(scope, send.clone(), (job, round, slot), &base, before);
                }
                Command::Land { job, slot, tip } => {
                    *open += 1;
                    self.land(scope, send.clone(), job, slot, &tip);
                }
            }
        }
    }

    fn attempt<'scope>(
        &mut self,
        scope: &'scope std::thread::Scope<'scope, '_>,
        send: Sender<Done>,
        (job, round, slot): (usize, u8, u8),
        base: &str,
        before: Option<String>,
    ) where
        's: 'scope,
    {
        let lane = (0..).find(|lane| !self.lanes.contains(lane)).expect("lanes do not run out");
        self.lanes.insert(lane);
        self.active.insert(job);
        let beside = self.active.iter().filter(|j| **j != job);
        let by_hand = self.by_hand(job, round, slot);
        // Work that started from somewhere else is not what the machine asks for now, nor is what was there before
        // somebody did it by hand.
        let found = self.recovery.attempt_on(&self.jobs[job], round, slot, base);
        let found = found.filter(|_| by_hand.is_none());
        let attempt = Attempt {
            job: &self.jobs[job],
            round,
            slot,
            base: base.parse().expect("the machine's commits are ids that git gave"),
            before,
            lane,
            beside: beside.map(|j| self.jobs[*j].id.clone()).collect(),
            by_hand,
        };
        let (setup, shared) = (self.setup, self.shared);
        scope.spawn(move || {
            let result =
                unharmed(|| attempt.up_to_date(setup)?.run(setup, shared, found).map(Box::new));
            // The receiver outlives every thread of the scope.
            drop(send.send(Done::Attempt { job, slot, lane, result }));
        });
    }

    /// Work by hand counts as the first attempt; if it comes back, the task's agents are next.
    fn by_hand(&self, job: usize, round: u8, slot: u8) -> Option<Oid> {
        let task = &self.jobs[job];
        let first = slot == 1 && round == self.recovery.used(task).saturating_add(1);
        self.recovery.finished_by_hand(task).filter(|_| first).cloned()
    }

    fn land<'scope>(
        &mut self,
        scope: &'scope std::thread::Scope<'scope, '_>,
        send: Sender<Done>,
        job: usize,
        slot: u8,
        tip: &str,
    ) where
        's: 'scope,
    {
        let chosen = self.candidates.remove(&(job, slot)).expect("a verified slot has a candidate");
        let slots: Vec<(usize, u8)> =
            self.candidates.keys().filter(|(j, _)| *j == job).copied().collect();
        let others: Vec<Candidate> =
            slots.iter().filter_map(|key| self.candidates.remove(key)).collect();
        let tip: Oid = tip.parse().expect("the machine's tips are ids that git gave");
        let (setup, shared, task) = (self.setup, self.shared, &self.jobs[job]);
        scope.spawn(move || {
            let result = unharmed(|| land(setup, shared, task, &chosen, &tip, &others));
            drop(send.send(Done::Land { job, result }));
        });
    }

    fn digest(&mut self, done: Done, failed: &mut Option<Error>) -> Option<machine::Event> {
        match done {
            Done::Attempt { job, slot, lane, result } => {
                self.lanes.remove(&lane);
                match result {
                    Ok(ended) => {
                        let (result, candidate) = *ended;
                        if let Some(candidate) = candidate {
                            self.candidates.insert((job, slot), candidate);
                        }
                        Some(machine::Event::Attempted { job, slot, result })
                    }
                    Err(error) => {
                        failed.get_or_insert(error);
                        None
                    }
                }
            }
            Done::Land { job, result } => match result {
                Ok(Gate::Landed(commit)) => {
                    Some(machine::Event::Landed { job, commit: commit.to_string() })
                }
                Ok(Gate::Back(reason)) => Some(machine::Event::Back { job, reason }),
                Ok(Gate::Lost(reason)) => Some(machine::Event::Lost { job, reason }),
                Err(error) => {
                    failed.get_or_insert(error);
                    None
                }
            },
        }
    }

    fn settled(&mut self, job: usize, outcome: Settled) -> Result<(), Error> {
        self.active.remove(&job);
        let task = &self.jobs[job];
        let (word, reason) = match &outcome {
            Settled::Landed { .. } => ("landed", None),
            Settled::Failed { reason } => ("failed", Some(reason.clone())),
            Settled::Skipped { reason } => ("skipped", Some(reason.clone())),
            Settled::Blocked { on } => {
                ("blocked", Some(format!("waits for {}, which did not land", self.jobs[*on].id)))
            }
        };
        self.shared.record(What::Settled {
            id: task.id.clone(),
            outcome: word.to_owned(),
            reason,
        })?;
        self.outcomes.insert(task.id.clone(), outcome);
        Ok(())
    }
}
