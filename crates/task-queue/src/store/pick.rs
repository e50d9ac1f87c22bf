//! Hands out tasks by the index, and reads the files of those it hands out again.

use std::ops::ControlFlow;
use std::path::Path;

use super::Ready;
use super::index::{Entry, Folders, State};
use super::leases::{self, Seen};
use super::scan::{Suspect, read};
use super::sqlite::{Row, Trouble, Tx, Value};
use crate::error::{Error, Errors};
use crate::files::{Folder, Unread};
use crate::lease::rules::{Candidate, Desk, Free, REASONS};
use crate::lease::{ClaimOutcome, ClaimRequest, Now, Reason};
use crate::model::{Task, TaskId};
use crate::scope::Scope;

/// A question to the index.
pub(super) struct Pick<'a, 'r> {
    pub(super) root: &'a Path,
    pub(super) request: &'a ClaimRequest<'r>,
    pub(super) now: &'a Now<'a>,
    /// True when this call has brought the index up to date already.
    pub(super) scanned: bool,
}

/// An answer, or the files for which the index cannot be believed.
pub(super) enum Picked<T> {
    Got(T),
    Stale(Vec<Suspect>),
}

/// A row of the index that waits for nothing.
struct Line {
    id: TaskId,
    entry: Entry,
    agents: Vec<String>,
    scope: Scope,
}

const COLUMNS: &str = "id, priority, attempts, tries, after, agents, scope";

impl Line {
    fn read(row: &Row<'_, '_>, with_scope: bool) -> Result<Self, Trouble> {
        let small = |column| Ok::<u8, Trouble>(u8::try_from(row.int(column)?).unwrap_or(1));
        let entry = Entry {
            priority: row.int(1)?,
            attempts: small(2)?,
            tries: small(3)?,
            after: row.text(4)?,
            agents: row.text(5)?,
            scope: row.text(6)?,
        };
        let agents = match entry.agents.as_str() {
            "[]" => Vec::new(),
            text => serde_json::from_str(text).unwrap_or_default(),
        };
        let scope = match with_scope {
            true => serde_json::from_str(&entry.scope).unwrap_or_default(),
            false => Scope::default(),
        };
        Ok(Self { id: TaskId::parse(&row.text(0)?)?, entry, agents, scope })
    }

    fn candidate(&self) -> Candidate<'_> {
        Candidate {
            id: &self.id,
            attempts: self.entry.attempts,
            tries: self.entry.tries,
            agents: &self.agents,
            scope: &self.scope,
        }
    }
}

impl Pick<'_, '_> {
    /// The tasks that could be claimed.
    pub(super) fn ready(&self, tx: &Tx<'_>, limit: usize) -> Result<Picked<Ready>, Trouble> {
        let Some(folders) = self.folders(tx)? else { return Ok(Picked::Stale(Vec::new())) };
        let pending = has_pending(tx)?;
        if let Some(reason) = self.named(tx)? {
            let reasons = vec![reason];
            return Ok(Picked::Got(Ready { reasons, pending, ..Ready::default() }));
        }
        let mut desk = match self.desk(tx, &mut Vec::new())? {
            Ok(desk) => desk,
            Err(reason) => {
                let reasons = vec![reason];
                return Ok(Picked::Got(Ready { reasons, pending, ..Ready::default() }));
            }
        };
        let mut tasks = Vec::new();
        let mut stale = Vec::new();
        self.walk(tx, &mut desk, |line, _| {
            if tasks.len() == limit {
                return Ok(ControlFlow::Break(()));
            }
            match again(&folders, &line)? {
                Ok(task) => tasks.push(task),
                Err(suspects) => stale.extend(suspects),
            }
            Ok(ControlFlow::Continue(()))
        })?;
        if !stale.is_empty() {
            return Ok(Picked::Stale(stale));
        }
        if tasks.is_empty() {
            self.explain(tx, &mut desk)?;
        }
        Ok(Picked::Got(Ready { tasks, reasons: desk.reasons, pending }))
    }

