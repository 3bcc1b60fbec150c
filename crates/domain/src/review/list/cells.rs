//! Cells as a spreadsheet gives them, before anybody has said what they mean.

use std::sync::Arc;

use kernel::Day;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub enum Cell {
    #[default]
    Empty,
    Text(Arc<str>),
    Number(f64),
    /// A real date cell.
    Day(Day),
}

impl Cell {
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// As a person would read it; a whole number without a fraction.
    pub fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => kernel::text::nfc(text),
            Self::Number(number) => number_text(*number),
            Self::Day(day) => day.to_string(),
        }
    }

    /// Whether a person would read exactly these words, which are NFC. Most cells are told apart by their length alone:
    /// composing letters and dropping spaces only shortens.
    pub fn reads(&self, words: &str) -> bool {
        match self {
            Self::Text(text) => **text == *words || (text.len() > words.len() && kernel::text::nfc(text) == words),
            other => other.text() == words,
        }
    }

    /// Whether it stands for "yes" in a column of crosses.
    pub fn is_marked(&self) -> bool {
        !matches!(kernel::text::fold_name(&self.text()).as_str(), "" | "0" | "khong" | "no" | "k")
    }
}

/// `42.0` as `42`; a fraction with a comma, as it would be typed.
fn number_text(number: f64) -> String {
    let rounded = number.round();
    if (number - rounded).abs() < 1e-9 { format!("{rounded:.0}") } else { format!("{number}").replace('.', ",") }
}

/// One sheet of a file; rows are dense from the first row of the file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct Sheet {
    pub name: String,
    pub rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// The cell at 0-based row and column; blank beyond the edge.
    pub fn cell(&self, row: usize, column: usize) -> &Cell {
        const EMPTY: &Cell = &Cell::Empty;
        self.rows.get(row).and_then(|r| r.get(column)).unwrap_or(EMPTY)
    }

    pub fn is_blank_row(&self, row: usize) -> bool {
        self.rows.get(row).is_none_or(|cells| cells.iter().all(Cell::is_blank))
    }
}
