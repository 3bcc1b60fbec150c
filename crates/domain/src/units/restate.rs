//! Counts by the communes of one day, told by the units of another. What cannot be placed keeps rows of its own, so that
//! every total is the same before and after; [`Restated::is_conserved`] adds up again and says so.

use std::collections::BTreeMap;

use kernel::{Day, HouseholdId, VillageId};

use super::restater::LevelMissing;
use super::{Placed, Restater, ScopeLevel, Subject, UnitKey, Unresolved};

/// Whole numbers counted in a commune, or in a village or household of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountRow {
    pub commune: String,
    pub village: Option<VillageId>,
    pub household: Option<HouseholdId>,
    /// In the order of the table's columns.
    pub counts: Vec<i64>,
}

impl CountRow {
    pub fn subject(&self) -> Subject<'_> {
        Subject { commune: &self.commune, village: self.village, household: self.household }
    }
}

/// What a row of a restated table is of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowOf {
    Unit(UnitKey),
    /// Lies in one of several units, not placed yet.
    Unplaced {
        old: UnitKey,
        among: Vec<UnitKey>,
    },
    /// Waits for a decision to be recorded.
    Unresolved {
        old: UnitKey,
        open: Unresolved,
    },
    /// No unit of the day: the code is wrong or of another day.
    NotListed {
        code: String,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestatedRow {
    pub of: RowOf,
    /// Wide enough for any sum of 64-bit counts.
    pub counts: Vec<i128>,
}

/// A table by the units of another day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restated {
    pub level: ScopeLevel,
    /// First day of the units it is told by.
    pub units_from: Day,
    /// Units in the order of their list, then what was not placed, not recorded, not listed.
    pub rows: Vec<RestatedRow>,
    /// Sums of what came in.
    pub total: Vec<i128>,
}

impl Restated {
    /// Whether the rows add up to what came in, column by column.
    pub fn is_conserved(&self) -> bool {
        let mut sums = vec![0; self.total.len()];
        for row in &self.rows {
            add(&mut sums, row.counts.iter().copied());
        }
        sums == self.total
    }

    /// Sums of the rows that are of no unit.
    pub fn left_over(&self) -> LeftOver {
        let width = self.total.len();
        let mut left = LeftOver { unplaced: vec![0; width], unresolved: vec![0; width], not_listed: vec![0; width] };
        for row in &self.rows {
            let sums = match &row.of {
                RowOf::Unit(_) => continue,
                RowOf::Unplaced { .. } => &mut left.unplaced,
                RowOf::Unresolved { .. } => &mut left.unresolved,
                RowOf::NotListed { .. } => &mut left.not_listed,
            };
            add(sums, row.counts.iter().copied());
        }
        left
    }

    pub fn all_placed(&self) -> bool {
        self.rows.iter().all(|row| matches!(row.of, RowOf::Unit(_)))
    }
}

/// What is of no unit, column by column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOver {
    pub unplaced: Vec<i128>,
    pub unresolved: Vec<i128>,
    pub not_listed: Vec<i128>,
}

fn add(sums: &mut [i128], counts: impl Iterator<Item = i128>) {
    for (sum, count) in sums.iter_mut().zip(counts) {
        *sum += count;
    }
}

/// Restates rows of one width. Rows shorter than the first count as zero where they end, longer ones lose nothing.
pub fn restate(
    restater: &Restater<'_>,
    rows: &[CountRow],
    (from, to): (Day, Day),
    level: ScopeLevel,
) -> Result<Restated, LevelMissing> {
    let table = restater.table(level, from, to)?;
    let width = rows.iter().map(|row| row.counts.len()).max().unwrap_or(0);
    let mut total = vec![0; width];
    let mut placed: BTreeMap<usize, Vec<i128>> = BTreeMap::new();
    let mut not_listed: BTreeMap<&str, Vec<i128>> = BTreeMap::new();
    for row in rows {
        let counts = || row.counts.iter().map(|count| i128::from(*count));
        add(&mut total, counts());
        let sums = match table.find(&row.subject()) {
            Some(at) => placed.entry(at).or_insert_with(|| vec![0; width]),
            None => not_listed.entry(&row.commune).or_insert_with(|| vec![0; width]),
        };
        add(sums, counts());
    }
    let mut units = Vec::new();
    let mut left = Vec::new();
    for (at, counts) in placed {
        let of = match table.outcome(at).cloned() {
            Some(Placed::In(key)) => {
                units.push(RestatedRow { of: RowOf::Unit(key), counts });
                continue;
            }
            Some(Placed::Unplaced { old, among }) => RowOf::Unplaced { old, among },
            Some(Placed::Unresolved { old, open }) => RowOf::Unresolved { old, open },
            Some(Placed::NotListed { code }) => RowOf::NotListed { code },
            None => RowOf::NotListed { code: String::new() },
        };
        left.push(RestatedRow { of, counts });
    }
    let strangers = not_listed.into_iter();
    left.extend(strangers.map(|(code, counts)| RestatedRow { of: RowOf::NotListed { code: code.to_owned() }, counts }));
    left.sort_by(|one, other| one.of.cmp(&other.of));
    units.extend(left);
    let units_from = restater.timeline().epoch(to).map_or(to, |epoch| epoch.from);
    Ok(Restated { level, units_from, rows: units, total })
}
