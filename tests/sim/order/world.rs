//! Carries the operations of a history out on one run after another, and compares with the run that nothing disturbed.

use std::collections::{BTreeMap, BTreeSet};

use leadforge_agent_dispatch::Settled;
use leadforge_task_queue::{History, Lease, Outcome};

use super::super::tale::Tale;
use super::git::{BRANCHES, Update, branch};
use super::host::{Host, Stop};
use super::op::Op;
use super::session::{Hands, Session};
use super::setup::{Setup, name};

/// What was seen that must not be: the promise, and the facts.
pub(super) type Wrong = (&'static str, String);

/// An attempt: job, round and slot.
type At = (usize, u8, u8);

/// What a run comes to when nothing disturbs it.
#[derive(Debug, Default)]
pub(super) struct Calm {
    /// How each job ended, in a word.
    words: BTreeMap<usize, &'static str>,
    /// What landed, in order.
    landed: Vec<At>,
    /// Each attempt's base, as what had landed by then, and why the try before came back.
    asked: BTreeMap<At, (Vec<At>, Option<String>)>,
}

/// Somebody who claimed a task by hand.
struct Hand {
    job: usize,
    lease: Lease,
    base: String,
}

pub(super) struct World<'a> {
    setup: &'a Setup,
    host: Host,
    session: Option<Session>,
    sessions: u32,
    hands: u32,
    hand: Option<Hand>,
    /// The commits of those whose "done" was refused.
    refused: BTreeSet<String>,
    /// True once something was left to somebody else: then the order may be another.
    disturbed: bool,
    calm: Option<Calm>,
    tale: &'a mut Tale,
}

/// More steps than any session takes.
const STEPS: usize = 2_000;

impl<'a> World<'a> {
    pub(super) fn new(setup: &'a Setup, calm: Option<Calm>, tale: &'a mut Tale) -> Self {
        Self {
            setup,
            host: Host::new(setup),
            session: None,
            sessions: 0,
            hands: 0,
            hand: None,
            refused: BTreeSet::new(),
            disturbed: false,
            calm,
            tale,
        }
    }

    /// Plays the run with one worker and without a fault.
    pub(super) fn calm_run(setup: &Setup) -> Result<Calm, Wrong> {
        let setup = Setup { workers: 1, ..setup.clone() };
        let mut tale = Tale::default();
        let mut world = World::new(&setup, None, &mut tale);
        world.begin()?;
        world.go_to_the_end()?;
        let Some(session) = world.session.take() else {
            return Err(("a run that nothing disturbs ends well", "it stopped".to_owned()));
        };
        let asked = session.asked.iter();
        let asked = asked.map(|(at, base, before)| {
            (*at, (world.host.git.get(base).tree.clone(), before.clone()))
        });
        Ok(Calm {
            words: session.outcomes.iter().map(|(job, end)| (*job, word(end))).collect(),
            landed: world.host.git.get(&world.host.git.tip()).tree.clone(),
            asked: asked.collect(),
        })
    }

    pub(super) fn step(&mut self, op: Op) -> Result<(), Wrong> {
        self.tale.line(|| format!("{op:?}"));
        match op {
            Op::Step { pick } => match &self.session {
                Some(session) if !session.is_done() => self.go_on(pick)?,
                _ => self.begin()?,
            },
            Op::Beat => {
                if let Some(session) = &mut self.session {
                    let (setup, host, tale) = (self.setup, &mut self.host, &mut *self.tale);
                    session.beat(&mut Hands { setup, host, tale });
                }
            }
            Op::Pass { ms } => self.host.machines.pass(ms),
            Op::Jump { days } => {
                self.tale.fault("clocks set");
                self.host.machines.jump(0, days);
            }
            Op::Kill => self.kill("runs killed"),
            Op::Power { lost } => {
                self.kill("power cuts");
                let lost = self.host.power(lost);
                self.tale.add("transactions that power took back", lost as u64);
            }
            Op::Lose => {
                self.tale.fault("databases lost");
                self.host.lose();
            }
            Op::Disk { nth, stops } => self.host.disk_fault(nth, stops),
            Op::Refs { fate } => self.host.refs = Some(fate),
            Op::HandClaim { task } => self.hand_claim(usize::from(task) % self.setup.jobs.len()),
            Op::HandEnd { done } => self.hand_end(done),
        }
        self.check()
    }

