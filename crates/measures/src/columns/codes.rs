//! A column of few different values as one byte a row: the byte is the value's place in the code book of the chunk.
//! For answers, deprivations, sizes. The code book starts as the dictionary of the file, so nothing is looked up.

use super::Table;
use super::chunk::{Body, Chunk};
use super::hybrid::unpack_codes;
use crate::Fault;

/// Reads a chunk as codes.
pub struct Codes {
    chunk: Chunk,
    book: Vec<i64>,
    page: Vec<u8>,
    taken: usize,
    page_row: u64,
}

/// A byte tells so many values apart.
const MOST: usize = 256;

impl Codes {
    pub fn open(table: &Table, row_group: usize, column: usize) -> Result<Self, Fault> {
        let chunk = Chunk::open(table, row_group, column)?;
        let page_row = chunk.next_row();
        Ok(Self { chunk, book: Vec::new(), page: Vec::new(), taken: 0, page_row })
    }

    pub fn column(&self) -> &str {
        self.chunk.column()
    }

    /// The value of each code so far; grows, never changes.
    pub fn book(&self) -> &[i64] {
        &self.book
    }

    /// Rows that can be taken at once, at least one; reads the next page when the last is used up.
    pub fn ready(&mut self) -> Result<usize, Fault> {
        while self.taken == self.page.len() {
            self.read_page()?;
        }
        Ok(self.page.len() - self.taken)
    }

    /// Goes on by `rows` rows, which must be ready; [`Codes::last`] has them.
    pub fn skip(&mut self, rows: usize) {
        self.taken = (self.taken + rows).min(self.page.len());
    }

    /// The codes of the last `rows` rows.
    pub fn last(&self, rows: usize) -> &[u8] {
        self.page.get(self.taken.saturating_sub(rows)..self.taken).unwrap_or(&[])
    }

    /// The row in the file, from 1, where one of the last `rows` rows taken holds a code.
    pub fn row_of(&self, code: usize, rows: usize) -> Option<u64> {
        let start = self.taken.saturating_sub(rows);
        let at = self.page.get(start..self.taken)?.iter().position(|c| usize::from(*c) == code)?;
        Some(self.page_row + (start + at) as u64 + 1)
    }

    /// What each code of a column of 0 and 1 must be turned by to be the value itself; a fault when one of the last `rows`
    /// rows holds another value.
    pub fn turn(&self, rows: usize) -> Result<u8, Fault> {
        for (code, value) in self.book.iter().enumerate().filter(|(_, value)| !(0..=1).contains(*value)) {
            if let Some(row) = self.row_of(code, rows) {
                let column = self.column().to_owned();
                return Err(Fault::Outside { column, value: *value, row, allowed: "0, 1".to_owned() });
            }
        }
        Ok(u8::from(self.book.first() == Some(&1)))
    }

    fn read_page(&mut self) -> Result<(), Fault> {
        self.page_row = self.chunk.next_row();
        self.taken = 0;
        match self.chunk.next_page()? {
            (rows, Body::Indices { width, bytes }) => {
                if self.book.is_empty() {
                    self.book.clone_from(&self.chunk.dictionary);
                }
                if self.book.len() > MOST || width > 8 {
                    return Err(self.too_many());
                }
                unpack_codes(width, &bytes, rows, &mut self.page)
                    .ok_or_else(|| self.chunk.damaged("indices end too early"))?;
                let highest = self.page.iter().fold(0, |high, code| high.max(*code));
                if usize::from(highest) >= self.chunk.dictionary.len() {
                    return Err(self.chunk.damaged("an index beyond the dictionary"));
                }
            }
            (_, Body::Values(values)) => {
                self.page.clear();
                for value in values {
                    let known = self.book.iter().position(|v| *v == value);
                    let code = known.unwrap_or(self.book.len());
                    if known.is_none() {
                        self.book.push(value);
                    }
                    self.page.push(u8::try_from(code).map_err(|_| self.too_many())?);
                }
            }
        }
        Ok(())
    }

    fn too_many(&self) -> Fault {
        Fault::TooManyValues { column: self.column().to_owned(), most: MOST }
    }
}
