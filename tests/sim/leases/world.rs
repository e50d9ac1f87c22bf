//! Carries the operations of a history out, well or badly, and compares every answer with the model's.

use std::collections::BTreeMap;

use leadforge_task_queue::{Backend as _, Holder, Lease, Outcome, TaskId};

use super::super::tale::Tale;
use super::database::Database;
use super::git::Git;
use super::machines::{Machines, View};
use super::op::{End, Fate, Op};
use super::setup::{Kind, Setup, task_name};

/// What was seen that must not be: the promise, and the facts.
pub(super) type Wrong = (&'static str, String);

struct Worker {
    /// Its process or, for one that only time can tell of, nobody; `None` when it does not run.
    holder: Option<Holder>,
    lives: u32,
    /// The leases that it was told of, oldest first.
    tokens: Vec<(u8, Lease)>,
}

/// A command on its way to the database.
#[derive(Clone)]
struct Message {
    worker: u8,
    /// Which life of the worker asked.
    life: u32,
    /// Where the command runs.
    at: (u8, u8),
    ask: Ask,
    /// The moment of asking, where that is the one that counts.
    view: Option<View>,
    /// True when it was carried out once already.
    again: bool,
}

#[derive(Clone)]
enum Ask {
    Claim { task: Option<u8>, session: String, holder: Holder },
    Beat { task: u8, lease: Lease },
    Settle { task: u8, lease: Lease, outcome: Outcome },
}

pub(super) struct World<'a> {
    pub(super) setup: &'a Setup,
    pub(super) machines: Machines,
    pub(super) database: Database,
    pub(super) git: Git,
    workers: Vec<Worker>,
    wire: Vec<Message>,
    sessions: u32,
    pub(super) ids: Vec<TaskId>,
    /// The highest epoch of each task since the database was begun, whatever power took back.
    pub(super) issued: BTreeMap<u8, u64>,
    /// The same over all databases.
    pub(super) ever: BTreeMap<u8, u64>,
    pub(super) tale: &'a mut Tale,
}

/// What is seen of holders from this view.
macro_rules! sight {
    ($world:expr, $view:expr) => {
        |holder: &Holder| $world.machines.sight($view, holder)
    };
}

pub(super) use sight;

impl<'a> World<'a> {
    pub(super) fn new(setup: &'a Setup, loses: bool, tale: &'a mut Tale) -> Self {
        let mut machines = Machines::new();
        let mut workers = Vec::new();
        for worker in &setup.workers {
            let at = setup.hosts[usize::from(worker.host) % setup.hosts.len()];
            let holder = match worker.kind {
                Kind::Process => machines.start(at),
                Kind::Time => machines.nobody(at),
            };
            workers.push(Worker { holder: Some(holder), lives: 0, tokens: Vec::new() });
        }
        let id = |at: usize| TaskId::parse(&task_name(u8::try_from(at).expect("few")));
        Self {
            setup,
            machines,
            database: Database::new(loses && setup.is_local()),
            git: Git::new(setup),
            workers,
            wire: Vec::new(),
            sessions: 0,
            ids: (0..setup.tasks.len()).map(|at| id(at).expect("a fine id")).collect(),
            issued: BTreeMap::new(),
            ever: BTreeMap::new(),
            tale,
        }
    }

    fn host(&self, host: u8) -> (u8, u8) {
        self.setup.hosts[usize::from(host) % self.setup.hosts.len()]
    }

    fn home(&self, worker: u8) -> (u8, u8) {
        self.host(self.setup.workers[usize::from(worker)].host)
    }

