//! The report forms as a workbook: a sheet a form, its checks beneath, and what it stands on.

use std::io::{Seek, Write};

use domain::review::form::{Cell, CheckResult, Form, RowKey, may_be_official};
use kernel::group_thousands;
use norms::{Column, FormLayout};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::words::{area_words, gap_words, left_over_words, outcome_words};
use super::{NOT_ENOUGH, PaperMarks, SAMPLE_MARK, UNCONFIRMED_MARK};

/// A form with its checks, ready for paper.
#[derive(Debug)]
pub struct FormPaper<'a> {
    pub form: &'a Form,
    pub checks: &'a [CheckResult],
    pub marks: PaperMarks,
}

/// Writes the workbook, one sheet a form.
pub fn write_forms<W: Write + Seek + Send>(papers: &[FormPaper<'_>], to: W) -> Result<(), XlsxError> {
    let mut workbook = Workbook::new();
    for paper in papers {
        let sheet = workbook.add_worksheet();
        sheet.set_name(format!("Mau {}", paper.form.layout.value.number))?;
        sheet.set_landscape();
        sheet.set_paper_size(9);
        sheet.set_print_fit_to_pages(1, 0);
        write_form(sheet, paper)?;
    }
    workbook.save_to_writer(to)
}

struct Formats {
    title: Format,
    head: Format,
    label: Format,
    strong: Format,
    number: Format,
    strong_number: Format,
    gap: Format,
    check: Format,
}

impl Formats {
    fn new() -> Self {
        let boxed = Format::new().set_border(FormatBorder::Thin).set_font_name("Times New Roman");
        let number = boxed.clone().set_align(FormatAlign::Right).set_num_format("#,##0");
        Self {
            title: Format::new().set_bold().set_font_size(14).set_font_name("Times New Roman"),
            head: boxed
                .clone()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter),
            gap: boxed.clone().set_italic().set_font_size(8).set_align(FormatAlign::Center).set_shrink(),
            check: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            label: boxed.clone(),
            strong: boxed.set_bold(),
            strong_number: number.clone().set_bold(),
            number,
        }
    }
}

fn write_form(sheet: &mut Worksheet, paper: &FormPaper<'_>) -> Result<(), XlsxError> {
    let formats = Formats::new();
    let layout = &paper.form.layout.value;
    let marks = &paper.marks;
    sheet.write_with_format(0, 0, &marks.authority, &formats.title)?;
    sheet.write_with_format(1, 0, format!("Mẫu {}. {}", layout.number, layout.title.vi), &formats.title)?;
    sheet.write(2, 0, format!("{} · Năm {}", marks.unit, marks.year))?;
    sheet.write(3, 0, standing(paper))?;
    write_head(sheet, layout, &formats)?;
    let mut row = 6u32;
    for entry in &paper.form.rows {
        let is_strong = !matches!(entry.key, RowKey::Unit { .. });
        let label_format = if is_strong { &formats.strong } else { &formats.label };
        sheet.write_with_format(row, 0, numeral(&entry.key), label_format)?;
        sheet.write_with_format(row, 1, row_label(&entry.key, &entry.label), label_format)?;
        let printed = layout.columns.iter().zip(&entry.cells).filter(|(column, _)| !column.hidden);
        for (column, (_, cell)) in (2u16..).zip(printed) {
            let format = if is_strong { &formats.strong_number } else { &formats.number };
            let format = if matches!(cell, Cell::Gap(_)) { &formats.gap } else { format };
            write_cell(sheet, (row, column), *cell, format)?;
        }
        row += 1;
    }
    write_foot(sheet, row + 1, paper, &formats)
}

/// One line above the table: sample, official or not, unconfirmed values.
fn standing(paper: &FormPaper<'_>) -> String {
    let mut parts = Vec::new();
    if paper.marks.sample {
        parts.push(SAMPLE_MARK.to_owned());
    }
    let official = may_be_official(paper.form, paper.checks)
        && paper.marks.unconfirmed.is_empty()
        && !paper.marks.sample
        && paper.marks.by_units.is_none();
    if let Some(on) = paper.marks.by_units {
        parts.push(format!("Theo đơn vị hành chính ngày {on}"));
    }
    let standing =
        if official { "Đủ điều kiện lập chính thức" } else { "Chưa phải bản chính thức" };
    parts.push(paper.marks.version.clone().unwrap_or_else(|| standing.to_owned()));
    if !paper.form.gaps.is_empty() {
        let gaps: Vec<String> = paper.form.gaps.iter().map(|g| gap_words(*g)).collect();
        parts.push(format!("{NOT_ENOUGH}: {}", gaps.join("; ")));
    }
    if !paper.marks.unconfirmed.is_empty() {
        parts.push(format!("{UNCONFIRMED_MARK}: {}", paper.marks.unconfirmed.join("; ")));
    }
    parts.extend(paper.marks.notes.iter().cloned());
    parts.join(" · ")
}

