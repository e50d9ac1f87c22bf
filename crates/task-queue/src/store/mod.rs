//! Leases in SQLite, and an index of the task files beside them.

mod aside;
mod epochs;
mod index;
mod leases;
mod link;
mod pick;
mod scan;
mod schema;
mod sqlite;
mod turn;
mod tx;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use self::leases::Seen;
use self::pick::{Pick, Picked};
use self::sqlite::Database;
use crate::error::Error;
use crate::lease::{
    Backend, ClaimOutcome, ClaimRequest, History, Lease, Now, Outcome, Reason, rules,
};
use crate::model::{Task, TaskId};
use crate::queue::Queue;

/// How often a call starts over because files change under it.
const TURNS: usize = 8;

/// Leases in a database that all worktrees of a clone share.
///
/// What was settled as done outlasts a power cut; a lease may be lost in one, and then its epoch is
/// not handed out again. The database may be lost at any time: definitions and completions are
/// files, and epochs go on from what branches tell ([`History`]). A file that is corrupt, or of another version, is set
/// aside as `queue.db.corrupt-N` and a new one is begun; [`Store::set_aside`] tells of it.
#[derive(Debug)]
pub struct Store {
    database: Database,
}

/// The tasks that could be claimed now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ready {
    /// The tasks, in the order in which they would be handed out.
    pub tasks: Vec<Task>,
    /// Why others that wait for nothing cannot be had; when there is no task at all, also why
    /// others wait.
    pub reasons: Vec<Reason>,
    /// False when no task is pending at all.
    pub pending: bool,
}

impl Store {
    /// Opens or begins the database in this folder, usually `leadforge` in the common git
    /// directory.
    ///
    /// # Errors
    /// When the folder cannot be made or the database cannot be opened, a corrupt one excepted.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        Ok(Self { database: Database::open(folder)? })
    }

    /// The databases that had to be set aside since this was opened, each with the reason.
    pub fn set_aside(&self) -> Vec<(PathBuf, String)> {
        self.database.set_aside()
    }

    /// What SQLite finds wrong with the database when it reads all of it; nothing in a sound one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn check(&self) -> Result<Vec<String>, Error> {
        self.database.read(|tx| {
            let mut found = Vec::new();
            tx.each("PRAGMA integrity_check", &[], |row| {
                found.extend(Some(row.text(0)?).filter(|text| text != "ok"));
                Ok(ControlFlow::Continue(()))
            })?;
            match found.iter().find(|text| tells_of_the_disk(text)) {
                Some(text) => Err(self.database.unread(text).into()),
                None => Ok(found),
            }
        })
    }

    /// Up to which epoch a release has forgiven the tries of each task that was released.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn released(&self) -> Result<BTreeMap<TaskId, u64>, Error> {
        self.database.read(leases::released)
    }

    /// The epoch under which each task was said to be done, by the landing gate or by hand.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn done(&self) -> Result<BTreeMap<TaskId, u64>, Error> {
        self.database.read(leases::done)
    }

    /// The tasks of the queue at `root` that this request could claim now, at most `limit`.
    ///
    /// Uses the index: the files of the tasks returned and of what they came after are read again;
    /// any other file that was edited in place is noticed after a minute, or now with `fresh`.
    ///
    /// # Errors
    /// [`Error::Queue`] when any file of the queue is bad.
    pub fn ready(
        &self,
        root: &Path,
        limit: usize,
        request: &ClaimRequest<'_>,
        now: &Now<'_>,
        fresh: bool,
    ) -> Result<Ready, Error> {
        let mut pick = Pick { root, request, now, scanned: fresh };
        if fresh {
            self.database.write(|tx| scan::scan(tx, root, now, &[]))?;
        }
        for _ in 0..TURNS {
            let suspects = match self.database.read(|tx| pick.ready(tx, limit))? {
                Picked::Got(ready) => return Ok(ready),
                Picked::Stale(suspects) => suspects,
            };
            self.database.write(|tx| scan::scan(tx, root, now, &suspects))?;
            pick.scanned = true;
        }
        Err(Error::Unsettled(root.to_owned()))
    }

    /// Claims from the queue at `root`, by the index and as fresh as [`Store::ready`], in one
    /// transaction.
    ///
    /// Unlike [`Backend::claim`], this does not hand out a task that was settled as done on a
    /// branch which the files at `root` do not show yet.
    ///
    /// # Errors
    /// [`Error::Queue`] when any file of the queue is bad.
    pub fn claim_from(
        &self,
        root: &Path,
        request: &ClaimRequest<'_>,
        now: &Now<'_>,
        fresh: bool,
    ) -> Result<ClaimOutcome, Error> {
        self.database.write(|tx| {
            crate::lease::epochs::begin(&mut &*tx, now.boot_id)?;
            let mut pick = Pick { root, request, now, scanned: fresh };
            if fresh {
                scan::scan(tx, root, now, &[])?;
            }
            for _ in 0..TURNS {
                match pick.claim(tx)? {
                    Picked::Got(outcome) => return Ok(outcome),
                    Picked::Stale(suspects) => scan::scan(tx, root, now, &suspects)?,
                }
                pick.scanned = true;
            }
            Err(Error::Unsettled(root.to_owned()).into())
        })
    }
}

