//! Leases in memory: for simulation, and for tests that need no disk.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::backend::{Backend, ClaimOutcome, ClaimRequest, Outcome};
use super::epochs::{self, Keep};
use super::rules::{self, Change, Record, Running, View};
use super::types::{History, Lease, Now};
use crate::error::Error;
use crate::model::TaskId;
use crate::queue::Queue;

/// A backend that forgets everything when it is dropped.
#[derive(Debug, Default)]
pub struct Memory {
    state: Mutex<State>,
}

#[derive(Clone, Debug, Default)]
struct State {
    running: BTreeMap<(TaskId, u8), Running>,
    records: BTreeMap<TaskId, Record>,
    grants: Vec<(String, u64, TaskId, u64)>,
    kept: BTreeMap<&'static str, String>,
    /// How many transactions had to outlast a power cut.
    synced: u64,
}

impl Memory {
    /// A backend without leases.
    pub fn new() -> Self {
        Self::default()
    }

    /// Another backend with what this one holds now: for simulation, what a disk had of it.
    pub fn copy(&self) -> Self {
        Self { state: Mutex::new(self.state().clone()) }
    }

    /// How many transactions so far must outlast a power cut, with all before them.
    pub fn synced(&self) -> u64 {
        self.state().synced
    }

    /// Up to which epoch a release has forgiven the tries of a task; 0 when none did.
    pub fn released(&self, task: &TaskId) -> u64 {
        self.state().records.get(task).map_or(0, |record| record.released)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing is changed before a decision is whole, so a panic elsewhere leaves it sound.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn stored(&self, lease: &Lease) -> Option<Running> {
        self.running.get(&(lease.task.clone(), lease.slot)).cloned()
    }

    fn apply(&mut self, changes: Vec<Change>) {
        self.apply_all(changes).unwrap_or_else(|never| match never {});
    }

    fn apply_all(&mut self, changes: Vec<Change>) -> Result<(), Infallible> {
        for change in changes {
            match change {
                Change::Put(running) => {
                    let key = (running.lease.task.clone(), running.lease.slot);
                    self.running.insert(key, *running);
                }
                Change::Drop(task, slot) => {
                    self.running.remove(&(task, slot));
                }
                Change::Remember(task, record) => {
                    self.records.insert(task, record);
                }
                Change::Count { agent, at_ms, task, epoch } => {
                    epochs::granted(self, epoch)?;
                    self.grants.push((agent, at_ms, task, epoch));
                }
                Change::Uncount { task, epoch } => {
                    self.grants.retain(|grant| grant.2 != task || grant.3 != epoch);
                }
            }
        }
        Ok(())
    }
}

impl Keep for State {
    type Error = Infallible;

    fn read(&self, key: &'static str) -> Result<Option<String>, Infallible> {
        Ok(self.kept.get(key).cloned())
    }

    fn write(&mut self, key: &'static str, value: &str) -> Result<(), Infallible> {
        self.kept.insert(key, value.to_owned());
        Ok(())
    }

    fn durably(&mut self) {
        self.synced += 1;
    }
}

impl View for State {
    type Error = Error;

    fn running(&mut self) -> Result<Vec<Running>, Error> {
        Ok(self.running.values().cloned().collect())
    }

    fn record(&mut self, task: &TaskId) -> Result<Record, Error> {
        let record = self.records.get(task).cloned().unwrap_or_default();
        let floor = epochs::floor(self).unwrap_or_else(|never| match never {});
        Ok(Record { epoch: record.epoch.max(floor), ..record })
    }

    fn grants(&mut self, agent: &str, since_ms: u64) -> Result<u32, Error> {
        let counts = |grant: &&(String, u64, TaskId, u64)| grant.0 == agent && grant.1 >= since_ms;
        Ok(u32::try_from(self.grants.iter().filter(counts).count()).unwrap_or(u32::MAX))
    }
}

impl Backend for Memory {
    fn claim(
        &self,
        queue: &Queue,
        request: &ClaimRequest<'_>,
        now: &Now<'_>,
    ) -> Result<ClaimOutcome, Error> {
        let (mut state, mut changes) = (self.state(), Vec::new());
        epochs::begin(&mut *state, now.boot_id).unwrap_or_else(|never| match never {});
        let outcome = rules::claim(&mut *state, queue, request, now, &mut changes)?;
        state.apply(changes);
        Ok(outcome)
    }

    fn beat(&self, lease: &Lease, ttl_ms: u64, now: &Now<'_>) -> Result<Lease, Error> {
        let (mut state, mut changes) = (self.state(), Vec::new());
        let lease = rules::beat(state.stored(lease), lease, ttl_ms, now, &mut changes)?;
        state.apply(changes);
        Ok(lease)
    }

    fn holds(&self, lease: &Lease, now: &Now<'_>) -> Result<(), Error> {
        rules::holds(self.state().stored(lease), lease, now)
    }

    fn settle(&self, lease: &Lease, outcome: Outcome, now: &Now<'_>) -> Result<(), Error> {
        let (mut state, mut changes) = (self.state(), Vec::new());
        let record = state.record(&lease.task)?;
        rules::settle(state.stored(lease), record, lease, outcome, now, &mut changes)?;
        if outcome == Outcome::Done {
            state.durably();
        }
        state.apply(changes);
        Ok(())
    }

    fn release(&self, task: &TaskId, history: &History) -> Result<(), Error> {
        let mut state = self.state();
        let record = state.record(task)?;
        state.apply(vec![rules::release(record, task, history)]);
        Ok(())
    }

    fn leases(&self) -> Result<Vec<Lease>, Error> {
        Ok(self.state().running.values().map(|running| running.lease.clone()).collect())
    }

    fn reap(&self, now: &Now<'_>) -> Result<Vec<Lease>, Error> {
        let (mut state, mut changes) = (self.state(), Vec::new());
        let (_, void) = rules::sweep(state.running()?, now, &mut changes);
        state.apply(changes);
        Ok(void)
    }
}
