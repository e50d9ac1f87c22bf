//! What the threads of a run share: the journal, the queue, the leases in hand, the trees already verified.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use leadforge_host_git::Oid;

use crate::error::Error;
use crate::event::What;
use crate::evidence::Check;
use crate::job::{Board, BoardError, Ending, Grant};
use crate::journal::Recorder;

/// A tree and the digest of the commands that ran on it.
pub(crate) type Verified = (String, String);

/// Shared state; each part has its own lock, and none is held while a process runs.
pub(crate) struct Shared<'a> {
    recorder: Mutex<Recorder<'a>>,
    board: Mutex<&'a mut dyn Board>,
    grants: Mutex<BTreeMap<(String, u8), Grant>>,
    lost: Mutex<BTreeSet<(String, u64)>>,
    verified: Mutex<BTreeMap<Verified, Vec<Check>>>,
    preparing: Mutex<()>,
    /// The user's commit that the branch grew from.
    pub(crate) base: Oid,
    /// Its tree: the only one whose code prepares a cache.
    pub(crate) trusted_tree: Oid,
}

/// A thread that panicked is our bug and ends the run; the data behind the lock is whole, each change being one call.
fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<'a> Shared<'a> {
    pub(crate) fn new(
        recorder: Recorder<'a>,
        board: &'a mut dyn Board,
        base: Oid,
        trusted_tree: Oid,
    ) -> Self {
        Self {
            recorder: Mutex::new(recorder),
            board: Mutex::new(board),
            grants: Mutex::default(),
            lost: Mutex::default(),
            verified: Mutex::default(),
            preparing: Mutex::new(()),
            base,
            trusted_tree,
        }
    }

    pub(crate) fn record(&self, what: What) -> Result<(), Error> {
        lock(&self.recorder).record(what)
    }

    pub(crate) fn board(&self) -> MutexGuard<'_, &'a mut dyn Board> {
        lock(&self.board)
    }

    pub(crate) fn preparing(&self) -> MutexGuard<'_, ()> {
        lock(&self.preparing)
    }

    pub(crate) fn hold(&self, grant: Grant) {
        lock(&self.grants).insert((grant.id.clone(), grant.slot), grant);
    }

    /// Ends a lease. One that is lost already is ended: what the refs say counts.
    pub(crate) fn end(&self, grant: &Grant, ending: &Ending) -> Result<(), Error> {
        let held = lock(&self.grants).remove(&(grant.id.clone(), grant.slot));
        if held.is_none() {
            return Ok(());
        }
        match self.board().settle(grant, ending) {
            Ok(()) | Err(BoardError::Lost(_)) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    pub(crate) fn grants(&self) -> Vec<Grant> {
        lock(&self.grants).values().cloned().collect()
    }

    pub(crate) fn mark_lost(&self, grant: &Grant) {
        lock(&self.lost).insert((grant.id.clone(), grant.epoch));
    }

    pub(crate) fn is_lost(&self, id: &str, epoch: u64) -> bool {
        lock(&self.lost).contains(&(id.to_owned(), epoch))
    }

    pub(crate) fn verified(&self, key: &Verified) -> Option<Vec<Check>> {
        lock(&self.verified).get(key).cloned()
    }

    pub(crate) fn remember(&self, key: Verified, checks: Vec<Check>) {
        lock(&self.verified).insert(key, checks);
    }
}
