//! The rows set aside, as they came, each with its reasons; mended, the file re-imports.

use std::collections::BTreeMap;
use std::io::{Seek, Write};

use domain::review::list::{Cell, Fault, FaultLevel, ListHousehold, ReadList, Sheet};
use rust_xlsxwriter::{Format, FormatBorder, Workbook, Worksheet, XlsxError};

use super::sheet::{lay_out, width_of};
use super::sheet_name;
use super::words::fault_words;

/// Characters of a column that the program does not know.
const OTHER_WIDTH: f64 = 12.0;
const REASON: &str = "Lý do để riêng";

/// Writes every rejected household with all its rows. Sheets and headers are those of the file.
pub fn write_aside<W: Write + Seek + Send>(sheets: &[Sheet], read: &ReadList, to: W) -> Result<(), XlsxError> {
    let mut workbook = Workbook::new();
    let mut by_row: BTreeMap<(usize, usize), Vec<&Fault>> = BTreeMap::new();
    for fault in &read.faults {
        by_row.entry((fault.sheet, fault.row)).or_default().push(fault);
    }
    for (at, columns) in &read.columns {
        let Some(source) = sheets.get(*at) else { continue };
        let sheet = workbook.add_worksheet();
        sheet.set_name(sheet_name(&source.name))?;
        let head = Format::new().set_bold().set_text_wrap().set_border(FormatBorder::Thin);
        lay_out(sheet, 0)?;
        for (column, header) in (0u16..).zip(&columns.headers) {
            let field = columns.at.iter().find(|(_, at)| **at == usize::from(column)).map(|(field, _)| field);
            sheet.set_column_width(column, field.map_or(OTHER_WIDTH, width_of))?;
            sheet.write_with_format(0, column, header, &head)?;
        }
        let reason_column = u16::try_from(columns.headers.len()).unwrap_or(u16::MAX - 1);
        sheet.write_with_format(0, reason_column, REASON, &head)?;
        sheet.set_column_width(reason_column, 80)?;
        let wrapped = Format::new().set_text_wrap();
        let mut out = 1u32;
        for household in rejected_of(read, at + 1) {
            for member in &household.members {
                write_row(sheet, out, source, member.row - 1)?;
                let reasons = by_row.get(&(at + 1, member.row)).map(|f| reasons_of(f)).unwrap_or_default();
                sheet.write_string_with_format(out, reason_column, reasons, &wrapped)?;
                out += 1;
            }
        }
        sheet.set_freeze_panes(1, 0)?;
    }
    workbook.save_to_writer(to)
}

fn rejected_of(read: &ReadList, sheet: usize) -> impl Iterator<Item = &ListHousehold> {
    let escaped = read.escaped.iter().map(|e| &e.household);
    read.households.iter().chain(escaped).filter(move |h| h.rejected && h.sheet == sheet)
}

/// Reasons that set the household aside come first.
fn reasons_of(faults: &[&Fault]) -> String {
    let mut faults: Vec<&&Fault> = faults.iter().collect();
    faults.sort_by_key(|f| f.level() != FaultLevel::Reject);
    faults.iter().map(|f| format!("{}: {}", f.column, fault_words(f))).collect::<Vec<_>>().join(" · ")
}

fn write_row(sheet: &mut Worksheet, to: u32, source: &Sheet, row: usize) -> Result<(), XlsxError> {
    let Some(cells) = source.rows.get(row) else { return Ok(()) };
    for (column, cell) in (0u16..).zip(cells) {
        match cell {
            Cell::Empty => {}
            Cell::Text(text) => {
                sheet.write_string(to, column, text.as_ref())?;
            }
            Cell::Number(number) => {
                // Numbers of papers are long; a spreadsheet would show 4.21E+10.
                let whole = Format::new().set_num_format(if number.fract() == 0.0 { "0" } else { "General" });
                sheet.write_number_with_format(to, column, *number, &whole)?;
            }
            Cell::Day(day) => {
                sheet.write_string(to, column, day.to_string())?;
            }
        }
    }
    Ok(())
}