    fn kill(&mut self, what: &'static str) {
        if let Some(session) = self.session.take() {
            match session.is_done() {
                true => self.tale.count("runs ended"),
                false => self.tale.fault(what),
            }
            self.host.kill(&session.holder);
        }
    }

    /// A new session takes up what is there.
    fn begin(&mut self) -> Result<(), Wrong> {
        self.kill("runs killed");
        self.sessions += 1;
        self.tale.count("sessions begun");
        let (setup, host, tale) = (self.setup, &mut self.host, &mut *self.tale);
        match Session::open(&mut Hands { setup, host, tale }, format!("run{}", self.sessions)) {
            Ok(session) => {
                self.session = Some(session);
                self.asked()
            }
            Err(stop) => self.stopped(stop),
        }
    }

    fn go_on(&mut self, pick: u8) -> Result<(), Wrong> {
        let Some(session) = &mut self.session else { return Ok(()) };
        let (setup, host, tale) = (self.setup, &mut self.host, &mut *self.tale);
        match session.step(&mut Hands { setup, host, tale }, pick) {
            Ok(()) => self.asked(),
            Err(stop) => self.stopped(stop),
        }
    }

    fn stopped(&mut self, stop: Stop) -> Result<(), Wrong> {
        match stop {
            Stop::Wrong(promise, facts) => Err((promise, facts)),
            Stop::Failed(why) => {
                self.tale.then(|| format!("the run ends: {why}"));
                match self.session.take() {
                    Some(session) => self.host.kill(&session.holder),
                    // It never came so far; its process is gone all the same.
                    None => self.host.kill(&self.host.nobody()),
                }
                self.tale.fault("runs ended by an error");
                Ok(())
            }
        }
    }

    /// What the machine asks for is what it asks for in the run that nothing disturbed.
    fn asked(&mut self) -> Result<(), Wrong> {
        let Some(session) = &mut self.session else { return Ok(()) };
        let skipped = |end: &Settled| matches!(end, Settled::Skipped { .. });
        self.disturbed |= session.left_alone || session.outcomes.values().any(skipped);
        if self.calm.is_none() {
            return Ok(());
        }
        for (at, base, before) in session.asked.drain(..) {
            let Some(calm) = self.calm.as_ref().filter(|_| !self.disturbed) else { continue };
            let base = self.host.git.get(&base).tree.clone();
            match calm.asked.get(&at) {
                Some((due, _)) if *due != base => {
                    return Err((
                        "every attempt has its own base",
                        format!("{at:?}: {base:?}, not {due:?}"),
                    ));
                }
                Some((_, due)) if *due != before => {
                    let facts = format!("{at:?}: {before:?}, not {due:?}");
                    return Err(("every try is told why the one before came back", facts));
                }
                Some(_) => {}
                None => return Err(("no attempt more than due", format!("{at:?}"))),
            }
        }
        Ok(())
    }

    /// What holds at every moment.
    fn check(&self) -> Result<(), Wrong> {
        let tree = &self.host.git.get(&self.host.git.tip()).tree;
        for (at, (job, ..)) in tree.iter().enumerate() {
            let before: Vec<usize> = tree[..at].iter().map(|(job, ..)| *job).collect();
            if before.contains(job) {
                return Err(("every job lands once", format!("j{job}: {tree:?}")));
            }
            if let Some(on) = self.setup.jobs[*job].after.iter().find(|on| !before.contains(on)) {
                return Err((
                    "what a job waits for lands before it",
                    format!("j{job} before j{on}"),
                ));
            }
        }
        let due = self.calm.as_ref().filter(|_| !self.disturbed);
        if let Some(calm) = due.filter(|calm| !calm.landed.starts_with(tree)) {
            let facts = format!("{tree:?}, not {:?}", calm.landed);
            return Err(("landing follows the order", facts));
        }
        Ok(())
    }

