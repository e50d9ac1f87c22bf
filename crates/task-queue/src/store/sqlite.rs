//! The database as a file of SQLite: opening it, acting in it by turns, and beginning anew where it is broken.
//!
//! Leases need atomicity, not durability: after a power cut every agent of this machine is dead.
//! So WAL with `synchronous = NORMAL` is right, which no crash can corrupt and which costs no
//! fsync for each claim. What must outlast a power cut all the same says so ([`Tx::durably`]), and
//! the log is synced after its transaction. A line ([`Line`]) stands in front of every writing
//! transaction, because SQLite's own waiting polls and is unfair.

use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use leadforge_durable_fs::{Disk as _, Lock, RealDisk, create_dir_all};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::aside::{self, beside};
use super::schema::{APPLICATION, SCHEMA, VERSION};
use super::turn::{End, Line, WAIT};
pub(super) use super::tx::{Row, Trouble, Tx, Value};
use crate::error::Error;

/// The write-ahead log is written back when it has grown to this many bytes.
const LOG: u64 = 512 << 10;

/// Who is refused without waiting tries again after a nap, until its time is up.
const NAP: Duration = Duration::from_millis(10);

/// A database of ours, and the lock in front of it.
#[derive(Debug)]
pub(super) struct Database {
    path: PathBuf,
    line: Line,
    /// How long a call waits for all others together.
    wait: Duration,
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    open: Option<Open>,
    /// What was set aside, and why.
    aside: Vec<(PathBuf, String)>,
}

#[derive(Debug)]
struct Open {
    connection: Connection,
    /// Which file that is: another process may have set ours aside.
    file: (u64, u64),
}

impl Database {
    /// Opens the database in this folder, which is made when it is missing.
    pub(super) fn open(folder: &Path) -> Result<Self, Error> {
        if !folder.is_dir() {
            create_dir_all(&RealDisk, folder)?;
        }
        let database = Self {
            path: folder.join("queue.db"),
            line: Line::new(folder),
            wait: WAIT,
            inner: Mutex::default(),
        };
        database.read(|_| Ok(()))?;
        Ok(database)
    }

    /// What was set aside since this was opened, and why.
    pub(super) fn set_aside(&self) -> Vec<(PathBuf, String)> {
        self.inner().aside.clone()
    }

    /// Reads in one transaction.
    pub(super) fn read<T>(
        &self,
        mut look: impl FnMut(&Tx<'_>) -> Result<T, Trouble>,
    ) -> Result<T, Error> {
        let end = End::after(self.wait);
        let mut inner = self.inner();
        let found = self.ready(&mut inner, end);
        let found = found.and_then(|open| self.within(open, "BEGIN", end, &mut look));
        let again = match &found {
            // Who looks while the file is set aside may have seen it without its log.
            Ok(_) => inner.open.as_ref().is_none_or(|open| Some(open.file) != self.file_id()),
            Err(trouble) => trouble.is_busy() || trouble.is_corrupt() || inner.open.is_none(),
        };
        if again {
            let seen = found.err().is_some_and(|trouble| trouble.is_corrupt());
            let _lock = self.turn("read", end)?;
            inner.open = None;
            self.in_turn(&mut inner, "BEGIN", end, u8::from(seen), &mut look)
        } else {
            found
        }
        .map_err(|trouble| self.error("read", trouble))
    }

    /// Reads and changes in one transaction that no other runs beside.
    pub(super) fn write<T>(
        &self,
        mut change: impl FnMut(&Tx<'_>) -> Result<T, Trouble>,
    ) -> Result<T, Error> {
        let end = End::after(self.wait);
        let mut inner = self.inner();
        let _lock = self.turn("write", end)?;
        self.in_turn(&mut inner, "BEGIN IMMEDIATE", end, 0, &mut change)
            .inspect(|_| self.write_back(&inner))
            .map_err(|trouble| self.error("write", trouble))
    }

    /// Waits for a turn; who gets none is told about which database.
    fn turn(&self, doing: &'static str, end: End) -> Result<Lock, Error> {
        self.line.turn(end).map_err(|error| match error {
            Error::Disk(locked @ leadforge_durable_fs::Error::Locked { .. }) => {
                Error::Database { path: self.path.clone(), doing, reason: locked.to_string() }
            }
            other => other,
        })
    }

    /// Empties the write-ahead log when it has grown; the first process that opens the database
    /// reads all of it. Where a reader is in the way, a later call does it.
    fn write_back(&self, inner: &Inner) {
        let grown = std::fs::metadata(beside(&self.path, "-wal")).is_ok_and(|wal| wal.len() > LOG);
        if let (true, Some(open)) = (grown, &inner.open) {
            let _ = open.connection.busy_timeout(Duration::ZERO);
            let _ = open.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        // A transaction that a panic interrupts is rolled back when its connection goes.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The open connection; where there is none yet, a sound file is opened without the lock.
    fn ready<'i>(&self, inner: &'i mut Inner, end: End) -> Result<&'i Connection, Trouble> {
        self.forget_if_replaced(inner);
        if inner.open.is_none() && self.path.exists() {
            let open = self.connect(OpenFlags::SQLITE_OPEN_READ_WRITE, end)?;
            if is_ours(&open.connection)? {
                inner.open = Some(open);
            }
        }
        if inner.open.is_none() {
            let _lock = self.turn("open", end)?;
            return self.ready_locked(inner, end);
        }
        Ok(&inner.open.as_ref().expect("it was just opened").connection)
    }

    /// The open connection, made where it is missing or not ours; the lock is held.
    fn ready_locked<'i>(&self, inner: &'i mut Inner, end: End) -> Result<&'i Connection, Trouble> {
        self.forget_if_replaced(inner);
        if inner.open.is_none() {
            if let Some(copy) = aside::finish(&self.path)? {
                inner.aside.push((copy, "who found it no good was ended meanwhile".into()));
            }
            let create = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
            let mut open = self.connect(create, end)?;
            if !is_ours(&open.connection)? {
                if !is_empty(&open.connection)? {
                    drop(open);
                    self.rename_away(inner, "it is of another version".into())?;
                    open = self.connect(create, end)?;
                }
                set_up(&open.connection)?;
                // SQLite made the file; which one it is can only be seen now.
                open.file = self.file_id().unwrap_or_default();
            }
            inner.open = Some(open);
        }
        Ok(&inner.open.as_ref().expect("it was just opened").connection)
    }

