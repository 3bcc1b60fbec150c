//! Adds the lines up into the rows of a form: I urban, II rural, III total, and the units below under their area.

use std::collections::HashMap;

use kernel::Rate;
use norms::{Area, Basis, Counted, Dated, FormLayout, Measure, Rulebook};

use super::counter::{Contribution, LineFates};
use super::holes::{Holes, Unlisted};
use super::sum::{Sum, merge_row};
use super::{Cell, Form, Gap, Population, PopulationCount, Row, RowKey, UnitBelow};
use crate::review::indicators::indicator_bases;

/// What households add to the rows of a form, by the unit below and its area, column by column.
pub type Sums = HashMap<(String, Area), Vec<Sum>>;

/// Counts one form.
pub fn tally(
    layout: &Dated<FormLayout>,
    fates: &LineFates<'_>,
    units: &[UnitBelow],
    known: (&Population, &Holes),
) -> Form {
    form_of(layout, (sums_of(&layout.value, fates), fates.has_previous), units, known)
}

/// What the lines add to a form.
pub(super) fn sums_of(layout: &FormLayout, fates: &LineFates<'_>) -> Sums {
    let mut sums = Sums::new();
    for (line, fate) in fates.iter() {
        let cells = row_of(&mut sums, (&line.below, line.area), layout.columns.len());
        for (cell, column) in cells.iter_mut().zip(&layout.columns) {
            cell.add(fates.contribution(&column.measure, line, fate));
        }
    }
    sums
}

fn row_of<'s>(sums: &'s mut Sums, (key, area): (&str, Area), width: usize) -> &'s mut Vec<Sum> {
    sums.entry((key.to_owned(), area)).or_insert_with(|| vec![Sum::default(); width])
}

/// Lays what was counted out as the form, with the population beside it and what keeps it from speaking for the whole unit.
pub(super) fn form_of(
    layout: &Dated<FormLayout>,
    (mut sums, has_previous): (Sums, bool),
    units: &[UnitBelow],
    (population, holes): (&Population, &Holes),
) -> Form {
    let columns = &layout.value.columns;
    for ((key, area), count) in &population.by_unit {
        let cells = row_of(&mut sums, (key, *area), columns.len());
        for (cell, column) in cells.iter_mut().zip(columns) {
            if let Measure::Population { counted } = column.measure {
                cell.add(population_cell(*count, counted));
            }
        }
    }
    for (key, area) in population.without_area.iter().flat_map(|key| Area::BOTH.map(|area| (key, area))) {
        let cells = row_of(&mut sums, (key, area), columns.len());
        for (cell, column) in cells.iter_mut().zip(columns) {
            if matches!(column.measure, Measure::Population { .. }) {
                cell.add(Contribution::Gap(Gap::Area));
            }
        }
    }
    for ((key, area), unlisted) in &holes.unlisted {
        let cells = row_of(&mut sums, (key, *area), columns.len());
        for (cell, column) in cells.iter_mut().zip(columns) {
            add_unlisted(cell, &column.measure, *unlisted);
        }
    }
    let mut rows = lay_out(sums, units, columns.len());
    for row in &mut rows {
        if holes.no_list {
            mark(&layout.value, &mut row.cells, |of| of.this_year, Gap::NoList);
        }
        if !has_previous {
            mark(&layout.value, &mut row.cells, |of| of.last_year, Gap::PreviousList);
        }
        derive(&layout.value, &mut row.cells);
    }
    let gaps = gaps_of(&rows);
    Form { layout: layout.clone(), rows, gaps }
}

fn population_cell(count: PopulationCount, counted: Counted) -> Contribution {
    if count.villages_missing > 0 {
        return Contribution::Gap(Gap::Population { villages: count.villages_missing });
    }
    Contribution::Count(match counted {
        Counted::Households => count.households,
        Counted::Persons => count.persons,
    })
}

/// Which lists a column is counted from.
struct CountedFrom {
    this_year: bool,
    last_year: bool,
}

fn counted_from(measure: &Measure) -> CountedFrom {
    let (this_year, last_year) = match measure {
        Measure::Population { .. } | Measure::Rate { .. } | Measure::Sum { .. } => (false, false),
        Measure::Opening { .. } => (false, true),
        Measure::Moved { .. } | Measure::StayedSize { .. } => (true, true),
        _ => (true, false),
    };
    CountedFrom { this_year, last_year }
}

/// Communes without a list are not communes without poor households.
fn add_unlisted(sum: &mut Sum, measure: &Measure, unlisted: Unlisted) {
    let from = counted_from(measure);
    if from.this_year && unlisted.now > 0 {
        sum.add(Contribution::Gap(Gap::Unlisted { communes: unlisted.now }));
    }
    if from.last_year && unlisted.before > 0 {
        sum.add(Contribution::Gap(Gap::UnlistedBefore { communes: unlisted.before }));
    }
}

