//! When the index may be believed, and what it holds for each file.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::sqlite::{Trouble, Tx, Value};
use crate::error::Fault;
use crate::files::{Folder, Open, Stamp, open_folder};
use crate::lease::Now;
use crate::model::Task;

/// An edit in place is noticed after this time at the latest, in milliseconds.
const OLDEST: u64 = 60_000;

/// What is known about the whole index.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct State {
    /// The queue that was scanned.
    pub(super) root: String,
    /// What its two folders looked like.
    pub(super) folders: [Option<Stamp>; 2],
    /// When that was, in milliseconds of Unix time.
    pub(super) scanned_ms: u64,
    /// True when a folder had been changed so recently that another change may look the same.
    pub(super) racy: bool,
    /// What is wrong with the files.
    pub(super) faults: Vec<Fault>,
}

impl State {
    pub(super) fn read(tx: &Tx<'_>) -> Result<Self, Trouble> {
        let sql = "SELECT value FROM state WHERE key = 'index'";
        let text = tx.one(sql, &[], |row| row.text(0))?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
    }

    pub(super) fn write(&self, tx: &Tx<'_>) -> Result<(), Trouble> {
        let text = serde_json::to_string(self).expect("a state is plain data");
        let sql = "INSERT OR REPLACE INTO state (key, value) VALUES ('index', ?)";
        tx.run(sql, &[Value::Text(&text)])
    }

    /// True when this queue was scanned and its folders look as they did then.
    pub(super) fn is_of(&self, root: &Path, folders: &Folders) -> bool {
        self.root == root_text(root) && self.folders == folders.stamps()
    }

    /// True when nothing speaks against the index; a queue with faults is always looked at again.
    pub(super) fn is_fresh(&self, root: &Path, folders: &Folders, now: &Now<'_>) -> bool {
        self.is_of(root, folders)
            && !self.racy
            && self.faults.is_empty()
            && now.unix_ms >= self.scanned_ms
            && now.unix_ms - self.scanned_ms <= OLDEST
    }
}

/// The path under which a queue is remembered.
pub(super) fn root_text(root: &Path) -> String {
    root.to_string_lossy().into_owned()
}

/// The two folders of a queue, held open.
pub(super) struct Folders {
    open: [Option<Open>; 2],
}

impl Folders {
    pub(super) fn open(root: &Path) -> Result<Self, Trouble> {
        let open = |folder| open_folder(root, folder);
        Ok(Self { open: [open(Folder::Pending)?, open(Folder::Completed)?] })
    }

    pub(super) fn get(&self, folder: Folder) -> Option<&Open> {
        self.open[folder as usize].as_ref()
    }

    pub(super) fn stamps(&self) -> [Option<Stamp>; 2] {
        self.open.each_ref().map(|open| open.as_ref().map(|open| open.stamp))
    }
}

/// True when a change at the same moment could leave the same stamp: the file system's clock ticks
/// every few milliseconds at best, and on some only every two seconds.
pub(super) fn is_racy(stamp: Stamp, now: &Now<'_>) -> bool {
    let whole_seconds = stamp.mtime_ns % 1_000_000_000 == 0;
    let window_ms = if whole_seconds { 2_000 } else { 50 };
    let now_ms = i64::try_from(now.unix_ms).unwrap_or(i64::MAX);
    stamp.mtime_ns / 1_000_000 + window_ms >= now_ms
}

/// What the index holds of a task: all that decides whether it can be handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) priority: i64,
    pub(super) attempts: u8,
    pub(super) tries: u8,
    pub(super) after: String,
    pub(super) agents: String,
    pub(super) scope: String,
}

impl Entry {
    pub(super) fn of(task: &Task) -> Self {
        let after: Vec<&str> = task.after.iter().map(AsRef::as_ref).collect();
        let scope = task.scope();
        let text = "plain data is always written";
        Self {
            priority: task.priority as i64,
            attempts: task.attempts,
            tries: task.tries,
            after: after.join(" "),
            agents: serde_json::to_string(&task.agents).expect(text),
            scope: serde_json::to_string(&scope).expect(text),
        }
    }
}