    fn hand_claim(&mut self, job: usize) {
        if self.hand.is_some() {
            return;
        }
        self.hands += 1;
        let id = name(job);
        let prefix = format!("{BRANCHES}{id}/");
        let tried = self.host.git.below(&prefix);
        let tried = tried.iter().filter_map(|(name, _)| name[prefix.len()..].parse().ok());
        let history = History {
            epoch: self.host.git.floor(&id),
            tried: tried.collect(),
            ..History::default()
        };
        let landed = self.host.git.landed();
        self.host.completed(landed.iter().map(|(mark, _)| &mark.id));
        // Said to be done already: it is not handed out again.
        if self.host.done_by_hand.contains_key(&id) {
            return;
        }
        let holder = self.host.nobody();
        let claimed = self.host.claim(job, &format!("hand{}", self.hands), holder, history);
        self.tale.then(|| format!("{:?}", claimed.as_ref().map(|lease| lease.epoch)));
        if let Ok(lease) = claimed {
            self.tale.count("claims by hand");
            self.hand = Some(Hand { job, lease, base: self.host.git.tip() });
        }
    }

    fn hand_end(&mut self, done: bool) {
        let Some(Hand { job, lease, base }) = self.hand.take() else { return };
        if !done {
            drop(self.host.settle(&lease, Outcome::Returned));
            return;
        }
        let tree = self.host.git.get(&base).tree.clone();
        let commit = self.host.git.commit(&[&base], "By hand".to_owned(), tree);
        let name_of_branch = branch(&name(job), lease.epoch);
        let made = Update { name: name_of_branch, new: Some(commit.clone()), old: None };
        let made = self.host.git.transaction(&[made]);
        match self.host.settle(&lease, Outcome::Done) {
            Ok(()) if made => {
                self.tale.count("work done by hand");
                self.host.done_by_hand.insert(name(job), lease.epoch);
            }
            _ => {
                self.tale.count("late finishers by hand refused");
                self.refused.insert(commit);
            }
        }
    }

    fn go_to_the_end(&mut self) -> Result<(), Wrong> {
        for _ in 0..STEPS {
            match &self.session {
                Some(session) if !session.is_done() => self.go_on(0)?,
                _ => return Ok(()),
            }
            self.check()?;
        }
        Err(("a run comes to its end", format!("not within {STEPS} steps")))
    }

    /// No more faults: sessions are begun until one leaves nothing, and then all must be as if there had been none.
    pub(super) fn finish(&mut self) -> Result<(), Wrong> {
        self.tale.line(|| "the faults stop".to_owned());
        self.hand_end(false);
        self.kill("runs killed");
        for _ in 0..3 {
            self.begin()?;
            self.go_to_the_end()?;
            let left = |session: &Session| {
                session.outcomes.values().any(|end| matches!(end, Settled::Skipped { .. }))
            };
            if self.session.as_ref().is_some_and(|session| !left(session)) {
                return self.compare();
            }
        }
        Err(("a run comes to its end when the faults stop", "jobs stay left alone".to_owned()))
    }

    fn compare(&mut self) -> Result<(), Wrong> {
        let (Some(session), Some(calm)) = (&self.session, &self.calm) else { return Ok(()) };
        let words: BTreeMap<usize, &str> =
            session.outcomes.iter().map(|(job, end)| (*job, word(end))).collect();
        if words != calm.words {
            let facts = format!("{words:?}, not {:?}", calm.words);
            return Err(("every job ends as if nothing had happened", facts));
        }
        let mut tree = self.host.git.get(&self.host.git.tip()).tree.clone();
        let mut due = calm.landed.clone();
        if self.disturbed {
            self.tale.count("ends with the same jobs landed, others having interfered");
            // Another order, and of competing attempts those that nobody else held.
            for list in [&mut tree, &mut due] {
                list.iter_mut().for_each(|one| *one = (one.0, 0, 0));
                list.sort_unstable();
            }
        } else {
            self.tale.count("ends in the very same tree");
        }
        if tree != due {
            return Err(("the end is the same tree", format!("{tree:?}, not {due:?}")));
        }
        let mut todo = vec![self.host.git.tip()];
        while let Some(at) = todo.pop() {
            if self.refused.contains(&at) {
                return Err(("work that was refused never lands", at));
            }
            todo.extend(self.host.git.get(&at).parents.iter().cloned());
        }
        Ok(())
    }
}

fn word(end: &Settled) -> &'static str {
    match end {
        Settled::Landed { .. } => "landed",
        Settled::Failed { .. } => "failed",
        Settled::Blocked { .. } => "blocked",
        Settled::Skipped { .. } => "skipped",
    }
}