    /// Claims the first task that can be had, and writes the lease.
    pub(super) fn claim(&self, tx: &Tx<'_>) -> Result<Picked<ClaimOutcome>, Trouble> {
        let Some(folders) = self.folders(tx)? else { return Ok(Picked::Stale(Vec::new())) };
        let mut changes = Vec::new();
        if let Some(reason) = self.named(tx)? {
            return Ok(Picked::Got(ClaimOutcome::Blocked(vec![reason])));
        }
        if !has_pending(tx)? {
            return Ok(Picked::Got(ClaimOutcome::Empty));
        }
        let mut desk = match self.desk(tx, &mut changes)? {
            Ok(desk) => desk,
            Err(reason) => return Ok(Picked::Got(ClaimOutcome::Blocked(vec![reason]))),
        };
        let mut found = None;
        self.walk(tx, &mut desk, |line, free| {
            found = Some((again(&folders, &line)?, line, free));
            Ok(ControlFlow::Break(()))
        })?;
        let outcome = match found {
            Some((Err(suspects), ..)) => return Ok(Picked::Stale(suspects)),
            Some((Ok(task), mut line, free)) => {
                // Without anything running the scope was not needed; the lease keeps it.
                line.scope = task.scope();
                let lease = desk.grant(&line.candidate(), free, &mut changes);
                ClaimOutcome::Granted(lease, Box::new(task))
            }
            None => {
                self.explain(tx, &mut desk)?;
                ClaimOutcome::Blocked(desk.reasons)
            }
        };
        leases::apply(tx, &changes)?;
        Ok(Picked::Got(outcome))
    }

    /// The folders, when the index can be believed for them.
    fn folders(&self, tx: &Tx<'_>) -> Result<Option<Folders>, Trouble> {
        let state = State::read(tx)?;
        let folders = match Folders::open(self.root) {
            Ok(folders) => folders,
            Err(Trouble::Other(Error::File(fault))) => {
                return Err(Error::Queue(Errors(vec![fault])).into());
            }
            Err(trouble) => return Err(trouble),
        };
        if !self.scanned {
            return Ok(state.is_fresh(self.root, &folders, self.now).then_some(folders));
        }
        // A scan of this very call is as fresh as it can be, unless a folder changed since.
        if !state.is_of(self.root, &folders) {
            return Ok(None);
        }
        if !state.faults.is_empty() {
            return Err(Error::Queue(Errors(state.faults)).into());
        }
        Ok(Some(folders))
    }

