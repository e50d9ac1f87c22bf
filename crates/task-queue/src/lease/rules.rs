//! The state machine of leases: what is stored and the time go in, changes come out.

use std::collections::BTreeSet;

use super::backend::{ClaimOutcome, ClaimRequest, Outcome};
use super::reason::Reason;
use super::types::{History, Lease, Life, Now};
use crate::error::{Error, Late};
use crate::model::{Task, TaskId};
use crate::queue::Queue;
use crate::scope::{Overlap, Scope, overlaps};

/// A lease and the scope that its task had when it was granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Running {
    pub(crate) lease: Lease,
    pub(crate) scope: Scope,
}

/// What is remembered about a task beyond its leases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Record {
    /// The highest epoch that was granted.
    pub(crate) epoch: u64,
    /// Epochs up to this one no longer count as tries.
    pub(crate) released: u64,
    /// The epoch under which it was done; 0 when it was not.
    pub(crate) done: u64,
    /// The epochs that failed.
    pub(crate) failed: BTreeSet<u64>,
}

/// What the rules read.
pub(crate) trait View {
    type Error: From<Error>;
    /// All leases, ordered by task and slot.
    fn running(&mut self) -> Result<Vec<Running>, Self::Error>;
    fn record(&mut self, task: &TaskId) -> Result<Record, Self::Error>;
    fn grants(&mut self, agent: &str, since_ms: u64) -> Result<u32, Self::Error>;
}

/// What the rules ask to be written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Change {
    /// Write this lease over the one of the same task and slot.
    Put(Box<Running>),
    /// Remove the lease of this task and slot.
    Drop(TaskId, u8),
    /// Write this record over the task's former one.
    Remember(TaskId, Record),
    /// Count a grant to this agent at this moment.
    Count { agent: String, at_ms: u64, task: TaskId, epoch: u64 },
    /// Count that grant no longer.
    Uncount { task: TaskId, epoch: u64 },
}

/// The reasons that an unsuccessful claim gives at most.
pub(crate) const REASONS: usize = 32;

/// What a lease is worth now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Worth {
    Valid,
    /// Valid, and counted by a clock that was set back: it shall not last longer for that.
    Reset,
    Void,
}

fn worth(lease: &Lease, now: &Now<'_>) -> Worth {
    match now.liveness.life(&lease.holder) {
        Life::Alive => Worth::Valid,
        Life::Dead => Worth::Void,
        Life::Unknown
            if lease.holder.boot_id == now.boot_id
                && lease.expires_boot_ms > 0
                && !cfg!(leadforge_sabotage = "wall-clock") =>
        {
            if now.boot_ms > lease.expires_boot_ms { Worth::Void } else { Worth::Valid }
        }
        Life::Unknown if now.unix_ms > lease.expires_ms => Worth::Void,
        Life::Unknown if now.unix_ms < lease.beat_ms => Worth::Reset,
        Life::Unknown => Worth::Valid,
    }
}

/// Extends a lease by this time from now.
fn extend(lease: &mut Lease, ttl_ms: u64, now: &Now<'_>) {
    lease.beat_ms = now.unix_ms;
    lease.expires_ms = now.unix_ms.saturating_add(ttl_ms);
    // Two boots count from different moments: what one of them says is nothing to the other.
    let same_boot = lease.holder.boot_id == now.boot_id;
    lease.expires_boot_ms = if same_boot { now.boot_ms.saturating_add(ttl_ms).max(1) } else { 0 };
}

/// Parts what still runs from what is void.
pub(crate) fn sweep(
    running: Vec<Running>,
    now: &Now<'_>,
    changes: &mut Vec<Change>,
) -> (Vec<Running>, Vec<Lease>) {
    let (mut live, mut void) = (Vec::new(), Vec::new());
    for mut one in running {
        match worth(&one.lease, now) {
            Worth::Valid => live.push(one),
            Worth::Reset => {
                let ttl = one.lease.expires_ms.saturating_sub(one.lease.beat_ms);
                one.lease.beat_ms = now.unix_ms;
                one.lease.expires_ms = now.unix_ms.saturating_add(ttl);
                changes.push(Change::Put(Box::new(one.clone())));
                live.push(one);
            }
            Worth::Void => {
                changes.push(Change::Drop(one.lease.task.clone(), one.lease.slot));
                void.push(one.lease);
            }
        }
    }
    (live, void)
}

