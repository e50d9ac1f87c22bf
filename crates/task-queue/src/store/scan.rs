//! Brings the index up to date: looks at every file, reads those that changed.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::Path;

use super::index::{Entry, Folders, State, is_racy, root_text};
use super::link::link;
use super::sqlite::{Trouble, Tx, Value};
use crate::error::{Error, Fault};
use crate::files::{Folder, Open, Stamp, Unread, parse};
use crate::lease::Now;
use crate::model::Task;
use crate::queue::{fits, not_utf8};

/// A file that is to be read again whatever it looks like.
pub(super) type Suspect = (Folder, Vec<u8>);

/// What the index knew about a file.
struct Known {
    stamp: Stamp,
    again: bool,
}

/// Brings the index up to date with the queue at `root`.
pub(super) fn scan(
    tx: &Tx<'_>,
    root: &Path,
    now: &Now<'_>,
    suspects: &[Suspect],
) -> Result<(), Trouble> {
    let before = State::read(tx)?;
    let mut changed = before.root != root_text(root) || !before.faults.is_empty();
    if before.root != root_text(root) {
        tx.run("DELETE FROM file", &[])?;
    }
    let mut state = State { root: root_text(root), scanned_ms: now.unix_ms, ..State::default() };
    match Folders::open(root) {
        Ok(folders) => {
            state.folders = folders.stamps();
            state.racy = state.folders.iter().flatten().any(|stamp| is_racy(*stamp, now));
            let mut known = known(tx)?;
            for (folder, name) in suspects {
                if let Some(known) = known.get_mut(&(*folder, name.clone())) {
                    known.again = true;
                }
            }
            for folder in Folder::BOTH {
                if let Some(open) = folders.get(folder) {
                    changed |= scan_folder(tx, folder, open, now, &mut known)?;
                }
            }
            changed |= !known.is_empty();
            for (folder, name) in known.into_keys() {
                let key = [Value::Int(folder as i64), Value::Blob(&name)];
                tx.run("DELETE FROM file WHERE folder = ? AND name = ?", &key)?;
            }
            if changed {
                state.faults = link(tx, &folders)?;
            }
        }
        Err(Trouble::Other(Error::File(fault))) => state.faults.push(fault),
        Err(trouble) => return Err(trouble),
    }
    state.write(tx)
}

fn known(tx: &Tx<'_>) -> Result<HashMap<Suspect, Known>, Trouble> {
    let mut known = HashMap::new();
    let sql = "SELECT folder, name, size, mtime, inode, racy OR fault IS NOT NULL FROM file";
    tx.each(sql, &[], |row| {
        let folder = if row.int(0)? == 0 { Folder::Pending } else { Folder::Completed };
        let stamp = Stamp { size: row.count(2)?, mtime_ns: row.int(3)?, inode: row.count(4)? };
        known.insert((folder, row.blob(1)?), Known { stamp, again: row.int(5)? != 0 });
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(known)
}

/// Looks at the files of one folder; what is left in `known` is no longer there.
fn scan_folder(
    tx: &Tx<'_>,
    folder: Folder,
    open: &Open,
    now: &Now<'_>,
    known: &mut HashMap<Suspect, Known>,
) -> Result<bool, Trouble> {
    let mut changed = false;
    for name in open.names()? {
        let key = (folder, name);
        let Some(stamp) = open.stamp_of(&key.1)? else { continue };
        let known = known.remove(&key);
        if known.is_some_and(|known| known.stamp == stamp && !known.again) {
            continue;
        }
        changed = true;
        match read(folder, open, &key.1) {
            Ok((stamp, task)) => write(tx, folder, &key.1, stamp, now, Ok(&task))?,
            Err(Unread::Fault(fault)) => write(tx, folder, &key.1, stamp, now, Err(&fault))?,
            Err(Unread::Error(error)) => return Err(error.into()),
            // It went while we looked; the folder's stamp tells the next scan.
            Err(Unread::Missing) => {
                let key = [Value::Int(folder as i64), Value::Blob(&key.1)];
                tx.run("DELETE FROM file WHERE folder = ? AND name = ?", &key)?;
            }
        }
    }
    Ok(changed)
}

/// Reads one file as a task of this folder.
pub(super) fn read(folder: Folder, open: &Open, name: &[u8]) -> Result<(Stamp, Task), Unread> {
    let label = open.label(name);
    if std::str::from_utf8(name).is_err() {
        return Err(Unread::Fault(not_utf8(&label)));
    }
    let (stamp, bytes) = open.read(name)?;
    let task = parse(&label, &bytes).and_then(|task| fits(folder, task)).map_err(Unread::Fault)?;
    Ok((stamp, task))
}

fn write(
    tx: &Tx<'_>,
    folder: Folder,
    name: &[u8],
    stamp: Stamp,
    now: &Now<'_>,
    found: Result<&Task, &Fault>,
) -> Result<(), Trouble> {
    let nothing = Entry {
        priority: 0,
        attempts: 0,
        tries: 0,
        after: String::new(),
        agents: String::new(),
        scope: String::new(),
    };
    let entry = found.map_or(nothing, Entry::of);
    let id = found.ok().map(|task| task.id.as_str());
    let epoch = found.ok().and_then(|task| task.done.as_ref()).map_or(0, |done| done.epoch);
    let fault = found.err().map(|fault| serde_json::to_string(fault).expect("texts and a number"));
    // `open` is -1 until the links are counted, so that no half-indexed task is handed out.
    let sql = "INSERT OR REPLACE INTO file (folder, name, size, mtime, inode, racy, id, priority,
               attempts, tries, open, epoch, after, agents, scope, fault)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, -1, ?, ?, ?, ?, ?)";
    let values = [
        Value::Int(folder as i64),
        Value::Blob(name),
        stamp.size.into(),
        Value::Int(stamp.mtime_ns),
        stamp.inode.into(),
        Value::Int(is_racy(stamp, now).into()),
        id.map_or(Value::Null, Value::Text),
        Value::Int(entry.priority),
        Value::Int(entry.attempts.into()),
        Value::Int(entry.tries.into()),
        epoch.into(),
        Value::Text(&entry.after),
        Value::Text(&entry.agents),
        Value::Text(&entry.scope),
        fault.as_deref().map_or(Value::Null, Value::Text),
    ];
    tx.run(sql, &values)
}
