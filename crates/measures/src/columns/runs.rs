//! A column that groups rows, as runs of equal values: a register is sorted by commune, so a run is a commune.

use super::Table;
use super::chunk::{Body, Chunk};
use super::hybrid::unpack_runs;
use crate::Fault;

/// Reads a chunk as runs.
pub struct Runs {
    chunk: Chunk,
    /// Runs still to come in the page, the next one last.
    ahead: Vec<(i64, u32)>,
    indices: Vec<(u32, u32)>,
}

impl Runs {
    pub fn open(table: &Table, row_group: usize, column: usize) -> Result<Self, Fault> {
        Ok(Self { chunk: Chunk::open(table, row_group, column)?, ahead: Vec::new(), indices: Vec::new() })
    }

    pub fn column(&self) -> &str {
        self.chunk.column()
    }

    /// The value of the next rows, and for how many rows it holds, at least one.
    pub fn ready(&mut self) -> Result<(i64, usize), Fault> {
        loop {
            if let Some((value, rows)) = self.ahead.last() {
                return Ok((*value, *rows as usize));
            }
            self.read_page()?;
        }
    }

    /// Goes on by so many rows of the run that is ready.
    pub fn skip(&mut self, rows: usize) {
        if let Some((_, left)) = self.ahead.last_mut() {
            *left = left.saturating_sub(u32::try_from(rows).unwrap_or(u32::MAX));
            if *left == 0 {
                self.ahead.pop();
            }
        }
    }

    fn read_page(&mut self) -> Result<(), Fault> {
        match self.chunk.next_page()? {
            (rows, Body::Indices { width, bytes }) => {
                self.indices.clear();
                unpack_runs(width, &bytes, rows, &mut self.indices)
                    .ok_or_else(|| self.chunk.damaged("indices end too early"))?;
                for (index, rows) in self.indices.iter().rev() {
                    let value = self.chunk.dictionary.get(*index as usize);
                    let value = value.ok_or_else(|| self.chunk.damaged("an index beyond the dictionary"))?;
                    self.ahead.push((*value, *rows));
                }
            }
            (_, Body::Values(values)) => {
                for value in values.into_iter().rev() {
                    match self.ahead.last_mut() {
                        Some((last, rows)) if *last == value => *rows += 1,
                        _ => self.ahead.push((value, 1)),
                    }
                }
            }
        }
        Ok(())
    }
}
