//! The world of one history: tasks, machines, and who works.

use std::fmt;

use super::super::rng::Rng;

/// What tasks change: files as bits, so that the model compares sets where the queue compares globs.
pub(super) const SCOPES: [(&str, u8); 7] = [
    ("touches = ['src/a/**']", 0b0000_0001),
    ("touches = ['src/b/*.rs']", 0b0000_0010),
    ("touches = ['src/**']", 0b0000_0011),
    ("touches = ['docs/x.md']", 0b0000_0100),
    ("touches = ['one/**']\nresources = ['port:1']", 0b0001_1000),
    ("touches = ['two/**']\nresources = ['port:1']", 0b0010_1000),
    ("", 0),
];

/// One task.
#[derive(Clone, Debug)]
pub(super) struct TaskSetup {
    pub(super) priority: u8,
    /// An earlier task that must be completed before.
    pub(super) after: Option<u8>,
    /// An index into [`SCOPES`].
    pub(super) scope: u8,
    pub(super) attempts: u8,
    pub(super) tries: u8,
    /// The one agent that may do it.
    pub(super) agent: Option<u8>,
}

/// How a holder can be looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// By its process.
    Process,
    /// By time alone: a person, or an agent that is not here.
    Time,
}

/// Somebody who claims tasks.
#[derive(Clone, Debug)]
pub(super) struct WorkerSetup {
    /// Where it runs.
    pub(super) host: u8,
    pub(super) agent: u8,
    pub(super) kind: Kind,
    pub(super) ttl_ms: u64,
    /// True for a session that names all its claims alike, as a run does.
    pub(super) one_session: bool,
}

/// What an agent may have.
#[derive(Clone, Debug)]
pub(super) struct AgentSetup {
    /// Grants, and the milliseconds of the window in which they count.
    pub(super) quota: Option<(u32, u64)>,
    pub(super) at_once: Option<u32>,
}

/// The whole world.
#[derive(Clone, Debug)]
pub(crate) struct Setup {
    pub(super) tasks: Vec<TaskSetup>,
    /// The machine and the process namespace of each host; several machines share a backend that power cannot roll back.
    pub(super) hosts: Vec<(u8, u8)>,
    pub(super) workers: Vec<WorkerSetup>,
    pub(super) agents: Vec<AgentSetup>,
    pub(super) unknown_exclusive: bool,
}

pub(super) const MINUTE: u64 = 60_000;

impl Setup {
    pub(super) fn draw(rng: &mut Rng) -> Self {
        let tasks = 1 + rng.small(5);
        let hosts = rng.pick(&[
            &[(0, 0)][..],
            &[(0, 0), (0, 1)],
            &[(0, 0), (1, 0)],
            &[(0, 0), (0, 1), (1, 0)],
        ]);
        let crowded = rng.once_in(2);
        let task = |at: u8, rng: &mut Rng| TaskSetup {
            priority: rng.small(4),
            after: (at > 0 && rng.once_in(4)).then(|| rng.small(at)),
            scope: rng.small(if crowded { 3 } else { 7 }),
            attempts: rng.pick(&[1, 1, 1, 2, 3]),
            tries: rng.pick(&[1, 2, 2, 3]),
            agent: rng.once_in(8).then(|| rng.small(2)),
        };
        let count = u8::try_from(hosts.len()).expect("few");
        let worker = |rng: &mut Rng| WorkerSetup {
            host: rng.small(count),
            agent: rng.small(2),
            kind: rng.pick(&[Kind::Process, Kind::Time]),
            ttl_ms: rng.pick(&[MINUTE, 10 * MINUTE, 60 * MINUTE]),
            one_session: rng.once_in(3),
        };
        let agent = |rng: &mut Rng| AgentSetup {
            quota: rng
                .once_in(3)
                .then(|| (1 + u32::from(rng.small(4)), rng.pick(&[60, 1_440]) * MINUTE)),
            at_once: rng.once_in(4).then(|| 1 + u32::from(rng.small(2))),
        };
        Self {
            tasks: (0..tasks).map(|at| task(at, rng)).collect(),
            hosts: hosts.to_vec(),
            workers: (0..2 + rng.small(3)).map(|_| worker(rng)).collect(),
            agents: (0..2).map(|_| agent(rng)).collect(),
            unknown_exclusive: rng.once_in(2),
        }
    }

