//! A queue in memory that hands out epochs above the floor and refuses everybody but the holder.

use std::collections::BTreeMap;

use leadforge_agent_dispatch::{
    Board, BoardError, Claimed, Coverage, Ending, Evidence, Grant, Job,
};

#[derive(Default)]
pub(crate) struct Memory {
    touches: BTreeMap<String, Vec<String>>,
    leases: BTreeMap<(String, u8), u64>,
    next: u64,
}

impl Memory {
    pub(crate) fn new(jobs: &[Job]) -> Self {
        let touches = jobs.iter().map(|j| (j.id.clone(), j.touches.clone())).collect();
        Self { touches, ..Self::default() }
    }

    pub(crate) fn held(&self) -> Vec<String> {
        self.leases.keys().map(|(id, _)| id.clone()).collect()
    }

    fn mine(&self, grant: &Grant) -> Result<(), BoardError> {
        match self.leases.get(&(grant.id.clone(), grant.slot)) {
            Some(epoch) if *epoch == grant.epoch => Ok(()),
            _ => Err(BoardError::Lost(grant.id.clone())),
        }
    }
}

impl Board for Memory {
    fn claim(&mut self, id: &str, slot: u8, _: &str, floor: u64) -> Result<Claimed, BoardError> {
        let key = (id.to_owned(), slot);
        if self.leases.contains_key(&key) {
            return Ok(Claimed::Refused("held".into()));
        }
        self.next = self.next.max(floor) + 1;
        self.leases.insert(key, self.next);
        let session = "memory".to_owned();
        Ok(Claimed::Granted(Grant { id: id.to_owned(), slot, epoch: self.next, session }))
    }

    fn beat(&mut self, grant: &Grant) -> Result<(), BoardError> {
        self.mine(grant)
    }

    fn settle(&mut self, grant: &Grant, _: &Ending) -> Result<(), BoardError> {
        self.mine(grant)?;
        self.leases.remove(&(grant.id.clone(), grant.slot));
        Ok(())
    }

    fn covers(&self, id: &str, path: &str) -> Coverage {
        match self.touches.get(id).map(Vec::as_slice) {
            None | Some([]) => Coverage::Unknown,
            Some(list) if list.iter().any(|t| path.starts_with(t.as_str())) => Coverage::Declared,
            Some(_) => Coverage::Outside,
        }
    }

    fn completed(&mut self, id: &str, evidence: &Evidence) -> Result<Vec<u8>, BoardError> {
        Ok(format!("{id} {}\n", serde_json::to_string(evidence).expect("plain data")).into_bytes())
    }
}