    pub(super) fn step(&mut self, op: Op) -> Result<(), Wrong> {
        self.tale.line(|| format!("{op:?}"));
        // A world that was made smaller keeps the names of those who are left.
        let workers = u8::try_from(self.workers.len()).expect("few");
        let tasks = u8::try_from(self.setup.tasks.len()).expect("few");
        let machines = if self.setup.is_local() { 1 } else { 2 };
        match op {
            Op::Pass { ms } => self.machines.pass(ms),
            Op::Jump { machine, days } => {
                self.tale.fault("clocks set");
                self.machines.jump((machine % machines).into(), days);
            }
            Op::Rate { machine, times } => {
                self.tale.fault("clocks made faster or slower");
                self.machines.rate((machine % machines).into(), times);
            }
            Op::Claim { worker, task, fate } => {
                let worker = worker % workers;
                let Some(holder) = self.workers[usize::from(worker)].holder.clone() else {
                    return Ok(());
                };
                let session = self.session(worker);
                let task = task.map(|task| task % tasks);
                let at = self.home(worker);
                return self.send(worker, at, Ask::Claim { task, session, holder }, fate);
            }
            Op::Branch { worker, token } => {
                if let Some((task, lease)) = self.token(worker % workers, token) {
                    let made = self.git.branch(task, lease.epoch, &lease.session);
                    self.tale.count(if made { "branches made" } else { "branches in the way" });
                    self.tale.then(|| format!("t{task} epoch {}: {made}", lease.epoch));
                }
            }
            Op::Beat { worker, token, host, fate } => {
                let worker = worker % workers;
                let at = host.map_or_else(|| self.home(worker), |host| self.host(host));
                if let Some((task, lease)) = self.token(worker, token) {
                    return self.send(worker, at, Ask::Beat { task, lease }, fate);
                }
            }
            Op::End { worker, token, host, end, fate } => {
                let worker = worker % workers;
                let at = host.map_or_else(|| self.home(worker), |host| self.host(host));
                if let Some(token) = self.token(worker, token) {
                    return self.end(worker, at, token, end, fate);
                }
            }
            Op::Deliver { message } if !self.wire.is_empty() => {
                let at = usize::from(message) % self.wire.len();
                let message = self.wire.remove(at);
                self.tale.fault(match message.again {
                    true => "commands delivered twice",
                    false => "commands delivered late",
                });
                if at > 0 {
                    self.tale.count("of these, past others that were sent before");
                }
                return self.execute(&message, true);
            }
            Op::Deliver { .. } => {}
            Op::Die { worker } => self.die(worker % workers),
            Op::Start { worker } => self.start(worker % workers),
            Op::Reap { host } => return self.reap(self.machines.view(self.host(host))).map(drop),
            Op::Release { host, task } => {
                let view = self.machines.view(self.host(host));
                return self.release(task % tasks, view);
            }
            Op::Power { machine, lost } => self.power(machine % machines, lost),
            Op::Lose => {
                self.tale.fault("databases lost");
                self.database.lose();
                self.issued.clear();
            }
        }
        Ok(())
    }

    fn session(&mut self, worker: u8) -> String {
        if self.setup.workers[usize::from(worker)].one_session {
            return format!("run{worker}.{}", self.workers[usize::from(worker)].lives);
        }
        self.sessions += 1;
        format!("s{}", self.sessions)
    }

    /// A lease that a worker was told of, the newest first.
    fn token(&self, worker: u8, back: u8) -> Option<(u8, Lease)> {
        let worker = &self.workers[usize::from(worker)];
        worker.holder.as_ref()?;
        let at = worker.tokens.len().checked_sub(1 + usize::from(back))?;
        worker.tokens.get(at).cloned()
    }

    fn die(&mut self, worker: u8) {
        let one = &mut self.workers[usize::from(worker)];
        // Whoever only time can tell of has no process that could be killed.
        if let Some(holder) = one.holder.take_if(|holder| holder.pid != 0) {
            self.tale.fault("processes killed");
            self.machines.end(&holder);
            // A program that is started anew finds the leases of the former one in its notes now and then.
            one.tokens.truncate(2);
        }
    }

    fn start(&mut self, worker: u8) {
        let at = self.home(worker);
        let kind = self.setup.workers[usize::from(worker)].kind;
        let one = &mut self.workers[usize::from(worker)];
        if one.holder.is_none() {
            one.lives += 1;
            one.holder = Some(match kind {
                Kind::Process => self.machines.start(at),
                Kind::Time => self.machines.nobody(at),
            });
        }
    }

