//! Reads a file of columns back, one row group at a time; rows are understood from left to right.

use bytes::Bytes;
use parquet::column::reader::ColumnReader;
use parquet::data_type::FixedLenByteArray;
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};
use uuid::Uuid;

use super::{Cells, mismatch};
use crate::fault::SnapshotFault;

/// A file read back, one row group at a time.
pub(crate) struct Table {
    name: String,
    reader: SerializedFileReader<Bytes>,
}

impl Table {
    pub(crate) fn open(name: &str, bytes: Bytes) -> Result<Self, SnapshotFault> {
        let reader = SerializedFileReader::new(bytes).map_err(|error| SnapshotFault::damaged(name, error))?;
        Ok(Self { name: name.to_owned(), reader })
    }

    pub(crate) fn groups(&self) -> usize {
        self.reader.num_row_groups()
    }

    /// The columns of the file, in order.
    pub(crate) fn names(&self) -> Vec<String> {
        let schema = self.reader.metadata().file_metadata().schema_descr();
        schema.columns().iter().map(|column| column.name().to_owned()).collect()
    }

    /// All columns of one row group.
    pub(crate) fn rows(&self, group: usize) -> Result<Rows, SnapshotFault> {
        self.columns(group, usize::MAX)
    }

    /// The first columns of one row group, where the rest is not needed.
    pub(crate) fn columns(&self, group: usize, first: usize) -> Result<Rows, SnapshotFault> {
        self.read_group(group, first).map_err(|error| SnapshotFault::damaged(&self.name, error))
    }

    /// The columns of these names, in the order they are asked for; nothing else of the row group is decoded.
    pub(crate) fn named(&self, group: usize, names: &[&str]) -> Result<Rows, SnapshotFault> {
        let known = self.names();
        let place = |name: &&str| known.iter().position(|column| column == name);
        let places = names.iter().map(place).collect::<Option<Vec<usize>>>();
        let places = places.ok_or_else(|| SnapshotFault::damaged(&self.name, "a column is missing"))?;
        self.read_columns(group, places).map_err(|error| SnapshotFault::damaged(&self.name, error))
    }

    fn read_group(&self, group: usize, first: usize) -> Result<Rows, ParquetError> {
        let columns = self.reader.metadata().file_metadata().schema_descr().num_columns();
        self.read_columns(group, 0..columns.min(first))
    }

    fn read_columns(&self, group: usize, columns: impl IntoIterator<Item = usize>) -> Result<Rows, ParquetError> {
        let group = self.reader.get_row_group(group)?;
        let rows = usize::try_from(group.metadata().num_rows()).unwrap_or(0);
        let columns = columns
            .into_iter()
            .map(|at| read_cells(group.as_ref(), at, rows))
            .collect::<Result<Vec<Cells>, ParquetError>>()?;
        Ok(Rows { file: self.name.clone(), columns, length: rows })
    }
}

fn read_cells(group: &dyn RowGroupReader, at: usize, rows: usize) -> Result<Cells, ParquetError> {
    let mut levels = Vec::with_capacity(rows);
    Ok(match group.get_column_reader(at)? {
        ColumnReader::BoolColumnReader(mut reader) => {
            let mut values = Vec::with_capacity(rows);
            reader.read_records(rows, Some(&mut levels), None, &mut values)?;
            Cells::Yes(together(&levels, values))
        }
        ColumnReader::Int64ColumnReader(mut reader) => {
            let mut values = Vec::with_capacity(rows);
            reader.read_records(rows, Some(&mut levels), None, &mut values)?;
            Cells::Number(together(&levels, values))
        }
        ColumnReader::ByteArrayColumnReader(mut reader) => {
            let mut values = Vec::with_capacity(rows);
            reader.read_records(rows, Some(&mut levels), None, &mut values)?;
            Cells::Text(together(&levels, values))
        }
        ColumnReader::FixedLenByteArrayColumnReader(mut reader) => {
            let mut values: Vec<FixedLenByteArray> = Vec::with_capacity(rows);
            reader.read_records(rows, Some(&mut levels), None, &mut values)?;
            let ids = values.iter().map(|bytes| Uuid::from_slice(bytes.data()));
            let ids = ids.collect::<Result<Vec<Uuid>, _>>().map_err(|e| ParquetError::General(e.to_string()))?;
            Cells::Id(together(&levels, ids))
        }
        _ => return Err(mismatch("a column")),
    })
}

