//! A row of either database, read from left to right in the order of the SELECT. What cannot be understood is named with
//! its table; nothing is guessed.

use kernel::{BirthDate, Day};
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Decode, Postgres, Row as _, Sqlite, Type};
use storage::{StorageError, Stored};
use uuid::Uuid;

use crate::tx::Either;

/// What both databases can read.
pub(crate) trait Read:
    for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres>
{
}
impl<T: for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres>> Read for T {}

/// A row read from left to right.
pub(crate) struct Row {
    values: Either<SqliteRow, PgRow>,
    table: &'static str,
    at: usize,
}

impl Row {
    pub(crate) fn new(values: Either<SqliteRow, PgRow>, table: &'static str) -> Self {
        Self { values, table, at: 0 }
    }

    /// The next column.
    pub(crate) fn take<T: Read>(&mut self) -> Stored<T> {
        let at = self.at;
        self.at += 1;
        match &self.values {
            Either::Lite(row) => row.try_get::<T, usize>(at),
            Either::Pg(row) => row.try_get::<T, usize>(at),
        }
        .map_err(|error| self.unreadable(error.to_string()))
    }

    pub(crate) fn text(&mut self) -> Stored<String> {
        self.take()
    }

    pub(crate) fn uuid(&mut self) -> Stored<Uuid> {
        self.take()
    }

    /// A whole number of any width.
    pub(crate) fn number<N: TryFrom<i64>>(&mut self) -> Stored<N> {
        let value: i64 = self.take()?;
        N::try_from(value).map_err(|_| self.unreadable(format!("{value} is out of range")))
    }

    pub(crate) fn number_if_any<N: TryFrom<i64>>(&mut self) -> Stored<Option<N>> {
        let value: Option<i64> = self.take()?;
        value.map(|v| N::try_from(v).map_err(|_| self.unreadable(format!("{v} is out of range")))).transpose()
    }

    pub(crate) fn day(&mut self) -> Stored<Day> {
        let text = self.text()?;
        Day::from_iso(&text).ok_or_else(|| self.unreadable(format!("`{text}` is no day")))
    }

    pub(crate) fn day_if_any(&mut self) -> Stored<Option<Day>> {
        let text: Option<String> = self.take()?;
        text.map(|t| Day::from_iso(&t).ok_or_else(|| self.unreadable(format!("`{t}` is no day")))).transpose()
    }

    pub(crate) fn birth_if_any(&mut self) -> Stored<Option<BirthDate>> {
        let text: Option<String> = self.take()?;
        text.map(|t| BirthDate::from_iso(&t).ok_or_else(|| self.unreadable(format!("`{t}` is no birth date"))))
            .transpose()
    }

    /// A word of a closed list, or JSON: whatever `read` understands.
    pub(crate) fn word<T>(&mut self, read: impl FnOnce(&str) -> Option<T>) -> Stored<T> {
        let text = self.text()?;
        read(&text).ok_or_else(|| self.unreadable(format!("`{text}` is not known")))
    }

    pub(crate) fn json<T: serde::de::DeserializeOwned>(&mut self) -> Stored<T> {
        let text = self.text()?;
        serde_json::from_str(&text).map_err(|error| self.unreadable(error.to_string()))
    }

    pub(crate) fn json_if_any<T: serde::de::DeserializeOwned>(&mut self) -> Stored<Option<T>> {
        let text: Option<String> = self.take()?;
        text.map(|t| serde_json::from_str(&t).map_err(|error| self.unreadable(error.to_string()))).transpose()
    }

    pub(crate) fn unreadable(&self, what: String) -> StorageError {
        StorageError::Inconsistent { table: self.table, what }
    }
}

/// JSON for a TEXT column.
pub(crate) fn to_json<T: serde::Serialize>(table: &'static str, value: &T) -> Stored<String> {
    serde_json::to_string(value).map_err(|error| StorageError::Inconsistent { table, what: error.to_string() })
}
