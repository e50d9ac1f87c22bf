//! One session of a run: it carries the machine's commands out, one lasting step at a time, as the dispatcher does.

use std::collections::BTreeMap;

use leadforge_agent_dispatch::machine::{Command, Machine};
use leadforge_agent_dispatch::recovery::{Branch, Found, Recovery, Seen, shapes};
use leadforge_agent_dispatch::{Event, Job, Settled, What};
use leadforge_durable_fs::AppendLog;
use leadforge_task_queue::{Error, Holder, Lease, Outcome as Ending};

use super::super::tale::Tale;
use super::git::{BRANCHES, TIP, Update, done, oid};
use super::host::{Host, Stop};
use super::setup::Setup;
use super::work::{Attempt, Candidate, Landing, Work};

/// What the machine asked for: job, round and slot, the base, and why the try before came back.
pub(super) type Asked = ((usize, u8, u8), String, Option<String>);

/// A living session.
pub(super) struct Session {
    pub(super) holder: Holder,
    pub(super) name: String,
    pub(super) jobs: Vec<Job>,
    pub(super) outcomes: BTreeMap<usize, Settled>,
    pub(super) asked: Vec<Asked>,
    /// True once something was left to somebody else.
    pub(super) left_alone: bool,
    machine: Machine,
    recovery: Recovery,
    log: AppendLog,
    open: Vec<Work>,
    pub(super) candidates: BTreeMap<(usize, u8), Candidate>,
}

/// What carries a step out.
pub(super) struct Hands<'a> {
    pub(super) setup: &'a Setup,
    pub(super) host: &'a mut Host,
    pub(super) tale: &'a mut Tale,
}

impl Session {
    /// Takes up what is there, and begins.
    pub(super) fn open(hands: &mut Hands<'_>, name: String) -> Result<Self, Stop> {
        let setup = hands.setup;
        let (host, tale) = (&mut *hands.host, &mut *hands.tale);
        let holder = host.start();
        let (log, events) = host.open_journal()?;
        let begun: BTreeMap<String, String> = events
            .into_iter()
            .filter_map(|event| match event.what {
                What::AttemptStarted { branch, base, .. } => Some((branch, base)),
                _ => None,
            })
            .collect();
        let mut recovery = Recovery::default();
        for (full, tip) in host.git.below(BRANCHES) {
            let (id, epoch) = full[BRANCHES.len()..].split_once('/').expect("it is an attempt's");
            let seen = recovery.see(
                "leadforge/run",
                Branch {
                    id,
                    epoch: epoch.parse().expect("a number"),
                    tip: &oid(&tip),
                    mark: host.git.mark(&tip),
                    begun: begun.get(&full["refs/heads/".len()..]).map(String::as_str),
                    held: false,
                },
            );
            if seen == Seen::Untouched {
                tale.count("interrupted attempts cleared away");
                host.change(&[Update { name: full.clone(), new: None, old: Some(tip) }])?;
            }
        }
        let mut jobs = setup.jobs();
        for job in &mut jobs {
            job.done_by_hand = host.done_by_hand.get(&job.id).copied().unwrap_or(0);
        }
        let landed: BTreeMap<String, _> = host
            .git
            .landed()
            .into_iter()
            .filter(|(mark, at)| host.git.refs.get(&done(&mark.id, mark.epoch)) == Some(at))
            .map(|(mark, at)| (mark.id, oid(&at)))
            .collect();
        host.completed(landed.keys());
        let shapes = shapes(&jobs, &recovery, &landed, |_| None);
        let (start, tip) = (host.start.clone(), host.git.refs[TIP].clone());
        let machine = Machine::new(start, tip, shapes, setup.workers);
        let mut session = Self {
            holder,
            name,
            jobs,
            outcomes: BTreeMap::new(),
            asked: Vec::new(),
            left_alone: false,
            machine,
            recovery,
            log,
            open: Vec::new(),
            candidates: BTreeMap::new(),
        };
        let base = hands.host.start.clone();
        session.record(
            hands,
            What::RunStarted {
                session: session.name.clone(),
                record: base.clone(),
                base,
                branch: "leadforge/run".to_owned(),
                workers: setup.workers,
                sandbox: "none".to_owned(),
                jobs: session.jobs.len(),
            },
        )?;
        let commands = session.machine.begin();
        session.take(hands, commands)?;
        Ok(session)
    }

    pub(super) fn is_done(&self) -> bool {
        self.open.is_empty()
    }

    pub(super) fn record(&mut self, hands: &mut Hands<'_>, what: What) -> Result<(), Stop> {
        hands.host.record(&mut self.log, &Event { at: 1, what })
    }

