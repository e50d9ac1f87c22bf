//! Taking up what an earlier session left: its worktrees are saved and removed, its commits are kept and counted.

use std::collections::{BTreeMap, BTreeSet};

use leadforge_host_git::Oid;

use crate::error::Error;
use crate::event::{Event, What};
use crate::job::Job;
use crate::journal;

use super::attempt::BY_HAND;
use super::trailer::{Mark, Outcome};
use super::{Setup, names, scratch};

/// An attempt that an earlier session committed.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) mark: Mark,
    /// The branch's tip.
    pub(crate) tip: Oid,
}

/// What the branches tell.
#[derive(Debug, Default)]
pub(crate) struct Recovery {
    /// Attempts by task, round and slot: candidates to take up, failures to count.
    pub(crate) found: BTreeMap<(String, u8, u8), Found>,
    /// Branches that no run made, by task and epoch: somebody works on them, or has.
    pub(crate) by_hand: BTreeMap<(String, u64), Oid>,
    /// Tasks whose branches cannot be made, because a branch has the name `lf/ID`.
    pub(crate) in_the_way: BTreeSet<String>,
    /// In words, for the journal.
    pub(crate) notes: Vec<String>,
}

impl Recovery {
    /// The attempt of a round and slot, unless it was forgiven.
    pub(crate) fn attempt(&self, job: &Job, round: u8, slot: u8) -> Option<&Found> {
        let found = self.found.get(&(job.id.clone(), round, slot))?;
        (found.mark.epoch > job.released).then_some(found)
    }

    /// The branch that somebody finished by hand and that waits to be verified and landed.
    pub(crate) fn finished_by_hand(&self, job: &Job) -> Option<&Oid> {
        // Once it has been an attempt of a run it is not offered again, however often the run is taken up.
        let tried = self.found.values().any(|f| {
            f.mark.id == job.id && f.mark.agent == BY_HAND && f.mark.epoch > job.done_by_hand
        });
        let waits = job.done_by_hand > 0 && !tried;
        waits.then(|| self.by_hand.get(&(job.id.clone(), job.done_by_hand))).flatten()
    }

    /// How many tries of a job are used up: those whose every slot ended without landing.
    pub(crate) fn used(&self, job: &Job) -> u8 {
        let slots = job.attempts.max(1);
        (1..=u8::MAX)
            .take_while(|round| {
                (1..=slots).all(|slot| {
                    self.attempt(job, *round, slot).is_some_and(|f| {
                        matches!(f.mark.outcome, Outcome::Failed(_) | Outcome::NotChosen)
                    })
                })
            })
            .count()
            .try_into()
            .unwrap_or(u8::MAX)
    }

    /// Why a job's last counted try failed.
    pub(crate) fn last_reason(&self, job: &Job) -> Option<String> {
        let round = self.used(job);
        (1..=job.attempts.max(1)).find_map(|slot| {
            match &self.attempt(job, round, slot)?.mark.outcome {
                Outcome::Failed(reason) => Some(reason.clone()),
                _ => None,
            }
        })
    }
}

/// Saves and removes the leftovers of sessions that are gone, then reads what their branches say.
pub(crate) fn recover(setup: &Setup<'_>) -> Result<Recovery, Error> {
    let mut out = Recovery::default();
    end_processes(&mut out)?;
    // First what was killed in the middle of being added: it holds no work yet.
    setup.git.sweep()?;
    remove_worktrees(setup, &mut out)?;
    scratch::remove(&setup.scratch())?;
    let refs = setup.git.refs(names::BRANCHES)?;
    let specs: Vec<String> = refs.iter().map(|(_, oid)| oid.to_string()).collect();
    let raws = setup.git.cat(&specs)?;
    let begun = begun(setup)?;
    let held = setup.checked_out()?;
    let head = setup.head()?;
    let mut gone = Vec::new();
    for ((name, tip), raw) in refs.into_iter().zip(raws) {
        let Some((id, epoch)) = names::parse_branch_ref(&name) else {
            let rest = name.strip_prefix(names::BRANCHES).unwrap_or_default();
            if !rest.contains('/') {
                out.in_the_way.insert(rest.to_owned());
            }
            continue;
        };
        let (id, mark) = (id.to_owned(), raw.as_deref().and_then(Mark::parse));
        match mark {
            Some(mark) if mark.id == id && mark.epoch == epoch => {
                if mark.run != setup.branch {
                    continue;
                }
                if mark.outcome != Outcome::Done {
                    keep(&mut out, Found { mark, tip });
                } else if !held.contains_key(&names::branch(&id, epoch))
                    && let Some(head) = &head
                    && setup.git.is_ancestor(&tip, head)?
                {
                    gone.push(names::delete(name, tip));
                }
            }
            // Still where our attempt began: nothing of anybody's is on it.
            _ if begun.get(&names::branch(&id, epoch)) == Some(&tip.to_string())
                && !held.contains_key(&names::branch(&id, epoch)) =>
            {
                setup.git.update_refs(&[names::delete(name, tip)])?;
                let what =
                    format!("the interrupted attempt lf/{id}/{epoch} was removed; it runs again");
                out.notes.push(what);
            }
            _ => drop(out.by_hand.insert((id, epoch), tip)),
        }
    }
    if !gone.is_empty() {
        setup.git.update_refs(&gone)?;
        out.notes
            .push(format!("{} branches of tasks that you have merged were removed", gone.len()));
    }
    Ok(out)
}

/// The branches that runs say they made, with the commit each began at. All else is somebody's, and left alone.
fn begun(setup: &Setup<'_>) -> Result<BTreeMap<String, String>, Error> {
    let mut all = BTreeMap::new();
    let runs = setup.state().join("runs");
    let fail = |source| Error::Scratch { path: runs.clone(), source };
    for entry in std::fs::read_dir(&runs).map_err(fail)? {
        let folder = entry.map_err(fail)?.path();
        if !folder.join(journal::FILE).exists() {
            continue;
        }
        let (events, _) = journal::read(setup.disk, &folder)?;
        all.extend(events.into_iter().filter_map(|event: Event| match event.what {
            What::AttemptStarted { branch, base, .. } => Some((branch, base)),
            _ => None,
        }));
    }
    Ok(all)
}

fn keep(out: &mut Recovery, found: Found) {
    let key = (found.mark.id.clone(), found.mark.round, found.mark.slot);
    let newer = out.found.get(&key).is_none_or(|f| f.mark.epoch < found.mark.epoch);
    if newer {
        out.found.insert(key, found);
    }
}

fn end_processes(out: &mut Recovery) -> Result<(), Error> {
    let swept = crate::sandbox::sweep()?;
    if swept > 0 {
        out.notes.push(format!("{swept} leftovers of a dead launcher were ended"));
    }
    Ok(())
}

fn remove_worktrees(setup: &Setup<'_>, out: &mut Recovery) -> Result<(), Error> {
    let scratch = setup.scratch();
    for worktree in setup.git.worktrees()? {
        let Ok(below) = worktree.path.strip_prefix(&scratch) else { continue };
        let name = below.components().next().map(|c| c.as_os_str().to_string_lossy().into_owned());
        let label = name.unwrap_or_default().replacen('.', "/", 1);
        let rescued = setup.git.worktree_remove(&worktree, &label)?;
        out.notes.push(match rescued {
            Some(oid) => format!(
                "the unfinished work of {label} was saved as refs/leadforge/rescue/{label} ({oid})"
            ),
            None => format!("the worktree of {label} was removed; it held nothing unsaved"),
        });
    }
    Ok(())
}
