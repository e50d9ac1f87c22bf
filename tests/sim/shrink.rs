//! The shortest history that still breaks the same promise: delta debugging over operations, then over the setup.

use super::{Broken, Sim, play};

/// Replays that one failure is worth.
const REPLAYS: usize = 3_000;

/// A history and the promise that it breaks.
pub(super) struct Short<S: Sim> {
    pub(super) setup: S::Setup,
    pub(super) ops: Vec<S::Op>,
    pub(super) broken: Broken,
}

/// Takes away whatever the failure does not need (Zeller and Hildebrandt's `ddmin`), until nothing can go.
pub(super) fn shrink<S: Sim>(setup: S::Setup, ops: Vec<S::Op>, broken: Broken) -> Short<S> {
    let mut short = Short { setup, ops, broken };
    // Nothing after the failure had a part in it.
    let end = short.broken.at.saturating_add(1).min(short.ops.len());
    let mut budget = REPLAYS;
    let prefix = short.ops[..end].to_vec();
    short.take(&mut budget, None, prefix);
    loop {
        let before = (short.ops.len(), budget);
        short.fewer(&mut budget);
        let simpler = short.simpler(&mut budget);
        if budget == 0 || (short.ops.len() == before.0 && !simpler) {
            return short;
        }
    }
}

impl<S: Sim> Short<S> {
    /// Keeps a candidate that breaks the same promise.
    fn take(&mut self, budget: &mut usize, setup: Option<S::Setup>, ops: Vec<S::Op>) -> bool {
        if *budget == 0 {
            return false;
        }
        *budget -= 1;
        let tried = setup.as_ref().unwrap_or(&self.setup);
        match play::<S>(tried, &ops, &mut super::Tale::default()) {
            Err(broken) if broken.promise == self.broken.promise => {
                self.broken = broken;
                self.ops = ops;
                self.setup = setup.unwrap_or_else(|| self.setup.clone());
                true
            }
            _ => false,
        }
    }

    /// Takes away runs of operations, long ones first.
    fn fewer(&mut self, budget: &mut usize) {
        let mut size = self.ops.len().div_ceil(2).max(1);
        loop {
            let mut at = 0;
            while at < self.ops.len() {
                let mut ops = self.ops.clone();
                ops.drain(at..(at + size).min(ops.len()));
                if !self.take(budget, None, ops) {
                    at += size;
                }
            }
            if size == 1 {
                return;
            }
            size = size.div_ceil(2);
        }
    }

    /// Puts a plainer setup or operation in the place of each.
    fn simpler(&mut self, budget: &mut usize) -> bool {
        let mut any = false;
        for setup in S::smaller(&self.setup) {
            any |= self.take(budget, Some(setup), self.ops.clone());
        }
        for at in 0..self.ops.len() {
            for plain in S::plainer(&self.ops[at]) {
                let mut ops = self.ops.clone();
                ops[at] = plain;
                any |= self.take(budget, None, ops);
            }
        }
        any
    }
}
