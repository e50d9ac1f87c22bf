//! What follows from all files together: how much each task waits for, and which references fail.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use super::index::Folders;
use super::scan::read;
use super::sqlite::{Trouble, Tx, Value};
use crate::error::Fault;
use crate::files::{Folder, Unread};
use crate::graph::{Problem, problems};
use crate::model::Task;
use crate::queue::{reference_fault, twice};

/// A pending task as the index holds it.
struct Pending {
    after: String,
    open: i64,
}

/// Counts the open blockers of every task anew and returns all faults of the queue.
pub(super) fn link(tx: &Tx<'_>, folders: &Folders) -> Result<Vec<Fault>, Trouble> {
    let mut pending: BTreeMap<String, Pending> = BTreeMap::new();
    let mut completed: BTreeSet<String> = BTreeSet::new();
    let mut faults: Vec<Fault> = Vec::new();
    tx.each("SELECT folder, id, after, open, fault FROM file", &[], |row| {
        if let Some(fault) = row.text_or_null(4)? {
            faults.extend(serde_json::from_str::<Fault>(&fault).ok());
        }
        if let Some(id) = row.text_or_null(1)? {
            if row.int(0)? == 0 {
                pending.insert(id, Pending { after: row.text(2)?, open: row.int(3)? });
            } else {
                completed.insert(id);
            }
        }
        Ok(ControlFlow::Continue(()))
    })?;
    for (id, task) in &pending {
        let open = if completed.contains(id) {
            faults.extend(twice_fault(folders, id)?);
            // Completed wins: the task is not handed out again.
            -1
        } else {
            let after: BTreeSet<&str> = task.after.split_terminator(' ').collect();
            let open = after.iter().filter(|id| !completed.contains(**id)).count();
            i64::try_from(open).unwrap_or(i64::MAX)
        };
        if open != task.open {
            let name = format!("{id}.md");
            let values = [Value::Int(open), Value::Blob(name.as_bytes())];
            tx.run("UPDATE file SET open = ? WHERE folder = 0 AND name = ?", &values)?;
        }
    }
    remember_completions(tx)?;
    pending.retain(|id, _| !completed.contains(id));
    // A file that cannot be read may be the one that is referred to: one error for one cause.
    if faults.is_empty() {
        faults = reference_faults(folders, &pending, &completed)?;
    }
    faults.sort();
    Ok(faults)
}

fn reference_faults(
    folders: &Folders,
    pending: &BTreeMap<String, Pending>,
    completed: &BTreeSet<String>,
) -> Result<Vec<Fault>, Trouble> {
    let edges = pending
        .iter()
        .map(|(id, task)| (id.as_str(), task.after.split_terminator(' ').collect()))
        .collect();
    let mut faults = Vec::new();
    for problem in problems(&edges, &|id| completed.contains(id)) {
        let first = match &problem {
            Problem::Unknown(task, _) => *task,
            Problem::Cycle(cycle) => cycle[0],
        };
        let task = task(folders, Folder::Pending, first)?;
        faults.extend(task.map(|task| reference_fault(&task, &problem)));
    }
    Ok(faults)
}

/// The task of a file that was fine a moment ago; `None` when it no longer is.
fn task(folders: &Folders, folder: Folder, id: &str) -> Result<Option<Task>, Trouble> {
    let Some(open) = folders.get(folder) else { return Ok(None) };
    match read(folder, open, format!("{id}.md").as_bytes()) {
        Ok((_, task)) => Ok(Some(task)),
        Err(Unread::Missing | Unread::Fault(_)) => Ok(None),
        Err(Unread::Error(error)) => Err(error.into()),
    }
}

/// The fault of an id in both folders, unless both files ask for the same.
fn twice_fault(folders: &Folders, id: &str) -> Result<Option<Fault>, Trouble> {
    let pending = task(folders, Folder::Pending, id)?;
    let completed = task(folders, Folder::Completed, id)?;
    let (Some(pending), Some(completed)) = (pending, completed) else { return Ok(None) };
    Ok((!pending.same_definition(&completed)).then(|| twice(&pending, &completed)))
}

/// Epochs of completed files are floors, and a completion that is seen needs no mark any more.
fn remember_completions(tx: &Tx<'_>) -> Result<(), Trouble> {
    tx.run(
        "INSERT INTO record (task, epoch, released, done, failed)
         SELECT id, epoch, 0, 0, '' FROM file WHERE folder = 1 AND id IS NOT NULL AND epoch > 0
         ON CONFLICT (task) DO UPDATE SET epoch = max(epoch, excluded.epoch), done = 0
         WHERE epoch < excluded.epoch OR done > 0",
        &[],
    )
}
