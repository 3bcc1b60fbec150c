//! Targets as they stand: every reading of every target in a unit on a day, with both its numbers, its level and its basis.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use domain::access::{Actor, Verb, check};
use domain::programme::target::{Counts, Definitions, Figure, Lists, Met, Ready, TargetGap, figure, met};
use domain::units::{Absent, Scope, ScopeLevel};
use kernel::Day;
use norms::{Basis, Label, Level, RecordKind, TargetMeasure, TargetValue};
use storage::SheetKey;

use super::aims::{AimedTarget, Aims, aims};
use super::definitions::definitions_on;
use super::engine::{UnitCounts, counts_in, lies_in, sum_in};
use crate::access::year_of_work;
use crate::law::{confirmed_keys, unconfirmed};
use crate::{AppError, House};

/// One reading in one unit.
#[derive(Debug, Clone)]
pub struct ReadingState {
    pub id: String,
    pub label: Label,
    pub note: Option<Label>,
    pub basis: Basis,
    /// Of what it stands on, what nobody of the province has vouched for.
    pub unconfirmed: Vec<Basis>,
    pub figure: Result<Figure, TargetGap>,
    /// Against the plan's level; `None` without a level or a figure.
    pub met: Option<Met>,
    /// Communes without the list that its classes are read from; nobody of them is counted.
    pub unlisted: i64,
    /// Rows stand behind it that can be shown by name.
    pub has_rows: bool,
    /// The classes a share or a fall of households is about; empty elsewhere.
    pub classes: Vec<String>,
}

/// One target in one unit.
#[derive(Debug, Clone)]
pub struct TargetState {
    pub id: String,
    pub label: Label,
    /// What the plan asks for; `None` for a supporting figure, or where the year has no plan.
    pub aim: Option<AimedTarget>,
    /// The first is the one that is reported. Empty where nothing counts the plan's target yet.
    pub readings: Vec<ReadingState>,
}

/// One target of a unit, with the communes that nobody brought a list or numbers of households of.
#[derive(Debug, Clone)]
pub struct TargetView {
    pub unit: Scope,
    pub state: TargetState,
    pub absent: Absent,
}

impl TargetState {
    /// The number the plan sets, where it sets one.
    pub fn level(&self) -> Option<&TargetValue> {
        self.aim.as_ref().and_then(|aim| aim.level.as_ref())
    }

    /// Who answered for what the plan's clause stands for, and when; `None` while nobody has.
    pub fn said(&self) -> Option<(&str, Day)> {
        self.aim.as_ref()?.state.as_ref()?.said()
    }
}

/// All targets of a unit on a day.
#[derive(Debug, Clone)]
pub struct TargetBoard {
    pub unit: Scope,
    pub on: Day,
    pub targets: Vec<TargetState>,
}

/// The day figures are asked for when none is named: today, or the last day of the year of work once it is over.
pub async fn default_day(house: &House) -> Result<Day, AppError> {
    let mut work = house.store.read().await?;
    let year = year_of_work(house, work.as_mut()).await?;
    Ok(house.clock.today().min(Day::last_of(year)))
}

/// Counts what has changed since it was last counted, before anybody asks: nobody has to wait for a whole province after an
/// import.
pub(crate) async fn count_ahead(house: &House, province: &Scope, on: Day) -> Result<(), AppError> {
    let definitions = definitions_on(house, on)?;
    counts_in(house, province, &definitions, on).await?;
    Ok(())
}

/// Every target of a unit.
pub async fn board(house: &House, actor: &Actor, wished: Option<&Scope>, on: Day) -> Result<TargetBoard, AppError> {
    check(actor, Verb::ReadProgramme)?;
    let unit = house.narrow(actor, wished)?;
    let counted = Counted::in_scope(house, &unit, on).await?;
    let sum = sum_in(&counted.units, &unit);
    let targets = counted.ids().into_iter().map(|id| counted.state(&sum, &id)).collect();
    Ok(TargetBoard { unit, on, targets })
}

/// One target of a unit; `Missing` when neither the plan nor the definitions know it.
pub async fn target(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    id: &str,
    on: Day,
) -> Result<TargetView, AppError> {
    check(actor, Verb::ReadProgramme)?;
    let unit = house.narrow(actor, wished)?;
    let counted = Counted::in_scope(house, &unit, on).await?;
    if !counted.ids().iter().any(|known| known == id) {
        return Err(AppError::Missing("target"));
    }
    let state = counted.state(&sum_in(&counted.units, &unit), id);
    let absent = counted.absent(&unit);
    Ok(TargetView { unit, state, absent })
}

/// One target in each unit right below.
pub async fn by_area(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    id: &str,
    on: Day,
) -> Result<Vec<(Scope, TargetState)>, AppError> {
    check(actor, Verb::ReadProgramme)?;
    let unit = house.narrow(actor, wished)?;
    let counted = Counted::in_scope(house, &unit, on).await?;
    let units = house.units(&unit);
    let below = units.children(unit.level.into(), &unit.code);
    let scopes = below.map(|child| Scope::new(unit.units_from, child.level, child.code.clone()));
    Ok(scopes.map(|scope| (scope.clone(), counted.state(&sum_in(&counted.units, &scope), id))).collect())
}

