//! Puts what is counted under the units of one day under the units of another: the door for every page, form and measure.
//! Build a [`Restater`] once from the norms, the recorded changes and the placements; ask [`Restater::place`] for one
//! household, or [`Restater::table`] for hundreds of thousands. It answers with a unit, or says that the household lies
//! in a divided commune and was not placed, or that a decision was never recorded. It never guesses and loses nobody.
//!
//! ```ignore
//! let restater = Restater::new(&norms, &changes, placements);
//! restater.place(Subject::commune("18082"), day_2025_01, day_2025_07);   // Unplaced: two communes of 2025 may hold it
//! restater.place(Subject::village("18082", village), day_2025_01, day_2025_07);   // In: a person placed the village
//! let table = restater.table(ScopeLevel::District, day_2025_07, day_2023)?;       // whole for a commune of one district
//! let outcome = table.outcome(table.find(&Subject::commune("18409")));
//! ```

use std::collections::{BTreeSet, HashMap};

use kernel::{Day, HouseholdId, VillageId};
use norms::{Level, Norms};
use serde::{Deserialize, Serialize};

use super::lineage::steps;
use super::{BoundaryChange, Fate, ScopeLevel, Timeline, UnitKey, Unresolved, Why};

/// What a person can place: a village and all its households, or one household.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Placeable {
    Village(VillageId),
    Household(HouseholdId),
}

/// What persons placed: on the other side of the step whose later state begins on the day, the thing lies in the commune.
/// The code is of the later state for records of the earlier one, and of the earlier state for records of the later one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Placements {
    by_subject: HashMap<(Placeable, Day), String>,
}

impl Placements {
    pub fn new(placed: impl IntoIterator<Item = (Placeable, Day, String)>) -> Self {
        Self { by_subject: placed.into_iter().map(|(what, on, commune)| ((what, on), commune)).collect() }
    }

    pub fn get(&self, what: Placeable, on: Day) -> Option<&str> {
        self.by_subject.get(&(what, on)).map(String::as_str)
    }

    pub fn is_empty(&self) -> bool {
        self.by_subject.is_empty()
    }
}

/// What is placed: a commune's code with, where known, the village and the household.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Subject<'a> {
    pub commune: &'a str,
    pub village: Option<VillageId>,
    pub household: Option<HouseholdId>,
}

impl<'a> Subject<'a> {
    pub fn commune(commune: &'a str) -> Self {
        Self { commune, village: None, household: None }
    }

    pub fn village(commune: &'a str, village: VillageId) -> Self {
        Self { commune, village: Some(village), household: None }
    }

    pub fn household(commune: &'a str, village: VillageId, household: HouseholdId) -> Self {
        Self { commune, village: Some(village), household: Some(household) }
    }
}

/// Where something lies on another day.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Placed {
    In(UnitKey),
    /// One of several units holds it, and neither its village nor a person says which. `old` is the commune as asked.
    Unplaced {
        old: UnitKey,
        among: Vec<UnitKey>,
    },
    /// A decision on the way was never recorded.
    Unresolved {
        old: UnitKey,
        open: Unresolved,
    },
    /// The commune is in no list of the day it is of.
    NotListed {
        code: String,
    },
}

/// The level asked for does not stand on the day asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there are no units of this level on {on}")]
pub struct LevelMissing {
    pub level: ScopeLevel,
    pub on: Day,
}

/// Communes under way that may hold a record.
struct Found {
    candidates: BTreeSet<String>,
    /// Communes whose successor nobody recorded and that may have come into what is walked back from.
    doubts: BTreeSet<UnitKey>,
}

/// The timeline with what persons placed.
#[derive(Debug)]
pub struct Restater<'n> {
    timeline: Timeline<'n>,
    placements: Placements,
}

impl<'n> Restater<'n> {
    pub fn new(norms: &'n Norms, changes: &[BoundaryChange], placements: Placements) -> Self {
        Self { timeline: Timeline::new(norms, changes), placements }
    }