    fn desk<'d>(
        &'d self,
        tx: &Tx<'_>,
        changes: &mut Vec<crate::lease::rules::Change>,
    ) -> Result<Result<Desk<'d, 'd>, Reason>, Trouble> {
        Desk::open(&mut Seen(tx), self.request, self.now, true, changes)
    }

    /// Shows every task that the rules allow, in order, until told to stop.
    fn walk(
        &self,
        tx: &Tx<'_>,
        desk: &mut Desk<'_, '_>,
        mut show: impl FnMut(Line, Free) -> Result<ControlFlow<()>, Trouble>,
    ) -> Result<(), Trouble> {
        let with_scope = desk.is_anything_running();
        let look = |row: &Row<'_, '_>| {
            let line = Line::read(row, with_scope)?;
            match desk.consider(&mut Seen(tx), &line.candidate())? {
                Some(free) => show(line, free),
                None => Ok(ControlFlow::Continue(())),
            }
        };
        match &self.request.task {
            None => {
                // What was settled as done would be refused anyway; a long queue has many of them.
                let sql = format!(
                    "SELECT {COLUMNS} FROM file INDEXED BY ready
                     WHERE folder = 0 AND open = 0 AND NOT EXISTS
                       (SELECT 1 FROM record WHERE task = file.id AND done > 0)
                     ORDER BY priority, id"
                );
                tx.each(&sql, &[], look)
            }
            Some(id) => {
                let sql = format!(
                    "SELECT {COLUMNS} FROM file WHERE folder = 0 AND name = ? AND open = 0"
                );
                tx.each(&sql, &[Value::Blob(file_name(id).as_bytes())], look)
            }
        }
    }

    /// Why the task that was asked for is none that could be walked to.
    fn named(&self, tx: &Tx<'_>) -> Result<Option<Reason>, Trouble> {
        let Some(id) = &self.request.task else { return Ok(None) };
        let name = file_name(id);
        let row = |folder| {
            let sql = "SELECT open, after FROM file WHERE folder = ? AND name = ?";
            let key = [Value::Int(folder), Value::Blob(name.as_bytes())];
            tx.one(sql, &key, |row| Ok((row.int(0)?, row.text(1)?)))
        };
        if row(1)?.is_some() {
            return Ok(Some(Reason::Completed { task: id.clone() }));
        }
        match row(0)? {
            None => Err(Error::NoSuchTask(id.to_string()).into()),
            Some((0, _)) => Ok(None),
            Some((_, after)) => Ok(Some(waits(tx, id.clone(), &after)?)),
        }
    }

    /// Adds to the reasons what was passed over as done, and what other tasks wait for.
    fn explain(&self, tx: &Tx<'_>, desk: &mut Desk<'_, '_>) -> Result<(), Trouble> {
        if self.request.task.is_some() {
            return Ok(());
        }
        let sql = format!(
            "SELECT file.id, record.done FROM file JOIN record ON record.task = file.id
             WHERE folder = 0 AND open = 0 AND record.done > 0
             ORDER BY priority, file.id LIMIT {REASONS}"
        );
        tx.each(&sql, &[], |row| {
            desk.note(Reason::Done { task: TaskId::parse(&row.text(0)?)?, epoch: row.count(1)? });
            Ok(ControlFlow::Continue(()))
        })?;
        let sql = format!(
            "SELECT id, after FROM file WHERE folder = 0 AND open > 0
             ORDER BY priority, id LIMIT {REASONS}"
        );
        tx.each(&sql, &[], |row| {
            desk.note(waits(tx, TaskId::parse(&row.text(0)?)?, &row.text(1)?)?);
            Ok(ControlFlow::Continue(()))
        })
    }
}

fn file_name(id: &TaskId) -> String {
    format!("{id}.md")
}

fn has_pending(tx: &Tx<'_>) -> Result<bool, Trouble> {
    let sql = "SELECT 1 FROM file WHERE folder = 0 AND open >= 0 LIMIT 1";
    Ok(tx.one(sql, &[], |_| Ok(()))?.is_some())
}

fn waits(tx: &Tx<'_>, task: TaskId, after: &str) -> Result<Reason, Trouble> {
    let mut open = Vec::new();
    for id in after.split_terminator(' ') {
        let id = TaskId::parse(id)?;
        let sql = "SELECT 1 FROM file WHERE folder = 1 AND name = ?";
        if tx.one(sql, &[Value::Blob(file_name(&id).as_bytes())], |_| Ok(()))?.is_none() {
            open.push(id);
        }
    }
    open.sort();
    open.dedup();
    Ok(Reason::WaitsFor { task, after: open })
}

/// Reads the file of a task, and those of what it comes after; the suspects when any of them is
/// not what the index says.
fn again(folders: &Folders, line: &Line) -> Result<Result<Task, Vec<Suspect>>, Trouble> {
    let suspect = |folder, id: &TaskId| Ok(Err(vec![(folder, file_name(id).into_bytes())]));
    let Some(task) = current(folders, Folder::Pending, &line.id)? else {
        return suspect(Folder::Pending, &line.id);
    };
    if Entry::of(&task) != line.entry {
        return suspect(Folder::Pending, &line.id);
    }
    for id in &task.after {
        if current(folders, Folder::Completed, id)?.is_none() {
            return suspect(Folder::Completed, id);
        }
    }
    Ok(Ok(task))
}

fn current(folders: &Folders, folder: Folder, id: &TaskId) -> Result<Option<Task>, Trouble> {
    let Some(open) = folders.get(folder) else { return Ok(None) };
    match read(folder, open, file_name(id).as_bytes()) {
        Ok((_, task)) => Ok(Some(task)),
        Err(Unread::Missing | Unread::Fault(_)) => Ok(None),
        Err(Unread::Error(error)) => Err(error.into()),
    }
}