fn write_head(sheet: &mut Worksheet, layout: &FormLayout, formats: &Formats) -> Result<(), XlsxError> {
    sheet.merge_range(4, 0, 5, 0, "TT", &formats.head)?;
    sheet.merge_range(4, 1, 5, 1, "Khu vực, đơn vị", &formats.head)?;
    sheet.set_column_width(0, 5)?;
    sheet.set_column_width(1, 30)?;
    // Headings take up to three lines, the words under them two.
    sheet.set_row_height(4, 48)?;
    sheet.set_row_height(5, 32)?;
    let columns: Vec<&Column> = layout.columns.iter().filter(|c| !c.hidden).collect();
    let mut at = 0usize;
    while let Some(column) = columns.get(at) {
        let first = u16::try_from(at + 2).unwrap_or(u16::MAX);
        let same = |other: &&&Column| other.heading.is_some() && other.heading == column.heading;
        let width = columns.iter().skip(at).take_while(same).count().max(1);
        let last = first + u16::try_from(width - 1).unwrap_or(0);
        match &column.heading {
            Some(heading) if width > 1 => {
                sheet.merge_range(4, first, 4, last, &heading.vi, &formats.head)?;
            }
            Some(heading) => {
                sheet.write_with_format(4, first, &heading.vi, &formats.head)?;
            }
            None => {
                sheet.merge_range(4, first, 5, first, &column.label.vi, &formats.head)?;
            }
        }
        if column.heading.is_some() {
            for (column_at, column) in (first..).zip(columns.iter().skip(at).take(width)) {
                sheet.write_with_format(5, column_at, &column.label.vi, &formats.head)?;
            }
        }
        at += width;
    }
    sheet.set_repeat_rows(4, 5)?;
    sheet.set_freeze_panes(6, 2)?;
    Ok(())
}

fn write_cell(sheet: &mut Worksheet, (row, column): (u32, u16), cell: Cell, format: &Format) -> Result<(), XlsxError> {
    match cell {
        // Counts of people fit a double exactly.
        Cell::Count(n) => sheet.write_number_with_format(row, column, n.to_string().parse().unwrap_or(0.0), format)?,
        Cell::Rate(Some(rate)) => {
            let percent = rate.percent_hundredths().to_string().parse::<f64>().unwrap_or(0.0) / 100.0;
            sheet.write_number_with_format(row, column, percent, &format.clone().set_num_format("0.00"))?
        }
        Cell::Rate(None) => sheet.write_with_format(row, column, "–", format)?,
        Cell::Gap(_) => sheet.write_with_format(row, column, NOT_ENOUGH, format)?,
    };
    Ok(())
}

fn numeral(key: &RowKey) -> &'static str {
    match key {
        RowKey::Area(norms::Area::Urban) => "I",
        RowKey::Area(norms::Area::Rural) => "II",
        RowKey::Total => "III",
        RowKey::Unit { .. } => "",
    }
}

fn row_label(key: &RowKey, label: &str) -> String {
    match key {
        RowKey::Area(area) => area_words(*area).to_owned(),
        RowKey::Total => "Tổng cộng".to_owned(),
        RowKey::Unit { key, .. } => left_over_words(key).unwrap_or(label).to_owned(),
    }
}

fn write_foot(sheet: &mut Worksheet, first: u32, paper: &FormPaper<'_>, formats: &Formats) -> Result<(), XlsxError> {
    let mut row = first;
    let bold = Format::new().set_bold();
    if !paper.checks.is_empty() {
        sheet.write_with_format(row, 1, "Kiểm tra", &bold)?;
        row += 1;
    }
    for result in paper.checks {
        let (word, why) = outcome_words(&result.outcome);
        sheet.set_row_height(row, 30)?;
        sheet.write_with_format(row, 1, &result.check.label.vi, &formats.check)?;
        sheet.write_with_format(row, 2, word, &formats.check)?;
        sheet.write(row, 3, why)?;
        row += 1;
    }
    row += 1;
    sheet.write(row, 1, basis_words(paper))?;
    row += 2;
    for (column, signature) in (1u16..).step_by(4).zip(&paper.form.layout.value.signatures) {
        sheet.write_with_format(row, column, &signature.vi, &bold)?;
    }
    Ok(())
}

fn basis_words(paper: &FormPaper<'_>) -> String {
    let basis = &paper.form.layout.basis;
    match &basis.citation {
        Some(citation) => {
            let article = citation.article.as_deref().map(|a| format!(", {a}")).unwrap_or_default();
            format!("Căn cứ: {}{article}", citation.act)
        }
        None => format!("Căn cứ: {} ({UNCONFIRMED_MARK})", basis.label.vi),
    }
}

/// The printed form of a cell, for pages.
pub fn cell_text(cell: Cell) -> String {
    match cell {
        Cell::Count(n) => group_thousands(n),
        Cell::Rate(Some(rate)) => rate.percent(),
        Cell::Rate(None) => "–".to_owned(),
        Cell::Gap(_) => NOT_ENOUGH.to_owned(),
    }
}
