//! Writes columns of small codes as dictionary pages: the code is the index, packed to as few bits as the dictionary needs,
//! or a run. Chunks are made on any thread and appended in order. No statistics and no codec: packed codes hardly shrink.

use std::sync::Arc;

use fearless_simd::{Level, dispatch};
use parquet::basic::{Compression, Encoding};
use parquet::column::page::{CompressedPage, Page, PageWriter};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::Result;
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};
use parquet::schema::types::ColumnDescPtr;

use super::hybrid::squeeze;
use super::table_writer::Packed;

/// Rows of a page; a multiple of eight.
const PAGE_ROWS: usize = 128 * 1024;

/// How a column is written: the value of each code.
#[derive(Debug, Clone)]
pub struct Column {
    pub place: ColumnDescPtr,
    pub dictionary: Arc<[i32]>,
    /// Bits of an index; may be wider than the dictionary needs, so that a reader finds bytes where bytes are faster.
    pub width: u32,
}

impl Column {
    /// With as few bits as the dictionary needs.
    pub fn narrow(place: ColumnDescPtr, dictionary: Arc<[i32]>) -> Self {
        let width = dictionary.len().max(1).next_power_of_two().trailing_zeros().max(1);
        Self { place, dictionary, width }
    }
}

/// Packs one column chunk.
pub struct ChunkWriter {
    column: Column,
    sink: TrackedWrite<Vec<u8>>,
    dictionary_bytes: u64,
    uncompressed: u64,
    rows: u64,
    page_rows: usize,
    page: Vec<u8>,
    held: Vec<u8>,
    is_run: bool,
}

impl ChunkWriter {
    pub fn new(column: Column) -> Result<Self> {
        let values: Vec<u8> = column.dictionary.iter().flat_map(|v| v.to_le_bytes()).collect();
        let (size, count) = (values.len(), u32::try_from(column.dictionary.len())?);
        let page =
            Page::DictionaryPage { buf: values.into(), num_values: count, encoding: Encoding::PLAIN, is_sorted: false };
        let mut sink = TrackedWrite::new(Vec::new());
        let spec = SerializedPageWriter::new(&mut sink).write_page(CompressedPage::new(page, size))?;
        Ok(Self {
            column,
            sink,
            dictionary_bytes: spec.bytes_written,
            uncompressed: spec.uncompressed_size as u64,
            rows: 0,
            page_rows: 0,
            page: Vec::new(),
            held: Vec::with_capacity(8),
            is_run: false,
        })
    }

    /// Adds codes of at most eight bits, a row each. Do not mix with runs.
    pub fn codes(&mut self, mut codes: &[u8]) -> Result<()> {
        while !codes.is_empty() {
            if self.page_rows == PAGE_ROWS {
                self.end_page()?;
            }
            let (now, later) = codes.split_at(codes.len().min(PAGE_ROWS - self.page_rows));
            self.pack(now);
            self.page_rows += now.len();
            codes = later;
        }
        Ok(())
    }

    /// Adds codes whatever the column's width is, a row each.
    pub fn sums(&mut self, codes: &[u16]) -> Result<()> {
        if self.column.width == 16 {
            return self.wide(codes);
        }
        let mut narrow = [0; 256];
        for codes in codes.chunks(narrow.len()) {
            narrow.iter_mut().zip(codes).for_each(|(to, code)| *to = code.to_le_bytes()[0]);
            self.codes(narrow.get(..codes.len()).unwrap_or_default())?;
        }
        Ok(())
    }

    /// Adds codes of sixteen bits, a row each; the column must be that wide.
    pub fn wide(&mut self, mut codes: &[u16]) -> Result<()> {
        while !codes.is_empty() {
            if self.page_rows == PAGE_ROWS {
                self.end_page()?;
            }
            let (now, later) = codes.split_at(codes.len().min(PAGE_ROWS - self.page_rows));
            self.page.extend(now.iter().flat_map(|code| code.to_le_bytes()));
            self.page_rows += now.len();
            codes = later;
        }
        Ok(())
    }

    /// Adds a run of rows of one code. Do not mix with single codes.
    pub fn run(&mut self, code: u32, rows: usize) {
        self.is_run = true;
        push_varint(&mut self.page, (rows as u64) << 1);
        let bytes = self.column.width.div_ceil(8) as usize;
        self.page.extend(code.to_le_bytes().into_iter().take(bytes));
        self.page_rows += rows;
    }

