//! The pages of one column in one row group, in order. Dictionary pages of the common writers are handed on as indices;
//! every other encoding is decoded by the `parquet` crate into values. An empty cell is a fault, never a zero.

use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::{Encoding, Type};
use parquet::column::page::{Page, PageReader};
use parquet::column::reader::{ColumnReader, get_column_reader};
use parquet::errors::ParquetError;
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::reader::SerializedPageReader;

use super::Table;
use super::hybrid::unpack_runs;
use super::window::Window;
use crate::Fault;

/// What a page holds.
#[derive(Debug)]
pub enum Body {
    /// Dictionary indices of so many bits, as they stand in the file.
    Indices {
        width: u32,
        bytes: Bytes,
    },
    Values(Vec<i64>),
}

/// Rows asked for at once where the `parquet` crate decodes.
const BATCH: usize = 16 * 1024;

/// A column chunk that is being read.
pub struct Chunk {
    column: Arc<str>,
    kind: Type,
    optional: bool,
    next_row: u64,
    rows_left: usize,
    /// The values that indices stand for.
    pub dictionary: Vec<i64>,
    source: Source,
}

enum Source {
    Pages(Box<SerializedPageReader<Window>>),
    Values(Box<ColumnReader>),
}

impl Chunk {
    pub fn open(table: &Table, row_group: usize, column: usize) -> Result<Self, Fault> {
        let broken = |e: ParquetError| Fault::Unreadable { path: table.path.to_string(), why: e.to_string() };
        let group =
            table.footer.row_groups().get(row_group).ok_or_else(|| broken(ParquetError::EOF("row group".into())))?;
        let meta = group.columns().get(column).ok_or_else(|| broken(ParquetError::EOF("column".into())))?;
        let described = meta.column_descr();
        let name: Arc<str> = described.name().into();
        if !matches!(meta.column_type(), Type::INT32 | Type::INT64 | Type::BOOLEAN) {
            return Err(Fault::NotWhole {
                column: name.to_string(),
                holds: meta.column_type().to_string().to_lowercase(),
            });
        }
        if described.max_rep_level() > 0 || described.max_def_level() > 1 {
            return Err(Fault::NotWhole { column: name.to_string(), holds: "lists".to_owned() });
        }
        let rows = table.rows_of(row_group);
        let (start, length) = meta.byte_range();
        let window = Arc::new(Window::new(table.file.clone(), start, start + length));
        let pages = SerializedPageReader::new(window, meta, rows, None).map_err(broken)?;
        let source = if reads_as_indices(meta) {
            Source::Pages(Box::new(pages))
        } else {
            Source::Values(Box::new(get_column_reader(meta.column_descr_ptr(), Box::new(pages))))
        };
        Ok(Self {
            column: name,
            kind: meta.column_type(),
            optional: described.max_def_level() == 1,
            next_row: table.first_row_of(row_group),
            rows_left: rows,
            dictionary: Vec::new(),
            source,
        })
    }

    pub fn column(&self) -> &str {
        &self.column
    }

    /// The number in the file of the row that the next page begins with, from 0.
    pub fn next_row(&self) -> u64 {
        self.next_row
    }

    /// The next page and its number of rows; a fault when the column ends before its row group does.
    pub fn next_page(&mut self) -> Result<(usize, Body), Fault> {
        let (rows, body) = match &mut self.source {
            Source::Values(_) => self.decoded()?,
            Source::Pages(_) => self.page()?,
        };
        self.rows_left = self.rows_left.checked_sub(rows).ok_or_else(|| self.damaged("more values than rows"))?;
        self.next_row += rows as u64;
        Ok((rows, body))
    }

    pub fn damaged(&self, why: impl Into<String>) -> Fault {
        Fault::Damaged { column: self.column.to_string(), row: self.next_row + 1, why: why.into() }
    }

