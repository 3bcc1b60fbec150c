//! Bytes of one column chunk, read ahead in pieces of bounded size, so that memory does not grow with a row group.
//! Only reads; [`Window`] is what the Parquet page reader takes its bytes from.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::buf::Reader;
use bytes::{Buf, Bytes};
use parquet::errors::{ParquetError, Result};
use parquet::file::reader::{ChunkReader, Length};

/// Bytes read at once: large enough that the calls do not count, small enough for forty columns on each thread.
const AHEAD: u64 = 1024 * 1024;
/// A page header with its statistics stays far below this.
const HEADER: u64 = 64 * 1024;

#[derive(Debug)]
pub struct Window {
    file: Arc<File>,
    end: u64,
    held: Mutex<Held>,
}

#[derive(Debug)]
struct Held {
    start: u64,
    bytes: Bytes,
}

impl Window {
    /// A window over the bytes `start..end` of a file.
    pub fn new(file: Arc<File>, start: u64, end: u64) -> Self {
        Self { file, end, held: Mutex::new(Held { start, bytes: Bytes::new() }) }
    }

    /// At least `wanted` bytes from `start`, or all up to the end.
    fn from(&self, start: u64, wanted: u64) -> Result<Bytes> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let wanted = wanted.min(self.end.saturating_sub(start));
        let skipped = start.checked_sub(held.start).unwrap_or(u64::MAX);
        if skipped.saturating_add(wanted) > held.bytes.len() as u64 {
            let length = wanted.max(AHEAD.min(self.end.saturating_sub(start)));
            *held = Held { start, bytes: read(&self.file, start, length)? };
            return Ok(held.bytes.clone());
        }
        Ok(held.bytes.slice(usize::try_from(skipped)?..))
    }
}

/// Reads exactly these bytes.
pub fn read(file: &File, start: u64, length: u64) -> Result<Bytes> {
    let mut bytes = vec![0; usize::try_from(length)?];
    file.read_exact_at(&mut bytes, start)?;
    Ok(bytes.into())
}

impl Length for Window {
    fn len(&self) -> u64 {
        self.end
    }
}

impl ChunkReader for Window {
    type T = Reader<Bytes>;

    fn get_read(&self, start: u64) -> Result<Self::T> {
        Ok(self.from(start, HEADER)?.reader())
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        let bytes = self.from(start, length as u64)?;
        if bytes.len() < length {
            return Err(ParquetError::EOF(format!("{length} bytes at {start} reach beyond the column")));
        }
        Ok(bytes.slice(..length))
    }
}
