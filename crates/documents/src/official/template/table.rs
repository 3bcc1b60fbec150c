//! `@table 1c 5l 2r size=11` … `@end`: rows begin with `|`, rows of the head with `#`; cells are parted by `|`.
//! A cell `<` belongs to the cell at its left, a cell `^` to the cell above it.

use super::inline::{Look, plain, runs};
use super::lines::Line;
use super::signs::LITERAL;
use crate::official::fault::{PaperFault, Place};
use crate::official::model::{Align, Table, TableCell, TableColumn, TableRow};

/// Letters of a table that does not say its own size, in tenths of a point.
const USUAL_SIZE: u32 = 120;

/// Reads the words after `@table`.
pub(super) fn begin(words: &str, place: &Place) -> Result<Table, PaperFault> {
    let mut table =
        Table { size: USUAL_SIZE, columns: Vec::new(), head_rows: 0, rows: Vec::new(), row_height: 0, bare: false };
    for word in words.split_whitespace() {
        if word == "bare" {
            table.bare = true;
        } else if let Some(size) = word.strip_prefix("size=") {
            table.size = tenths(size).ok_or_else(|| bad_word(word, place))?;
        } else if let Some(height) = word.strip_prefix("height=") {
            table.row_height = tenths(height).ok_or_else(|| bad_word(word, place))?;
        } else {
            table.columns.push(column(word).ok_or_else(|| bad_word(word, place))?);
        }
    }
    if table.columns.is_empty() {
        let vi = "Bảng không có cột nào. Ghi các cột sau @table, ví dụ: @table 1c 5l 2r.";
        let en = "The table has no columns. Write them after @table, like this: @table 1c 5l 2r.";
        return Err(PaperFault::new("PAP-004", vi, en).at(place));
    }
    Ok(table)
}

/// Reads one line between `@table` and `@end`.
pub(super) fn add_row(table: &mut Table, line: &Line) -> Result<(), PaperFault> {
    let (is_head, cells) = match (line.text.strip_prefix('#'), line.text.strip_prefix('|')) {
        (Some(cells), _) => (true, cells),
        (_, Some(cells)) => (false, cells),
        _ => {
            let vi = "Trong bảng, mỗi dòng bắt đầu bằng | hoặc # và bảng kết thúc bằng @end.";
            let en = "Inside a table every line begins with | or #, and the table ends with @end.";
            return Err(PaperFault::new("PAP-004", vi, en).at(&line.place));
        }
    };
    let cells = split_cells(cells);
    let (found, wanted) = (cells.len(), table.columns.len());
    if found != wanted {
        let vi = format!("Dòng có {found} ô, bảng có {wanted} cột. Thêm hoặc bớt ô; ô gộp ghi < hoặc ^.");
        let en = format!("The row has {found} cells, the table {wanted} columns. A joined cell is written < or ^.");
        return Err(PaperFault::new("PAP-005", vi, en).at(&line.place));
    }
    if is_head {
        if table.head_rows != table.rows.len() {
            let vi = "Dòng đầu bảng (#) phải đứng trước mọi dòng khác.";
            let en = "Rows of the head (#) have to stand before all others.";
            return Err(PaperFault::new("PAP-004", vi, en).at(&line.place));
        }
        table.head_rows += 1;
    }
    let row = row(table, &cells, is_head);
    table.rows.push(row);
    Ok(())
}

fn row(table: &mut Table, cells: &[String], is_head: bool) -> TableRow {
    let look = Look { bold: is_head, italic: false };
    let mut row = TableRow { cells: Vec::new() };
    for (column, text) in cells.iter().enumerate() {
        match text.trim() {
            "<" if !row.cells.is_empty() => {
                if let Some(left) = row.cells.last_mut() {
                    left.colspan += 1;
                }
            }
            "^" if grow_above(&mut table.rows, column) => {}
            text => row.cells.push(TableCell { column, colspan: 1, rowspan: 1, runs: runs(text, look) }),
        }
    }
    row
}

/// Lets the cell above reach one row further down.
fn grow_above(rows: &mut [TableRow], column: usize) -> bool {
    let height = rows.len();
    for (at, row) in rows.iter_mut().enumerate().rev() {
        let covers = |cell: &&mut TableCell| (cell.column..cell.column + cell.colspan).contains(&column);
        if let Some(cell) = row.cells.iter_mut().find(covers) {
            if cell.column == column {
                cell.rowspan = height - at + 1;
            }
            return true;
        }
    }
    false
}

fn split_cells(text: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut literal = false;
    for sign in text.chars() {
        if sign == '|' && !literal {
            cells.push(String::new());
        } else if let Some(cell) = cells.last_mut() {
            cell.push(sign);
        }
        literal = !literal && (sign == LITERAL || sign == '\\');
    }
    cells
}

/// `5l`: five shares, at the left.
fn column(word: &str) -> Option<TableColumn> {
    let align = match word.chars().last()? {
        'l' => Align::Left,
        'c' => Align::Center,
        'r' => Align::Right,
        _ => return None,
    };
    let weight = word.get(..word.len() - 1)?;
    Some(TableColumn { weight: tenths(weight)?, align })
}

/// `1.5` is 15.
fn tenths(text: &str) -> Option<u32> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let whole: u32 = whole.parse().ok()?;
    let part: u32 = if part.len() == 1 { part.parse().ok()? } else { return None };
    Some(whole * 10 + part).filter(|tenths| *tenths > 0)
}

fn bad_word(word: &str, place: &Place) -> PaperFault {
    let word = plain(word);
    let vi = format!("Không hiểu «{word}» sau @table. Cột: 5l, 2c, 1.5r; cỡ chữ: size=11; dòng cao (mm): height=8.");
    let en = format!(
        "\"{word}\" after @table is not understood. Columns: 5l, 2c, 1.5r; letters: size=11; rows (mm): height=8."
    );
    PaperFault::new("PAP-004", vi, en).at(place)
}
