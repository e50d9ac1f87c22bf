//! Attempts and landings as the dispatcher carries them out, cut into steps that last: a kill comes between any two.

use leadforge_agent_dispatch::What;
use leadforge_agent_dispatch::machine::{Attempted, Event};
use leadforge_agent_dispatch::recovery::{BY_HAND, Found, Mark, Outcome};
use leadforge_task_queue::{History, Lease, Outcome as Ending};

use super::git::{Git, TIP, Update, branch, done};
use super::host::Stop;
use super::session::{Hands, Session, end};
use super::setup::name;

/// A command that is being carried out.
pub(super) enum Work {
    Attempt(Attempt),
    Land(Landing),
}

/// A finished attempt as the gate needs it.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) lease: Lease,
    mark: Mark,
    work: String,
}

/// An attempt on its way.
pub(super) struct Attempt {
    at: (usize, u8, u8),
    base: String,
    found: Option<Found>,
    by_hand: Option<String>,
    pub(super) lease: Option<Lease>,
    made: Option<(Mark, String)>,
    red: Option<String>,
    stage: u8,
}

/// A landing on its way.
pub(super) struct Landing {
    job: usize,
    tip: String,
    chosen: Candidate,
    others: Vec<Candidate>,
    commit: String,
    back: Option<String>,
    stage: u8,
}

type Step = Result<Option<Event>, Stop>;

fn create(name: String, new: &str) -> Update {
    Update { name, new: Some(new.to_owned()), old: None }
}

fn update(name: String, old: &str, new: &str) -> Update {
    Update { name, new: Some(new.to_owned()), old: Some(old.to_owned()) }
}

/// An outcome on top of an attempt's branch.
fn marked(git: &mut Git, mark: &Mark, work: &str, outcome: Outcome) -> Update {
    let mark = Mark { outcome, work: Some(work.to_owned()), ..mark.clone() };
    let tree = git.get(work).tree.clone();
    let commit = git.commit(&[work], mark.message("Marked"), tree);
    update(branch(&mark.id, mark.epoch), work, &commit)
}

impl Attempt {
    pub(super) fn new(
        job: usize,
        round: u8,
        slot: u8,
        base: String,
        found: Option<Found>,
        by_hand: Option<String>,
    ) -> Self {
        let (lease, made, red) = (None, None, None);
        Self { at: (job, round, slot), base, found, by_hand, lease, made, red, stage: 0 }
    }

    pub(super) fn step(&mut self, session: &mut Session, hands: &mut Hands<'_>) -> Step {
        let (job, round, slot) = self.at;
        hands.tale.then(|| format!("j{job} round {round} slot {slot} step {}", self.stage));
        self.stage += 1;
        match self.stage {
            1 => return self.begin(session, hands),
            2 => {
                let (mark, _) = self.made.as_ref().expect("it has begun");
                let (id, base) = (mark.id.clone(), mark.base.clone());
                let what = What::AttemptStarted {
                    branch: format!("lf/{id}/{}", mark.epoch),
                    id,
                    round,
                    slot,
                    epoch: mark.epoch,
                    agent: mark.agent.clone(),
                    base,
                    lane: 0,
                    adopted: self.found.is_some() || self.by_hand.is_some(),
                };
                session.record(hands, what)?;
            }
            3 => self.take_up(hands)?,
            4 => self.agent(hands)?,
            5 => self.judge(hands)?,
            6 => {
                if self.red.is_some() {
                    let lease = self.lease.take().expect("it was granted");
                    end(hands, &lease, Ending::Returned)?;
                }
            }
            _ => return self.ended(session, hands).map(Some),
        }
        Ok(None)
    }

