//! A column of numbers below 65 536 as they stand in the file: two bytes a row, not even copied.

use bytes::Bytes;

use crate::Fault;
use crate::columns::{Body, Chunk, Table, unpack_runs};

pub(super) struct Wide {
    chunk: Chunk,
    page: Bytes,
    rows: usize,
    taken: usize,
}

impl Wide {
    pub(super) fn open(table: &Table, row_group: usize, column: usize) -> Result<Self, Fault> {
        Ok(Self { chunk: Chunk::open(table, row_group, column)?, page: Bytes::new(), rows: 0, taken: 0 })
    }

    /// Rows that can be taken at once, at least one.
    pub(super) fn ready(&mut self) -> Result<usize, Fault> {
        while self.taken == self.rows {
            self.read_page()?;
        }
        Ok(self.rows - self.taken)
    }

    /// The next rows, which must be ready, as little-endian pairs of bytes.
    pub(super) fn take(&mut self, rows: usize) -> &[[u8; 2]] {
        let start = self.taken;
        self.taken = (start + rows).min(self.rows);
        self.page.as_chunks::<2>().0.get(start..self.taken).unwrap_or(&[])
    }

    /// The next row alone.
    pub(super) fn one(&mut self) -> Result<u16, Fault> {
        self.ready()?;
        Ok(self.take(1).first().map_or(0, |bytes| u16::from_le_bytes(*bytes)))
    }

    fn read_page(&mut self) -> Result<(), Fault> {
        let (rows, body) = self.chunk.next_page()?;
        self.page = match body {
            Body::Indices { width: 16, bytes } if self.stands_for_itself() => self.without_header(&bytes, rows)?,
            Body::Indices { width, bytes } => {
                let mut runs = Vec::new();
                unpack_runs(width, &bytes, rows, &mut runs)
                    .ok_or_else(|| self.chunk.damaged("indices end too early"))?;
                let mut page = Vec::with_capacity(rows * 2);
                for (index, rows) in runs {
                    let value = self.chunk.dictionary.get(index as usize).copied();
                    let value =
                        self.narrow(value.ok_or_else(|| self.chunk.damaged("an index beyond the dictionary"))?)?;
                    (0..rows).for_each(|_| page.extend(value.to_le_bytes()));
                }
                page.into()
            }
            Body::Values(values) => {
                let narrow: Result<Vec<u16>, Fault> = values.into_iter().map(|value| self.narrow(value)).collect();
                narrow?.into_iter().flat_map(u16::to_le_bytes).collect::<Vec<u8>>().into()
            }
        };
        (self.rows, self.taken) = (rows, 0);
        Ok(())
    }

    /// Whether every index is the value itself, as this house writes it.
    fn stands_for_itself(&self) -> bool {
        self.chunk.dictionary.iter().enumerate().all(|(index, value)| i64::try_from(index) == Ok(*value))
    }

    /// One packed run with all rows; anything else was not written by this house. The numbers themselves are not looked at: every
    /// one of sixteen bits means something, and a changed byte is found by the hash that is the file's name.
    fn without_header(&self, bytes: &Bytes, rows: usize) -> Result<Bytes, Fault> {
        let header = bytes.iter().position(|byte| byte & 0x80 == 0).map_or(0, |last| last + 1);
        let groups = bytes.iter().take(header).rev().fold(0u64, |sum, byte| (sum << 7) | u64::from(byte & 0x7f));
        let page = bytes.slice(header..);
        if groups != (((rows as u64).div_ceil(8)) << 1 | 1) || page.len() < rows * 2 {
            return Err(self.chunk.damaged("not one packed run"));
        }
        Ok(page)
    }

    fn narrow(&self, value: i64) -> Result<u16, Fault> {
        u16::try_from(value).map_err(|_| self.chunk.damaged(format!("{value} is beyond 65535")))
    }
}