    fn power(&mut self, machine: u8, lost: u8) {
        self.tale.fault("power cuts");
        for worker in 0..u8::try_from(self.workers.len()).expect("few") {
            if self.home(worker).0 == machine {
                self.die(worker);
                self.workers[usize::from(worker)].holder = None;
            }
        }
        self.machines.restart(machine.into());
        let homes: Vec<bool> = self.wire.iter().map(|message| message.at.0 != machine).collect();
        let mut homes = homes.into_iter();
        self.wire.retain(|_| homes.next().unwrap_or(true));
        let lost = self.database.power(lost.into());
        self.tale.add("transactions that power took back", lost as u64);
        self.tale.then(|| format!("{lost} transactions lost"));
    }

    fn end(
        &mut self,
        worker: u8,
        at: (u8, u8),
        (task, lease): (u8, Lease),
        end: End,
        fate: Fate,
    ) -> Result<(), Wrong> {
        let (epoch, session) = (lease.epoch, lease.session.clone());
        let outcome = match end {
            End::Failed => Outcome::Failed,
            End::Returned => {
                self.git.drop_branch(task, epoch, &session);
                Outcome::Returned
            }
            End::Land { cut } => {
                let made = self.git.branch(task, epoch, &session);
                if !made && !self.git.has(task, epoch, &session) {
                    self.tale.count("branches in the way");
                    return Ok(());
                }
                let beat = Message {
                    worker,
                    life: self.workers[usize::from(worker)].lives,
                    at,
                    ask: Ask::Beat { task, lease: lease.clone() },
                    view: None,
                    again: false,
                };
                if !self.carry_out(&beat, true)? {
                    self.tale.count("late finishers stopped before landing");
                    return Ok(());
                }
                if cut == 0 {
                    self.die(worker);
                    return Ok(());
                }
                let landed = self.git.land(task, epoch, &session);
                match landed {
                    true => self.tale.done("completions"),
                    false => self.tale.count("second completions refused"),
                }
                self.tale.then(|| format!("t{task} epoch {epoch} landed: {landed}"));
                if cut == 1 {
                    self.die(worker);
                    return Ok(());
                }
                if landed { Outcome::Done } else { Outcome::Returned }
            }
        };
        self.send(worker, at, Ask::Settle { task, lease, outcome }, fate)?;
        if end == (End::Land { cut: 2 }) {
            self.die(worker);
        }
        Ok(())
    }

    /// Hands a command on, as its fate says.
    fn send(&mut self, worker: u8, at: (u8, u8), ask: Ask, fate: Fate) -> Result<(), Wrong> {
        let life = self.workers[usize::from(worker)].lives;
        let mut message = Message { worker, life, at, ask, view: None, again: false };
        match fate {
            Fate::Well => return self.execute(&message, true),
            Fate::Not => self.tale.fault("commands that failed and did nothing"),
            Fate::Unheard => {
                self.tale.fault("commands done and reported as failed");
                return self.execute(&message, false);
            }
            Fate::Twice => {
                self.wire.push(Message { again: true, ..message.clone() });
                return self.execute(&message, true);
            }
            Fate::Later { stale } => {
                message.view = stale.then(|| self.machines.view(at));
                self.wire.push(message);
            }
        }
        Ok(())
    }

    fn execute(&mut self, message: &Message, heard: bool) -> Result<(), Wrong> {
        self.carry_out(message, heard).map(drop)
    }

    /// One transaction; true when it was granted or taken.
    fn carry_out(&mut self, message: &Message, heard: bool) -> Result<bool, Wrong> {
        let view = match &message.view {
            Some(view) => view.clone(),
            None => self.machines.view(message.at),
        };
        let worker = usize::from(message.worker);
        self.database.begin();
        let taken = match &message.ask {
            Ask::Claim { task, session, holder } => {
                let agent = self.setup.workers[worker].agent;
                let ttl = self.setup.workers[worker].ttl_ms;
                let holder = holder.clone();
                let got = self.claim(Some(agent), *task, session, holder, ttl, &view)?;
                let taken = got.is_some();
                if let Some(token) = got
                    && heard
                    && self.workers[worker].lives == message.life
                {
                    self.workers[worker].tokens.push(token);
                }
                taken
            }
            Ask::Beat { task, lease } => {
                let ttl = self.setup.workers[worker].ttl_ms;
                let life = sight!(self, &view);
                let got = self.database.backend.beat(lease, ttl, &view.now(&life));
                let due = self.database.model.beat(*task, lease, ttl, &view, &life);
                self.judge("beat", *task, lease, got.map(drop), due)?
            }
            Ask::Settle { task, lease, outcome } => {
                let life = sight!(self, &view);
                let got = self.database.backend.settle(lease, *outcome, &view.now(&life));
                let due = self.database.model.settle(*task, lease, *outcome, &view, &life);
                self.judge("settle", *task, lease, got, due)?
            }
        };
        self.compare()?;
        Ok(taken)
    }

