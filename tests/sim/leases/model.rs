//! What leases promise, said again in the plainest way: a list of grants and a few facts about each.

use std::collections::{BTreeMap, BTreeSet};

use leadforge_task_queue::{History, Holder, Lease, Life};

use super::machines::View;
use super::setup::{SCOPES, Setup};

/// A grant that is not over.
#[derive(Clone, Debug)]
pub(super) struct Open {
    pub(super) task: u8,
    pub(super) slot: u8,
    pub(super) epoch: u64,
    pub(super) session: String,
    pub(super) agent: u8,
    holder: Holder,
    ttl_ms: u64,
    /// What the clock of whoever heard of it last showed.
    heard_wall: u64,
    /// The same by the boot of its holder, if it was heard of there.
    heard_boot: Option<u64>,
}

/// What is known of a task beside its open grants.
#[derive(Clone, Debug, Default)]
struct Known {
    epoch: u64,
    released: u64,
    failed: BTreeSet<u64>,
}

/// What the database must know.
#[derive(Clone, Debug, Default)]
pub(super) struct Model {
    pub(super) open: Vec<Open>,
    known: BTreeMap<u8, Known>,
    /// Agent, moment, task and epoch of every grant that was not given back.
    granted: Vec<(u8, u64, u8, u64)>,
}

/// Who asks for what.
pub(super) struct Wish<'a> {
    pub(super) setup: &'a Setup,
    /// `None` is no agent in particular, without quota.
    pub(super) agent: Option<u8>,
    pub(super) task: Option<u8>,
    pub(super) completed: &'a BTreeSet<u8>,
    pub(super) history: &'a dyn Fn(u8) -> History,
}

type Sight<'a> = &'a dyn Fn(&Holder) -> Life;

impl Open {
    fn over(&self, view: &View, sight: Sight<'_>) -> bool {
        let late = |now: u64, heard: u64| now > heard.saturating_add(self.ttl_ms);
        match (sight(&self.holder), self.heard_boot) {
            (Life::Alive, _) => false,
            (Life::Dead, _) => true,
            (Life::Unknown, Some(heard)) if self.holder.boot_id == view.boot_id => {
                late(view.boot_ms, heard)
            }
            (Life::Unknown, _) => late(view.wall_ms, self.heard_wall),
        }
    }

    fn by_wall(&self, view: &View, sight: Sight<'_>) -> bool {
        let here = self.heard_boot.is_some() && self.holder.boot_id == view.boot_id;
        sight(&self.holder) == Life::Unknown && !here
    }

    fn hear(&mut self, ttl_ms: u64, view: &View) {
        self.ttl_ms = ttl_ms;
        self.heard_wall = view.wall_ms;
        self.heard_boot = (self.holder.boot_id == view.boot_id).then_some(view.boot_ms);
    }
}

impl Model {
    /// Ends what is over, as every claim and every reaping does; says what ended.
    pub(super) fn sweep(&mut self, view: &View, sight: Sight<'_>) -> Vec<(u8, u64)> {
        let (over, mut open): (Vec<Open>, Vec<Open>) =
            std::mem::take(&mut self.open).into_iter().partition(|one| one.over(view, sight));
        for one in &mut open {
            // A clock that was set back makes nothing last longer.
            if one.by_wall(view, sight) && view.wall_ms < one.heard_wall {
                one.heard_wall = view.wall_ms;
            }
        }
        self.open = open;
        over.into_iter().map(|one| (one.task, one.epoch)).collect()
    }

    /// The first slot that a claim must get, by priority and name; `None` when it must get none.
    pub(super) fn due(&self, wish: &Wish<'_>, wall_ms: u64) -> Option<(u8, u8)> {
        let setup = wish.setup;
        if let Some(agent) = wish.agent {
            let rules = &setup.agents[usize::from(agent)];
            let has = self.open.iter().filter(|one| one.agent == agent).count();
            if rules.at_once.is_some_and(|limit| has >= limit as usize) {
                return None;
            }
            if let Some((limit, window)) = rules.quota {
                let since = wall_ms.saturating_sub(window);
                let had = self.granted.iter().filter(|g| g.0 == agent && g.1 >= since).count();
                if had >= limit as usize {
                    return None;
                }
            }
        }
        let mut tasks: Vec<u8> = (0..).take(setup.tasks.len()).collect();
        tasks.sort_by_key(|task| (setup.tasks[usize::from(*task)].priority, *task));
        tasks.into_iter().find_map(|task| Some((task, self.slot(wish, task)?)))
    }