/// What a claim needs to know of a task.
pub(crate) struct Candidate<'a> {
    pub(crate) id: &'a TaskId,
    pub(crate) attempts: u8,
    pub(crate) tries: u8,
    pub(crate) agents: &'a [String],
    pub(crate) scope: &'a Scope,
}

/// A claim that is being decided.
pub(crate) struct Desk<'a, 'r> {
    request: &'a ClaimRequest<'r>,
    now: &'a Now<'a>,
    running: Vec<Running>,
    /// True when a task that was done elsewhere is not handed out: the queue does not know yet.
    heed_done: bool,
    /// Why the tasks so far were not handed out.
    pub(crate) reasons: Vec<Reason>,
}

/// A slot that may be granted.
pub(crate) struct Free {
    slot: u8,
    record: Record,
    epoch: u64,
}

impl<'a, 'r> Desk<'a, 'r> {
    /// Opens the desk; `Err` when the agent can have nothing at all.
    pub(crate) fn open<V: View>(
        view: &mut V,
        request: &'a ClaimRequest<'r>,
        now: &'a Now<'a>,
        heed_done: bool,
        changes: &mut Vec<Change>,
    ) -> Result<Result<Self, Reason>, V::Error> {
        let (running, _) = sweep(view.running()?, now, changes);
        let agent = &request.agent;
        if let Some(limit) = request.at_once {
            let mine = running.iter().filter(|one| &one.lease.agent == agent).count();
            if mine >= limit as usize {
                return Ok(Err(Reason::Busy { agent: agent.clone(), limit }));
            }
        }
        if let Some(quota) = request.quota {
            let used = view.grants(agent, quota.since_ms)?;
            if used >= quota.limit {
                let limit = quota.limit;
                return Ok(Err(Reason::Quota { agent: agent.clone(), used, limit }));
            }
        }
        let forgets = cfg!(leadforge_sabotage = "forgotten-leases");
        let running = if forgets { Vec::new() } else { running };
        Ok(Ok(Self { request, now, running, heed_done, reasons: Vec::new() }))
    }

    /// True when something runs, so that a candidate's scope matters.
    pub(crate) fn is_anything_running(&self) -> bool {
        !self.running.is_empty()
    }

    /// Remembers a reason, if there is room.
    pub(crate) fn note(&mut self, reason: Reason) {
        if self.reasons.len() < REASONS {
            self.reasons.push(reason);
        }
    }

    /// Decides about one task that waits for nothing: a slot of it, or a reason on the list.
    pub(crate) fn consider<V: View>(
        &mut self,
        view: &mut V,
        task: &Candidate<'_>,
    ) -> Result<Option<Free>, V::Error> {
        let agent = &self.request.agent;
        if !agent.is_empty() && !task.agents.is_empty() && !task.agents.contains(agent) {
            let (task, agents) = (task.id.clone(), task.agents.to_vec());
            self.note(Reason::NotForAgent { task, agents });
            return Ok(None);
        }
        // Running leases are ordered by task, so those of one task stand together.
        let from = self.running.partition_point(|one| &one.lease.task < task.id);
        let own = self.running[from..].iter().map(|one| &one.lease);
        let own: Vec<&Lease> = own.take_while(|lease| &lease.task == task.id).collect();
        let taken = |slot: &u8| own.iter().any(|lease| lease.slot == *slot);
        let Some(slot) = (0..task.attempts).find(|slot| !taken(slot)) else {
            let agents = own.iter().map(|lease| lease.agent.clone()).collect();
            self.note(Reason::Running { task: task.id.clone(), agents });
            return Ok(None);
        };
        let record = view.record(task.id)?;
        if self.heed_done && record.done > 0 {
            // Known without a look at the branches: late in a long queue most tasks are such.
            self.note(Reason::Done { task: task.id.clone(), epoch: record.done });
            return Ok(None);
        }
        let history = (self.request.history)(task.id)?;
        if let Some(reason) = self.refusal(task, &own, &record, &history) {
            self.note(reason);
            return Ok(None);
        }
        let floor = match cfg!(leadforge_sabotage = "epoch-from-database") {
            false => history.epoch,
            true => 0,
        };
        let epoch = record.epoch.max(floor).saturating_add(1);
        Ok(Some(Free { slot, record, epoch }))
    }

