//! The machine that a run lives on: its processes and clocks, the lease database, the journal's disk, git.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use leadforge_agent_dispatch::{Event, JOURNAL, read_journal};
use leadforge_durable_fs::{AppendLog, Fault, SimDisk};
use leadforge_task_queue::{
    Backend as _, ClaimOutcome, ClaimRequest, Completion, Error, History, Holder, Lease, Memory,
    Outcome, Queue, TaskId, complete,
};

use super::super::leases::machines::Machines;
use super::git::{Git, TIP, Update};
use super::op;
use super::setup::{Setup, name};

const HERE: (u8, u8) = (0, 0);
const FOLDER: &str = "/run";
const TTL_MS: u64 = 600_000;

/// What ends a session: the process goes on no more, whatever it was at.
#[derive(Debug)]
pub(super) enum Stop {
    /// Something failed; the run ends with an error.
    Failed(String),
    /// The dispatcher is wrong.
    Wrong(&'static str, String),
}

/// All that outlives a session.
pub(super) struct Host {
    pub(super) git: Git,
    pub(super) machines: Machines,
    disk: SimDisk,
    leases: Memory,
    past: Vec<(Memory, BTreeMap<String, u64>)>,
    synced: u64,
    queue: Queue,
    files: BTreeMap<String, String>,
    /// The jobs that the queue shows as completed.
    shown: BTreeSet<String>,
    ids: Vec<TaskId>,
    /// The records that the journal acknowledged.
    acknowledged: Vec<Vec<u8>>,
    /// How the next change of refs goes wrong.
    pub(super) refs: Option<op::Fate>,
    /// The commit that recorded the queue.
    pub(super) start: String,
    /// What somebody said is done, as the lease database has it.
    pub(super) done_by_hand: BTreeMap<String, u64>,
}

impl Host {
    pub(super) fn new(setup: &Setup) -> Self {
        let mut files = BTreeMap::new();
        for (at, job) in setup.jobs.iter().enumerate() {
            let after: Vec<String> =
                job.after.iter().map(|on| format!("'{}'", name(*on))).collect();
            let text = format!(
                "+++\ntitle = \"A job\"\nafter = [{}]\nattempts = {}\ntries = {}\n\
                 touches = ['own/{at}/**']\n+++\nDo it.\n",
                after.join(", "),
                job.slots,
                job.tries
            );
            files.insert(format!("pending/{}.md", name(at)), text);
        }
        let id = |at: usize| TaskId::parse(&name(at)).expect("a fine id");
        let mut git = Git::default();
        let start = git.commit(&[], "Record the queue".to_owned(), Vec::new());
        git.refs.insert(TIP.to_owned(), start.clone());
        Self {
            git,
            machines: Machines::new(),
            disk: SimDisk::new(setup.disk),
            leases: Memory::new(),
            past: Vec::new(),
            synced: 0,
            queue: Queue::from_files(&files).unwrap_or_else(|error| panic!("{error}")),
            files,
            shown: BTreeSet::new(),
            ids: (0..setup.jobs.len()).map(id).collect(),
            acknowledged: Vec::new(),
            refs: None,
            start,
            done_by_hand: BTreeMap::new(),
        }
    }

    /// Opens the journal, which must hold every record that was acknowledged, and reads it.
    pub(super) fn open_journal(&mut self) -> Result<(AppendLog, Vec<Event>), Stop> {
        let failed = |error: leadforge_durable_fs::Error| Stop::Failed(error.to_string());
        let folder = Path::new(FOLDER);
        leadforge_durable_fs::create_dir_all(&self.disk, folder).map_err(failed)?;
        let path = folder.join(JOURNAL);
        let (log, _) = AppendLog::open(&self.disk, &path).map_err(|error| match error {
            leadforge_durable_fs::Error::Corrupt { .. } => {
                Stop::Wrong("the journal loses nothing", error.to_string())
            }
            error => failed(error),
        })?;
        let (records, _) = AppendLog::read(&self.disk, &path).map_err(failed)?;
        let whole = records.starts_with(&self.acknowledged);
        // One more may be there: it was written, and its writer was not told.
        if !whole || records.len() > self.acknowledged.len() + 1 {
            let facts =
                format!("{} records, {} acknowledged", records.len(), self.acknowledged.len());
            return Err(Stop::Wrong("the journal loses nothing", facts));
        }
        let (events, unknown) =
            read_journal(&self.disk, folder).map_err(|error| Stop::Failed(error.to_string()))?;
        if unknown > 0 || events.len() != records.len() {
            return Err(Stop::Wrong("the journal is understood", format!("{unknown} unknown")));
        }
        self.acknowledged = records;
        Ok((log, events))
    }

    /// Appends to the journal.
    pub(super) fn record(&mut self, log: &mut AppendLog, event: &Event) -> Result<(), Stop> {
        let bytes = serde_json::to_vec(event).expect("events are plain data");
        log.append(&bytes).map_err(|error| Stop::Failed(error.to_string()))?;
        self.acknowledged.push(bytes);
        Ok(())
    }

