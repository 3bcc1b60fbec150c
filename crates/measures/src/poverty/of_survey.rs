//! The family of a survey file: one pass over the groups, the weight and the deprivations, nothing else is read.
//! Streams on several threads; every decomposition is rolled up from the finest groups. Start with [`family_of_survey`].

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use fearless_simd::{Level, dispatch};

use super::narrow::Groups;
use super::{Cube, FamilyPlan, Tally};
use crate::Fault;
use crate::columns::{Codes, Runs, Table};

/// One decomposition: the whole (without a column), the groups of a column, or those of a crossing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decomposition {
    /// The column, `nation` for the whole, `a*b` for a crossing.
    pub by: String,
    /// The values of each group, ascending: none for the whole, two in a crossing.
    pub groups: Vec<Vec<i64>>,
    /// The counts, in the order of the groups.
    pub cube: Cube,
}

/// Rows that pass through at once.
const BLOCK: usize = 4096;

/// Computes the counts of every decomposition of the plan.
pub fn family_of_survey(survey: &Path, plan: &FamilyPlan, threads: usize) -> Result<Vec<Decomposition>, Fault> {
    plan.check()?;
    let table = Table::open(survey)?;
    let tally = Tally::new(plan);
    let columns = plan.columns();
    let pass = Pass {
        keys: table.columns(columns.iter().copied())?,
        persons: plan.persons.as_deref().map(|name| table.column(name)).transpose()?,
        indicators: table.columns(plan.indicators.iter().map(String::as_str))?,
        tally: &tally,
        table,
    };
    let next = AtomicUsize::new(0);
    let parts = crate::threads::run(threads.clamp(1, pass.table.row_groups().max(1)), || {
        let mut part = Part::default();
        loop {
            let group = next.fetch_add(1, Ordering::Relaxed);
            if group >= pass.table.row_groups() {
                return Ok(part);
            }
            pass.count(group, &mut part)?;
        }
    })?;
    in_bounds(parts.iter().map(|part| part.groups.people).sum())?;
    Ok(plan.by.iter().map(|by| roll_up(plan, by, &parts)).collect())
}

/// Sums are kept in 32 bits.
pub(crate) fn in_bounds(people: u64) -> Result<(), Fault> {
    if people > u64::from(u32::MAX) { Err(Fault::TooManyPeople { people }) } else { Ok(()) }
}

fn roll_up(plan: &FamilyPlan, by: &str, parts: &[Part]) -> Decomposition {
    let columns = plan.places(by);
    let values = |key: &[i64]| -> Vec<i64> { columns.iter().filter_map(|place| key.get(*place)).copied().collect() };
    let all: BTreeSet<Vec<i64>> = parts.iter().flat_map(|p| p.numbers.keys()).map(|key| values(key)).collect();
    let groups: Vec<Vec<i64>> = all.into_iter().collect();
    let places: HashMap<&[i64], usize> =
        groups.iter().enumerate().map(|(place, values)| (values.as_slice(), place)).collect();
    let mut cube = Cube::new(plan, groups.len());
    for part in parts {
        for (key, number) in &part.numbers {
            if let Some(to) = places.get(values(key).as_slice()) {
                part.groups.pour(*number, &mut cube, *to);
            }
        }
    }
    drop(places);
    Decomposition { by: by.to_owned(), groups, cube }
}

/// What one thread has counted.
#[derive(Default)]
struct Part {
    numbers: HashMap<Vec<i64>, usize>,
    groups: Groups,
}

impl Part {
    fn number(&mut self, key: &[i64], tally: &Tally) -> usize {
        if let Some(number) = self.numbers.get(key) {
            return *number;
        }
        let number = self.groups.start(tally);
        self.numbers.insert(key.to_vec(), number);
        number
    }
}

struct Pass<'a> {
    table: Table,
    keys: Vec<usize>,
    persons: Option<usize>,
    indicators: Vec<usize>,
    tally: &'a Tally,
}