    fn reap(&mut self, view: View) -> Result<usize, Wrong> {
        self.database.begin();
        let life = sight!(self, &view);
        let got = self.database.backend.reap(&view.now(&life));
        let got = got.map_err(|error| ("reaping works", error.to_string()))?;
        let due = self.database.model.sweep(&view, &life);
        self.tale.add("leases that became void", got.len() as u64);
        let mut got: Vec<(String, u64)> =
            got.into_iter().map(|lease| (lease.task.to_string(), lease.epoch)).collect();
        let mut due: Vec<(String, u64)> =
            due.into_iter().map(|(task, epoch)| (task_name(task), epoch)).collect();
        got.sort();
        due.sort();
        self.tale.then(|| format!("{got:?}"));
        if got != due {
            return Err(("what is over ends, and nothing else", format!("{got:?}, not {due:?}")));
        }
        self.compare()?;
        Ok(got.len())
    }

    /// A person releases a task that nobody holds.
    pub(super) fn release(&mut self, task: u8, view: View) -> Result<(), Wrong> {
        self.reap(view)?;
        if self.database.model.open.iter().any(|one| one.task == task) {
            return Ok(());
        }
        self.tale.count("releases");
        self.database.begin();
        let history = self.git.history(task);
        let id = &self.ids[usize::from(task)];
        let released = self.database.backend.release(id, &history);
        released.map_err(|error| ("releasing works", error.to_string()))?;
        let released = self.database.backend.released(id);
        if !self.database.model.release(task, &history, released) {
            let facts = format!("t{task} up to {released}");
            return Err(("a release forgives all tries so far", facts));
        }
        self.compare()
    }

    /// All processes end and no more faults come: everything that can be done must now get done.
    pub(super) fn calm(&mut self) -> Result<(), Wrong> {
        self.tale.line(|| "the faults stop".to_owned());
        for worker in 0..u8::try_from(self.workers.len()).expect("few") {
            self.die(worker);
        }
        for machine in 0..self.machines.all.len() {
            self.machines.rate(machine, 1);
        }
        self.wire.clear();
        let at = self.setup.hosts[0];
        let mut waits = 0;
        while self.git.completed.len() < self.setup.tasks.len() {
            let view = self.machines.view(at);
            let holder = self.machines.start(at);
            self.sessions += 1;
            let session = format!("calm{}", self.sessions);
            if let Some((task, lease)) =
                self.claim(None, None, &session, holder.clone(), 1, &view)?
            {
                self.compare()?;
                let made = self.git.branch(task, lease.epoch, &session);
                if !made || !self.git.land(task, lease.epoch, &session) {
                    return Err((
                        "exactly one completion",
                        format!("t{task} epoch {}", lease.epoch),
                    ));
                }
                let life = sight!(self, &view);
                let got = self.database.backend.settle(&lease, Outcome::Done, &view.now(&life));
                let due = self.database.model.settle(task, &lease, Outcome::Done, &view, &life);
                self.judge("settle", task, &lease, got, due)?;
                self.tale.count("completions after the faults");
                waits = 0;
                continue;
            }
            self.machines.end(&holder);
            waits += 1;
            if waits > 3 {
                let open: Vec<_> =
                    self.database.model.open.iter().map(|o| (o.task, o.epoch)).collect();
                return Err((
                    "what can be done gets done when the faults stop",
                    format!("{open:?} stay"),
                ));
            }
            // Longer than any lease lasts; then a person looks after what failed.
            self.machines.pass(61 * super::setup::MINUTE);
            for task in 0..u8::try_from(self.setup.tasks.len()).expect("few") {
                self.release(task, self.machines.view(at))?;
            }
        }
        Ok(())
    }
}