    fn begin(&mut self, session: &mut Session, hands: &mut Hands<'_>) -> Step {
        let (job, round, slot) = self.at;
        let event = |result| Ok(Some(Event::Attempted { job, slot, result }));
        if let Some(reason) = self.found.as_ref().and_then(|found| found.mark.outcome.failure()) {
            hands.tale.count("failed attempts of earlier sessions counted");
            return event(Attempted::Failed { reason: reason.to_owned() });
        }
        let history = History { epoch: hands.host.git.floor(&name(job)), ..History::default() };
        let floor = history.epoch;
        let (holder, session_name) = (session.holder.clone(), session.name.clone());
        let lease = match hands.host.claim(job, &session_name, holder, history) {
            Ok(lease) => lease,
            Err(reason) => {
                hands.tale.count("jobs held by others");
                session.left_alone = true;
                hands.tale.then(|| reason.clone());
                return event(Attempted::Held { reason });
            }
        };
        if lease.epoch <= floor {
            let facts = format!("{} got epoch {} after {floor}", name(job), lease.epoch);
            return Err(Stop::Wrong("epochs never run backwards", facts));
        }
        let mark = Mark {
            id: name(job),
            epoch: lease.epoch,
            round,
            slot,
            agent: if self.by_hand.is_some() { BY_HAND } else { "shell" }.to_owned(),
            run: "leadforge/run".to_owned(),
            base: match &self.by_hand {
                Some(tip) => {
                    hands.host.git.earlier(&hands.host.git.get(tip).parents[0], &self.base)
                }
                None => self.base.clone(),
            },
            started_ms: 1,
            outcome: Outcome::Candidate,
            work: None,
        };
        self.lease = Some(lease);
        self.made = Some((mark, String::new()));
        Ok(None)
    }

    /// Makes the attempt's branch: from what an earlier session or somebody's hand did, or empty.
    fn take_up(&mut self, hands: &mut Hands<'_>) -> Result<(), Stop> {
        let git = &mut hands.host.git;
        let (mark, work) = self.made.as_mut().expect("it has begun");
        let new = branch(&mark.id, mark.epoch);
        let message = mark.message("Work");
        let updates = match (&self.found, &self.by_hand) {
            (Some(found), _) => {
                hands.tale.count("attempts of earlier sessions adopted");
                let tree = git.get(&self.base).tree.clone();
                *work = git.commit(&[&self.base], message, tree);
                let old = branch(&found.mark.id, found.mark.epoch);
                let gone = Update { name: old, new: None, old: Some(found.tip.to_string()) };
                vec![create(new, work), gone]
            }
            (None, Some(tip)) => {
                hands.tale.count("work by hand taken up");
                let tree = git.get(tip).tree.clone();
                *work = git.commit(&[tip], message, tree);
                vec![create(new, work)]
            }
            (None, None) => vec![create(new, &self.base)],
        };
        hands.host.change(&updates)
    }

    /// Runs the agent, unless its work is there already, and makes the work commit.
    fn agent(&mut self, hands: &mut Hands<'_>) -> Result<(), Stop> {
        if self.found.is_some() || self.by_hand.is_some() {
            return Ok(());
        }
        let (job, round, slot) = self.at;
        let git = &mut hands.host.git;
        let again = git.below("refs/heads/lf/").into_iter().find(|(_, tip)| {
            git.mark(tip).is_some_and(|mark| {
                (mark.id, mark.round, mark.slot) == (name(job), round, slot)
                    && mark.base == self.base
            })
        });
        if let Some((branch, _)) = again {
            let facts = format!("j{job} round {round} slot {slot} is on {branch}");
            return Err(Stop::Wrong("committed work is not done again", facts));
        }
        hands.tale.count("agents run");
        let (mark, work) = self.made.as_mut().expect("it has begun");
        // Every other failure is the agent's own, and is on the branch with the work.
        self.red = hands.setup.jobs[job].red(round, slot).filter(|_| (round + slot) % 2 == 0);
        let mut said = mark.clone();
        if let Some(reason) = &self.red {
            said.outcome = Outcome::Failed(reason.clone());
        }
        let tree = git.get(&self.base).tree.clone();
        *work = git.commit(&[&self.base], said.message("Work"), tree);
        let moved = update(branch(&mark.id, mark.epoch), &self.base, work);
        hands.host.change(&[moved])
    }

    fn judge(&mut self, hands: &mut Hands<'_>) -> Result<(), Stop> {
        let (job, round, slot) = self.at;
        if self.red.is_none() {
            self.red = hands.setup.jobs[job].red(round, slot);
            if let Some(reason) = &self.red {
                let (mark, work) = self.made.as_ref().expect("it has begun");
                let outcome = Outcome::Failed(reason.clone());
                let failed = marked(&mut hands.host.git, mark, work, outcome);
                return hands.host.change(&[failed]);
            }
        }
        Ok(())
    }

