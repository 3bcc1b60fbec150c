//! What is counted in one unit, and how units add up: only whole counts are added, never rates.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use norms::TargetMeasure;
use serde::{Deserialize, Serialize};

use super::definitions::{Definitions, Ready};
use super::rows::{FactRows, Lists, UnitTotals};
use super::sheet::{Sheet, by_class};

/// One reading counted: of those among, those reached and those not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    pub base: i64,
    pub reached: i64,
    /// Of those not reached, those of whom it is not known.
    pub open: i64,
    /// Rows of which it is not known whether they belong to the base; they are in neither number.
    pub doubtful: i64,
    /// Of the base, households that are counted for the villages and stand nowhere in the register.
    pub unnamed: i64,
    /// Villages of the base without a number of households.
    pub missing: i64,
}

impl Tally {
    pub fn not_reached(self) -> i64 {
        self.base - self.reached
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.base += other.base;
        self.reached += other.reached;
        self.open += other.open;
        self.doubtful += other.doubtful;
        self.unnamed += other.unnamed;
        self.missing += other.missing;
    }
}

/// Households by class on the list in force and the one before, with the resident households of both years.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ClassCounts {
    pub now: BTreeMap<String, i64>,
    pub before: BTreeMap<String, i64>,
    pub households_now: i64,
    pub households_before: i64,
    /// Villages whose number of households was not entered; a commune without any village is one.
    pub missing_now: i64,
    pub missing_before: i64,
    /// Communes with a list of the year, and those without.
    pub listed_now: i64,
    pub unlisted_now: i64,
    pub listed_before: i64,
    pub unlisted_before: i64,
}

impl ClassCounts {
    pub(super) fn of(rows: &FactRows, lists: Lists) -> Self {
        let totals = |year: i16| rows.totals.get(&year).copied().unwrap_or_default();
        let (now, before) = (totals(lists.in_force), totals(lists.in_force - 1));
        let is_commune = rows.commune.is_some();
        let missing = |of: UnitTotals| of.missing_villages + i64::from(is_commune && of.villages == 0);
        let is_listed = |year: i16| (i64::from(rows.has_list(year)), i64::from(is_commune && !rows.has_list(year)));
        let (listed_now, unlisted_now) = is_listed(lists.in_force);
        let (listed_before, unlisted_before) = is_listed(lists.in_force - 1);
        Self {
            now: by_class(rows, lists.in_force),
            before: by_class(rows, lists.in_force - 1),
            households_now: now.households,
            households_before: before.households,
            missing_now: missing(now),
            missing_before: missing(before),
            listed_now,
            unlisted_now,
            listed_before,
            unlisted_before,
        }
    }

    /// Households on a list of whom nobody can say the class.
    pub fn unclassified(of: &BTreeMap<String, i64>) -> i64 {
        of.get("").copied().unwrap_or(0)
    }

    pub fn of_classes(of: &BTreeMap<String, i64>, classes: &[String]) -> i64 {
        classes.iter().filter_map(|class| of.get(class)).sum()
    }
}

impl AddAssign<&ClassCounts> for ClassCounts {
    fn add_assign(&mut self, other: &Self) {
        for (mine, theirs) in [(&mut self.now, &other.now), (&mut self.before, &other.before)] {
            for (class, households) in theirs {
                *mine.entry(class.clone()).or_default() += households;
            }
        }
        self.households_now += other.households_now;
        self.households_before += other.households_before;
        self.missing_now += other.missing_now;
        self.missing_before += other.missing_before;
        self.listed_now += other.listed_now;
        self.unlisted_now += other.unlisted_now;
        self.listed_before += other.listed_before;
        self.unlisted_before += other.unlisted_before;
    }
}

/// Everything counted in a unit: one tally a reading, in the order of the definitions.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    pub tallies: Vec<Tally>,
    pub classes: ClassCounts,
}

impl AddAssign<&Counts> for Counts {
    fn add_assign(&mut self, other: &Self) {
        self.tallies.resize(self.tallies.len().max(other.tallies.len()), Tally::default());
        for (mine, theirs) in self.tallies.iter_mut().zip(&other.tallies) {
            *mine += *theirs;
        }
        self.classes += &other.classes;
    }
}

/// Counts every reading over a unit's columns.
pub fn count(sheet: &Sheet, definitions: &Definitions) -> Counts {
    let tallies = definitions.readings.iter().map(|ready| tally(sheet, definitions, ready)).collect();
    Counts { tallies, classes: sheet.classes.clone() }
}

fn tally(sheet: &Sheet, definitions: &Definitions, ready: &Ready) -> Tally {
    const UNKNOWN: u8 = conditions::Answer::Unknown as u8;
    const YES: u8 = conditions::Answer::Yes as u8;
    let kind = ready.reading.counts.record();
    let (rows, schema) = (sheet.rows(kind), definitions.schema(kind));
    let Some(among) = ready.among.as_ref().map(|condition| condition.over(&rows.columns, schema)) else {
        return Tally::default();
    };
    let reached = match &ready.reached {
        Some(condition) => condition.over(&rows.columns, schema),
        // What is only counted is its own base.
        None => among.clone(),
    };
    let mut tally = Tally::default();
    for (base, hit) in among.iter().zip(&reached) {
        let is_base = i64::from(*base == YES);
        tally.base += is_base;
        tally.reached += is_base & i64::from(*hit == YES);
        tally.open += is_base & i64::from(*hit == UNKNOWN);
        tally.doubtful += i64::from(*base == UNKNOWN);
    }
    if let TargetMeasure::ResidentShare { areas, .. } = &ready.reading.measure {
        residents(&mut tally, sheet, definitions, areas);
    }
    tally
}

/// The base is all resident households of the commune, of whom the register knows some.
fn residents(tally: &mut Tally, sheet: &Sheet, definitions: &Definitions, areas: &[String]) {
    if sheet.commune.as_ref().is_some_and(|commune| definitions.lies_in_area(commune, areas)) {
        tally.missing = sheet.classes.missing_now;
        tally.unnamed = sheet.classes.households_now - tally.base;
        tally.base = sheet.classes.households_now;
    }
}
