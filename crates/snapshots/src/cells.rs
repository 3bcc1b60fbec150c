//! `forms.parquet`: every printed number of the year's forms as it stood, so that a replay can be held beside it.

use domain::review::form::{Cell, Form, Gap, RowKey};

use crate::around::each;
use crate::fault::SnapshotFault;
use crate::table::{Column, Table, text};

pub(crate) const FORMS: &str = "forms.parquet";

/// One printed number: where it stands and what it says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FrozenCell {
    /// `7.1`
    pub form: String,
    /// `total`, `rural`, `rural/18553`.
    pub row: String,
    /// Id of the column in the form's layout.
    pub column: String,
    /// `12`, `14527/383300`, `-` where there is nothing to divide by, `gap:marks:3` where no number can be told.
    pub says: String,
}

/// All numbers of some forms, in the order of the paper.
pub fn frozen(forms: &[&Form]) -> Vec<FrozenCell> {
    let mut cells = Vec::new();
    for form in forms {
        let layout = &form.layout.value;
        for row in &form.rows {
            for (column, cell) in layout.columns.iter().zip(&row.cells) {
                cells.push(FrozenCell {
                    form: layout.number.clone(),
                    row: row_words(&row.key),
                    column: column.id.clone(),
                    says: says(*cell),
                });
            }
        }
    }
    cells
}

fn row_words(key: &RowKey) -> String {
    match key {
        RowKey::Total => "total".to_owned(),
        RowKey::Area(area) => area.id().to_owned(),
        RowKey::Unit { area, key } => format!("{}/{key}", area.id()),
    }
}

fn says(cell: Cell) -> String {
    match cell {
        Cell::Count(n) => n.to_string(),
        Cell::Rate(Some(rate)) => format!("{}/{}", rate.numerator, rate.denominator),
        Cell::Rate(None) => "-".to_owned(),
        Cell::Gap(Gap::Population { villages }) => format!("gap:population:{villages}"),
        Cell::Gap(Gap::PreviousList) => "gap:previous_list".to_owned(),
        Cell::Gap(Gap::Marks { households }) => format!("gap:marks:{households}"),
        Cell::Gap(Gap::Unclassified { households }) => format!("gap:unclassified:{households}"),
        Cell::Gap(Gap::Vanished { households }) => format!("gap:vanished:{households}"),
        Cell::Gap(Gap::NoMovement { households }) => format!("gap:no_movement:{households}"),
        Cell::Gap(Gap::Ages { households }) => format!("gap:ages:{households}"),
        Cell::Gap(Gap::Area) => "gap:area".to_owned(),
    }
}

pub(crate) fn cell_columns(cells: &[FrozenCell]) -> Vec<Column> {
    vec![
        text("form", cells.iter().map(|cell| Some(&cell.form))),
        text("row", cells.iter().map(|cell| Some(&cell.row))),
        text("column", cells.iter().map(|cell| Some(&cell.column))),
        text("says", cells.iter().map(|cell| Some(&cell.says))),
    ]
}

pub(crate) fn read_cells(table: &Table) -> Result<Vec<FrozenCell>, SnapshotFault> {
    let mut cells = Vec::new();
    each(table, |row| {
        let (form, of_row, column, says) = (row.owned()?, row.owned()?, row.owned()?, row.owned()?);
        cells.push(FrozenCell {
            form: row.must(form)?,
            row: row.must(of_row)?,
            column: row.must(column)?,
            says: row.must(says)?,
        });
        Ok(())
    })?;
    Ok(cells)
}
