//! Taking all running commands back at once, from any thread.

use std::collections::BTreeMap;
use std::os::fd::OwnedFd;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::sandbox::{self, Cancel, Launcher, Outcome, Spec};

/// Ends every command of a run, those that are running and those that would start; clones share it.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    stopped: bool,
    next: u64,
    running: BTreeMap<u64, Cancel>,
    kept: Option<OwnedFd>,
}

impl Stop {
    /// Ends what runs and refuses what would start.
    pub fn stop(&self) {
        let running = {
            let mut state = self.state();
            state.stopped = true;
            std::mem::take(&mut state.running)
        };
        for cancel in running.into_values() {
            cancel.cancel();
        }
    }

    /// Lets every command from now on keep a lock until nothing of it is left.
    pub(crate) fn keep(&self, lock: OwnedFd) {
        self.state().kept = Some(lock);
    }

    /// Runs a command that [`Stop::stop`] ends.
    pub(crate) fn run(&self, spec: &Spec, launcher: &Launcher) -> Result<Outcome, sandbox::Error> {
        let lock = self.state().kept.as_ref().map(OwnedFd::try_clone).transpose();
        let lock = lock.map_err(|source| sandbox::Error::Launcher {
            path: launcher.program.clone(),
            source,
        })?;
        let mut running = sandbox::start_keeping(spec, launcher, lock)?;
        let ticket = {
            let mut state = self.state();
            let ticket = state.next;
            state.next += 1;
            if let Some(cancel) = running.cancel() {
                if state.stopped {
                    cancel.cancel();
                } else {
                    state.running.insert(ticket, cancel);
                }
            }
            ticket
        };
        let outcome = running.wait();
        self.state().running.remove(&ticket);
        outcome
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