    pub fn timeline(&self) -> &Timeline<'n> {
        &self.timeline
    }

    /// The commune of the day `to` that holds what lay in the commune on the day `from`.
    pub fn place(&self, subject: Subject<'_>, from: Day, to: Day) -> Placed {
        self.place_at(ScopeLevel::Commune, subject, from, to)
    }

    /// The same for the unit of a level. Where the level does not stand on the day, [`Why::LevelEnded`].
    pub fn place_at(&self, level: ScopeLevel, subject: Subject<'_>, from: Day, to: Day) -> Placed {
        let Some((_, old)) = self.timeline.unit(ScopeLevel::Commune, subject.commune, from) else {
            return Placed::NotListed { code: subject.commune.to_owned() };
        };
        let (here, there) = (self.timeline.at(from), self.timeline.at(to));
        let mut found = Found { candidates: BTreeSet::from([subject.commune.to_owned()]), doubts: BTreeSet::new() };
        for at in steps(here, there) {
            match self.step(&found, &subject, at, there > here) {
                Ok(next) => found = next,
                Err(open) => return Placed::Unresolved { old, open },
            }
        }
        self.lift(level, old, &found, there)
    }

    /// All communes the candidates may lie in after one step; one when a person or the village says which.
    fn step(&self, found: &Found, subject: &Subject<'_>, at: usize, is_forward: bool) -> Result<Found, Unresolved> {
        let mut next = Found { candidates: BTreeSet::new(), doubts: found.doubts.clone() };
        let mut open = None;
        for code in &found.candidates {
            let fate = if is_forward {
                self.timeline.forward(at, Level::Commune, code)
            } else {
                self.timeline.backward(at, Level::Commune, code)
            };
            match fate {
                Some(Fate::Unknown(why)) => {
                    open = open.or(self.timeline.unresolved((Level::Commune, code), at, is_forward, why));
                }
                Some(known) => next.candidates.extend(known.codes().iter().cloned()),
                None => {}
            }
        }
        let doubtful = if is_forward { Vec::new() } else { self.doubtful(&next.candidates, at) };
        let may_be = |said: &str| next.candidates.contains(said) || doubtful.iter().any(|key| key.code == said);
        if let Some(said) = self.said(subject, at).filter(|said| may_be(said)) {
            return Ok(Found { candidates: BTreeSet::from([said.to_owned()]), doubts: found.doubts.clone() });
        }
        next.doubts.extend(doubtful);
        match open {
            Some(open) => Err(open),
            None => Ok(next),
        }
    }

    /// Backwards, communes of the same districts that went nobody knows where may be part of what is counted here.
    fn doubtful(&self, origins: &BTreeSet<String>, at: usize) -> Vec<UnitKey> {
        let Some(before) = at.checked_sub(1).and_then(|b| self.timeline.epochs().get(b)) else { return Vec::new() };
        let districts: BTreeSet<&str> = origins
            .iter()
            .filter_map(|code| before.units.parent(before.units.commune(code)?))
            .filter(|above| above.level == Level::District)
            .map(|above| above.code.as_str())
            .collect();
        let key = |code: &str| UnitKey { level: ScopeLevel::Commune, code: code.to_owned(), from: before.from };
        self.timeline.open_communes(at, &districts).into_iter().map(|unit| key(&unit.code)).collect()
    }

    /// What a person said of the household, else of its village.
    fn said(&self, subject: &Subject<'_>, at: usize) -> Option<&str> {
        if self.placements.is_empty() {
            return None;
        }
        let on = self.timeline.epochs().get(at)?.from;
        let of_household = subject.household.and_then(|id| self.placements.get(Placeable::Household(id), on));
        of_household.or_else(|| subject.village.and_then(|id| self.placements.get(Placeable::Village(id), on)))
    }

    /// The one unit of the level that holds all candidates. A doubt stays within a district, so it bars communes only.
    fn lift(&self, level: ScopeLevel, old: UnitKey, found: &Found, there: usize) -> Placed {
        let Some(epoch) = self.timeline.epochs().get(there) else { return Placed::NotListed { code: old.code } };
        let key = |code: &str, level| UnitKey { level, code: code.to_owned(), from: epoch.from };
        let mut units: BTreeSet<&str> = BTreeSet::new();
        for code in &found.candidates {
            let Some(mut unit) = epoch.units.commune(code) else { continue };
            while unit.level != Level::from(level) {
                let Some(above) = epoch.units.parent(unit) else {
                    let open = Unresolved { unit: old.clone(), on: epoch.from, why: Why::LevelEnded };
                    return Placed::Unresolved { old, open };
                };
                unit = above;
            }
            units.insert(unit.code.as_str());
        }
        let is_doubtful = level == ScopeLevel::Commune && !found.doubts.is_empty();
        let mut lifted = units.iter();
        match (lifted.next(), lifted.next()) {
            (Some(one), None) if !is_doubtful => Placed::In(key(one, level)),
            _ => {
                let mut among: Vec<UnitKey> =
                    found.candidates.iter().map(|code| key(code, ScopeLevel::Commune)).collect();
                among.extend(found.doubts.iter().cloned());
                Placed::Unplaced { old, among }
            }
        }
    }

    /// Looks every commune of the day `from` up once, for many records.
    pub fn table(&self, level: ScopeLevel, from: Day, to: Day) -> Result<Table<'_, 'n>, LevelMissing> {
        let missing = LevelMissing { level, on: to };
        let (Some(before), Some(after)) = (self.timeline.epoch(from), self.timeline.epoch(to)) else {
            return Err(missing);
        };
        let mut table = Table {
            restater: self,
            asked: (level, from, to),
            outcomes: Vec::new(),
            by_commune: HashMap::new(),
            by_unit: HashMap::new(),
        };
        for unit in after.units.iter().filter(|u| u.level == Level::from(level)) {
            let key = UnitKey { level, code: unit.code.clone(), from: after.from };
            table.by_unit.insert(unit.code.clone(), table.outcomes.len());
            table.outcomes.push(Placed::In(key));
        }
        if table.outcomes.is_empty() {
            return Err(missing);
        }
        for unit in before.units.iter().filter(|u| u.level == Level::Commune) {
            let placed = self.place_at(level, Subject::commune(&unit.code), from, to);
            let at = table.unit_index(&placed).unwrap_or(table.outcomes.len());
            if at == table.outcomes.len() {
                table.outcomes.push(placed);
            }
            table.by_commune.insert(unit.code.clone(), at);
        }
        Ok(table)
    }
}

