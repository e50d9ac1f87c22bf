//! The dispatcher's board over the real queue: its leases, its scopes, its completed files.

use std::collections::BTreeMap;

use leadforge_agent_dispatch::{
    Board, BoardError, Claimed, Coverage, Ending, Evidence, Grant, QueueFile, Unknown,
};
use leadforge_cli_kit::{Failure, host};
use leadforge_task_queue::{
    Backend as _, Check, ClaimOutcome, ClaimRequest, Completion, Error, History, Holder, Lease,
    Local, Outcome, Queue, Quota, Store, TaskId, complete,
};

use crate::place::{self, Place};

/// How long a lease lasts without a beat; it matters only where the holder cannot be looked up.
const TTL_MS: u64 = 10 * 60_000;

/// The queue of a run: definitions from the recorded commit, leases in the shared store.
pub(crate) struct LeaseBoard {
    store: Store,
    local: Local,
    holder: Holder,
    session: String,
    files: BTreeMap<String, Vec<u8>>,
    queue: Queue,
    /// Completed files that the gate asked for, until they have landed.
    written: BTreeMap<String, Vec<u8>>,
    leases: BTreeMap<(String, u64), Lease>,
    quotas: BTreeMap<String, (u32, u64)>,
    unknown_exclusive: bool,
}

impl LeaseBoard {
    /// Opens the store of the repository for a queue read from the integration branch.
    pub(crate) fn open(
        place: &Place,
        store: Store,
        files: Vec<QueueFile>,
        session: String,
    ) -> Result<Self, Failure> {
        let failed = |e: Error| place::queue_failure(&e);
        let local = Local::discover().map_err(failed)?;
        let holder = local.holder(std::process::id()).ok_or_else(|| {
            Failure::cannot_look("queue.self", "this process cannot be found in /proc")
        })?;
        let files: BTreeMap<_, _> = files.into_iter().collect();
        let quotas = place.config.agent.iter().filter_map(|(name, agent)| {
            let quota = agent.quota.as_ref()?;
            let limit = u32::try_from(quota.limit).unwrap_or(u32::MAX);
            Some((name.clone(), (limit, quota.per.millis())))
        });
        Ok(Self {
            queue: Queue::from_files(&files).map_err(failed)?,
            store,
            local,
            holder,
            session,
            files,
            written: BTreeMap::new(),
            leases: BTreeMap::new(),
            quotas: quotas.collect(),
            unknown_exclusive: place.config.scope.unknown == Unknown::Exclusive,
        })
    }

    fn lease(&self, grant: &Grant) -> Result<Lease, BoardError> {
        self.leases
            .get(&(grant.id.clone(), grant.epoch))
            .cloned()
            .ok_or_else(|| BoardError::Lost(format!("{} epoch {}", grant.id, grant.epoch)))
    }

    /// Shows a landed task as completed, so that what waits for it may be claimed.
    fn completed_now(&mut self, id: &str) -> Result<(), BoardError> {
        if let Some(bytes) = self.written.remove(id) {
            self.files.remove(&format!("pending/{id}.md"));
            self.files.insert(format!("completed/{id}.md"), bytes);
            self.queue = Queue::from_files(&self.files).map_err(said)?;
        }
        Ok(())
    }
}

fn said(error: Error) -> BoardError {
    match error {
        Error::Late { .. } => BoardError::Lost(error.to_string()),
        _ => BoardError::Queue(error.to_string()),
    }
}

fn id_of(id: &str) -> Result<TaskId, BoardError> {
    TaskId::parse(id).map_err(said)
}