impl Pass<'_> {
    fn count(&self, row_group: usize, part: &mut Part) -> Result<(), Fault> {
        let mut keys = Keys::open(&self.table, row_group, &self.keys)?;
        let mut persons = self.persons.map(|column| Codes::open(&self.table, row_group, column)).transpose()?;
        let open = |column: &usize| Codes::open(&self.table, row_group, *column);
        let mut indicators = self.indicators.iter().map(open).collect::<Result<Vec<_>, _>>()?;
        let mut block = Sets { masks: vec![0; BLOCK], weights: vec![1; BLOCK] };
        let mut left = self.table.rows_of(row_group);
        while left > 0 {
            let mut rows = left.min(BLOCK);
            for column in indicators.iter_mut().chain(&mut persons) {
                rows = rows.min(column.ready()?);
            }
            indicators.iter_mut().chain(&mut persons).for_each(|column| column.skip(rows));
            block.read(rows, &indicators, persons.as_ref())?;
            let mut done = 0;
            while done < rows {
                let alike = keys.ready()?.min(rows - done);
                let number = part.number(&keys.values, self.tally);
                let stretch = done..done + alike;
                let masks = block.masks.get(stretch.clone()).unwrap_or_default();
                let weights = block.weights.get(stretch).unwrap_or_default();
                part.groups.add(self.tally, number, masks, weights);
                keys.skip(alike);
                done += alike;
            }
            left -= rows;
        }
        Ok(())
    }
}

/// The grouping columns, walked along at once.
struct Keys {
    columns: Vec<Runs>,
    values: Vec<i64>,
}

impl Keys {
    fn open(table: &Table, row_group: usize, columns: &[usize]) -> Result<Self, Fault> {
        let open = |column: &usize| Runs::open(table, row_group, *column);
        let columns = columns.iter().map(open).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { values: vec![0; columns.len()], columns })
    }

    /// How many rows have the same values, which then stand in `values`.
    fn ready(&mut self) -> Result<usize, Fault> {
        let mut rows = usize::MAX;
        for (column, value) in self.columns.iter_mut().zip(&mut self.values) {
            let (now, run) = column.ready()?;
            *value = now;
            rows = rows.min(run);
        }
        Ok(rows)
    }

    fn skip(&mut self, rows: usize) {
        self.columns.iter_mut().for_each(|column| column.skip(rows));
    }
}

/// Sets of deprivations with their weights.
struct Sets {
    masks: Vec<u16>,
    weights: Vec<u16>,
}

impl Sets {
    fn read(&mut self, rows: usize, indicators: &[Codes], persons: Option<&Codes>) -> Result<(), Fault> {
        let Some(masks) = self.masks.get_mut(..rows) else { return Ok(()) };
        let turned = indicators.iter().map(|column| Ok((column.last(rows), column.turn(rows)?)));
        let turned = turned.collect::<Result<Vec<_>, Fault>>()?;
        dispatch!(Level::new(), _ => gather_masks(masks, &turned));
        let Some(column) = persons else { return Ok(()) };
        let mut worth = [0u16; 256];
        for (code, value) in column.book().iter().enumerate() {
            match (worth.get_mut(code), u16::try_from(*value)) {
                (Some(worth), Ok(value)) => *worth = value,
                _ => {
                    if let Some(row) = column.row_of(code, rows) {
                        let column = column.column().to_owned();
                        return Err(Fault::Outside { column, value: *value, row, allowed: "0–65535".to_owned() });
                    }
                }
            }
        }
        for (weight, code) in self.weights.iter_mut().zip(column.last(rows)) {
            *weight = worth.get(usize::from(*code)).copied().unwrap_or(0);
        }
        Ok(())
    }
}

/// A column of codes for each bit, and what a code is turned by to be the bit.
#[inline(always)]
#[expect(clippy::inline_always, reason = "only what is inlined is compiled for the wider registers")]
fn gather_masks(masks: &mut [u16], columns: &[(&[u8], u8)]) {
    masks.fill(0);
    for (bit, (codes, turn)) in columns.iter().enumerate() {
        for (mask, code) in masks.iter_mut().zip(*codes) {
            *mask |= u16::from(code ^ turn) << bit;
        }
    }
}