/// Every target of every unit of the actor's scope; for reports and for measuring.
pub async fn everywhere(house: &House, actor: &Actor, on: Day) -> Result<Vec<TargetBoard>, AppError> {
    check(actor, Verb::ReadProgramme)?;
    let counted = Counted::in_scope(house, &actor.scope, on).await?;
    let units = house.units(&actor.scope);
    let mut scopes = vec![actor.scope.clone()];
    let level: Level = actor.scope.level.into();
    let districts = units.children(level, &actor.scope.code).filter(|unit| unit.level == Level::District);
    scopes.extend(districts.map(|unit| Scope::new(actor.scope.units_from, unit.level, unit.code.clone())));
    let communes = units.communes_below(level, &actor.scope.code).into_iter();
    scopes.extend(communes.map(|unit| Scope::new(actor.scope.units_from, unit.level, unit.code.clone())));
    scopes.dedup();
    let ids = counted.ids();
    let state = |unit: Scope| {
        let sum = sum_in(&counted.units, &unit);
        let targets = ids.iter().map(|id| counted.state(&sum, id)).collect();
        TargetBoard { unit, on, targets }
    };
    Ok(scopes.into_iter().map(state).collect())
}

/// Counts of a scope with what they were counted by.
pub(crate) struct Counted {
    pub definitions: Arc<Definitions>,
    pub units: BTreeMap<SheetKey, Arc<UnitCounts>>,
    /// What the province's plan of the year asks for, whose levels the figures are held against.
    pub aims: Aims,
    /// Keys of what the province has vouched for.
    pub confirmed: HashSet<String>,
    pub on: Day,
}

impl Counted {
    pub async fn in_scope(house: &House, scope: &Scope, on: Day) -> Result<Self, AppError> {
        let definitions = definitions_on(house, on)?;
        let units = counts_in(house, scope, &definitions, on).await?;
        let mut work = house.store.read().await?;
        let aims = aims(house, work.as_mut(), scope, on.year()).await?;
        let confirmed = confirmed_keys(work.as_mut()).await?;
        Ok(Self { definitions, units, aims, confirmed, on })
    }

    /// The plan's targets in its order, then what only the definitions know.
    fn ids(&self) -> Vec<String> {
        let mut ids: Vec<String> = self.aims.targets.iter().map(|target| target.id.clone()).collect();
        let follows = |id: &str| self.aims.targets.iter().any(|t| t.id == id || t.definition.as_deref() == Some(id));
        let others = self.definitions.norms.targets.value.definitions.iter().filter(|own| !follows(&own.id));
        ids.extend(others.map(|definition| definition.id.clone()));
        ids
    }

    fn aim(&self, id: &str) -> Option<&AimedTarget> {
        self.aims.targets.iter().find(|target| target.id == id)
    }

    /// The definition that counts a target; a figure outside the plan is its own.
    pub fn definition_of<'a>(&'a self, id: &'a str) -> Option<&'a str> {
        self.aim(id).map_or(Some(id), |aim| aim.definition.as_deref())
    }

    /// The communes of a unit that have no list, none of the year before, or no numbers of households.
    fn absent(&self, unit: &Scope) -> Absent {
        let mut absent = Absent::default();
        if unit.level == ScopeLevel::Commune {
            return absent;
        }
        for (key, of) in self.units.iter().filter(|(key, _)| lies_in(key, unit) && !key.commune.is_empty()) {
            let classes = &of.counts.classes;
            absent.note(&key.commune, (classes.unlisted_now > 0, classes.unlisted_before > 0, classes.missing_now > 0));
        }
        absent
    }

    pub fn state(&self, counts: &Counts, id: &str) -> TargetState {
        let aim = self.aim(id).cloned();
        let counted_by = self.definition_of(id).unwrap_or_default();
        let definition = self.definitions.norms.targets.value.get(counted_by);
        let rounding = self.definitions.norms.targets.value.rounding;
        let readings = self.definitions.of_target(counted_by).map(|(at, ready)| {
            let figure = figure(ready, at, counts, (Lists::on(self.on), self.on), rounding);
            let level = aim.as_ref().and_then(|aim| aim.level.as_ref());
            let met = figure.as_ref().ok().zip(level).and_then(|(figure, level)| met(figure.exact, level));
            ReadingState {
                id: ready.reading.id.clone(),
                label: ready.reading.label.clone(),
                note: ready.reading.note.clone(),
                basis: ready.basis.clone(),
                unconfirmed: unconfirmed(&self.confirmed, &stands_on(ready)),
                unlisted: unlisted(ready, counts),
                figure,
                met,
                has_rows: ready.has_rows(),
                classes: classes_of(&ready.reading.measure),
            }
        });
        let readings = readings.collect();
        let label = aim.as_ref().map(|aim| aim.label.clone()).or_else(|| definition.map(|d| d.label.clone()));
        let unnamed = || Label { vi: id.to_owned(), en: id.to_owned() };
        TargetState { id: id.to_owned(), label: label.unwrap_or_else(unnamed), aim, readings }
    }
}

fn stands_on(ready: &Ready) -> Vec<Basis> {
    std::iter::once(&ready.basis).chain(&ready.fields_stand_on).cloned().collect()
}

/// Staff and models have no list that could be missing.
fn unlisted(ready: &Ready, counts: &Counts) -> i64 {
    match ready.reading.counts.record() {
        RecordKind::Person | RecordKind::Household => counts.classes.unlisted_now,
        RecordKind::Staff | RecordKind::Model => 0,
    }
}

fn classes_of(measure: &TargetMeasure) -> Vec<String> {
    match measure {
        TargetMeasure::ClassShare { classes } | TargetMeasure::ClassShareFall { classes, .. } => classes.clone(),
        _ => Vec::new(),
    }
}