    fn refusal(
        &self,
        task: &Candidate<'_>,
        own: &[&Lease],
        record: &Record,
        history: &History,
    ) -> Option<Reason> {
        let id = task.id;
        // A release forgives what was done before it too: the branch may be gone.
        let done = record.done.max(if history.done > record.released { history.done } else { 0 });
        if self.heed_done && done > 0 {
            return Some(Reason::Done { task: id.clone(), epoch: done });
        }
        let tries = failures(record, history, own);
        if tries >= u32::from(task.tries) * u32::from(task.attempts) {
            return Some(Reason::Failed { task: id.clone(), tries });
        }
        self.running.iter().filter(|one| &one.lease.task != id).find_map(|one| {
            let (task_id, with) = (id.clone(), one.lease.task.clone());
            match overlaps(task.scope, &one.scope) {
                Overlap::Same(at) => Some(Reason::Overlaps { task: task_id, with, at }),
                Overlap::Unknown if self.request.unknown_exclusive => {
                    Some(Reason::ScopeUnknown { task: task_id, with })
                }
                Overlap::Unknown | Overlap::Disjoint => None,
            }
        })
    }

    /// Grants a slot: the lease, and what to write.
    pub(crate) fn grant(
        self,
        task: &Candidate<'_>,
        free: Free,
        changes: &mut Vec<Change>,
    ) -> Lease {
        let request = self.request;
        let mut lease = Lease {
            task: task.id.clone(),
            slot: free.slot,
            epoch: free.epoch,
            session: request.session.clone(),
            agent: request.agent.clone(),
            holder: request.holder.clone(),
            granted_ms: self.now.unix_ms,
            beat_ms: 0,
            expires_ms: 0,
            expires_boot_ms: 0,
        };
        extend(&mut lease, request.ttl_ms, self.now);
        let record = Record { epoch: free.epoch, ..free.record };
        changes.push(Change::Remember(task.id.clone(), record));
        changes.push(Change::Count {
            agent: lease.agent.clone(),
            at_ms: self.now.unix_ms,
            task: task.id.clone(),
            epoch: free.epoch,
        });
        let running = Running { lease: lease.clone(), scope: task.scope.clone() };
        changes.push(Change::Put(Box::new(running)));
        lease
    }
}

/// The grants of a task that came to nothing since it was last released.
fn failures(record: &Record, history: &History, running: &[&Lease]) -> u32 {
    let counts = |epoch: &&u64| {
        **epoch > record.released && !running.iter().any(|lease| lease.epoch == **epoch)
    };
    let all = record.failed.union(&history.tried).filter(counts).count();
    u32::try_from(all).unwrap_or(u32::MAX)
}