    fn connect(&self, flags: OpenFlags, end: End) -> Result<Open, Trouble> {
        // SQLite's own NOFOLLOW would refuse a repository below any link.
        if std::fs::symlink_metadata(&self.path).is_ok_and(|found| !found.is_file()) {
            let refused = std::io::Error::other("it is no plain file");
            return Err(Error::io(&self.path, "open the lease database", refused).into());
        }
        // Which file that is, before it is opened: of one that is replaced in between, it is known.
        let file = self.file_id().unwrap_or_default();
        let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        connection.busy_timeout(end.left())?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        // The last process would otherwise write everything back, with its fsyncs, at every exit.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        connection.execute_batch("PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0")?;
        Ok(Open { connection, file })
    }

    fn file_id(&self) -> Option<(u64, u64)> {
        let found = std::fs::symlink_metadata(&self.path).ok()?;
        Some((found.dev(), found.ino()))
    }

    /// Another process may have set our file aside, and what we write there is lost.
    fn forget_if_replaced(&self, inner: &mut Inner) {
        if inner.open.as_ref().is_some_and(|open| Some(open.file) != self.file_id()) {
            inner.open = None;
        }
    }

    /// Acts while the turn is held, as long as another process is in the way, and again where the
    /// file seemed to be no good; `seen` is how often it has seemed so.
    ///
    /// On a new connection first: SQLite also says so when one read failed, and somebody else may
    /// have set the file aside by now. What is no good twice is set aside, and a new one is begun.
    fn in_turn<T>(
        &self,
        inner: &mut Inner,
        begin: &str,
        end: End,
        mut seen: u8,
        act: &mut impl FnMut(&Tx<'_>) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        loop {
            let open = self.ready_locked(inner, end);
            let done = open.and_then(|open| self.within(open, begin, end, act));
            let Err(trouble) = done else { return done };
            seen += u8::from(trouble.is_corrupt());
            if trouble.is_corrupt() && seen <= 2 {
                inner.open = None;
                if seen == 2 {
                    let Trouble::Sql(error) = trouble else { return Err(trouble) };
                    self.rename_away(inner, error.to_string())?;
                }
            } else if trouble.is_busy() && !end.left().is_zero() {
                inner.open = None;
                std::thread::sleep(NAP);
            } else {
                return Err(trouble);
            }
        }
    }

    /// The error for a part of the file that the disk did not give.
    pub(super) fn unread(&self, said: &str) -> Error {
        Error::io(&self.path, "read the lease database", std::io::Error::other(said))
    }

    fn rename_away(&self, inner: &mut Inner, reason: String) -> Result<(), Error> {
        let copy = aside::set_aside(&self.path)?;
        inner.aside.push((copy, reason));
        Ok(())
    }

