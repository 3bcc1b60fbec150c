//! Changes of boundaries: what is known of each step, what waits for a decision, recording one and taking it back.

use domain::access::{Actor, Verb, check};
use domain::units::{
    BoundaryChange, Fate, Placements, Restater, Scope, ScopeLevel, Timeline, UnitKey, check_change, check_withdrawal,
};
use kernel::{BoundaryId, Day};
use norms::Level;
use serde_json::json;
use storage::Work;

use super::change_input::{ChangeInput, read_change};
use crate::{AppError, House};

/// One step between two states of the units, as a province sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepView {
    /// First day of the units after the step.
    pub on: Day,
    /// First day of the units before it.
    pub before: Day,
    /// The norms have a list of the day.
    pub is_listed: bool,
    /// Communes of the province before the step, by what became of them.
    pub same: usize,
    pub whole: usize,
    pub divided: usize,
    pub unknown: usize,
    /// Communes after the step of which nothing says where they came from.
    pub without_origin: usize,
    pub changes: Vec<BoundaryChange>,
}

/// One commune of the province across a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommuneFate {
    pub key: UnitKey,
    pub name: String,
    pub district: String,
    pub fate: Fate,
    /// Key and name of every unit it may lie in.
    pub into: Vec<(UnitKey, String)>,
}

/// Recorded changes of the province a scope lies in, withdrawn ones too.
pub(crate) async fn changes_of(
    house: &House,
    work: &mut dyn Work,
    scope: &Scope,
) -> Result<Vec<BoundaryChange>, AppError> {
    let province = Scope::new(scope.units_from, ScopeLevel::Province, house.province_of(scope));
    Ok(work.boundary_changes(&province).await?)
}

/// Everything known about where things of the scope lie on other days.
pub async fn restater<'h>(house: &'h House, work: &mut dyn Work, scope: &Scope) -> Result<Restater<'h>, AppError> {
    let changes = changes_of(house, work, scope).await?;
    let placed = work.placements(scope).await?;
    let placements = Placements::new(placed.into_iter().map(|p| (p.what, p.on, p.commune)));
    Ok(Restater::new(&house.norms, &changes, placements))
}

/// All steps as the actor's province sees them, newest first.
pub async fn steps(house: &House, actor: &Actor, scope: &Scope) -> Result<Vec<StepView>, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let scope = house.narrow(actor, Some(scope))?;
    let mut work = house.store.read().await?;
    let changes = changes_of(house, work.as_mut(), &scope).await?;
    let timeline = Timeline::new(&house.norms, &changes);
    let province = house.province_of(&scope);
    let mut steps: Vec<StepView> = (1..timeline.epochs().len())
        .filter_map(|at| {
            let (before, after) = (timeline.epochs().get(at - 1)?, timeline.epochs().get(at)?);
            let fates: Vec<Fate> = before
                .units
                .communes_below(Level::Province, &province)
                .into_iter()
                .filter_map(|unit| timeline.forward(at, Level::Commune, &unit.code))
                .collect();
            let count = |wanted: fn(&Fate) -> bool| fates.iter().filter(|fate| wanted(fate)).count();
            let new = after.units.communes_below(Level::Province, &province);
            let without_origin = new
                .into_iter()
                .filter(|u| matches!(timeline.backward(at, Level::Commune, &u.code), Some(Fate::Unknown(_))))
                .count();
            Some(StepView {
                on: after.from,
                before: before.from,
                is_listed: after.is_listed,
                same: count(|fate| matches!(fate, Fate::Same(_))),
                whole: count(|fate| matches!(fate, Fate::Whole(_))),
                divided: count(|fate| matches!(fate, Fate::Divided(_))),
                unknown: count(|fate| matches!(fate, Fate::Unknown(_))),
                without_origin,
                changes: changes.iter().filter(|c| c.on == after.from).cloned().collect(),
            })
        })
        .collect();
    // A change that was taken back may be of a day that is no step any more.
    let lone: Vec<&BoundaryChange> = changes.iter().filter(|c| steps.iter().all(|s| s.on != c.on)).collect();
    for change in lone {
        steps.push(StepView {
            on: change.on,
            before: change.on,
            is_listed: false,
            same: 0,
            whole: 0,
            divided: 0,
            unknown: 0,
            without_origin: 0,
            changes: vec![change.clone()],
        });
    }
    steps.sort_by_key(|step| std::cmp::Reverse(step.on));
    Ok(steps)
}