impl Board for LeaseBoard {
    fn claim(
        &mut self,
        id: &str,
        slot: u8,
        agent: &str,
        floor: u64,
    ) -> Result<Claimed, BoardError> {
        let now_ms = host::now_ms();
        // The dispatcher counts the tries itself, from the branches; here only the epoch matters.
        let history = move |_: &TaskId| Ok(History { epoch: floor, ..History::default() });
        let quota = self.quotas.get(agent).map(|(limit, window)| Quota {
            limit: *limit,
            since_ms: now_ms.saturating_sub(*window),
        });
        let request = ClaimRequest {
            ttl_ms: TTL_MS,
            task: Some(id_of(id)?),
            quota,
            unknown_exclusive: self.unknown_exclusive,
            ..ClaimRequest::new(agent, self.session.clone(), self.holder.clone(), &history)
        };
        let outcome =
            self.store.claim(&self.queue, &request, &self.local.now(now_ms)).map_err(said)?;
        Ok(match outcome {
            ClaimOutcome::Granted(lease, _) => {
                let epoch = lease.epoch;
                let session = lease.session.clone();
                self.leases.insert((id.to_owned(), epoch), lease);
                Claimed::Granted(Grant { id: id.to_owned(), slot, epoch, session })
            }
            ClaimOutcome::Blocked(reasons) => {
                let reasons: Vec<String> = reasons.iter().map(ToString::to_string).collect();
                Claimed::Refused(reasons.join("; "))
            }
            ClaimOutcome::Empty => Claimed::Refused("the queue is empty".to_owned()),
        })
    }

    fn beat(&mut self, grant: &Grant) -> Result<(), BoardError> {
        let lease = self.lease(grant)?;
        let now = self.local.now(host::now_ms());
        let lease = self.store.beat(&lease, TTL_MS, &now).map_err(said)?;
        self.leases.insert((grant.id.clone(), grant.epoch), lease);
        Ok(())
    }

    fn settle(&mut self, grant: &Grant, ending: &Ending) -> Result<(), BoardError> {
        let lease = self.lease(grant)?;
        let outcome = match ending {
            Ending::Landed { .. } => Outcome::Done,
            Ending::Failed { .. } => Outcome::Failed,
            Ending::Released => Outcome::Returned,
        };
        self.store.settle(&lease, outcome, &self.local.now(host::now_ms())).map_err(said)?;
        self.leases.remove(&(grant.id.clone(), grant.epoch));
        if outcome == Outcome::Done {
            self.completed_now(&grant.id)?;
        }
        Ok(())
    }

    fn covers(&self, id: &str, path: &str) -> Coverage {
        let Some(task) = TaskId::parse(id).ok().and_then(|id| self.queue.get(&id)) else {
            return Coverage::Unknown;
        };
        let scope = task.scope();
        if scope.is_unknown() {
            Coverage::Unknown
        } else if scope.contains(path) {
            Coverage::Declared
        } else {
            Coverage::Outside
        }
    }

    fn completed(&mut self, id: &str, evidence: &Evidence) -> Result<Vec<u8>, BoardError> {
        let path = format!("pending/{id}.md");
        let bytes = self
            .files
            .get(&path)
            .ok_or_else(|| BoardError::Queue(format!("{path} is not in the recorded queue")))?;
        let done = complete(&path, bytes, &completion(evidence)).map_err(said)?;
        self.written.insert(id.to_owned(), done.clone());
        Ok(done)
    }
}

fn completion(evidence: &Evidence) -> Completion {
    let digest = |hex: &str| format!("sha256:{hex}");
    Completion {
        epoch: evidence.epoch,
        session: evidence.session.clone(),
        agent: evidence.agent.clone(),
        commit: evidence.commit.clone(),
        tree: evidence.tree.clone(),
        base: Some(evidence.base.clone()),
        started_ms: evidence.started_ms,
        ended_ms: evidence.ended_ms,
        added: evidence.added,
        removed: evidence.removed,
        checks: evidence
            .checks
            .iter()
            .map(|check| Check {
                command: digest(&check.command_sha256),
                exit: check.exit.unwrap_or(-1),
                log: digest(&check.log_sha256),
                seconds: milliseconds(check.wall_ms),
            })
            .collect(),
    }
}

/// Milliseconds as seconds, exact to the millisecond.
fn milliseconds(ms: u64) -> f64 {
    std::time::Duration::from_millis(ms).as_secs_f64()
}