/// Claims from a queue in memory.
pub(crate) fn claim<V: View>(
    view: &mut V,
    queue: &Queue,
    request: &ClaimRequest<'_>,
    now: &Now<'_>,
    changes: &mut Vec<Change>,
) -> Result<ClaimOutcome, V::Error> {
    let tasks: Vec<&Task> = match &request.task {
        None if queue.pending().len() == 0 => return Ok(ClaimOutcome::Empty),
        None => queue.unblocked(),
        Some(id) => match named(queue, id)? {
            Ok(task) => vec![task],
            Err(reason) => return Ok(ClaimOutcome::Blocked(vec![reason])),
        },
    };
    let mut desk = match Desk::open(view, request, now, false, changes)? {
        Ok(desk) => desk,
        Err(reason) => return Ok(ClaimOutcome::Blocked(vec![reason])),
    };
    for task in tasks {
        let scope = task.scope();
        let candidate = Candidate {
            id: &task.id,
            attempts: task.attempts,
            tries: task.tries,
            agents: &task.agents,
            scope: &scope,
        };
        if let Some(free) = desk.consider(view, &candidate)? {
            let lease = desk.grant(&candidate, free, changes);
            return Ok(ClaimOutcome::Granted(lease, Box::new(task.clone())));
        }
    }
    let waiting = queue.pending().map(|task| (task, queue.blockers(&task.id)));
    for (task, after) in waiting.filter(|(_, after)| !after.is_empty()).take(REASONS) {
        if request.task.is_none() {
            desk.note(Reason::WaitsFor { task: task.id.clone(), after });
        }
    }
    Ok(ClaimOutcome::Blocked(desk.reasons))
}

fn named<'q>(queue: &'q Queue, id: &TaskId) -> Result<Result<&'q Task, Reason>, Error> {
    let Some(task) = queue.get(id) else { return Err(Error::NoSuchTask(id.to_string())) };
    if queue.is_completed(id) {
        return Ok(Err(Reason::Completed { task: id.clone() }));
    }
    let after = queue.blockers(id);
    if after.is_empty() {
        Ok(Ok(task))
    } else {
        Ok(Err(Reason::WaitsFor { task: id.clone(), after }))
    }
}

/// Checks that what is stored is the very lease that its holder brings back.
fn own(stored: Option<Running>, lease: &Lease, now: &Now<'_>) -> Result<Running, Error> {
    let late = |why| Error::Late { task: lease.task.clone(), epoch: lease.epoch, why };
    let Some(running) = stored else { return Err(late(Late::Gone)) };
    let unchecked = cfg!(leadforge_sabotage = "no-epoch-check");
    let replaced = running.lease.epoch != lease.epoch && !unchecked;
    if replaced || running.lease.session != lease.session {
        return Err(late(Late::Replaced));
    }
    match worth(&running.lease, now) {
        Worth::Void if !cfg!(leadforge_sabotage = "late-settle") => Err(late(Late::Expired)),
        Worth::Void | Worth::Valid | Worth::Reset => Ok(running),
    }
}

/// A holder asks whether it still is one.
pub(crate) fn holds(stored: Option<Running>, lease: &Lease, now: &Now<'_>) -> Result<(), Error> {
    own(stored, lease, now).map(drop)
}

/// A holder says that it still works.
pub(crate) fn beat(
    stored: Option<Running>,
    lease: &Lease,
    ttl_ms: u64,
    now: &Now<'_>,
    changes: &mut Vec<Change>,
) -> Result<Lease, Error> {
    let mut running = own(stored, lease, now)?;
    extend(&mut running.lease, ttl_ms, now);
    let lease = running.lease.clone();
    changes.push(Change::Put(Box::new(running)));
    Ok(lease)
}

/// A holder says how its work ended.
pub(crate) fn settle(
    stored: Option<Running>,
    record: Record,
    lease: &Lease,
    outcome: Outcome,
    now: &Now<'_>,
    changes: &mut Vec<Change>,
) -> Result<(), Error> {
    let lease = own(stored, lease, now)?.lease;
    let mut record = Record { epoch: record.epoch.max(lease.epoch), ..record };
    match outcome {
        Outcome::Done => record.done = lease.epoch,
        Outcome::Failed => {
            record.failed.insert(lease.epoch);
        }
        Outcome::Returned => {
            changes.push(Change::Uncount { task: lease.task.clone(), epoch: lease.epoch });
        }
    }
    changes.push(Change::Remember(lease.task.clone(), record));
    changes.push(Change::Drop(lease.task, lease.slot));
    Ok(())
}

/// A person lets a task be tried again.
pub(crate) fn release(record: Record, task: &TaskId, history: &History) -> Change {
    let epoch = record.epoch.max(history.epoch);
    let released = Record { epoch, released: epoch, done: 0, failed: BTreeSet::new() };
    Change::Remember(task.clone(), released)
}
