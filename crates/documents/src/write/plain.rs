//! Plain tables: rows to hand over, empty layouts to fill in.

use std::io::{Seek, Write};

use rust_xlsxwriter::{Format, FormatBorder, Workbook, XlsxError};

use super::sheet_name;

/// One sheet: lines above, a header row, rows of text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlainTable {
    pub name: String,
    /// Title, unit, day, marks; one a line.
    pub above: Vec<String>,
    pub headers: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// Writes each table as a sheet; the header stays in sight and is printed on every page.
pub fn write_tables<W: Write + Seek + Send>(tables: &[PlainTable], to: W) -> Result<(), XlsxError> {
    let mut workbook = Workbook::new();
    let head = Format::new().set_bold().set_text_wrap().set_border(FormatBorder::Thin);
    let title = Format::new().set_bold();
    let cell = Format::new().set_border(FormatBorder::Thin).set_text_wrap();
    for table in tables {
        let sheet = workbook.add_worksheet();
        sheet.set_name(sheet_name(&table.name))?;
        let mut row = 0u32;
        for line in &table.above {
            sheet.write_string_with_format(row, 0, line, &title)?;
            row += 1;
        }
        for (column, header) in (0u16..).zip(&table.headers) {
            sheet.write_string_with_format(row, column, header, &head)?;
            sheet.set_column_width(column, 24)?;
        }
        sheet.set_freeze_panes(row + 1, 0)?;
        sheet.set_repeat_rows(row, row)?;
        for cells in &table.rows {
            row += 1;
            for (column, text) in (0u16..).zip(cells) {
                sheet.write_string_with_format(row, column, text, &cell)?;
            }
        }
    }
    workbook.save_to_writer(to)
}