/// The communes of the province across the step that begins on a day.
pub async fn communes_across(
    house: &House,
    actor: &Actor,
    scope: &Scope,
    on: Day,
) -> Result<Vec<CommuneFate>, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let scope = house.narrow(actor, Some(scope))?;
    let mut work = house.store.read().await?;
    let changes = changes_of(house, work.as_mut(), &scope).await?;
    let timeline = Timeline::new(&house.norms, &changes);
    let at = timeline.epochs().iter().position(|epoch| epoch.from == on).filter(|at| *at > 0);
    let at = at.ok_or(AppError::Missing("step"))?;
    let (Some(before), Some(after)) = (timeline.epochs().get(at - 1), timeline.epochs().get(at)) else {
        return Err(AppError::Missing("step"));
    };
    let province = house.province_of(&scope);
    let communes = before.units.communes_below(Level::Province, &province);
    Ok(communes
        .into_iter()
        .filter_map(|unit| {
            let fate = timeline.forward(at, Level::Commune, &unit.code)?;
            let into = fate
                .codes()
                .iter()
                .map(|code| {
                    let key = UnitKey { level: ScopeLevel::Commune, code: code.clone(), from: after.from };
                    let name = after.units.commune(code).map(norms::Unit::full_name).unwrap_or_default();
                    (key, name)
                })
                .collect();
            Some(CommuneFate {
                key: UnitKey { level: ScopeLevel::Commune, code: unit.code.clone(), from: before.from },
                name: unit.full_name(),
                district: before.units.parent(unit).map(norms::Unit::full_name).unwrap_or_default(),
                fate,
                into,
            })
        })
        .collect())
}

/// Records a change of the actor's province; gives its id.
pub async fn record_change(house: &House, actor: &Actor, input: &ChangeInput) -> Result<BoundaryId, AppError> {
    check(actor, Verb::RecordBoundary)?;
    let province = house.province_of(&actor.scope);
    let change = read_change(BoundaryId(house.ids.next()), province, input).map_err(AppError::Form)?;
    let mut work = house.store.write().await?;
    let known = changes_of(house, work.as_mut(), &actor.scope).await?;
    check_change(&house.norms, &known, &change)?;
    work.save_boundary_change(&change).await?;
    let detail = json!({
        "act": change.decision.act, "on": change.on, "kind": change.kind,
        "from": change.sources(), "to": change.targets(),
    });
    let subject = ("boundary_change", change.id.to_string());
    work.record(&house.entry(actor, "boundary_recorded", subject, house.place_of(&actor.scope), detail)).await?;
    work.commit().await?;
    Ok(change.id)
}

/// Takes a change back that was wrongly recorded; it stays readable and counts nowhere.
pub async fn withdraw_change(house: &House, actor: &Actor, id: BoundaryId) -> Result<(), AppError> {
    check(actor, Verb::RecordBoundary)?;
    let mut work = house.store.write().await?;
    let known = changes_of(house, work.as_mut(), &actor.scope).await?;
    let found = known.iter().find(|c| c.id == id && c.counts()).ok_or(AppError::Missing("change"))?;
    check_withdrawal(&house.norms, &known, found)?;
    let withdrawn = BoundaryChange { withdrawn: Some(house.clock.today()), ..found.clone() };
    work.save_boundary_change(&withdrawn).await?;
    let detail = json!({"act": withdrawn.decision.act, "on": withdrawn.on});
    let subject = ("boundary_change", id.to_string());
    work.record(&house.entry(actor, "boundary_withdrawn", subject, house.place_of(&actor.scope), detail)).await?;
    work.commit().await?;
    Ok(())
}

/// One recorded change of the actor's province.
pub async fn change(house: &House, actor: &Actor, id: BoundaryId) -> Result<BoundaryChange, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let mut work = house.store.read().await?;
    let known = changes_of(house, work.as_mut(), &actor.scope).await?;
    known.into_iter().find(|c| c.id == id).ok_or(AppError::Missing("change"))
}
