//! Taking up what an earlier session left: its worktrees are saved and removed, its commits are kept and counted.

use std::collections::BTreeMap;

use crate::error::Error;
use crate::event::{Event, What};
use crate::journal;
use crate::recovery::{Branch, Recovery, Seen};

use super::trailer::Mark;
use super::{Setup, names, scratch};

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
        let branch = names::branch(id, epoch);
        let held = held.contains_key(&branch);
        let seen = out.see(
            &setup.branch,
            Branch {
                id,
                epoch,
                tip: &tip,
                mark: raw.as_deref().and_then(Mark::parse),
                begun: begun.get(&branch).map(String::as_str),
                held,
            },
        );
        match seen {
            Seen::Kept => {}
            Seen::Done => {
                if !held
                    && let Some(head) = &head
                    && setup.git.is_ancestor(&tip, head)?
                {
                    gone.push(names::delete(name, tip));
                }
            }
            Seen::Untouched => {
                setup.git.update_refs(&[names::delete(name, tip)])?;
                let what = format!("the interrupted attempt {branch} was removed; it runs again");
                out.notes.push(what);
            }
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
        if !scratch::is_there(&folder.join(journal::FILE))? {
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