    fn page(&mut self) -> Result<(usize, Body), Fault> {
        loop {
            let Source::Pages(pages) = &mut self.source else { return Err(self.damaged("no pages")) };
            let page = pages.get_next_page();
            let page =
                page.map_err(|e| self.damaged(e.to_string()))?.ok_or_else(|| self.damaged("rows are missing"))?;
            match page {
                Page::DictionaryPage { buf, num_values, .. } => {
                    self.dictionary = self.plain(&buf, num_values as usize)?;
                }
                Page::DataPage { buf, num_values, encoding, .. } => {
                    let rows = num_values as usize;
                    let buf = if self.optional { self.without_levels(&buf, rows)? } else { buf };
                    return Ok((rows, self.body(&buf, rows, encoding)?));
                }
                Page::DataPageV2 { buf, num_values, encoding, num_nulls, def_levels_byte_len, .. } => {
                    if num_nulls > 0 {
                        return Err(Fault::Empty { column: self.column.to_string(), row: self.next_row + 1 });
                    }
                    let rows = num_values as usize;
                    return Ok((rows, self.body(&buf.slice(def_levels_byte_len as usize..), rows, encoding)?));
                }
            }
        }
    }

    fn body(&self, buf: &Bytes, rows: usize, encoding: Encoding) -> Result<Body, Fault> {
        if encoding == Encoding::PLAIN {
            return Ok(Body::Values(self.plain(buf, rows)?));
        }
        let width = u32::from(*buf.first().ok_or_else(|| self.damaged("an empty page"))?);
        if width > 32 {
            return Err(self.damaged("indices wider than 32 bits"));
        }
        Ok(Body::Indices { width, bytes: buf.slice(1..) })
    }

    /// The first page format puts four bytes of length and the marks of empty cells before the values.
    fn without_levels(&self, buf: &Bytes, rows: usize) -> Result<Bytes, Fault> {
        let length = buf.first_chunk::<4>().map(|b| u32::from_le_bytes(*b) as usize);
        let levels = length.and_then(|length| buf.get(4..4 + length)).ok_or_else(|| self.damaged("no levels"))?;
        let mut runs = Vec::new();
        unpack_runs(1, levels, rows, &mut runs).ok_or_else(|| self.damaged("levels end too early"))?;
        match runs.as_slice() {
            [(1, _)] | [] => Ok(buf.slice(4 + levels.len()..)),
            [(0, _), ..] => Err(Fault::Empty { column: self.column.to_string(), row: self.next_row + 1 }),
            [(_, full), ..] => {
                Err(Fault::Empty { column: self.column.to_string(), row: self.next_row + u64::from(*full) + 1 })
            }
        }
    }

    fn plain(&self, buf: &[u8], count: usize) -> Result<Vec<i64>, Fault> {
        let values: Vec<i64> = match self.kind {
            Type::INT32 => {
                buf.as_chunks::<4>().0.iter().map(|b| i64::from(i32::from_le_bytes(*b))).take(count).collect()
            }
            _ => buf.as_chunks::<8>().0.iter().map(|b| i64::from_le_bytes(*b)).take(count).collect(),
        };
        if values.len() == count { Ok(values) } else { Err(self.damaged("values end too early")) }
    }

    fn decoded(&mut self) -> Result<(usize, Body), Fault> {
        let wanted = self.rows_left.min(BATCH);
        let Source::Values(reader) = &mut self.source else { return Err(self.damaged("no values")) };
        let mut levels = Vec::new();
        let mut values = Vec::new();
        let read = match &mut **reader {
            ColumnReader::BoolColumnReader(r) => {
                let mut bools = Vec::new();
                let read = r.read_records(wanted, Some(&mut levels), None, &mut bools);
                values.extend(bools.into_iter().map(i64::from));
                read
            }
            ColumnReader::Int32ColumnReader(r) => {
                let mut narrow: Vec<i32> = Vec::new();
                let read = r.read_records(wanted, Some(&mut levels), None, &mut narrow);
                values.extend(narrow.into_iter().map(i64::from));
                read
            }
            ColumnReader::Int64ColumnReader(r) => r.read_records(wanted, Some(&mut levels), None, &mut values),
            _ => return Err(self.damaged("not whole numbers")),
        };
        read.map_err(|e| self.damaged(e.to_string()))?;
        if let Some(hole) = levels.iter().position(|level| *level == 0) {
            return Err(Fault::Empty { column: self.column.to_string(), row: self.next_row + hole as u64 + 1 });
        }
        if values.is_empty() {
            return Err(self.damaged("rows are missing"));
        }
        Ok((values.len(), Body::Values(values)))
    }
}

fn reads_as_indices(meta: &ColumnChunkMetaData) -> bool {
    let known = [Encoding::PLAIN, Encoding::RLE, Encoding::RLE_DICTIONARY, Encoding::PLAIN_DICTIONARY];
    meta.column_type() != Type::BOOLEAN && meta.encodings().all(|encoding| known.contains(&encoding))
}
