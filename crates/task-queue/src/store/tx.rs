//! A transaction as the rest of the store sees it: statements, their values and rows, and why one ended.

use std::cell::Cell;
use std::ops::ControlFlow;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, ToSql, params_from_iter};

use crate::error::Error;

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
    pub(super) fn is_busy(&self) -> bool {
        let Self::Sql(error) = self else { return false };
        error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
    }

    /// True when the file itself is no good.
    pub(super) fn is_corrupt(&self) -> bool {
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
    Count(u64),
    Text(&'a str),
    Blob(&'a [u8]),
    Null,
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        Ok(rusqlite::types::ToSqlOutput::Borrowed(match self {
            Self::Int(n) => ValueRef::Integer(*n),
            // A number that is not the one it was would be found by nobody again.
            Self::Count(n) => ValueRef::Integer(
                i64::try_from(*n).map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))?,
            ),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
            Self::Null => ValueRef::Null,
        }))
    }
}

impl From<u64> for Value<'_> {
    fn from(n: u64) -> Self {
        Self::Count(n)
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

impl<'a> Tx<'a> {
    /// The transaction that has begun on this connection.
    pub(super) fn new(connection: &'a Connection) -> Self {
        Self { connection, durable: Cell::new(false) }
    }

    pub(super) fn is_durable(&self) -> bool {
        self.durable.get()
    }

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