/// A row without households cannot say zero either while a whole list is missing.
fn mark(layout: &FormLayout, cells: &mut [Cell], asks: impl Fn(CountedFrom) -> bool, gap: Gap) {
    for (cell, column) in cells.iter_mut().zip(&layout.columns) {
        if asks(counted_from(&column.measure)) {
            *cell = Cell::Gap(gap);
        }
    }
}

/// Area rows with their units under them, then the total.
fn lay_out(mut sums: Sums, units: &[UnitBelow], width: usize) -> Vec<Row> {
    let told = |sums: &[Sum]| sums.iter().map(Sum::cell).collect();
    let nothing = || vec![Sum::default(); width];
    let mut rows = Vec::new();
    let mut total = nothing();
    for area in Area::BOTH {
        let mut of_area = nothing();
        let mut unit_rows = Vec::new();
        for unit in units {
            let found = sums.remove(&(unit.key.clone(), area));
            if found.is_none() && unit.area != Some(area) {
                continue;
            }
            let of_unit = found.unwrap_or_else(nothing);
            merge_row(&mut of_area, &of_unit);
            let key = RowKey::Unit { area, key: unit.key.clone() };
            unit_rows.push(Row { key, label: unit.label.clone(), cells: told(&of_unit) });
        }
        // Units that the list of units does not know are still counted, never dropped.
        let mut strangers: Vec<String> = sums.keys().filter(|(_, a)| *a == area).map(|(key, _)| key.clone()).collect();
        strangers.sort();
        for key in strangers {
            if let Some(of_unit) = sums.remove(&(key.clone(), area)) {
                merge_row(&mut of_area, &of_unit);
                let cells = told(&of_unit);
                unit_rows.push(Row { key: RowKey::Unit { area, key: key.clone() }, label: key, cells });
            }
        }
        merge_row(&mut total, &of_area);
        rows.push(Row { key: RowKey::Area(area), label: String::new(), cells: told(&of_area) });
        rows.append(&mut unit_rows);
    }
    rows.push(Row { key: RowKey::Total, label: String::new(), cells: told(&total) });
    rows
}

/// Fills the columns that are made of other columns of the same row.
fn derive(layout: &FormLayout, cells: &mut [Cell]) {
    let cell_of = |id: &str, cells: &[Cell]| {
        layout.columns.iter().position(|c| c.id == id).and_then(|at| cells.get(at).copied()).unwrap_or(Cell::Count(0))
    };
    for (at, column) in layout.columns.iter().enumerate() {
        let derived = match &column.measure {
            Measure::Sum { columns } => {
                let mut sum = Sum::default();
                for id in columns {
                    match cell_of(id, cells) {
                        Cell::Count(n) => sum.add(Contribution::Count(n)),
                        Cell::Gap(gap) => sum.add(Contribution::Gap(gap)),
                        Cell::Rate(_) => {}
                    }
                }
                sum.cell()
            }
            Measure::Rate { of, per } => match (cell_of(of, cells), cell_of(per, cells)) {
                (Cell::Count(of), Cell::Count(per)) => Cell::Rate(Rate::of(of, per)),
                (Cell::Gap(gap), _) | (_, Cell::Gap(gap)) => Cell::Gap(gap),
                _ => Cell::Rate(None),
            },
            _ => continue,
        };
        if let Some(cell) = cells.get_mut(at) {
            *cell = derived;
        }
    }
}

/// Everything that keeps numbers of a form from being printed, each once.
pub fn gaps_of(rows: &[Row]) -> Vec<Gap> {
    let Some(total) = rows.last() else { return Vec::new() };
    let mut gaps: Vec<Gap> =
        total.cells.iter().filter_map(|c| if let Cell::Gap(gap) = c { Some(*gap) } else { None }).collect();
    gaps.sort();
    gaps.dedup();
    gaps
}

/// Everything a form stands on, for its foot and for what still has to be confirmed.
pub fn bases_of(layout: &Dated<FormLayout>, rules: &Rulebook) -> Vec<Basis> {
    let mut bases = vec![layout.basis.clone(), rules.class_rules.basis.clone(), rules.standard.basis.clone()];
    let mut uses = (false, false, false, false, false);
    for column in &layout.value.columns {
        match &column.measure {
            Measure::Opening { .. } | Measure::Moved { .. } | Measure::StayedSize { .. } => uses.0 = true,
            Measure::Deprived { .. } | Measure::ChildrenDeprived { .. } => uses.1 = true,
            Measure::InGroup { .. } => uses.2 = true,
            Measure::Ethnicity { .. } | Measure::Minority { .. } | Measure::OtherMinority { .. } => uses.3 = true,
            Measure::Cause { .. } => uses.4 = true,
            _ => {}
        }
    }
    let mut add = |used: bool, basis: &Basis| {
        if used {
            bases.push(basis.clone());
        }
    };
    add(uses.0, &rules.movements.basis);
    add(uses.1, &rules.indicators.basis);
    add(uses.2, &rules.groups.basis);
    add(uses.3, &rules.ethnic.basis);
    add(uses.4, &rules.causes.basis);
    if uses.1 {
        bases.extend(indicator_bases(rules));
    }
    bases
}
