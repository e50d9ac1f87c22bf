//! What a power cut leaves: the safe state, and as much of the rest as chance lets through.

use super::rng::Rng;
use super::state::{Change, Inode, Naming, State};

/// Disks write whole sectors; within one, old and new bytes do not mix.
const SECTOR: usize = 512;

/// Replaces the live state by one that may be found after a power cut.
pub(super) fn crash(state: &mut State, rng: &mut Rng) {
    let pending = std::mem::take(&mut state.pending);
    let survivors = choose(pending, rng);
    survivors.iter().for_each(|naming| naming.apply(&mut state.safe));
    state.live = state.safe.clone();
    for inode in state.inodes.values_mut() {
        inode.live = settle(inode, rng);
        inode.lock = None;
        inode.sync();
    }
    state.collect();
    state.safe = state.live.clone();
}

/// The changes of names that reached the disk: none, all, the first few, or any of them.
fn choose(pending: Vec<Naming>, rng: &mut Rng) -> Vec<Naming> {
    match rng.below(4) {
        0 => Vec::new(),
        1 => pending,
        2 => {
            let count = rng.below(pending.len() + 1);
            pending.into_iter().take(count).collect()
        }
        _ => pending.into_iter().filter(|_| rng.coin()).collect(),
    }
}

/// The content of a file after a power cut.
fn settle(inode: &Inode, rng: &mut Rng) -> Vec<u8> {
    if inode.pending.is_empty() {
        return inode.safe.clone();
    }
    match rng.below(4) {
        0 => inode.safe.clone(),
        1 => inode.live.clone(),
        2 => first_few(inode, rng),
        _ => scattered(inode, rng),
    }
}

/// The first changes in order, the last of them torn.
fn first_few(inode: &Inode, rng: &mut Rng) -> Vec<u8> {
    let mut content = inode.safe.clone();
    let count = rng.below(inode.pending.len() + 1);
    inode.pending[..count].iter().for_each(|change| change.apply(&mut content));
    if let Some(Change::Write { at, bytes }) = inode.pending.get(count) {
        let torn = bytes[..rng.below(bytes.len() + 1)].to_vec();
        Change::Write { at: *at, bytes: torn }.apply(&mut content);
    }
    content
}

/// A length from some moment, and each sector old, new, or never written.
fn scattered(inode: &Inode, rng: &mut Rng) -> Vec<u8> {
    let mut content = inode.safe.clone();
    let count = rng.below(inode.pending.len() + 1);
    inode.pending[..count].iter().for_each(|change| change.apply(&mut content));
    for (index, sector) in content.chunks_mut(SECTOR).enumerate() {
        let source = if rng.coin() { &inode.live } else { &inode.safe };
        let old = source.get(index * SECTOR..).unwrap_or_default();
        let held = old.len().min(sector.len());
        sector[..held].copy_from_slice(&old[..held]);
        sector[held..].fill(0);
    }
    content
}
