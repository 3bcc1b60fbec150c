//! A Parquet file that is being written, row group after row group, from chunks that were packed on any thread or are taken over
//! from another file as they stand. Start with [`TableWriter`].

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{ColumnDescPtr, Type, TypePtr};

use super::Table;
use crate::Fault;

/// A whole-number column of a schema: signed or not, of 8, 16, 32 or 64 bits. Never empty.
pub fn whole_column(name: &str, bits: i8, signed: bool) -> Result<TypePtr> {
    let physical = if bits == 64 { Physical::INT64 } else { Physical::INT32 };
    let whole = LogicalType::integer(bits, signed);
    let column = Type::primitive_type_builder(name, physical)
        .with_repetition(Repetition::REQUIRED)
        .with_logical_type(Some(whole))
        .build()?;
    Ok(Arc::new(column))
}

/// A finished column chunk.
#[derive(Debug)]
pub enum Packed {
    Made(Bytes, Box<ColumnCloseResult>),
    /// A chunk of another file, taken over byte for byte.
    Copied(Arc<File>, Box<ColumnCloseResult>),
}

impl Packed {
    /// Takes a column of a file over as it stands.
    pub fn copied(table: &Table, row_group: usize, column: usize) -> Option<Self> {
        let meta = table.footer.row_groups().get(row_group)?.columns().get(column)?.clone();
        let close = ColumnCloseResult {
            bytes_written: u64::try_from(meta.compressed_size()).ok()?,
            rows_written: table.rows_of(row_group) as u64,
            metadata: meta,
            bloom_filter: None,
            column_index: None,
            offset_index: None,
        };
        Some(Self::Copied(table.file.clone(), Box::new(close)))
    }
}

/// A file that is being written, row group after row group.
pub struct TableWriter {
    path: String,
    file: SerializedFileWriter<std::io::BufWriter<File>>,
}

impl TableWriter {
    /// A new file with these columns; `notes` are texts stored beside them. Overwrites.
    pub fn create(path: &Path, columns: Vec<TypePtr>, notes: &[(&str, String)]) -> std::result::Result<Self, Fault> {
        let name = path.display().to_string();
        let open = || -> Result<_> {
            let schema = Type::group_type_builder("schema").with_fields(columns).build()?;
            let notes = notes.iter().map(|(key, value)| KeyValue::new((*key).to_owned(), value.clone())).collect();
            let properties = WriterProperties::builder()
                .set_key_value_metadata(Some(notes))
                .set_created_by("vuon".to_owned())
                .set_offset_index_disabled(true)
                .build();
            let file = std::io::BufWriter::with_capacity(1 << 20, File::create(path)?);
            SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties))
        };
        match open() {
            Ok(file) => Ok(Self { path: name, file }),
            Err(error) => Err(unwritable(&name, &error)),
        }
    }

    /// The places of the columns, for [`Column`].
    pub fn places(&self) -> Vec<ColumnDescPtr> {
        self.file.schema_descr().columns().to_vec()
    }

    /// Appends one row group: a chunk for each column, in the order of the schema.
    pub fn append(&mut self, chunks: Vec<Packed>) -> std::result::Result<(), Fault> {
        append(&mut self.file, chunks).map_err(|e| unwritable(&self.path, &e))
    }

    /// Stores a text beside the columns.
    pub fn note(&mut self, key: &str, value: String) {
        self.file.append_key_value_metadata(KeyValue::new(key.to_owned(), value));
    }

    /// Writes the footer. Without it the file is no Parquet file.
    pub fn finish(self) -> std::result::Result<(), Fault> {
        let Self { path, mut file } = self;
        let done = file.finish().and_then(|_| Ok(file.inner_mut().flush()?));
        done.map_err(|e| unwritable(&path, &e))
    }
}

fn append<W: Write + Send>(file: &mut SerializedFileWriter<W>, chunks: Vec<Packed>) -> Result<()> {
    let mut group = file.next_row_group()?;
    for chunk in chunks {
        match chunk {
            Packed::Made(bytes, close) => group.append_column(&bytes, *close)?,
            Packed::Copied(from, close) => group.append_column(from.as_ref(), *close)?,
        }
    }
    group.close()?;
    Ok(())
}

fn unwritable(path: &str, error: &ParquetError) -> Fault {
    Fault::Unwritable { path: path.to_owned(), why: error.to_string() }
}