/// What became of every commune from one day to another, ready to be asked for each of many records.
#[derive(Debug)]
pub struct Table<'r, 'n> {
    restater: &'r Restater<'n>,
    asked: (ScopeLevel, Day, Day),
    outcomes: Vec<Placed>,
    by_commune: HashMap<String, usize>,
    by_unit: HashMap<String, usize>,
}

impl Table<'_, '_> {
    /// Index of the outcome for a record; `None` when its commune is in no list of the day. Outcomes stand in the order of
    /// the units of the target list, after them what could not be placed in the order of the old list.
    pub fn find(&self, subject: &Subject<'_>) -> Option<usize> {
        let at = *self.by_commune.get(subject.commune)?;
        let is_placed = matches!(self.outcomes.get(at), Some(Placed::In(_)));
        let nothing_said = subject.village.is_none() && subject.household.is_none();
        if is_placed || nothing_said || self.restater.placements.is_empty() {
            return Some(at);
        }
        let (level, from, to) = self.asked;
        let placed = self.restater.place_at(level, *subject, from, to);
        Some(self.unit_index(&placed).unwrap_or(at))
    }

    fn unit_index(&self, placed: &Placed) -> Option<usize> {
        match placed {
            Placed::In(key) => self.by_unit.get(&key.code).copied(),
            _ => None,
        }
    }

    pub fn outcome(&self, at: usize) -> Option<&Placed> {
        self.outcomes.get(at)
    }

    pub fn outcomes(&self) -> &[Placed] {
        &self.outcomes
    }
}
