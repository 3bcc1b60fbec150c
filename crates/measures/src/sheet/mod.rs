//! A table of results, and the ways it leaves the house: Parquet and CSV. Decides nothing about its content.

mod csv_file;
mod parquet_file;

use std::path::Path;
use std::sync::Arc;

use crate::Fault;

/// Columns of equal length.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    pub columns: Vec<(String, Values)>,
}

/// The values of a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    Text(Vec<Arc<str>>),
    Whole(Vec<i64>),
    /// Not-a-number is a figure that does not exist: an empty cell.
    Real(Vec<f64>),
}

impl Values {
    pub fn len(&self) -> usize {
        match self {
            Self::Text(values) => values.len(),
            Self::Whole(values) => values.len(),
            Self::Real(values) => values.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Sheet {
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, |(_, values)| values.len())
    }

    /// The table as a Parquet file in memory.
    pub fn to_parquet(&self) -> Result<Vec<u8>, Fault> {
        let mut bytes = Vec::new();
        self.parquet_to(&mut bytes, 1).map_err(|error| in_memory(&error))?;
        Ok(bytes)
    }

    /// The table as CSV in memory.
    pub fn to_csv(&self) -> Result<Vec<u8>, Fault> {
        let mut bytes = Vec::new();
        self.csv_to(&mut bytes).map_err(|error| in_memory(&error))?;
        Ok(bytes)
    }

    /// Writes the table as its name ends: `.parquet` or `.csv`. It stands there whole or not at all.
    pub fn write(&self, path: &Path, threads: usize) -> Result<(), Fault> {
        let unfinished = path.with_added_extension("unfinished");
        let unwritable = |why: String| Fault::Unwritable { path: path.display().to_string(), why };
        let written = match path.extension().and_then(|e| e.to_str()) {
            Some("parquet") => self.write_parquet(&unfinished, threads).map_err(|e| unwritable(e.to_string())),
            Some("csv") => self.write_csv(&unfinished).map_err(|e| unwritable(e.to_string())),
            _ => Err(unwritable("its name ends neither in .parquet nor in .csv".to_owned())),
        };
        let done = written.and_then(|()| std::fs::rename(&unfinished, path).map_err(|e| unwritable(e.to_string())));
        if done.is_err() {
            // The fault itself is what the person needs to hear.
            let _ = std::fs::remove_file(&unfinished);
        }
        done
    }
}

fn in_memory(error: &dyn std::fmt::Display) -> Fault {
    Fault::Unwritable { path: "memory".to_owned(), why: error.to_string() }
}