    fn pack(&mut self, codes: &[u8]) {
        let mut codes = codes;
        while !self.held.is_empty() {
            let Some((first, rest)) = codes.split_first() else { return };
            self.held.push(*first);
            codes = rest;
            if self.held.len() == 8 {
                let held = std::mem::take(&mut self.held);
                pack_groups(self.column.width, &held, &mut self.page);
            }
        }
        let whole = codes.len() / 8 * 8;
        let (groups, rest) = codes.split_at(whole);
        pack_groups(self.column.width, groups, &mut self.page);
        self.held.extend_from_slice(rest);
    }

    fn end_page(&mut self) -> Result<()> {
        if !self.held.is_empty() {
            let mut held = std::mem::take(&mut self.held);
            held.resize(8, 0);
            pack_groups(self.column.width, &held, &mut self.page);
        }
        let mut buf = Vec::with_capacity(self.page.len() + 8);
        buf.push(u8::try_from(self.column.width)?);
        if !self.is_run {
            push_varint(&mut buf, ((self.page_rows.div_ceil(8) as u64) << 1) | 1);
            if self.column.width == 16 {
                self.page.resize(self.page_rows.div_ceil(8) * 16, 0);
            }
        }
        buf.append(&mut self.page);
        let size = buf.len();
        let page = Page::DataPage {
            buf: buf.into(),
            num_values: u32::try_from(self.page_rows)?,
            encoding: Encoding::RLE_DICTIONARY,
            def_level_encoding: Encoding::RLE,
            rep_level_encoding: Encoding::RLE,
            statistics: None,
        };
        let spec = SerializedPageWriter::new(&mut self.sink).write_page(CompressedPage::new(page, size))?;
        self.uncompressed += spec.uncompressed_size as u64;
        self.rows += self.page_rows as u64;
        self.page_rows = 0;
        Ok(())
    }

    /// The chunk, ready to be appended.
    pub fn finish(mut self) -> Result<Packed> {
        if self.page_rows > 0 {
            self.end_page()?;
        }
        let written = self.sink.bytes_written();
        let metadata = ColumnChunkMetaData::builder(self.column.place.clone())
            .set_compression(Compression::UNCOMPRESSED)
            .set_encodings(vec![Encoding::PLAIN, Encoding::RLE, Encoding::RLE_DICTIONARY])
            .set_num_values(i64::try_from(self.rows)?)
            .set_total_compressed_size(i64::try_from(written)?)
            .set_total_uncompressed_size(i64::try_from(self.uncompressed)?)
            .set_dictionary_page_offset(Some(0))
            .set_data_page_offset(i64::try_from(self.dictionary_bytes)?)
            .build()?;
        let close = ColumnCloseResult {
            bytes_written: written as u64,
            rows_written: self.rows,
            metadata,
            bloom_filter: None,
            column_index: None,
            offset_index: None,
        };
        Ok(Packed::Made(self.sink.into_inner()?.into(), Box::new(close)))
    }
}

fn push_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(u8::try_from(value & 0x7f).unwrap_or(0) | 0x80);
        value >>= 7;
    }
    out.push(u8::try_from(value).unwrap_or(0));
}

fn pack_groups(width: u32, codes: &[u8], out: &mut Vec<u8>) {
    dispatch!(Level::new(), _ => pack_wider(width, codes, out));
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "only what is inlined is compiled for the wider registers")]
fn pack_wider(width: u32, codes: &[u8], out: &mut Vec<u8>) {
    match width {
        1 => pack_width::<1>(codes, out),
        2 => pack_width::<2>(codes, out),
        3 => pack_width::<3>(codes, out),
        4 => pack_width::<4>(codes, out),
        5 => pack_width::<5>(codes, out),
        6 => pack_width::<6>(codes, out),
        7 => pack_width::<7>(codes, out),
        _ => out.extend_from_slice(codes),
    }
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "only what is inlined is compiled for the wider registers")]
fn pack_width<const W: usize>(codes: &[u8], out: &mut Vec<u8>) {
    let groups = codes.as_chunks::<8>().0;
    let start = out.len();
    out.resize(start + groups.len() * W, 0);
    let places = out.get_mut(start..).unwrap_or_default().as_chunks_mut::<W>().0;
    for (group, place) in groups.iter().zip(places) {
        let bytes = squeeze::<W>(u64::from_le_bytes(*group)).to_le_bytes();
        if let Some(packed) = bytes.first_chunk::<W>() {
            *place = *packed;
        }
    }
}