    pub(super) fn disk_fault(&self, nth: u8, stops: bool) {
        let error = Fault::Error(std::io::ErrorKind::StorageFull);
        self.disk.fail_at(nth.into(), if stops { Fault::Stop } else { error });
    }

    /// Changes refs in one transaction.
    pub(super) fn change(&mut self, updates: &[Update]) -> Result<(), Stop> {
        let failed = |what: &str| Err(Stop::Failed(what.to_owned()));
        match self.refs.take() {
            Some(op::Fate::Not) => failed("git failed"),
            Some(op::Fate::Unheard) => {
                self.git.transaction(updates);
                failed("git did it and failed")
            }
            None if self.git.transaction(updates) => Ok(()),
            None => failed("a branch was moved by somebody"),
        }
    }

    fn commit(&mut self) {
        self.forget_synced();
        if self.past.len() == 4 {
            self.past.remove(0);
        }
        self.past.push((self.leases.copy(), self.done_by_hand.clone()));
    }

    /// What was made durable takes all before it along.
    fn forget_synced(&mut self) {
        if self.leases.synced() != self.synced {
            self.past.clear();
            self.synced = self.leases.synced();
        }
    }

    /// Claims one task; `None` with the reasons when it cannot be had.
    pub(super) fn claim(
        &mut self,
        job: usize,
        session: &str,
        holder: Holder,
        history: History,
    ) -> Result<Lease, String> {
        self.commit();
        let view = self.machines.view(HERE);
        let life = |holder: &Holder| self.machines.sight(&view, holder);
        let history = move |_: &TaskId| Ok(history.clone());
        let request = ClaimRequest {
            ttl_ms: TTL_MS,
            task: Some(self.ids[job].clone()),
            ..ClaimRequest::new("shell", session, holder, &history)
        };
        match self.leases.claim(&self.queue, &request, &view.now(&life)) {
            Ok(ClaimOutcome::Granted(lease, _)) => Ok(lease),
            Ok(other) => Err(format!("{other:?}")),
            Err(error) => Err(error.to_string()),
        }
    }

    pub(super) fn beat(&mut self, lease: &Lease) -> Result<Lease, Error> {
        self.commit();
        let view = self.machines.view(HERE);
        let life = |holder: &Holder| self.machines.sight(&view, holder);
        self.leases.beat(lease, TTL_MS, &view.now(&life))
    }

    pub(super) fn settle(&mut self, lease: &Lease, outcome: Outcome) -> Result<(), Error> {
        self.commit();
        let view = self.machines.view(HERE);
        let life = |holder: &Holder| self.machines.sight(&view, holder);
        self.leases.settle(lease, outcome, &view.now(&life))
    }

    /// Shows the jobs that have landed as completed, as a board does.
    pub(super) fn completed<'l>(&mut self, landed: impl Iterator<Item = &'l String>) {
        let landed: BTreeSet<String> = landed.cloned().collect();
        if landed == self.shown {
            return;
        }
        let completion = Completion {
            epoch: 1,
            session: "s".to_owned(),
            agent: "a".to_owned(),
            commit: "c0ffee".to_owned(),
            tree: "facade".to_owned(),
            ..Completion::default()
        };
        let mut files = self.files.clone();
        for id in &landed {
            let path = format!("pending/{id}.md");
            let text = files.remove(&path).expect("it is one of the jobs");
            let bytes = complete(&path, text.as_bytes(), &completion).expect("a task file");
            let text = String::from_utf8(bytes).expect("a task file is text");
            files.insert(format!("completed/{id}.md"), text);
        }
        self.queue = Queue::from_files(&files).unwrap_or_else(|error| panic!("{error}"));
        self.shown = landed;
    }

    /// A process of a session.
    pub(super) fn start(&mut self) -> Holder {
        self.machines.start(HERE)
    }

    /// A person here.
    pub(super) fn nobody(&self) -> Holder {
        self.machines.nobody(HERE)
    }

    /// A process is killed: its files are closed, what it wrote stays.
    pub(super) fn kill(&mut self, holder: &Holder) {
        self.machines.end(holder);
        self.disk.kill();
        self.refs = None;
    }

    /// The power goes, and with it the last transactions of the lease database; says how many.
    pub(super) fn power(&mut self, lost: u8) -> usize {
        self.forget_synced();
        let lost = usize::from(lost).min(self.past.len());
        if lost > 0 {
            let at = self.past.len() - lost;
            (self.leases, self.done_by_hand) = self.past.swap_remove(at);
            self.synced = self.leases.synced();
        }
        self.past.clear();
        self.machines.restart(0);
        self.disk.crash();
        self.refs = None;
        lost
    }

    pub(super) fn lose(&mut self) {
        self.leases = Memory::new();
        self.done_by_hand.clear();
        self.past.clear();
        self.synced = 0;
    }
}
