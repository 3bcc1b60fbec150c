//! The whole country counted: what the lists and the crosswalk say of every commune, and that restating loses nobody.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Day;
use norms::{Level, Norms, Successor};

use super::{CountRow, Fate, Restater, ScopeLevel, Why, restate};

/// What became of every commune from one state to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepCount {
    pub from: Day,
    pub to: Day,
    pub communes: usize,
    pub same: usize,
    pub whole: usize,
    pub divided: usize,
    /// Units the divided ones lie in, counted once for each.
    pub parts: usize,
    pub unknown: BTreeMap<Why, usize>,
    /// Communes after the step that came from no known one.
    pub without_origin: usize,
}

pub fn step_counts(restater: &Restater<'_>) -> Vec<StepCount> {
    let timeline = restater.timeline();
    let mut counts = Vec::new();
    for (at, pair) in timeline.epochs().windows(2).enumerate() {
        let [before, after] = pair else { continue };
        let mut count = StepCount {
            from: before.from,
            to: after.from,
            communes: 0,
            same: 0,
            whole: 0,
            divided: 0,
            parts: 0,
            unknown: BTreeMap::new(),
            without_origin: 0,
        };
        for unit in before.units.iter().filter(|u| u.level == Level::Commune) {
            count.communes += 1;
            match timeline.forward(at + 1, Level::Commune, &unit.code) {
                Some(Fate::Same(_)) => count.same += 1,
                Some(Fate::Whole(_)) => count.whole += 1,
                Some(Fate::Divided(parts)) => {
                    count.divided += 1;
                    count.parts += parts.len();
                }
                Some(Fate::Unknown(why)) => *count.unknown.entry(why).or_default() += 1,
                None => *count.unknown.entry(Why::Gone).or_default() += 1,
            }
        }
        let new = after.units.iter().filter(|u| u.level == Level::Commune);
        count.without_origin = new
            .filter(|u| matches!(timeline.backward(at + 1, Level::Commune, &u.code), Some(Fate::Unknown(_))))
            .count();
        counts.push(count);
    }
    counts
}

/// The rows of the crosswalk, and what they leave open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrosswalkCount {
    /// Rows of communes that went whole, those without an old code included.
    pub whole_rows: usize,
    pub divided: usize,
    pub parts: usize,
    /// Rows without an old code: islands that had no commune.
    pub without_old: usize,
    /// Old codes that are no commune of the list the crosswalk starts from.
    pub not_listed: usize,
    /// Communes of that list without a row.
    pub without_row: usize,
    /// Communes of the first list whose code has no row.
    pub first_list_without_row: usize,
}

pub fn crosswalk_count(norms: &Norms, restater: &Restater<'_>) -> CrosswalkCount {
    let crosswalk = norms.crosswalk();
    let (from, _) = norms.crosswalk_days();
    let codes = |at: Option<&super::Epoch<'_>>| -> BTreeSet<String> {
        let units = at.into_iter().flat_map(|epoch| epoch.units.iter());
        units.filter(|u| u.level == Level::Commune).map(|u| u.code.clone()).collect()
    };
    let timeline = restater.timeline();
    let (listed, first) = (codes(timeline.epoch(from)), codes(timeline.epochs().first()));
    let without_row =
        |codes: &BTreeSet<String>| codes.iter().filter(|code| crosswalk.successor(code) == Successor::Unplaced).count();
    let without_old = crosswalk.out_of_nothing().len();
    let mut count = CrosswalkCount {
        whole_rows: without_old,
        divided: 0,
        parts: 0,
        without_old,
        not_listed: crosswalk.old_communes().filter(|code| !listed.contains(*code)).count(),
        without_row: without_row(&listed),
        first_list_without_row: without_row(&first),
    };
    for code in crosswalk.old_communes() {
        match crosswalk.successor(code) {
            Successor::Whole(_) => count.whole_rows += 1,
            Successor::Divided(parts) => {
                count.divided += 1;
                count.parts += parts.len();
            }
            Successor::Unplaced => {}
        }
    }
    count
}

/// One household in every commune of a day, told by the units of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conserved {
    pub from: Day,
    pub to: Day,
    pub level: ScopeLevel,
    pub communes: i128,
    pub placed: i128,
    pub unplaced: i128,
    pub unresolved: i128,
    /// The rows add up to what came in.
    pub holds: bool,
}

/// Between every two states and at every level that stands in the later one.
pub fn conserved(restater: &Restater<'_>) -> Vec<Conserved> {
    let epochs = restater.timeline().epochs();
    let mut found = Vec::new();
    for before in epochs {
        let communes = before.units.iter().filter(|u| u.level == Level::Commune);
        let row = |code: &String| CountRow { commune: code.clone(), village: None, household: None, counts: vec![1] };
        let rows: Vec<CountRow> = communes.map(|unit| row(&unit.code)).collect();
        for after in epochs.iter().filter(|after| after.from != before.from) {
            for level in [ScopeLevel::Commune, ScopeLevel::District, ScopeLevel::Province] {
                let Ok(told) = restate(restater, &rows, (before.from, after.from), level) else { continue };
                let first = |sums: &[i128]| sums.first().copied().unwrap_or(0);
                let left = told.left_over();
                let (unplaced, unresolved) = (first(&left.unplaced), first(&left.unresolved));
                let communes = first(&told.total);
                found.push(Conserved {
                    from: before.from,
                    to: after.from,
                    level,
                    communes,
                    placed: communes - unplaced - unresolved - first(&left.not_listed),
                    unplaced,
                    unresolved,
                    holds: told.is_conserved(),
                });
            }
        }
    }
    found
}