    fn slot(&self, wish: &Wish<'_>, task: u8) -> Option<u8> {
        let rules = &wish.setup.tasks[usize::from(task)];
        let mine: Vec<&Open> = self.open.iter().filter(|one| one.task == task).collect();
        let not_asked = wish.task.is_some_and(|asked| asked != task);
        let blocked = rules.after.is_some_and(|on| !wish.completed.contains(&on));
        let others = rules.agent.is_some_and(|only| wish.agent.is_some_and(|me| me != only));
        if not_asked || wish.completed.contains(&task) || blocked || others {
            return None;
        }
        let slot = (0..rules.attempts).find(|slot| mine.iter().all(|one| one.slot != *slot))?;
        let known = self.known.get(&task).cloned().unwrap_or_default();
        let tried = (wish.history)(task).tried;
        let failed = known.failed.union(&tried);
        let counted = failed.filter(|epoch| {
            **epoch > known.released && mine.iter().all(|one| one.epoch != **epoch)
        });
        if counted.count() >= usize::from(rules.tries) * usize::from(rules.attempts) {
            return None;
        }
        let places = |task: u8| SCOPES[usize::from(wish.setup.tasks[usize::from(task)].scope)].1;
        let meets = |one: &Open| {
            let (a, b) = (places(task), places(one.task));
            let unknown = wish.setup.unknown_exclusive && (a == 0 || b == 0);
            one.task != task && (a & b != 0 || unknown)
        };
        (!self.open.iter().any(meets)).then_some(slot)
    }

    /// The epoch that a grant must be above.
    pub(super) fn floor(&self, task: u8) -> u64 {
        self.known.get(&task).map_or(0, |known| known.epoch.max(known.released))
    }

    pub(super) fn grant(&mut self, task: u8, agent: u8, lease: &Lease, ttl_ms: u64, view: &View) {
        let mut one = Open {
            task,
            slot: lease.slot,
            epoch: lease.epoch,
            session: lease.session.clone(),
            agent,
            holder: lease.holder.clone(),
            ttl_ms,
            heard_wall: 0,
            heard_boot: None,
        };
        one.hear(ttl_ms, view);
        self.open.push(one);
        self.granted.push((agent, view.wall_ms, task, lease.epoch));
        self.known.entry(task).or_default().epoch = lease.epoch;
    }

    /// The grant of this lease, if it is still its holder's.
    fn mine(&self, task: u8, lease: &Lease, view: &View, sight: Sight<'_>) -> Option<usize> {
        self.open.iter().position(|one| {
            (one.task, one.slot, one.epoch) == (task, lease.slot, lease.epoch)
                && one.session == lease.session
                && !one.over(view, sight)
        })
    }

    /// Whether a beat must be taken, and takes it.
    pub(super) fn beat(
        &mut self,
        task: u8,
        lease: &Lease,
        ttl: u64,
        view: &View,
        sight: Sight<'_>,
    ) -> bool {
        let Some(at) = self.mine(task, lease, view, sight) else { return false };
        self.open[at].hear(ttl, view);
        true
    }

    /// Whether an ending must be taken, and takes it.
    pub(super) fn settle(
        &mut self,
        task: u8,
        lease: &Lease,
        outcome: leadforge_task_queue::Outcome,
        view: &View,
        sight: Sight<'_>,
    ) -> bool {
        use leadforge_task_queue::Outcome;
        let Some(at) = self.mine(task, lease, view, sight) else { return false };
        let one = self.open.remove(at);
        match outcome {
            Outcome::Done => {}
            Outcome::Failed => {
                self.known.entry(task).or_default().failed.insert(one.epoch);
            }
            Outcome::Returned => self.granted.retain(|g| (g.2, g.3) != (task, one.epoch)),
        }
        true
    }

    /// Forgives the tries of a task up to an epoch, which the backend chooses: at least all that is known of it, and
    /// nothing that comes later (see [`Model::floor`]). What an earlier database granted may lie between.
    pub(super) fn release(&mut self, task: u8, history: &History, released: u64) -> bool {
        let known = self.known.entry(task).or_default();
        known.epoch = known.epoch.max(history.epoch);
        known.failed.clear();
        known.released = released;
        released >= known.epoch
    }
}
