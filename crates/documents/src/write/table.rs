//! A plain table for the office's own use: one sheet, or CSV with the same cells. Carries the marks of sample data.

use std::io::{Seek, Write};

use rust_xlsxwriter::{Format, FormatBorder, Workbook, XlsxError};

use super::{SAMPLE_MARK, sheet_name};

/// A cell: words, or a number that is counted on.
#[derive(Debug, Clone, PartialEq)]
pub enum TableCell {
    Text(String),
    Number(i64),
    /// A share or a mean, to four places; empty where there is none.
    Real(Option<f64>),
}

/// A table ready for paper.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TablePaper {
    pub title: String,
    /// Where the numbers are from, line by line.
    pub notes: Vec<String>,
    pub is_sample: bool,
    pub heads: Vec<String>,
    pub rows: Vec<Vec<TableCell>>,
}

/// Writes the table as a workbook of one sheet.
pub fn write_table<W: Write + Seek + Send>(paper: &TablePaper, to: W) -> Result<(), XlsxError> {
    const FONT: &str = "Times New Roman";
    let boxed = Format::new().set_border(FormatBorder::Thin).set_font_name(FONT);
    let (strong, title) = (boxed.clone().set_bold().set_text_wrap(), Format::new().set_bold().set_font_size(14));
    let number = boxed.clone().set_num_format("#,##0");
    let real = boxed.clone().set_num_format("0.0000");
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(sheet_name(&paper.title))?;
    sheet.write_with_format(0, 0, &paper.title, &title.set_font_name(FONT))?;
    let mut row = 1;
    for note in paper.is_sample.then_some(SAMPLE_MARK).into_iter().chain(paper.notes.iter().map(String::as_str)) {
        sheet.write(row, 0, note)?;
        row += 1;
    }
    row += 1;
    for (at, head) in (0..).zip(&paper.heads) {
        sheet.write_with_format(row, at, head, &strong)?;
        sheet.set_column_width(at, 22)?;
    }
    for (down, cells) in (1..).zip(&paper.rows) {
        for (at, cell) in (0..).zip(cells) {
            match cell {
                TableCell::Text(text) => sheet.write_with_format(row + down, at, text, &boxed)?,
                #[expect(clippy::cast_precision_loss, reason = "a spreadsheet holds numbers as floating point")]
                TableCell::Number(n) => sheet.write_with_format(row + down, at, *n as f64, &number)?,
                TableCell::Real(Some(n)) => sheet.write_with_format(row + down, at, *n, &real)?,
                TableCell::Real(None) => sheet.write_blank(row + down, at, &boxed)?,
            };
        }
    }
    workbook.save_to_writer(to)
}

/// Writes the same cells as CSV, with the head row first; a mark of sample data stands in a column of its own.
pub fn write_table_csv(paper: &TablePaper, to: impl Write) -> Result<(), csv::Error> {
    let mut writer = csv::Writer::from_writer(to);
    let mark = paper.is_sample.then_some(SAMPLE_MARK);
    writer.write_record(paper.heads.iter().map(String::as_str).chain(mark))?;
    for cells in &paper.rows {
        let texts: Vec<String> = cells
            .iter()
            .map(|cell| match cell {
                TableCell::Text(text) => text.clone(),
                TableCell::Number(n) => n.to_string(),
                TableCell::Real(n) => n.map(|n| n.to_string()).unwrap_or_default(),
            })
            .collect();
        writer.write_record(texts.iter().map(String::as_str).chain(mark))?;
    }
    writer.flush()?;
    Ok(())
}
