//! Adds the lines up into the rows of a form: I urban, II rural, III total, and the units below under their area.

use std::collections::HashMap;

use kernel::Rate;
use norms::{Area, Basis, Counted, Dated, FormLayout, Measure, Rulebook};

use super::counter::{Contribution, LineFates};
use super::holes::{Holes, Unlisted};
use super::{Cell, Form, Gap, Population, PopulationCount, Row, RowKey, UnitBelow};
use crate::review::indicators::indicator_bases;

/// Counts one form.
pub fn tally(
    layout: &Dated<FormLayout>,
    fates: &LineFates<'_>,
    units: &[UnitBelow],
    (population, holes): (&Population, &Holes),
) -> Form {
    let columns = &layout.value.columns;
    let mut sums: HashMap<(String, Area), Vec<Cell>> = HashMap::new();
    let empty = || vec![Cell::Count(0); columns.len()];
    for (line, fate) in fates.iter() {
        let cells = sums.entry((line.below.clone(), line.area)).or_insert_with(empty);
        for (cell, column) in cells.iter_mut().zip(columns) {
            *cell = plus(*cell, fates.contribution(&column.measure, line, fate));
        }
    }
    for (key, count) in &population.by_unit {
        let cells = sums.entry(key.clone()).or_insert_with(empty);
        for (cell, column) in cells.iter_mut().zip(columns) {
            if let Measure::Population { counted } = column.measure {
                *cell = plus(*cell, population_cell(*count, counted));
            }
        }
    }
    for (key, area) in population.without_area.iter().flat_map(|key| Area::BOTH.map(|area| (key, area))) {
        let cells = sums.entry((key.clone(), area)).or_insert_with(empty);
        for (cell, column) in cells.iter_mut().zip(columns) {
            if matches!(column.measure, Measure::Population { .. }) {
                *cell = plus(*cell, Contribution::Gap(Gap::Area));
            }
        }
    }
    for (key, unlisted) in &holes.unlisted {
        let cells = sums.entry(key.clone()).or_insert_with(empty);
        for (cell, column) in cells.iter_mut().zip(columns) {
            *cell = without_lists(*cell, &column.measure, *unlisted);
        }
    }
    let mut rows = lay_out(sums, units, columns.len());
    for row in &mut rows {
        if holes.no_list {
            mark(&layout.value, &mut row.cells, |of| of.this_year, Gap::NoList);
        }
        if !fates.has_previous {
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
fn without_lists(cell: Cell, measure: &Measure, unlisted: Unlisted) -> Cell {
    let from = counted_from(measure);
    let mut cell = cell;
    if from.this_year && unlisted.now > 0 {
        cell = plus(cell, Contribution::Gap(Gap::Unlisted { communes: unlisted.now }));
    }
    if from.last_year && unlisted.before > 0 {
        cell = plus(cell, Contribution::Gap(Gap::UnlistedBefore { communes: unlisted.before }));
    }
    cell
}

/// A row without households cannot say zero either while a whole list is missing.
fn mark(layout: &FormLayout, cells: &mut [Cell], asks: impl Fn(CountedFrom) -> bool, gap: Gap) {
    for (cell, column) in cells.iter_mut().zip(&layout.columns) {
        if asks(counted_from(&column.measure)) {
            *cell = Cell::Gap(gap);
        }
    }
}

fn plus(cell: Cell, more: Contribution) -> Cell {
    match (cell, more) {
        (Cell::Count(a), Contribution::Count(b)) => Cell::Count(a + b),
        (Cell::Gap(a), Contribution::Gap(b)) => Cell::Gap(a.plus(b)),
        (Cell::Gap(gap), _) | (_, Contribution::Gap(gap)) => Cell::Gap(gap),
        (other, _) => other,
    }
}

fn add_row(into: &mut [Cell], from: &[Cell]) {
    for (cell, more) in into.iter_mut().zip(from) {
        *cell = match *more {
            Cell::Count(n) => plus(*cell, Contribution::Count(n)),
            Cell::Gap(gap) => plus(*cell, Contribution::Gap(gap)),
            Cell::Rate(_) => *cell,
        };
    }
}

/// Area rows with their units under them, then the total.
fn lay_out(mut sums: HashMap<(String, Area), Vec<Cell>>, units: &[UnitBelow], width: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut total = vec![Cell::Count(0); width];
    for area in Area::BOTH {
        let mut area_cells = vec![Cell::Count(0); width];
        let mut unit_rows = Vec::new();
        for unit in units {
            let found = sums.remove(&(unit.key.clone(), area));
            if found.is_none() && unit.area != Some(area) {
                continue;
            }
            let cells = found.unwrap_or_else(|| vec![Cell::Count(0); width]);
            add_row(&mut area_cells, &cells);
            let key = RowKey::Unit { area, key: unit.key.clone() };
            unit_rows.push(Row { key, label: unit.label.clone(), cells });
        }
        // Units that the list of units does not know are still counted, never dropped.
        let mut strangers: Vec<String> = sums.keys().filter(|(_, a)| *a == area).map(|(key, _)| key.clone()).collect();
        strangers.sort();
        for key in strangers {
            if let Some(cells) = sums.remove(&(key.clone(), area)) {
                add_row(&mut area_cells, &cells);
                unit_rows.push(Row { key: RowKey::Unit { area, key: key.clone() }, label: key, cells });
            }
        }
        add_row(&mut total, &area_cells);
        rows.push(Row { key: RowKey::Area(area), label: String::new(), cells: area_cells });
        rows.append(&mut unit_rows);
    }
    rows.push(Row { key: RowKey::Total, label: String::new(), cells: total });
    rows
}

/// Fills the columns that are made of other columns of the same row.
fn derive(layout: &FormLayout, cells: &mut [Cell]) {
    let cell_of = |id: &str, cells: &[Cell]| {
        layout.columns.iter().position(|c| c.id == id).and_then(|at| cells.get(at).copied()).unwrap_or(Cell::Count(0))
    };
    for (at, column) in layout.columns.iter().enumerate() {
        let derived = match &column.measure {
            Measure::Sum { columns } => columns.iter().fold(Cell::Count(0), |sum, id| match cell_of(id, cells) {
                Cell::Count(n) => plus(sum, Contribution::Count(n)),
                Cell::Gap(gap) => plus(sum, Contribution::Gap(gap)),
                Cell::Rate(_) => sum,
            }),
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
