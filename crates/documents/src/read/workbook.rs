//! XLSX cell by cell, so that a province's list does not stand twice in memory; ODS and XLS by calamine's ranges.

use std::collections::HashMap;
use std::io::Cursor;
use std::sync::Arc;

use calamine::{Data, DataRef, DataType, ExcelDateTime, Reader, Sheets, Xlsx, open_workbook_auto_from_rs};
use domain::review::list::{Cell, Sheet};
use kernel::Day;

use super::ReadProblem;

/// Nobody writes a list wider than this; stray formatting does.
const WIDEST: usize = 512;

pub fn read_workbook(bytes: Vec<u8>, is_ole: bool) -> Result<Vec<Sheet>, ReadProblem> {
    if !is_ole && let Ok(workbook) = Xlsx::new(Cursor::new(bytes.as_slice())) {
        return read_xlsx(workbook);
    }
    let mut workbook = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(not_a_spreadsheet)?;
    read_ranges(&mut workbook)
}

fn not_a_spreadsheet(error: impl std::fmt::Display) -> ReadProblem {
    let why = error.to_string();
    if why.to_lowercase().contains("password") { ReadProblem::Protected } else { ReadProblem::NotASpreadsheet { why } }
}

fn read_xlsx(mut workbook: Xlsx<Cursor<&[u8]>>) -> Result<Vec<Sheet>, ReadProblem> {
    let names = workbook.sheet_names();
    let mut sheets = Vec::with_capacity(names.len());
    for name in names {
        let mut sheet = Sheet { name: name.clone(), rows: Vec::new() };
        let mut cells = workbook.worksheet_cells_reader(&name).map_err(not_a_spreadsheet)?;
        let mut shared: HashMap<*const u8, Arc<str>> = HashMap::new();
        while let Some(cell) = cells.next_cell().map_err(not_a_spreadsheet)? {
            let (row, column) = cell.get_position();
            let value = match cell.get_value() {
                DataRef::SharedString(text) => {
                    Cell::Text(shared.entry(text.as_ptr()).or_insert_with(|| Arc::from(*text)).clone())
                }
                other => from_calamine(other),
            };
            put(&mut sheet, row as usize, column as usize, value);
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn read_ranges(workbook: &mut Sheets<Cursor<Vec<u8>>>) -> Result<Vec<Sheet>, ReadProblem> {
    let mut sheets = Vec::new();
    for name in workbook.sheet_names() {
        let range = workbook.worksheet_range(&name).map_err(not_a_spreadsheet)?;
        let mut sheet = Sheet { name, rows: Vec::new() };
        let (first_row, first_column) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let (row, column) = (row + first_row as usize, column + first_column as usize);
            put(&mut sheet, row, column, from_calamine::<Data>(value));
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn put(sheet: &mut Sheet, row: usize, column: usize, value: Cell) {
    if matches!(value, Cell::Empty) || column >= WIDEST {
        return;
    }
    if sheet.rows.len() <= row {
        sheet.rows.resize_with(row + 1, Vec::new);
    }
    let Some(cells) = sheet.rows.get_mut(row) else { return };
    if cells.len() <= column {
        cells.resize(column + 1, Cell::Empty);
    }
    if let Some(cell) = cells.get_mut(column) {
        *cell = value;
    }
}

fn from_calamine<D: DataType>(value: &D) -> Cell {
    if let Some(datetime) = value.get_datetime() {
        return day_of(datetime).map_or(Cell::Number(datetime.as_f64()), Cell::Day);
    }
    if let Some(iso) = value.get_datetime_iso() {
        let day = iso.get(..10).and_then(Day::from_iso);
        return day.map_or_else(|| Cell::Text(iso.into()), Cell::Day);
    }
    if let Some(number) = value.get_float() {
        return Cell::Number(number);
    }
    if let Some(number) = value.get_int() {
        // Spreadsheets hold no whole number that a double cannot.
        return number.to_string().parse().map_or(Cell::Empty, Cell::Number);
    }
    if let Some(yes) = value.get_bool() {
        return Cell::Text(if yes { "x" } else { "" }.into());
    }
    value.get_string().filter(|text| !text.is_empty()).map_or(Cell::Empty, |text| Cell::Text(text.into()))
}

fn day_of(datetime: ExcelDateTime) -> Option<Day> {
    if !datetime.is_datetime() {
        return None;
    }
    let (year, month, day, ..) = datetime.to_ymd_hms_milli();
    Day::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}
