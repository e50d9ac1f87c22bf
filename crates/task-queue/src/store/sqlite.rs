//! The only file that knows SQLite: opening, transactions, and setting aside what is broken.
//!
//! Leases need atomicity, not durability: after a power cut every agent of this machine is dead.
//! So WAL with `synchronous = NORMAL` is right, which no crash can corrupt and which costs no
//! fsync for each claim. What must outlast a power cut all the same says so ([`Tx::durably`]), and
//! the log is synced after its transaction. A line ([`Line`]) stands in front of every writing
//! transaction, because SQLite's own waiting polls and is unfair.

use std::cell::Cell;
use std::ops::ControlFlow;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use leadforge_durable_fs::{Disk as _, RealDisk, create_dir_all};
use rusqlite::config::DbConfig;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, OpenFlags, ToSql, params_from_iter};

use super::schema::{APPLICATION, SCHEMA, VERSION};
use super::turn::{Line, WAIT};
use crate::error::Error;

/// The write-ahead log is written back when it has grown to this many bytes.
const LOG: u64 = 512 << 10;

/// How often a reader that is refused tries again, with a nap before each.
const TRIES: u32 = 200;
const NAP: Duration = Duration::from_millis(10);

/// A database of ours, and the lock in front of it.
#[derive(Debug)]
pub(super) struct Database {
    path: PathBuf,
    line: Line,
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

/// Why a transaction ended: SQLite, or something else.
pub(super) enum Trouble {
    Sql(rusqlite::Error),
    Other(Error),
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self::Other(error)
    }
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl Trouble {
    /// True when another process is in the way, which passes.
    fn is_busy(&self) -> bool {
        let Self::Sql(error) = self else { return false };
        error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
    }

    /// True when the file itself is no good.
    fn is_corrupt(&self) -> bool {
        let Self::Sql(error) = self else { return false };
        // A row of the wrong type or a missing table is no better than a torn page.
        let shape = matches!(
            error,
            rusqlite::Error::InvalidColumnType(..)
                | rusqlite::Error::InvalidColumnIndex(_)
                | rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::IntegralValueOutOfRange(..)
        );
        let code = error.sqlite_error_code();
        let missing = error.to_string().contains("no such table");
        shape
            || missing
            || matches!(code, Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
    }
}

/// A value of a statement.
pub(super) enum Value<'a> {
    Int(i64),
    Text(&'a str),
    Blob(&'a [u8]),
    Null,
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        Ok(rusqlite::types::ToSqlOutput::Borrowed(match self {
            Self::Int(n) => ValueRef::Integer(*n),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
            Self::Null => ValueRef::Null,
        }))
    }
}

impl From<u64> for Value<'_> {
    fn from(n: u64) -> Self {
        Self::Int(i64::try_from(n).unwrap_or(i64::MAX))
    }
}

/// One row of an answer.
pub(super) struct Row<'a, 's>(&'a rusqlite::Row<'s>);

impl Row<'_, '_> {
    pub(super) fn int(&self, column: usize) -> Result<i64, Trouble> {
        Ok(self.0.get(column)?)
    }

    pub(super) fn count(&self, column: usize) -> Result<u64, Trouble> {
        Ok(u64::try_from(self.int(column)?).unwrap_or(0))
    }

    pub(super) fn text(&self, column: usize) -> Result<String, Trouble> {
        Ok(self.0.get(column)?)
    }

    pub(super) fn text_or_null(&self, column: usize) -> Result<Option<String>, Trouble> {
        Ok(self.0.get(column)?)
    }

    pub(super) fn blob(&self, column: usize) -> Result<Vec<u8>, Trouble> {
        Ok(self.0.get(column)?)
    }
}

/// A transaction.
pub(super) struct Tx<'a> {
    connection: &'a Connection,
    durable: Cell<bool>,
}