impl Backend for Store {
    fn claim(
        &self,
        queue: &Queue,
        request: &ClaimRequest<'_>,
        now: &Now<'_>,
    ) -> Result<ClaimOutcome, Error> {
        self.database.write(|tx| {
            crate::lease::epochs::begin(&mut &*tx, now.boot_id)?;
            let mut changes = Vec::new();
            let outcome = rules::claim(&mut Seen(tx), queue, request, now, &mut changes)?;
            leases::apply(tx, &changes)?;
            Ok(outcome)
        })
    }

    fn beat(&self, lease: &Lease, ttl_ms: u64, now: &Now<'_>) -> Result<Lease, Error> {
        self.database.write(|tx| {
            let mut changes = Vec::new();
            let stored = leases::stored(tx, lease)?;
            let lease = rules::beat(stored, lease, ttl_ms, now, &mut changes)?;
            leases::apply(tx, &changes)?;
            Ok(lease)
        })
    }

    fn holds(&self, lease: &Lease, now: &Now<'_>) -> Result<(), Error> {
        let stored = self.database.read(|tx| leases::stored(tx, lease))?;
        rules::holds(stored, lease, now)
    }

    fn settle(&self, lease: &Lease, outcome: Outcome, now: &Now<'_>) -> Result<(), Error> {
        self.database.write(|tx| {
            let mut changes = Vec::new();
            let (stored, record) = (leases::stored(tx, lease)?, leases::record(tx, &lease.task)?);
            rules::settle(stored, record, lease, outcome, now, &mut changes)?;
            if outcome == Outcome::Done {
                // What was said to be done is not handed out again, also after a power cut.
                tx.durably();
            }
            leases::apply(tx, &changes)
        })
    }

    fn release(&self, task: &TaskId, history: &History) -> Result<(), Error> {
        self.database.write(|tx| {
            let record = leases::record(tx, task)?;
            leases::apply(tx, &[rules::release(record, task, history)])
        })
    }

    fn leases(&self) -> Result<Vec<Lease>, Error> {
        let running = self.database.read(leases::running)?;
        Ok(running.into_iter().map(|running| running.lease).collect())
    }

    fn reap(&self, now: &Now<'_>) -> Result<Vec<Lease>, Error> {
        self.database.write(|tx| {
            let mut changes = Vec::new();
            let (_, void) = rules::sweep(leases::running(tx)?, now, &mut changes);
            leases::apply(tx, &changes)?;
            Ok(void)
        })
    }
}

/// SQLite also lists pages that the disk would not give, with its code for that (10, in the lowest
/// byte): they say nothing of the database.
fn tells_of_the_disk(text: &str) -> bool {
    let code = text.rsplit_once("error code").map(|(_, rest)| rest.trim_start_matches(['=', ' ']));
    code.and_then(|code| code.trim_end().parse::<u32>().ok()).is_some_and(|code| code & 0xff == 10)
}

#[cfg(test)]
mod tests {
    use super::tells_of_the_disk;

    #[test]
    fn a_page_that_the_disk_did_not_give_is_no_damage() {
        // The words of SQLite's btree.c, for SQLITE_IOERR_READ and SQLITE_CORRUPT.
        assert!(tells_of_the_disk("Tree 4 page 4: unable to get the page. error code=266"));
        assert!(tells_of_the_disk("Tree 4 page 4: btreeInitPage() returns error code 10"));
        assert!(!tells_of_the_disk("Tree 4 page 4: btreeInitPage() returns error code 11"));
        assert!(!tells_of_the_disk("Page 6: never used"));
    }
}