    /// Notes the machine's commands, to be carried out.
    fn take(&mut self, hands: &mut Hands<'_>, commands: Vec<Command>) -> Result<(), Stop> {
        for command in commands {
            match command {
                Command::Settle { job, outcome } => {
                    let (word, reason) = match &outcome {
                        Settled::Landed { .. } => ("landed", None),
                        Settled::Failed { reason } => ("failed", Some(reason.clone())),
                        Settled::Skipped { reason } => ("skipped", Some(reason.clone())),
                        Settled::Blocked { on } => ("blocked", Some(self.jobs[*on].id.clone())),
                    };
                    hands.tale.then(|| format!("{} {word}", self.jobs[job].id));
                    let id = self.jobs[job].id.clone();
                    self.record(hands, What::Settled { id, outcome: word.to_owned(), reason })?;
                    if self.outcomes.insert(job, outcome).is_some() {
                        return Err(Stop::Wrong(
                            "a job is settled once",
                            self.jobs[job].id.clone(),
                        ));
                    }
                }
                Command::Attempt { job, round, slot, base, before } => {
                    hands.tale.then(|| format!("try j{job} round {round} slot {slot}"));
                    self.asked.push(((job, round, slot), base.clone(), before));
                    let (by_hand, found) = self.at_hand(job, round, slot, &base);
                    self.open
                        .push(Work::Attempt(Attempt::new(job, round, slot, base, found, by_hand)));
                }
                Command::Land { job, slot, tip } => {
                    hands.tale.then(|| format!("land j{job} slot {slot}"));
                    if self.open.iter().any(|work| matches!(work, Work::Land(_))) {
                        return Err(Stop::Wrong(
                            "one landing at a time",
                            self.jobs[job].id.clone(),
                        ));
                    }
                    if tip != hands.host.git.tip() {
                        return Err(Stop::Wrong(
                            "a landing stands on the tip",
                            self.jobs[job].id.clone(),
                        ));
                    }
                    let chosen = self.candidates.remove(&(job, slot)).expect("it was verified");
                    let others: Vec<(usize, u8)> =
                        self.candidates.keys().filter(|key| key.0 == job).copied().collect();
                    let others =
                        others.iter().filter_map(|key| self.candidates.remove(key)).collect();
                    self.open.push(Work::Land(Landing::new(job, tip, chosen, others)));
                }
            }
        }
        let running = self.open.iter().filter(|work| matches!(work, Work::Attempt(_))).count();
        if running > hands.setup.workers {
            return Err(Stop::Wrong("no more attempts at once than workers", format!("{running}")));
        }
        Ok(())
    }

    /// What was done already for an attempt: by somebody's hand, or by an earlier session.
    fn at_hand(
        &self,
        job: usize,
        round: u8,
        slot: u8,
        base: &str,
    ) -> (Option<String>, Option<Found>) {
        let task = &self.jobs[job];
        let first = slot == 1 && round == self.recovery.used(task).saturating_add(1);
        let by_hand = self.recovery.finished_by_hand(task).filter(|_| first);
        let found = self.recovery.attempt_on(task, round, slot, base);
        let found = found.filter(|_| by_hand.is_none());
        (by_hand.map(ToString::to_string), found.cloned())
    }

    /// One of the open commands goes on to its next lasting step.
    pub(super) fn step(&mut self, hands: &mut Hands<'_>, pick: u8) -> Result<(), Stop> {
        if self.open.is_empty() {
            return Ok(());
        }
        let at = usize::from(pick) % self.open.len();
        if at > 0 {
            hands.tale.count("steps of a command before those of an earlier one");
        }
        let mut work = self.open.remove(at);
        let event = match &mut work {
            Work::Attempt(attempt) => attempt.step(self, hands)?,
            Work::Land(landing) => landing.step(self, hands)?,
        };
        match event {
            None => self.open.insert(at, work),
            Some(event) => {
                let commands = self.machine.step(event);
                self.take(hands, commands)?;
            }
        }
        if self.open.is_empty() {
            if !self.machine.is_done() {
                return Err(Stop::Wrong("a run goes on to its end", "nothing is open".to_owned()));
            }
            self.record(hands, What::RunEnded { tip: hands.host.git.tip() })?;
        }
        Ok(())
    }

    /// Renews all leases in hand.
    pub(super) fn beat(&mut self, hands: &mut Hands<'_>) {
        let attempts = self.open.iter().filter_map(|work| match work {
            Work::Attempt(attempt) => attempt.lease.as_ref(),
            Work::Land(_) => None,
        });
        let waiting = self.candidates.values().map(|candidate| &candidate.lease);
        for lease in attempts.chain(waiting) {
            // What is lost is met again at the gate.
            let beat = hands.host.beat(lease);
            hands.tale.count(if beat.is_ok() { "leases renewed" } else { "leases found lost" });
        }
    }
}

/// Ends a lease; one that is lost is ended already.
pub(super) fn end(hands: &mut Hands<'_>, lease: &Lease, ending: Ending) -> Result<(), Stop> {
    match hands.host.settle(lease, ending) {
        Ok(()) | Err(Error::Late { .. }) => Ok(()),
        Err(error) => Err(Stop::Failed(error.to_string())),
    }
}
