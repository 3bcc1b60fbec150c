//! A table of figures on its way out: as a workbook, as CSV and as Parquet, all three with the same cells.

use std::io::Cursor;

use app::AppError;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use documents::write::{TableCell, TablePaper, write_table};
use measures::sheet::{Sheet, Values};

use crate::fail::Fail;
use crate::handlers::review::xlsx;

/// Digits of a snapshot's name where several stand in one cell.
const SHORT: usize = 12;

/// The paper with the sheet as its table.
pub(super) fn workbook(paper: TablePaper, sheet: &Sheet, name: &str) -> Result<Response, Fail> {
    let heads = sheet.columns.iter().map(|(name, _)| name.clone()).collect();
    let paper = TablePaper { heads, rows: cells(sheet), ..paper };
    let mut out = Cursor::new(Vec::new());
    write_table(&paper, &mut out).map_err(|error| AppError::Paper(error.to_string()))?;
    Ok(xlsx(name, out.into_inner()))
}

fn cells(sheet: &Sheet) -> Vec<Vec<TableCell>> {
    let cell = |values: &Values, row: usize| match values {
        Values::Text(all) => TableCell::Text(all.get(row).map(ToString::to_string).unwrap_or_default()),
        Values::Whole(all) => TableCell::Number(all.get(row).copied().unwrap_or_default()),
        Values::Real(all) => TableCell::Real(all.get(row).copied().filter(|value| !value.is_nan())),
    };
    (0..sheet.rows()).map(|row| sheet.columns.iter().map(|(_, values)| cell(values, row)).collect()).collect()
}

pub(super) fn csv(sheet: &Sheet, name: &str) -> Result<Response, Fail> {
    let bytes = sheet.to_csv().map_err(|fault| AppError::Paper(fault.to_string()))?;
    Ok(file("text/csv; charset=utf-8", name, bytes))
}

pub(super) fn parquet(sheet: &Sheet, name: &str) -> Result<Response, Fail> {
    let bytes = sheet.to_parquet().map_err(|fault| AppError::Paper(fault.to_string()))?;
    Ok(file("application/vnd.apache.parquet", name, bytes))
}

fn file(kind: &str, name: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}

/// One name of a snapshot as it is; the beginnings of several.
pub(super) fn short_names<'n>(names: impl Iterator<Item = &'n str>) -> String {
    match names.collect::<Vec<_>>().as_slice() {
        [one] => (*one).to_owned(),
        several => several.iter().map(|name| name.get(..SHORT).unwrap_or(name)).collect::<Vec<_>>().join(" "),
    }
}
