//! Writes a file of columns, row group by row group.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::FixedLenByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::{WriterProperties, WriterVersion};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Cells, Column, hex, mismatch};
use crate::fault::{SnapshotFault, disk};

const WRITTEN_BY: &str = "vuon snapshots";

/// What a finished file weighs and is called by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    pub sha256: String,
    pub bytes: u64,
    pub rows: u64,
}

/// Hashes what it passes on.
struct Hashed {
    file: BufWriter<File>,
    hash: Sha256,
    bytes: u64,
}

impl Write for Hashed {
    fn write(&mut self, some: &[u8]) -> io::Result<usize> {
        let taken = self.file.write(some)?;
        self.hash.update(some.get(..taken).unwrap_or_default());
        self.bytes += taken as u64;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// A file on its way; row groups go to the disk as they come.
pub(crate) struct TableWriter {
    name: String,
    writer: SerializedFileWriter<Hashed>,
    rows: u64,
}

impl std::fmt::Debug for TableWriter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TableWriter").field("name", &self.name).field("rows", &self.rows).finish_non_exhaustive()
    }
}

impl TableWriter {
    /// `shape` names the columns; its cells are not written.
    pub(crate) fn create(folder: &Path, name: &str, shape: &[Column]) -> Result<Self, SnapshotFault> {
        let path = folder.join(name);
        let file = File::create_new(&path).map_err(disk("writing", &path))?;
        let fields = shape.iter().map(|(column, cells)| field(column, cells)).collect::<Result<Vec<_>, _>>();
        let fields = fields.map_err(|error| unwritable(name, &error))?;
        let schema = Type::group_type_builder("rows").with_fields(fields).build();
        let schema = schema.map_err(|error| unwritable(name, &error))?;
        let hashed = Hashed { file: BufWriter::new(file), hash: Sha256::new(), bytes: 0 };
        let writer = SerializedFileWriter::new(hashed, Arc::new(schema), Arc::new(properties()));
        Ok(Self { name: name.to_owned(), writer: writer.map_err(|error| unwritable(name, &error))?, rows: 0 })
    }

    /// Writes one row group.
    pub(crate) fn add(&mut self, columns: Vec<Column>) -> Result<(), SnapshotFault> {
        let rows = columns.first().map_or(0, |(_, cells)| cells.len());
        if rows == 0 {
            return Ok(());
        }
        self.add_group(columns).map_err(|error| unwritable(&self.name, &error))?;
        self.rows += rows as u64;
        Ok(())
    }

    fn add_group(&mut self, columns: Vec<Column>) -> Result<(), ParquetError> {
        let mut group = self.writer.next_row_group()?;
        for (name, cells) in columns {
            let mut column = group.next_column()?.ok_or_else(|| mismatch(&name))?;
            write_cells(column.untyped(), cells).and_then(|()| column.close())?;
        }
        group.close().map(drop)
    }

    /// Ends the file and makes it lasting.
    pub(crate) fn close(self) -> Result<Written, SnapshotFault> {
        let name = self.name;
        let hashed = self.writer.into_inner().map_err(|error| unwritable(&name, &error))?;
        let file = hashed.file.into_inner().map_err(|error| unwritable(&name, error.error()))?;
        file.sync_all().map_err(|error| unwritable(&name, &error))?;
        Ok(Written { sha256: hex(&hashed.hash.finalize()), bytes: hashed.bytes, rows: self.rows })
    }
}

fn properties() -> WriterProperties {
    WriterProperties::builder()
        .set_created_by(WRITTEN_BY.to_owned())
        .set_writer_version(WriterVersion::PARQUET_1_0)
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .build()
}

fn field(name: &str, cells: &Cells) -> Result<Arc<Type>, ParquetError> {
    let (physical, logical, length) = match cells {
        Cells::Yes(_) => (Physical::BOOLEAN, None, -1),
        Cells::Number(_) => (Physical::INT64, None, -1),
        Cells::Text(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String), -1),
        Cells::Id(_) => (Physical::FIXED_LEN_BYTE_ARRAY, Some(LogicalType::Uuid), 16),
    };
    let builder = Type::primitive_type_builder(name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical)
        .with_length(length);
    builder.build().map(Arc::new)
}

fn write_cells(writer: &mut ColumnWriter<'_>, cells: Cells) -> Result<(), ParquetError> {
    match (writer, cells) {
        (ColumnWriter::BoolColumnWriter(writer), Cells::Yes(cells)) => {
            let (levels, values) = apart(cells);
            writer.write_batch(&values, Some(&levels), None)
        }
        (ColumnWriter::Int64ColumnWriter(writer), Cells::Number(cells)) => {
            let (levels, values) = apart(cells);
            writer.write_batch(&values, Some(&levels), None)
        }
        (ColumnWriter::ByteArrayColumnWriter(writer), Cells::Text(cells)) => {
            let (levels, values) = apart(cells);
            writer.write_batch(&values, Some(&levels), None)
        }
        (ColumnWriter::FixedLenByteArrayColumnWriter(writer), Cells::Id(cells)) => {
            let bytes = |id: Uuid| FixedLenByteArray::from(id.as_bytes().to_vec());
            let (levels, values) = apart(cells.into_iter().map(|cell| cell.map(bytes)).collect());
            writer.write_batch(&values, Some(&levels), None)
        }
        _ => return Err(mismatch("a column")),
    }
    .map(drop)
}

/// Which cells are filled, and the filled ones alone.
fn apart<T>(cells: Vec<Option<T>>) -> (Vec<i16>, Vec<T>) {
    let levels = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
    (levels, cells.into_iter().flatten().collect())
}

fn unwritable(file: &str, error: &dyn std::fmt::Display) -> SnapshotFault {
    SnapshotFault::Unwritable { file: file.to_owned(), what: error.to_string() }
}