    fn ended(&mut self, session: &mut Session, hands: &mut Hands<'_>) -> Result<Event, Stop> {
        let (job, round, slot) = self.at;
        let (mark, work) = self.made.take().expect("it has begun");
        let score = hands.setup.jobs[job].score(round, slot);
        let result = match self.red.take() {
            Some(reason) => Attempted::Failed { reason },
            None => Attempted::Verified { score },
        };
        let (verified, reason) = match &result {
            Attempted::Failed { reason } => (false, Some(reason.clone())),
            _ => (true, None),
        };
        hands.tale.count(if verified { "attempts verified" } else { "attempts red" });
        let what = What::AttemptEnded {
            id: mark.id.clone(),
            epoch: mark.epoch,
            verified,
            score: Some(score),
            reason,
        };
        session.record(hands, what)?;
        if let (true, Some(lease)) = (verified, self.lease.take()) {
            session.candidates.insert((job, slot), Candidate { lease, mark, work });
        }
        Ok(Event::Attempted { job, slot, result })
    }
}

impl Landing {
    pub(super) fn new(job: usize, tip: String, chosen: Candidate, others: Vec<Candidate>) -> Self {
        Self { job, tip, chosen, others, commit: String::new(), back: None, stage: 0 }
    }

    pub(super) fn step(&mut self, session: &mut Session, hands: &mut Hands<'_>) -> Step {
        let job = self.job;
        hands.tale.then(|| format!("landing of j{job} step {}", self.stage));
        self.stage += 1;
        let (id, epoch) = (name(job), self.chosen.mark.epoch);
        match (self.stage, &self.back) {
            (1, _) => {
                let tip = self.tip.clone();
                session.record(hands, What::LandingStarted { id, epoch, tip })?;
            }
            (2, _) => return self.gate(hands),
            (3, Some(reason)) => {
                let reason = reason.clone();
                session.record(hands, What::SentBack { id, epoch, reason })?;
            }
            (3, None) => {
                let what = What::Landed {
                    id,
                    epoch,
                    commit: self.commit.clone(),
                    tree: self.commit.clone(),
                    merged: false,
                    reused: false,
                    others: Vec::new(),
                };
                session.record(hands, what)?;
            }
            (4, back) => {
                let ending = if back.is_some() { Ending::Returned } else { Ending::Done };
                end(hands, &self.chosen.lease, ending)?;
                if back.is_none() {
                    let landed = hands.host.git.landed();
                    hands.host.completed(landed.iter().map(|(mark, _)| &mark.id));
                }
            }
            (_, back) => {
                if let Some(other) = self.others.pop() {
                    if back.is_none() {
                        let (mark, work) = (&other.mark, &other.work);
                        let update = marked(&mut hands.host.git, mark, work, Outcome::NotChosen);
                        hands.host.change(&[update])?;
                    }
                    end(hands, &other.lease, Ending::Returned)?;
                    return Ok(None);
                }
                return Ok(Some(match back {
                    Some(reason) => Event::Back { job, reason: reason.clone() },
                    None => Event::Landed { job, commit: self.commit.clone() },
                }));
            }
        }
        Ok(None)
    }

    /// Verifies on the tip, asks for the lease, and moves the refs.
    fn gate(&mut self, hands: &mut Hands<'_>) -> Step {
        let Candidate { lease, mark, work } = &self.chosen;
        if let Some(reason) = hands.setup.jobs[self.job].conflict(mark.round) {
            hands.tale.count("landings sent back");
            let git = &mut hands.host.git;
            let mut marks = vec![marked(git, mark, work, Outcome::SentBack(reason.clone()))];
            for other in &self.others {
                marks.push(marked(git, &other.mark, &other.work, Outcome::NotChosen));
            }
            self.back = Some(reason);
            hands.host.change(&marks)?;
            return Ok(None);
        }
        if let Err(error) = hands.host.beat(lease) {
            hands.tale.count("landings stopped: lease lost");
            for one in self.others.iter().chain([&self.chosen]) {
                end(hands, &one.lease, Ending::Returned)?;
            }
            return Ok(Some(Event::Lost { job: self.job, reason: error.to_string() }));
        }
        let git = &mut hands.host.git;
        let mut tree = git.get(&self.tip).tree.clone();
        tree.push((self.job, mark.round, mark.slot));
        let below = match mark.base == self.tip {
            true => work.clone(),
            false => git.commit(&[&self.tip, work], "Merge".to_owned(), tree.clone()),
        };
        let said = Mark { outcome: Outcome::Done, work: Some(work.clone()), ..mark.clone() };
        self.commit = git.commit(&[&below], said.message("Complete"), tree);
        hands.tale.done("landings");
        let updates = [
            update(TIP.to_owned(), &self.tip, &self.commit),
            update(branch(&mark.id, mark.epoch), work, &self.commit),
            create(done(&mark.id, mark.epoch), &self.commit),
        ];
        hands.host.change(&updates)?;
        Ok(None)
    }
}