fn together<T>(levels: &[i16], values: Vec<T>) -> Vec<Option<T>> {
    let mut values = values.into_iter();
    levels.iter().map(|level| if *level > 0 { values.next() } else { None }).collect()
}

/// The cells of one row group.
#[derive(Debug)]
pub(crate) struct Rows {
    file: String,
    columns: Vec<Cells>,
    length: usize,
}

impl Rows {
    pub(crate) fn len(&self) -> usize {
        self.length
    }

    /// A row, read from left to right.
    pub(crate) fn row(&self, at: usize) -> Row<'_> {
        Row { rows: self, at, next: 0 }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.length).map(|at| self.row(at))
    }
}

/// One row on its way to being understood.
#[derive(Debug)]
pub(crate) struct Row<'a> {
    rows: &'a Rows,
    at: usize,
    next: usize,
}

impl<'a> Row<'a> {
    fn cell(&mut self) -> Option<&'a Cells> {
        let cells = self.rows.columns.get(self.next);
        self.next += 1;
        cells
    }

    pub(crate) fn unreadable(&self, what: &str) -> SnapshotFault {
        SnapshotFault::damaged(&self.rows.file, format!("{what} in row {}, column {}", self.at + 1, self.next))
    }

    pub(crate) fn yes(&mut self) -> Result<Option<bool>, SnapshotFault> {
        match self.cell() {
            Some(Cells::Yes(cells)) => Ok(cells.get(self.at).copied().flatten()),
            _ => Err(self.unreadable("no yes or no")),
        }
    }

    pub(crate) fn number<N: TryFrom<i64>>(&mut self) -> Result<Option<N>, SnapshotFault> {
        match self.cell() {
            Some(Cells::Number(cells)) => match cells.get(self.at).copied().flatten() {
                Some(n) => N::try_from(n).map(Some).map_err(|_| self.unreadable("a number out of range")),
                None => Ok(None),
            },
            _ => Err(self.unreadable("no number")),
        }
    }

    pub(crate) fn text(&mut self) -> Result<Option<&'a str>, SnapshotFault> {
        match self.cell() {
            Some(Cells::Text(cells)) => match cells.get(self.at).and_then(Option::as_ref) {
                Some(bytes) => bytes.as_utf8().map(Some).map_err(|_| self.unreadable("no text")),
                None => Ok(None),
            },
            _ => Err(self.unreadable("no text")),
        }
    }

    pub(crate) fn id(&mut self) -> Result<Option<Uuid>, SnapshotFault> {
        match self.cell() {
            Some(Cells::Id(cells)) => Ok(cells.get(self.at).copied().flatten()),
            _ => Err(self.unreadable("no id")),
        }
    }

    pub(crate) fn owned(&mut self) -> Result<Option<String>, SnapshotFault> {
        Ok(self.text()?.map(str::to_owned))
    }

    /// A cell that is always filled.
    pub(crate) fn must<T>(&self, cell: Option<T>) -> Result<T, SnapshotFault> {
        cell.ok_or_else(|| self.unreadable("an empty cell"))
    }

    /// A word of a closed list.
    pub(crate) fn word<T>(&mut self, read: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, SnapshotFault> {
        match self.text()? {
            Some(text) => read(text).map(Some).ok_or_else(|| self.unreadable("an unknown word")),
            None => Ok(None),
        }
    }
}
