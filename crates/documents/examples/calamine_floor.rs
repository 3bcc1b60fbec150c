//! What reading a workbook costs with nothing but the calamine crate: the floor `make bench` holds `vuon review run` against.
//! Reads every sheet whole and counts; never looks at a cell's meaning.

use std::{env, error::Error};

use calamine::{Reader, open_workbook_auto};

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args().nth(1).ok_or("usage: calamine_floor FILE.xlsx")?;
    let mut book = open_workbook_auto(path)?;
    let (mut rows, mut cells) = (0, 0);
    for (_, sheet) in book.worksheets() {
        rows += sheet.height();
        cells += sheet.used_cells().count();
    }
    println!("{rows} rows, {cells} cells");
    Ok(())
}
