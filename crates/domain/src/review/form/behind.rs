//! What one number of a form is made of: the households that add to it, the totals of villages, or the columns it is divided
//! from. Counts nothing anew: what is behind a number adds up to it. Start with [`MadeOf`].

use kernel::VillageId;
use norms::{Area, Basis, Column, Dated, FormLayout, Measure, Rulebook};

use super::counter::{Contribution, LineFates};
use super::tally::bases_of;
use super::{Cell, Form, RowKey};
use crate::review::line::Line;
use crate::review::movement::Fate;

/// A household behind a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Adding<'a> {
    pub line: &'a Line,
    pub fate: Fate<'a>,
    pub adds: Contribution,
}

/// A village with the row of a form it is counted in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VillageAt {
    pub village: VillageId,
    pub key: String,
    /// `None`: its commune is neither urban nor rural.
    pub area: Option<Area>,
}

/// What a number is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MadeOf<'a> {
    Households(Vec<Adding<'a>>),
    /// The villages whose totals are added up, with a total or without.
    Villages(Vec<VillageId>),
    /// A rate: what is divided and by what, in the same row.
    Columns(Vec<(Column, Cell)>),
}

/// What makes the number of a column in a row of a form.
pub fn made_of<'a>(
    form: &Form,
    (column, row): (&Column, &RowKey),
    fates: &LineFates<'a>,
    villages: &[VillageAt],
) -> MadeOf<'a> {
    let layout = &form.layout.value;
    match &column.measure {
        Measure::Rate { of, per } => {
            let part = |id: &String| Some((layout.column(id)?.clone(), form.cell(row, id)?));
            MadeOf::Columns([of, per].into_iter().filter_map(part).collect())
        }
        Measure::Population { .. } => {
            let counted = villages.iter().filter(|at| is_in(row, at.area, &at.key));
            MadeOf::Villages(counted.map(|at| at.village).collect())
        }
        _ => MadeOf::Households(rows_behind(layout, &column.id, row, fates)),
    }
}

/// Whether something of this area and unit stands in a row. Without an area it is in the total and in the unit.
fn is_in(row: &RowKey, of: Option<Area>, unit: &str) -> bool {
    match row {
        RowKey::Total => true,
        RowKey::Area(area) => of == Some(*area),
        RowKey::Unit { area, key } => unit == key && of.is_none_or(|of| of == *area),
    }
}

/// The households behind one number, each with what it adds. A derived column opens onto the columns it is made of.
pub fn rows_behind<'a>(layout: &FormLayout, column: &str, row: &RowKey, fates: &LineFates<'a>) -> Vec<Adding<'a>> {
    let measures: Vec<&Measure> = columns_behind(layout, column, 0).into_iter().map(|c| &c.measure).collect();
    let mut found = Vec::new();
    for (line, fate) in fates.iter().filter(|(line, _)| is_in(row, Some(line.area), &line.below)) {
        let adds = measures.iter().map(|measure| fates.contribution(measure, line, fate)).fold(NOTHING, together);
        if adds != NOTHING {
            found.push(Adding { line, fate, adds });
        }
    }
    found
}

const NOTHING: Contribution = Contribution::Count(0);

fn together(one: Contribution, other: Contribution) -> Contribution {
    match (one, other) {
        (Contribution::Count(a), Contribution::Count(b)) => Contribution::Count(a + b),
        (gap @ Contribution::Gap(_), _) | (_, gap) => gap,
    }
}

/// The counted columns that a column goes back to; of a rate, what is divided.
fn columns_behind<'l>(layout: &'l FormLayout, column: &str, depth: u8) -> Vec<&'l Column> {
    let Some(column) = layout.column(column).filter(|_| depth < 4) else { return Vec::new() };
    match &column.measure {
        Measure::Rate { of, .. } => columns_behind(layout, of, depth + 1),
        Measure::Sum { columns } => columns.iter().flat_map(|id| columns_behind(layout, id, depth + 1)).collect(),
        _ => vec![column],
    }
}

/// What one column stands on, as [`bases_of`] says it of a whole form.
pub fn column_bases(layout: &Dated<FormLayout>, column: &str, rules: &Rulebook) -> Vec<Basis> {
    let columns: Vec<Column> = columns_behind(&layout.value, column, 0).into_iter().cloned().collect();
    if columns.iter().all(|column| matches!(column.measure, Measure::Population { .. })) {
        return vec![layout.basis.clone()];
    }
    let alone = Dated { value: FormLayout { columns, ..layout.value.clone() }, ..layout.clone() };
    bases_of(&alone, rules)
}
