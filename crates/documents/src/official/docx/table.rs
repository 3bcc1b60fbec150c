//! Tables: fixed columns, the head repeated on every page, rows never torn.

use std::fmt::Write;

use super::xml::{paragraph, runs, tab_stops, twips};
use crate::official::model::{Align, Table, TableCell};

const RULES: &str = include_str!("static/rules.xml");

/// A table of `width` twips.
pub(super) fn table(table: &Table, width: u32) -> String {
    let widths = column_widths(table, width);
    let mut out = begin(&widths, if table.bare { "" } else { RULES });
    for (number, row) in table.rows.iter().enumerate() {
        let is_head = number < table.head_rows;
        let repeat = if is_head { "<w:tblHeader/>" } else { "" };
        let height = if is_head || table.row_height == 0 {
            String::new()
        } else {
            format!("<w:trHeight w:val=\"{}\" w:hRule=\"atLeast\"/>", twips(table.row_height))
        };
        let _ = write!(out, "<w:tr><w:trPr><w:cantSplit/>{height}{repeat}</w:trPr>");
        let mut column = 0;
        while column < widths.len() {
            if let Some(here) = row.cells.iter().find(|cell| cell.column == column) {
                out.push_str(&cell(table, here, &widths, is_head));
                column += here.colspan.max(1);
            } else if let Some(above) = cell_over(table, number, column) {
                let wide = span_width(&widths, above.column, above.colspan);
                let properties = cell_properties(wide, above.colspan, "<w:vMerge/>");
                let _ = write!(out, "<w:tc>{properties}{}</w:tc>", paragraph("VuonCell", "", ""));
                column = above.column + above.colspan.max(1);
            } else {
                column += 1;
            }
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
    out
}

/// The opening of a table with its grid; `look` is what its properties say besides the width.
pub(super) fn begin(widths: &[u32], look: &str) -> String {
    let mut grid = String::new();
    for width in widths {
        let _ = write!(grid, "<w:gridCol w:w=\"{width}\"/>");
    }
    let total: u32 = widths.iter().sum();
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{total}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>{look}</w:tblPr>\
         <w:tblGrid>{grid}</w:tblGrid>"
    )
}

pub(super) fn cell_properties(width: u32, colspan: usize, merge: &str) -> String {
    let span = if colspan > 1 { format!("<w:gridSpan w:val=\"{colspan}\"/>") } else { String::new() };
    format!("<w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{span}{merge}<w:vAlign w:val=\"center\"/></w:tcPr>")
}

fn cell(table: &Table, cell: &TableCell, widths: &[u32], is_head: bool) -> String {
    let width = span_width(widths, cell.column, cell.colspan);
    let merge = if cell.rowspan > 1 { "<w:vMerge w:val=\"restart\"/>" } else { "" };
    let align = match table.columns.get(cell.column).map(|column| column.align) {
        _ if is_head => "center",
        Some(Align::Center) => "center",
        Some(Align::Right) => "right",
        _ => "left",
    };
    let tabs = tab_stops(&cell.runs, width.saturating_sub(120));
    let properties = format!("{tabs}<w:spacing w:before=\"30\" w:after=\"30\"/><w:jc w:val=\"{align}\"/>");
    let words = paragraph("VuonCell", &properties, &runs(&cell.runs, Some(table.size)));
    format!("<w:tc>{}{words}</w:tc>", cell_properties(width, cell.colspan, merge))
}

/// The cell of an earlier row that reaches down into this place.
fn cell_over(table: &Table, row: usize, column: usize) -> Option<&TableCell> {
    let earlier = table.rows.iter().take(row).enumerate().rev();
    let mut cells = earlier.flat_map(|(at, row)| row.cells.iter().map(move |cell| (at, cell)));
    cells
        .find(|(at, cell)| at + cell.rowspan > row && (cell.column..cell.column + cell.colspan).contains(&column))
        .map(|(_, cell)| cell)
}

fn column_widths(table: &Table, width: u32) -> Vec<u32> {
    let all: u32 = table.columns.iter().map(|column| column.weight).sum();
    table.columns.iter().map(|column| width * column.weight / all.max(1)).collect()
}

fn span_width(widths: &[u32], from: usize, span: usize) -> u32 {
    widths.iter().skip(from).take(span.max(1)).sum()
}