impl Tx<'_> {
    /// Makes this transaction, and all before it, outlast a power cut.
    pub(super) fn durably(&self) {
        self.durable.set(true);
    }

    /// Runs one statement that changes something.
    pub(super) fn run(&self, sql: &str, values: &[Value<'_>]) -> Result<(), Trouble> {
        self.connection.prepare_cached(sql)?.execute(params_from_iter(values))?;
        Ok(())
    }

    /// Looks at the rows of an answer until told to stop.
    pub(super) fn each(
        &self,
        sql: &str,
        values: &[Value<'_>],
        mut look: impl FnMut(&Row<'_, '_>) -> Result<ControlFlow<()>, Trouble>,
    ) -> Result<(), Trouble> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            if look(&Row(row))?.is_break() {
                break;
            }
        }
        Ok(())
    }

    /// The first row of an answer.
    pub(super) fn one<T>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        look: impl FnOnce(&Row<'_, '_>) -> Result<T, Trouble>,
    ) -> Result<Option<T>, Trouble> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        rows.next()?.map(|row| look(&Row(row))).transpose()
    }
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
        let mut inner = self.inner();
        let found = self.ready(&mut inner).and_then(|open| self.within(open, "BEGIN", &mut look));
        match found {
            Err(trouble) if trouble.is_corrupt() => {
                let _lock = self.line.turn()?;
                self.once_more(&mut inner, "BEGIN", &mut look)
            }
            // While another one begins the file or mends its log, SQLite refuses without waiting.
            Err(trouble) if trouble.is_busy() => {
                let _lock = self.line.turn()?;
                let mut tries = 0;
                loop {
                    inner.open = None;
                    let open = self.ready_locked(&mut inner);
                    match open.and_then(|open| self.within(open, "BEGIN", &mut look)) {
                        Err(trouble) if trouble.is_busy() && tries < TRIES => {
                            tries += 1;
                            std::thread::sleep(NAP);
                        }
                        found => break found,
                    }
                }
            }
            found => found,
        }
        .map_err(|trouble| self.error("read", trouble))
    }

    /// Reads and changes in one transaction that no other runs beside.
    pub(super) fn write<T>(
        &self,
        mut change: impl FnMut(&Tx<'_>) -> Result<T, Trouble>,
    ) -> Result<T, Error> {
        let mut inner = self.inner();
        let _lock = self.line.turn()?;
        let done = self
            .ready_locked(&mut inner)
            .and_then(|open| self.within(open, "BEGIN IMMEDIATE", &mut change));
        match done {
            Err(trouble) if trouble.is_corrupt() => {
                self.once_more(&mut inner, "BEGIN IMMEDIATE", &mut change)
            }
            done => done,
        }
        .inspect(|_| self.write_back(&inner))
        .map_err(|trouble| self.error("write", trouble))
    }

    /// Empties the write-ahead log when it has grown; the first process that opens the database
    /// reads all of it. Where a reader is in the way, a later call does it.
    fn write_back(&self, inner: &Inner) {
        let grown = std::fs::metadata(beside(&self.path, "-wal")).is_ok_and(|wal| wal.len() > LOG);
        if let (true, Some(open)) = (grown, &inner.open) {
            let _ = open.connection.busy_timeout(Duration::ZERO);
            let _ = open.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
            let _ = open.connection.busy_timeout(WAIT);
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        // A transaction that a panic interrupts is rolled back when its connection goes.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The open connection; where there is none yet, a sound file is opened without the lock.
    fn ready<'i>(&self, inner: &'i mut Inner) -> Result<&'i Connection, Trouble> {
        self.forget_if_replaced(inner);
        if inner.open.is_none() && self.path.exists() {
            let open = self.connect(OpenFlags::SQLITE_OPEN_READ_WRITE)?;
            if is_ours(&open.connection)? {
                inner.open = Some(open);
            }
        }
        if inner.open.is_none() {
            let _lock = self.line.turn()?;
            return self.ready_locked(inner);
        }
        Ok(&inner.open.as_ref().expect("it was just opened").connection)
    }

    /// The open connection, made where it is missing or not ours; the lock is held.
    fn ready_locked<'i>(&self, inner: &'i mut Inner) -> Result<&'i Connection, Trouble> {
        self.forget_if_replaced(inner);
        if inner.open.is_none() {
            let create = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
            let mut open = self.connect(create)?;
            if !is_ours(&open.connection)? {
                if !is_empty(&open.connection)? {
                    drop(open);
                    self.rename_away(inner, "it is of another version".into())?;
                    open = self.connect(create)?;
                }
                set_up(&open.connection)?;
                // SQLite made the file; which one it is can only be seen now.
                open.file = self.file_id().unwrap_or_default();
            }
            inner.open = Some(open);
        }
        Ok(&inner.open.as_ref().expect("it was just opened").connection)
    }

    fn connect(&self, flags: OpenFlags) -> Result<Open, Trouble> {
        // SQLite's own NOFOLLOW would refuse a repository below any link.
        if std::fs::symlink_metadata(&self.path).is_ok_and(|found| !found.is_file()) {
            let refused = std::io::Error::other("it is no plain file");
            return Err(Error::io(&self.path, "open the lease database", refused).into());
        }
        let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        connection.busy_timeout(WAIT)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        // The last process would otherwise write everything back, with its fsyncs, at every exit.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        connection.execute_batch("PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0")?;
        Ok(Open { connection, file: self.file_id().unwrap_or_default() })
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

    /// Acts again where the file seemed to be no good; the lock is held.
    ///
    /// On a new connection first: SQLite also says so when one read failed, and somebody else may
    /// have set the file aside by now. What is no good twice is set aside, and a new one is begun.
    fn once_more<T>(
        &self,
        inner: &mut Inner,
        begin: &str,
        act: &mut impl FnMut(&Tx<'_>) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        inner.open = None;
        let again = self.ready_locked(inner).and_then(|open| self.within(open, begin, act));
        let Err(trouble) = again else { return again };
        if !trouble.is_corrupt() {
            return Err(trouble);
        }
        inner.open = None;
        let reason = match &trouble {
            Trouble::Sql(error) => error.to_string(),
            Trouble::Other(error) => error.to_string(),
        };
        self.rename_away(inner, reason)?;
        self.ready_locked(inner).and_then(|open| self.within(open, begin, act))
    }

    /// The error for a part of the file that the disk did not give.
    pub(super) fn unread(&self, said: &str) -> Error {
        Error::io(&self.path, "read the lease database", std::io::Error::other(said))
    }

    fn rename_away(&self, inner: &mut Inner, reason: String) -> Result<(), Error> {
        let numbered = |n: &u32| beside(&self.path, &format!(".corrupt-{n}"));
        // What cannot be looked at counts as there: a copy that was set aside is never replaced.
        let free = |n: &u32| matches!(numbered(n).try_exists(), Ok(false));
        let number = (1..1_000).find(free).ok_or_else(|| {
            let full =
                std::io::Error::other("there are 999 copies already, or they cannot be looked at");
            Error::io(&self.path, "set aside the database", full)
        })?;
        let aside = numbered(&number);
        for suffix in ["-wal", "-shm", ""] {
            match RealDisk.rename(&beside(&self.path, suffix), &beside(&aside, suffix)) {
                Ok(()) => {}
                Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
                Err(e) => return Err(Error::io(&self.path, "set aside the database", e)),
            }
        }
        inner.aside.push((aside, reason));
        Ok(())
    }

    fn within<T>(
        &self,
        connection: &Connection,
        begin: &str,
        act: &mut impl FnMut(&Tx<'_>) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        connection.prepare_cached(begin)?.execute([])?;
        let tx = Tx { connection, durable: Cell::new(false) };
        let done = act(&tx).and_then(|value| {
            connection.prepare_cached("COMMIT")?.execute([])?;
            Ok(value)
        });
        if done.is_err() && !connection.is_autocommit() {
            // What matters is the first error; a failing rollback leaves nothing behind either.
            let _ = connection.execute_batch("ROLLBACK");
        }
        let value = done?;
        if tx.durable.get() {
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

/// The path with something added to its last part.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.to_owned().into_os_string();
    name.push(suffix);
    name.into()
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
    fn a_reader_tries_again_while_another_is_in_the_way_and_not_for_ever() {
        let folder = tempfile::tempdir().expect("a folder");
        let database = Database::open(folder.path()).expect("it opens");
        let calls = |code: i32, failing: u32| {
            let mut calls = 0;
            let found = database.read(|_| {
                calls += 1;
                if calls > failing { Ok(()) } else { Err(trouble(code)) }
            });
            (found.is_ok(), calls)
        };
        assert_eq!(calls(rusqlite::ffi::SQLITE_BUSY, 4), (true, 5));
        assert_eq!(calls(rusqlite::ffi::SQLITE_BUSY, u32::MAX), (false, 2 + TRIES));
        assert_eq!(calls(rusqlite::ffi::SQLITE_CONSTRAINT, u32::MAX), (false, 1));
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
        std::fs::create_dir(folder.path().join("queue.db.corrupt-1-wal")).expect("a folder");
        let error = database.read(|_| Err::<(), _>(corrupt())).expect_err("never any good");
        assert!(error.to_string().contains("cannot set aside the database"), "{error}");
        assert!(database.set_aside().is_empty() && folder.path().join("queue.db").exists());
    }
}
