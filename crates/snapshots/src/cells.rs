//! `forms.parquet`: every printed number of the year's forms as it stood, so that a replay can be held beside it.

use domain::review::form::{Cell, Form, Gap, Row, RowKey};
use kernel::Rate;
use norms::{Area, Dated, FormLayout};

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
        Cell::Gap(Gap::NoList) => "gap:no_list".to_owned(),
        Cell::Gap(Gap::Unlisted { communes }) => format!("gap:unlisted:{communes}"),
        Cell::Gap(Gap::UnlistedBefore { communes }) => format!("gap:unlisted_before:{communes}"),
    }
}

/// A form as it was frozen, to be held beside another year's; what the layout has no column for is left out.
pub(crate) fn thawed(cells: &[FrozenCell], layout: &Dated<FormLayout>) -> Form {
    let columns = &layout.value.columns;
    let mut rows: Vec<Row> = Vec::new();
    for frozen in cells.iter().filter(|frozen| frozen.form == layout.value.number) {
        let Some(key) = row_key(&frozen.row) else { continue };
        let Some(at) = columns.iter().position(|column| column.id == frozen.column) else { continue };
        let place = rows.iter().position(|row| row.key == key).unwrap_or_else(|| {
            rows.push(Row { key, label: String::new(), cells: vec![Cell::Count(0); columns.len()] });
            rows.len() - 1
        });
        if let Some(cell) = rows.get_mut(place).and_then(|row| row.cells.get_mut(at)) {
            *cell = said(&frozen.says);
        }
    }
    Form { layout: layout.clone(), rows, gaps: Vec::new() }
}

fn row_key(words: &str) -> Option<RowKey> {
    match words.split_once('/') {
        None if words == "total" => Some(RowKey::Total),
        None => Area::from_id(words).map(RowKey::Area),
        Some((area, key)) => Some(RowKey::Unit { area: Area::from_id(area)?, key: key.to_owned() }),
    }
}

/// The other way round than [`says`]; what cannot be read is nothing to hold a number against.
fn said(words: &str) -> Cell {
    if let Ok(n) = words.parse() {
        return Cell::Count(n);
    }
    if let Some((numerator, denominator)) = words.split_once('/') {
        let parsed = numerator.parse().ok().zip(denominator.parse().ok());
        return Cell::Rate(parsed.and_then(|(of, per)| Rate::of(of, per)));
    }
    let mut parts = words.split(':').skip(1);
    let (kind, n) = (parts.next().unwrap_or_default(), parts.next().and_then(|n| n.parse().ok()).unwrap_or(0));
    match kind {
        "population" => Cell::Gap(Gap::Population { villages: n }),
        "marks" => Cell::Gap(Gap::Marks { households: n }),
        "unclassified" => Cell::Gap(Gap::Unclassified { households: n }),
        "vanished" => Cell::Gap(Gap::Vanished { households: n }),
        "no_movement" => Cell::Gap(Gap::NoMovement { households: n }),
        "ages" => Cell::Gap(Gap::Ages { households: n }),
        "area" => Cell::Gap(Gap::Area),
        "no_list" => Cell::Gap(Gap::NoList),
        "unlisted" => Cell::Gap(Gap::Unlisted { communes: n }),
        "unlisted_before" => Cell::Gap(Gap::UnlistedBefore { communes: n }),
        "previous_list" => Cell::Gap(Gap::PreviousList),
        _ => Cell::Rate(None),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_cell_says_is_read_back_as_that_cell() {
        let gaps = [
            Gap::Population { villages: 3 },
            Gap::PreviousList,
            Gap::Marks { households: 4 },
            Gap::Unclassified { households: 5 },
            Gap::Vanished { households: 6 },
            Gap::NoMovement { households: 7 },
            Gap::Ages { households: 8 },
            Gap::Area,
            Gap::NoList,
            Gap::Unlisted { communes: 9 },
            Gap::UnlistedBefore { communes: 10 },
        ];
        let others = [Cell::Count(0), Cell::Count(14_527), Cell::Rate(None), Cell::Rate(Rate::of(14_527, 383_300))];
        for cell in gaps.map(Cell::Gap).into_iter().chain(others) {
            assert_eq!(said(&says(cell)), cell, "{}", says(cell));
        }
        let unit = RowKey::Unit { area: Area::Rural, key: "18553".to_owned() };
        for key in [RowKey::Total, RowKey::Area(Area::Urban), unit] {
            assert_eq!(row_key(&row_words(&key)), Some(key));
        }
    }
}
