//! Finds the header row and says which column holds what, by the layout of the law or by what a person matched once.

use std::collections::BTreeMap;

use kernel::text::fold_name;
use norms::{Field, SheetLayout};
use serde::{Deserialize, Serialize};

use super::cells::Sheet;

/// How far down a header may stand.
const HEADER_WITHIN: usize = 30;

/// Where each field stands in a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns {
    /// 0-based row of the header.
    pub header_row: usize,
    pub at: BTreeMap<Field, usize>,
    /// The headers as written, by column.
    pub headers: Vec<String>,
}

impl Columns {
    pub fn get(&self, field: &Field) -> Option<usize> {
        self.at.get(field).copied()
    }

    /// The header of a field as written; empty when the sheet lacks the column.
    pub fn header(&self, field: &Field) -> &str {
        self.get(field).and_then(|at| self.headers.get(at)).map_or("", String::as_str)
    }

    /// Whether a row only repeats the header.
    pub fn is_header(&self, sheet: &Sheet, row: usize) -> bool {
        let same = self.at.values().filter(|at| {
            let header = self.headers.get(**at).map_or("", String::as_str);
            !header.is_empty() && sheet.cell(row, **at).reads(header)
        });
        same.count() >= 3.min(self.at.len())
    }
}

/// How well a sheet fits a layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnMatch {
    Fits(Columns),
    /// The best header row found, and the required headers it lacks.
    Lacks {
        best: Option<Columns>,
        missing: Vec<String>,
    },
}

/// Looks for the header row of a layout.
pub fn match_columns(sheet: &Sheet, layout: &SheetLayout) -> ColumnMatch {
    let known = known_headers(layout);
    let best = (0..sheet.rows.len().min(HEADER_WITHIN))
        .map(|row| columns_of(sheet, row, &known))
        .max_by_key(|columns| (columns.at.len(), usize::MAX - columns.header_row));
    let required = || layout.columns.iter().filter(|c| c.required);
    match best {
        Some(columns) if required().all(|c| columns.at.contains_key(&c.field)) && columns.at.len() >= 3 => {
            ColumnMatch::Fits(columns)
        }
        best => {
            let has = |field: &Field| best.as_ref().is_some_and(|b| b.at.contains_key(field));
            let missing = required().filter(|c| !has(&c.field)).map(|c| c.header.clone()).collect();
            ColumnMatch::Lacks { best: best.filter(|b| !b.at.is_empty()), missing }
        }
    }
}

fn known_headers(layout: &SheetLayout) -> BTreeMap<String, Field> {
    let mut known = BTreeMap::new();
    for column in &layout.columns {
        for header in std::iter::once(&column.header).chain(&column.also) {
            known.entry(fold_name(header)).or_insert_with(|| column.field.clone());
        }
    }
    known
}

fn columns_of(sheet: &Sheet, row: usize, known: &BTreeMap<String, Field>) -> Columns {
    let headers = headers_at(sheet, row);
    let mut at = BTreeMap::new();
    for (column, header) in headers.iter().enumerate() {
        if let Some(field) = known.get(&fold_name(header)) {
            at.entry(field.clone()).or_insert(column);
        }
    }
    Columns { header_row: row, at, headers }
}

/// The texts of a row, for showing and for matching.
pub fn headers_at(sheet: &Sheet, row: usize) -> Vec<String> {
    sheet.rows.get(row).map(|cells| cells.iter().map(super::Cell::text).collect()).unwrap_or_default()
}

/// What a table's columns are remembered by: its folded headers.
pub fn header_signature(headers: &[String]) -> String {
    headers.iter().map(|h| fold_name(h)).collect::<Vec<_>>().join("|")
}