    fn within<T>(
        &self,
        connection: &Connection,
        begin: &str,
        end: End,
        act: &mut impl FnMut(&Tx<'_>) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        connection.busy_timeout(end.left())?;
        connection.prepare_cached(begin)?.execute([])?;
        let tx = Tx::new(connection);
        let done = act(&tx).and_then(|value| {
            connection.prepare_cached("COMMIT")?.execute([])?;
            Ok(value)
        });
        if done.is_err() && !connection.is_autocommit() {
            // What matters is the first error; a failing rollback leaves nothing behind either.
            let _ = connection.execute_batch("ROLLBACK");
        }
        let value = done?;
        if tx.is_durable() {
            self.sync().map_err(Trouble::from)?;
        }
        Ok(value)
    }

    /// Syncs the write-ahead log and its name. SQLite has synced the database itself, when it was
    /// begun or the log written back; to open and close it here would end SQLite's locks on it.
    fn sync(&self) -> Result<(), Error> {
        let log = beside(&self.path, "-wal");
        let synced = RealDisk.open_read(&log).and_then(|file| file.sync());
        synced.map_err(|e| Error::io(&log, "sync", e))?;
        let folder = self.path.parent().expect("the database lies in a folder");
        RealDisk.sync_dir(folder).map_err(|e| Error::io(folder, "sync", e))
    }

    fn error(&self, doing: &'static str, trouble: Trouble) -> Error {
        match trouble {
            Trouble::Other(error) => error,
            Trouble::Sql(error) => {
                Error::Database { path: self.path.clone(), doing, reason: error.to_string() }
            }
        }
    }
}

fn pragma(connection: &Connection, name: &str) -> Result<i64, Trouble> {
    Ok(connection.pragma_query_value(None, name, |row| row.get(0))?)
}

fn is_ours(connection: &Connection) -> Result<bool, Trouble> {
    let application = pragma(connection, "application_id")?;
    Ok(application == i64::from(APPLICATION)
        && pragma(connection, "user_version")? == i64::from(VERSION))
}

fn is_empty(connection: &Connection) -> Result<bool, Trouble> {
    Ok(pragma(connection, "schema_version")? == 0)
}

fn set_up(connection: &Connection) -> Result<(), Trouble> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.execute_batch(&format!(
        "BEGIN IMMEDIATE; {SCHEMA}
         PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; COMMIT"
    ))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trouble(code: i32) -> Trouble {
        rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None).into()
    }

    /// What SQLite says of a file that is no good, and sometimes of a read that failed once.
    fn corrupt() -> Trouble {
        trouble(rusqlite::ffi::SQLITE_CORRUPT)
    }

    #[test]
    fn who_is_refused_tries_again_while_another_is_in_the_way_and_not_for_ever() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut database = Database::open(folder.path()).expect("it opens");
        let calls = |database: &Database, writes: bool, code: i32, failing: u32| {
            let mut calls = 0;
            let act = |_: &Tx<'_>| {
                calls += 1;
                if calls > failing { Ok(()) } else { Err(trouble(code)) }
            };
            let found = if writes { database.write(act) } else { database.read(act) };
            (found.is_ok(), calls)
        };
        for writes in [false, true] {
            let busy = rusqlite::ffi::SQLITE_BUSY;
            assert_eq!(calls(&database, writes, busy, 4), (true, 5));
            let constraint = rusqlite::ffi::SQLITE_CONSTRAINT;
            assert_eq!(calls(&database, writes, constraint, u32::MAX), (false, 1));
        }
        database.wait = Duration::from_millis(1);
        for writes in [false, true] {
            let (ended, tries) = calls(&database, writes, rusqlite::ffi::SQLITE_BUSY, u32::MAX);
            assert!(!ended && tries > 0, "{tries}");
        }
    }

    #[test]
    fn one_time_is_for_all_of_the_waiting_and_who_gives_up_names_the_database() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut database = Database::open(folder.path()).expect("it opens");
        database.wait = Duration::from_millis(500);
        database.inner().open = None;
        let other = Connection::open(&database.path).expect("it opens");
        let hold = "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; DELETE FROM state";
        other.execute_batch(hold).expect("it holds the database");
        let database = std::sync::Arc::new(database);
        let (tell, told) = std::sync::mpsc::channel();
        for writes in [false, true] {
            let (database, tell) = (database.clone(), tell.clone());
            std::thread::spawn(move || {
                let said =
                    if writes { database.write(|_| Ok(())) } else { database.read(|_| Ok(())) };
                tell.send(said)
            });
        }
        for _ in 0..2 {
            // A minute is only for a wait that is multiplied, which nothing else would show.
            let said = told.recv_timeout(Duration::from_secs(60)).expect("it gives up");
            let said = said.expect_err("it is held").to_string();
            assert!(said.contains("queue.db: cannot ") && said.contains("locked"), "{said}");
        }
    }

    #[test]
    fn a_database_that_is_sound_at_the_next_look_is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let database = Database::open(folder.path()).expect("it opens");
        let sql = "INSERT INTO state (key, value) VALUES ('x', 'kept')";
        database.write(|tx| tx.run(sql, &[])).expect("written");
        for round in 0..2 {
            let mut failed = false;
            let mut once = |tx: &Tx<'_>| {
                if !std::mem::replace(&mut failed, true) {
                    return Err(corrupt());
                }
                tx.one("SELECT value FROM state WHERE key = 'x'", &[], |row| row.text(0))
            };
            let found =
                if round == 0 { database.read(&mut once) } else { database.write(&mut once) };
            assert_eq!(found.expect("the second try").as_deref(), Some("kept"));
        }
        assert!(database.set_aside().is_empty());
        database.read(|_| Err::<(), _>(corrupt())).expect_err("never any good");
        assert_eq!(database.set_aside().len(), 1);
    }

    fn put(bytes: u64) -> impl FnMut(&Tx<'_>) -> Result<(), Trouble> {
        let sql = "INSERT OR REPLACE INTO state (key, value) VALUES ('x', hex(zeroblob(?)))";
        move |tx| tx.run(sql, &[bytes.into()])
    }

    #[test]
    fn what_must_outlast_a_power_cut_is_not_acknowledged_before_its_sync() {
        let folder = tempfile::tempdir().expect("a folder");
        let database = Database::open(folder.path()).expect("it opens");
        database.write(put(1)).expect("written");
        // A log without a name is written to all the same, and can no longer be synced.
        std::fs::remove_file(folder.path().join("queue.db-wal")).expect("it was there");
        database.write(put(2)).expect("nobody asked for a sync");
        let error = database.write(|tx| {
            tx.durably();
            put(3)(tx)
        });
        let told = error.expect_err("not synced").to_string();
        assert!(told.contains("queue.db-wal: cannot sync"), "{told}");
    }

    #[test]
    fn the_log_is_emptied_when_it_has_grown() {
        let folder = tempfile::tempdir().expect("a folder");
        let database = Database::open(folder.path()).expect("it opens");
        let log = || folder.path().join("queue.db-wal").metadata().expect("it is there").len();
        database.write(put(1)).expect("written");
        assert!(log() > 0);
        database.write(put(LOG)).expect("written");
        assert_eq!(log(), 0);
    }

    #[test]
    fn a_database_that_cannot_be_set_aside_is_left_where_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let database = Database::open(folder.path()).expect("it opens");
        database.write(put(1)).expect("written");
        for n in 1..=999 {
            let copy = folder.path().join(format!("queue.db.corrupt-{n}"));
            std::fs::write(copy, "").expect("written");
        }
        let error = database.read(|_| Err::<(), _>(corrupt())).expect_err("never any good");
        assert!(error.to_string().contains("cannot set aside the database"), "{error}");
        assert!(database.set_aside().is_empty() && folder.path().join("queue.db").exists());
    }

    #[test]
    fn no_half_of_a_database_is_left_where_another_had_left_a_part() {
        let folder = tempfile::tempdir().expect("a folder");
        let database = Database::open(folder.path()).expect("it opens");
        database.write(put(LOG)).expect("written, and written back");
        database.write(put(1)).expect("written to the log alone");
        std::fs::create_dir(folder.path().join("queue.db.corrupt-1-shm")).expect("a folder");
        let _ = database.read(|_| Err::<(), _>(corrupt()));
        let again = Database::open(folder.path()).expect("it opens");
        let sql = "SELECT value FROM state WHERE key = 'x'";
        let old = again.read(|tx| tx.one(sql, &[], |row| row.text(0))).expect("read");
        assert!(old.is_none(), "a database without its log is believed");
        assert_eq!(database.set_aside().len(), 1);
    }

    #[test]
    fn what_was_read_while_the_database_went_is_read_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let database = Database::open(folder.path()).expect("it opens");
        for (goes, expected) in [(false, 1), (true, 2)] {
            let mut calls = 0;
            let look = |_: &Tx<'_>| {
                calls += 1;
                if goes && calls == 1 {
                    std::fs::remove_file(folder.path().join("queue.db")).expect("it was there");
                }
                Ok(())
            };
            database.read(look).expect("a look");
            assert_eq!(calls, expected);
        }
    }
}
