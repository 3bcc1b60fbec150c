//! A Parquet file of whole-number columns: opened once, its column chunks handed to as many threads as there are.
//! Reads the footer only; values are read by [`Chunk`](super::Chunk).

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader};
use parquet::schema::types::ColumnDescPtr;

use crate::Fault;

/// An open file and its footer; cheap to share between threads.
#[derive(Debug, Clone)]
pub struct Table {
    pub(super) file: Arc<File>,
    pub(super) path: Arc<str>,
    pub(super) footer: Arc<ParquetMetaData>,
    first_rows: Arc<[u64]>,
}

impl Table {
    /// Opens a file and reads its footer.
    pub fn open(path: &Path) -> Result<Self, Fault> {
        let name = path.display().to_string();
        let unreadable = |why: String| Fault::Unreadable { path: name.clone(), why };
        let file = File::open(path).map_err(|e| unreadable(e.to_string()))?;
        let footer = ParquetMetaDataReader::new().parse_and_finish(&file).map_err(|e| unreadable(e.to_string()))?;
        let mut first = 0;
        let first_rows = footer
            .row_groups()
            .iter()
            .map(|group| {
                let start = first;
                first += u64::try_from(group.num_rows()).unwrap_or(0);
                start
            })
            .collect();
        Ok(Self { file: Arc::new(file), path: name.as_str().into(), footer: Arc::new(footer), first_rows })
    }

    pub fn path(&self) -> &str {
        &self.path
    }

    pub fn row_groups(&self) -> usize {
        self.footer.num_row_groups()
    }

    /// Rows of the whole file.
    pub fn rows(&self) -> u64 {
        u64::try_from(self.footer.file_metadata().num_rows()).unwrap_or(0)
    }

    /// Rows of one row group.
    pub fn rows_of(&self, row_group: usize) -> usize {
        self.footer.row_groups().get(row_group).and_then(|g| usize::try_from(g.num_rows()).ok()).unwrap_or(0)
    }

    /// The number of the first row of a row group in the file, from 0.
    pub fn first_row_of(&self, row_group: usize) -> u64 {
        self.first_rows.get(row_group).copied().unwrap_or(0)
    }

    /// Where a column stands, by its name.
    pub fn column(&self, name: &str) -> Result<usize, Fault> {
        let columns = self.footer.file_metadata().schema_descr().columns();
        columns.iter().position(|c| c.name() == name).ok_or_else(|| Fault::NoColumn {
            column: name.to_owned(),
            path: self.path.to_string(),
            has: columns.iter().map(|c| c.name()).collect::<Vec<_>>().join(", "),
        })
    }

    /// How a column is described in the footer.
    pub fn place(&self, column: usize) -> ColumnDescPtr {
        self.footer.file_metadata().schema_descr().column(column)
    }

    /// Where several columns stand, in the order of the names.
    pub fn columns<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> Result<Vec<usize>, Fault> {
        names.into_iter().map(|name| self.column(name)).collect()
    }

    /// The text stored under a key beside the columns.
    pub fn note(&self, key: &str) -> Option<&str> {
        let notes = self.footer.file_metadata().key_value_metadata()?;
        notes.iter().find(|note| note.key == key)?.value.as_deref()
    }

    /// The footer itself, for what this type does not say.
    pub fn footer(&self) -> &ParquetMetaData {
        &self.footer
    }
}
