//! Simulated machines: boots, clocks that people set, processes, and who can see whom.

use std::collections::BTreeSet;

use leadforge_task_queue::{Holder, Life, Now};

/// A machine as it is now.
#[derive(Clone, Debug)]
pub(in crate::sim) struct Machine {
    /// This start of it.
    pub(in crate::sim) boot_id: String,
    /// Milliseconds since then: nobody can set them.
    pub(in crate::sim) boot_ms: u64,
    /// What its clock shows.
    pub(in crate::sim) wall_ms: u64,
    /// How fast the clock runs.
    rate: u64,
    boots: u32,
}

/// All machines and what runs on them.
#[derive(Clone, Debug)]
pub(in crate::sim) struct Machines {
    pub(in crate::sim) all: Vec<Machine>,
    alive: BTreeSet<u32>,
    pids: u32,
}

/// A place to look from, at a moment that may have passed when it is used.
#[derive(Clone, Debug)]
pub(in crate::sim) struct View {
    pub(in crate::sim) machine: usize,
    pub(in crate::sim) space: String,
    pub(in crate::sim) boot_id: String,
    pub(in crate::sim) boot_ms: u64,
    pub(in crate::sim) wall_ms: u64,
}

const BEGIN: u64 = 1_800_000_000_000;
const DAY: i64 = 24 * 3_600_000;

impl Machines {
    pub(in crate::sim) fn new() -> Self {
        let machine = |n: u64| Machine {
            boot_id: format!("m{n}.0"),
            boot_ms: 1_000 + n * 77_000_000,
            // No two clocks agree.
            wall_ms: BEGIN + n * 7_000,
            rate: 1,
            boots: 0,
        };
        Self { all: (0..2).map(machine).collect(), alive: BTreeSet::new(), pids: 0 }
    }

    pub(in crate::sim) fn pass(&mut self, ms: u64) {
        for machine in &mut self.all {
            machine.boot_ms += ms;
            machine.wall_ms = machine.wall_ms.saturating_add(ms * machine.rate);
        }
    }

    pub(in crate::sim) fn jump(&mut self, machine: usize, days: i16) {
        let wall = &mut self.all[machine].wall_ms;
        *wall = wall.saturating_add_signed(i64::from(days) * DAY);
    }

    pub(in crate::sim) fn rate(&mut self, machine: usize, times: u8) {
        self.all[machine].rate = times.into();
    }

    /// The power goes and comes back; who ran there is not known here, see [`Machines::end`].
    pub(in crate::sim) fn restart(&mut self, machine: usize) {
        let one = &mut self.all[machine];
        one.boots += 1;
        one.boot_id = format!("m{machine}.{}", one.boots);
        one.boot_ms = 500;
        one.wall_ms += 20_000;
    }

    pub(in crate::sim) fn view(&self, (machine, space): (u8, u8)) -> View {
        let machine = usize::from(machine);
        let Machine { boot_id, boot_ms, wall_ms, .. } = self.all[machine].clone();
        View { machine, space: format!("s{space}"), boot_id, boot_ms, wall_ms }
    }

    /// Starts a process there.
    pub(in crate::sim) fn start(&mut self, at: (u8, u8)) -> Holder {
        self.pids += 1;
        self.alive.insert(self.pids);
        Holder { pid: self.pids, pid_start: 7, ..self.nobody(at) }
    }

    pub(in crate::sim) fn end(&mut self, holder: &Holder) {
        self.alive.remove(&holder.pid);
    }

    /// A holder that no process stands for.
    pub(in crate::sim) fn nobody(&self, at: (u8, u8)) -> Holder {
        let View { space, boot_id, .. } = self.view(at);
        Holder { boot_id, space, pid: 0, pid_start: 0 }
    }

    /// Whether a holder lives, as far as can be seen from there.
    pub(in crate::sim) fn sight(&self, from: &View, holder: &Holder) -> Life {
        if !holder.boot_id.starts_with(&format!("m{}.", from.machine)) {
            Life::Unknown
        } else if holder.boot_id != self.all[from.machine].boot_id {
            Life::Dead
        } else if holder.pid == 0 || holder.space != from.space {
            Life::Unknown
        } else if self.alive.contains(&holder.pid) {
            Life::Alive
        } else {
            Life::Dead
        }
    }
}

impl View {
    /// The moment as the backends take it.
    pub(in crate::sim) fn now<'a>(
        &'a self,
        liveness: &'a dyn leadforge_task_queue::Liveness,
    ) -> Now<'a> {
        Now { unix_ms: self.wall_ms, boot_id: &self.boot_id, boot_ms: self.boot_ms, liveness }
    }
}
