//! One Parquet file of plain columns: yes/no, whole numbers, text, ids; every cell may be empty. The same rows always give
//! the same bytes, and the SHA-256 is taken while they are written. Knows nothing of what the columns mean.

mod read;
mod write;

use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use uuid::Uuid;

pub(crate) use read::{Row, Rows, Table};
pub(crate) use write::{TableWriter, Written};

/// Rows of one row group; sorted by unit, so that a commune lies in one or two of them.
pub(crate) const GROUP: usize = 8_192;

/// The cells of one column, top to bottom.
#[derive(Debug, Clone)]
pub(crate) enum Cells {
    Yes(Vec<Option<bool>>),
    Number(Vec<Option<i64>>),
    Text(Vec<Option<ByteArray>>),
    Id(Vec<Option<Uuid>>),
}

/// A column with its name.
pub(crate) type Column = (String, Cells);

pub(crate) fn yes(name: &str, cells: impl Iterator<Item = Option<bool>>) -> Column {
    (name.to_owned(), Cells::Yes(cells.collect()))
}

pub(crate) fn number<N: Into<i64>>(name: &str, cells: impl Iterator<Item = Option<N>>) -> Column {
    (name.to_owned(), Cells::Number(cells.map(|cell| cell.map(Into::into)).collect()))
}

pub(crate) fn text<T: AsRef<str>>(name: &str, cells: impl Iterator<Item = Option<T>>) -> Column {
    (name.to_owned(), Cells::Text(cells.map(|cell| cell.map(|text| ByteArray::from(text.as_ref()))).collect()))
}

pub(crate) fn id(name: &str, cells: impl Iterator<Item = Option<Uuid>>) -> Column {
    (name.to_owned(), Cells::Id(cells.collect()))
}

impl Cells {
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Yes(cells) => cells.len(),
            Self::Number(cells) => cells.len(),
            Self::Text(cells) => cells.len(),
            Self::Id(cells) => cells.len(),
        }
    }
}

fn mismatch(name: &str) -> ParquetError {
    ParquetError::General(format!("{name} does not fit the file's columns"))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
