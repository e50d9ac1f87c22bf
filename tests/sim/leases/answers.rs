//! Compares what the backend answers with what the model says is due.

use leadforge_task_queue::{
    Backend as _, ClaimOutcome, ClaimRequest, Error, History, Holder, Lease, Quota, TaskId,
};

use super::machines::View;
use super::model::Wish;
use super::world::{World, Wrong, sight};

impl World<'_> {
    /// An answer to a holder must be the one that the model gives.
    pub(super) fn judge(
        &mut self,
        what: &'static str,
        task: u8,
        lease: &Lease,
        got: Result<(), Error>,
        due: bool,
    ) -> Result<bool, Wrong> {
        self.tale.then(|| match &got {
            Ok(()) => format!("{what} of t{task} epoch {} taken", lease.epoch),
            Err(error) => error.to_string(),
        });
        let facts = || {
            format!("{what} of t{task} slot {} epoch {} {}", lease.slot, lease.epoch, lease.session)
        };
        match (got, due) {
            (Ok(()), true) => {
                self.tale.count(if what == "beat" { "beats taken" } else { "endings taken" });
                Ok(true)
            }
            (Err(Error::Late { why, .. }), false) => {
                self.tale.count(match why {
                    leadforge_task_queue::Late::Gone => "old holders refused: lease gone",
                    leadforge_task_queue::Late::Replaced => "old holders refused: lease replaced",
                    leadforge_task_queue::Late::Expired => "old holders refused: lease expired",
                });
                Ok(false)
            }
            (Ok(()), false) => Err(("an old holder is never accepted", facts())),
            (Err(error), true) => {
                Err(("a holder in time is accepted", format!("{}: {error}", facts())))
            }
            (Err(error), false) => Err(("refusals say that it is late", error.to_string())),
        }
    }

    /// Claims in the backend and in the model.
    pub(super) fn claim(
        &mut self,
        agent: Option<u8>,
        task: Option<u8>,
        session: &str,
        holder: Holder,
        ttl_ms: u64,
        view: &View,
    ) -> Result<Option<(u8, Lease)>, Wrong> {
        let life = sight!(self, view);
        let (git, ids) = (&self.git, &self.ids);
        let number = |id: &TaskId| (0..).zip(ids).find(|(_, one)| *one == id).map(|(at, _)| at);
        let history =
            |id: &TaskId| Ok(number(id).map_or_else(History::default, |at| git.history(at)));
        let name = agent.map_or_else(String::new, |agent| format!("agent{agent}"));
        let rules = agent.map(|agent| &self.setup.agents[usize::from(agent)]);
        let request = ClaimRequest {
            ttl_ms,
            task: task.map(|task| ids[usize::from(task)].clone()),
            quota: rules.and_then(|rules| rules.quota).map(|(limit, window)| Quota {
                limit,
                since_ms: view.wall_ms.saturating_sub(window),
            }),
            at_once: rules.and_then(|rules| rules.at_once),
            unknown_exclusive: self.setup.unknown_exclusive,
            ..ClaimRequest::new(name, session, holder, &history)
        };
        let outcome = self.database.backend.claim(git.queue(), &request, &view.now(&life));
        let model = &mut self.database.model;
        // A task that is completed, or an empty queue, is answered before anything is swept.
        let asked_in_vain = task.is_some_and(|task| {
            let after = self.setup.tasks[usize::from(task)].after;
            git.completed.contains(&task) || after.is_some_and(|on| !git.completed.contains(&on))
        });
        if git.queue().pending().len() > 0 && !asked_in_vain {
            let over = model.sweep(view, &life);
            self.tale.add("leases that became void", over.len() as u64);
        }
        let wish = Wish {
            setup: self.setup,
            agent,
            task,
            completed: &git.completed,
            history: &|task| git.history(task),
        };
        let due = model.due(&wish, view.wall_ms);
        let outcome = outcome.map_err(|error| ("a claim is answered", error.to_string()))?;
        let lease = match (outcome, due) {
            (ClaimOutcome::Granted(lease, _), Some(due)) => {
                let task = number(&lease.task).expect("it is of this queue");
                if (task, lease.slot) != due {
                    let facts =
                        format!("t{task} slot {} instead of t{} slot {}", lease.slot, due.0, due.1);
                    return Err(("the first task that can be had is granted", facts));
                }
                (task, lease)
            }
            (ClaimOutcome::Granted(lease, _), None) => {
                let facts = format!("{} slot {} epoch {}", lease.task, lease.slot, lease.epoch);
                return Err(("nothing is granted against the rules", facts));
            }
            (outcome, Some((task, slot))) => {
                let facts = format!("t{task} slot {slot} is free: {outcome:?}");
                return Err(("what can be had is granted", facts));
            }
            (outcome, None) => {
                self.tale.then(|| format!("{outcome:?}"));
                self.tale.count("claims refused");
                return Ok(None);
            }
        };
        let (task, lease) = lease;
        self.tale.then(|| format!("t{task} slot {} epoch {} {session}", lease.slot, lease.epoch));
        self.tale.count("grants");
        let issued = self.issued.insert(task, lease.epoch).unwrap_or(0);
        let floor = model.floor(task).max(git.history(task).epoch).max(issued);
        if lease.epoch <= floor {
            let facts = format!("t{task} got epoch {} after {floor}", lease.epoch);
            return Err(("epochs never run backwards", facts));
        }
        model.grant(task, agent.unwrap_or(u8::MAX), &lease, ttl_ms, view);
        let ever = self.ever.entry(task).or_default();
        if lease.epoch <= *ever {
            self.tale.count("epochs given again after the database was lost, no trace being left");
        }
        *ever = lease.epoch.max(*ever);
        Ok(Some((task, lease)))
    }

    /// The backend holds exactly the leases that the model has open.
    pub(super) fn compare(&mut self) -> Result<(), Wrong> {
        let leases = self.database.backend.leases();
        let leases = leases.map_err(|error| ("leases can be listed", error.to_string()))?;
        let open = &mut self.database.model.open;
        open.sort_by_key(|one| (one.task, one.slot));
        let same = leases.len() == open.len()
            && leases.iter().zip(&*open).all(|(lease, one)| {
                lease.task == self.ids[usize::from(one.task)]
                    && (lease.slot, lease.epoch) == (one.slot, one.epoch)
                    && lease.session == one.session
            });
        if same {
            return Ok(());
        }
        let leases: Vec<(String, u8, u64)> =
            leases.iter().map(|l| (l.task.to_string(), l.slot, l.epoch)).collect();
        let open: Vec<(u8, u8, u64)> = open.iter().map(|o| (o.task, o.slot, o.epoch)).collect();
        Err(("exactly the open grants hold leases", format!("{leases:?}, not {open:?}")))
    }
}
