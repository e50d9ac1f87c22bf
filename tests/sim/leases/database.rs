//! The lease database with its disk: what was committed stays when a process dies, and may go with the power.

use leadforge_task_queue::Memory;

use super::model::Model;

/// Transactions that power can take back: the local database syncs now and then, not at every claim.
const UNSYNCED: usize = 4;

/// The backend and the model beside it; both lose the same transactions.
#[derive(Debug)]
pub(super) struct Database {
    pub(super) backend: Memory,
    pub(super) model: Model,
    past: Vec<(Memory, Model)>,
    keeps_past: bool,
    synced: u64,
}

impl Database {
    /// `keeps_past` costs time, and only a power cut needs it.
    pub(super) fn new(keeps_past: bool) -> Self {
        let (backend, model) = (Memory::new(), Model::default());
        Self { backend, model, past: Vec::new(), keeps_past, synced: 0 }
    }

    /// A transaction is about to change something.
    pub(super) fn begin(&mut self) {
        if !self.keeps_past {
            return;
        }
        self.forget_synced();
        if self.past.len() == UNSYNCED {
            self.past.remove(0);
        }
        self.past.push((self.backend.copy(), self.model.clone()));
    }

    /// What was made durable takes all before it along.
    fn forget_synced(&mut self) {
        if self.backend.synced() != self.synced {
            self.past.clear();
            self.synced = self.backend.synced();
        }
    }

    /// The power goes, and with it the last transactions, in order; how many went is returned.
    pub(super) fn power(&mut self, lost: usize) -> usize {
        self.forget_synced();
        let lost = lost.min(self.past.len());
        if lost > 0 {
            let at = self.past.len() - lost;
            (self.backend, self.model) = self.past.swap_remove(at);
            self.synced = self.backend.synced();
        }
        self.past.clear();
        lost
    }

    /// Somebody deletes it.
    pub(super) fn lose(&mut self) {
        (self.backend, self.model) = (Memory::new(), Model::default());
        self.past.clear();
        self.synced = 0;
    }
}