    /// True when one machine has everything, so that its database is the local one.
    pub(super) fn is_local(&self) -> bool {
        self.hosts.iter().all(|(machine, _)| *machine == 0)
    }

    /// Plainer worlds: without the last task or worker, and everything at its simplest.
    pub(super) fn smaller(&self) -> Vec<Self> {
        let mut all = Vec::new();
        let mut with = |change: &dyn Fn(&mut Self)| {
            let mut setup = self.clone();
            change(&mut setup);
            all.push(setup);
        };
        if self.tasks.len() > 1 {
            with(&|s| s.tasks.truncate(s.tasks.len() - 1));
        }
        if self.workers.len() > 1 {
            with(&|s| s.workers.truncate(s.workers.len() - 1));
        }
        with(&|s| s.hosts.truncate(1));
        with(&|s| s.hosts.truncate(2));
        with(&|s| s.agents.iter_mut().for_each(|a| a.quota = None));
        with(&|s| s.agents.iter_mut().for_each(|a| a.at_once = None));
        for at in 0..self.tasks.len() {
            with(&|s| s.tasks[at].after = None);
            with(&|s| s.tasks[at].agent = None);
            with(&|s| s.tasks[at].attempts = 1);
            with(&|s| s.tasks[at].tries = 2);
            with(&|s| s.tasks[at].scope = 6);
            with(&|s| s.tasks[at].priority = 2);
        }
        for at in 0..self.workers.len() {
            with(&|s| s.workers[at].host = 0);
            with(&|s| s.workers[at].one_session = false);
            with(&|s| s.workers[at].ttl_ms = 10 * MINUTE);
        }
        all.retain(|setup| setup.to_string() != self.to_string());
        all
    }
}

/// The name of a task.
pub(super) fn task_name(task: u8) -> String {
    format!("t{task}")
}

impl fmt::Display for Setup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, task) in self.tasks.iter().enumerate() {
            let TaskSetup { priority, after, scope, attempts, tries, agent } = task;
            write!(f, "task t{at}: P{priority}, {attempts} attempts, {tries} tries")?;
            let scope = SCOPES[usize::from(*scope)].0.replace('\n', ", ");
            write!(f, ", {}", if scope.is_empty() { "scope unknown" } else { &scope })?;
            after.map_or(Ok(()), |on| write!(f, ", after t{on}"))?;
            agent.map_or(Ok(()), |agent| write!(f, ", for agent{agent}"))?;
            f.write_str("; ")?;
        }
        for (at, (machine, space)) in self.hosts.iter().enumerate() {
            write!(f, "host {at}: machine {machine} space {space}; ")?;
        }
        for (at, worker) in self.workers.iter().enumerate() {
            let WorkerSetup { host, agent, kind, ttl_ms, one_session } = worker;
            let host = usize::from(*host) % self.hosts.len();
            write!(f, "worker w{at}: agent{agent}, host {host}, ")?;
            write!(f, "{kind:?}, ttl {} min", ttl_ms / MINUTE)?;
            f.write_str(if *one_session { ", one session; " } else { "; " })?;
        }
        for (at, agent) in self.agents.iter().enumerate() {
            if let Some((limit, window)) = agent.quota {
                write!(f, "agent{at}: {limit} grants in {} min; ", window / MINUTE)?;
            }
            agent.at_once.map_or(Ok(()), |limit| write!(f, "agent{at}: {limit} at once; "))?;
        }
        f.write_str(if self.unknown_exclusive {
            "unknown scopes alone"
        } else {
            "unknown scopes side by side"
        })
    }
}
