//! A unit's life: what it was in every state before and became in every state after.

use domain::access::{Actor, Verb, check};
use domain::units::{BoundaryChange, Fate, Lineage, ScopeLevel, Timeline, UnitKey};
use kernel::Day;
use norms::Level;
use storage::Work;

use super::changes::changes_of;
use crate::{AppError, House};

/// A unit with what it is on the days of other states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Life {
    pub key: UnitKey,
    pub name: String,
    pub above: String,
    /// Every state but its own, oldest first.
    pub moments: Vec<Moment>,
    /// What became what, from the earlier to the later, along the unit's own line.
    pub links: Vec<(UnitKey, UnitKey)>,
}

/// What the unit is in another state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    pub from: Day,
    pub is_before: bool,
    pub lineage: Lineage,
    /// The units of the lineage with their names and what stands above them.
    pub units: Vec<(UnitKey, String, String)>,
    /// The acts that made the step next to it.
    pub acts: Vec<String>,
}

/// The life of a unit as of a day, with the changes recorded in the actor's province.
pub async fn life(house: &House, actor: &Actor, level: ScopeLevel, code: &str, on: Day) -> Result<Life, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let mut work = house.store.read().await?;
    life_of(house, work.as_mut(), actor, (level, code, on)).await
}

async fn life_of(
    house: &House,
    work: &mut dyn Work,
    actor: &Actor,
    (level, code, on): (ScopeLevel, &str, Day),
) -> Result<Life, AppError> {
    let changes = changes_of(house, work, &actor.scope).await?;
    let timeline = Timeline::new(&house.norms, &changes);
    let (unit, key) = timeline.unit(level, code, on).ok_or(AppError::Missing("unit"))?;
    let own = timeline.at(on);
    let links = links(&timeline, &key, own);
    let mut moments = Vec::new();
    for (at, epoch) in timeline.epochs().iter().enumerate().filter(|(at, _)| *at != own) {
        let Some(lineage) = timeline.lineage(level, code, on, epoch.from) else { continue };
        let named = |key: &UnitKey| {
            let unit = epoch.units.get(key.level.into(), &key.code);
            let above = unit.and_then(|u| epoch.units.parent(u)).map(norms::Unit::full_name).unwrap_or_default();
            (key.clone(), unit.map(norms::Unit::full_name).unwrap_or_default(), above)
        };
        // The step next to the state, on the unit's own side of it.
        let step = if at < own { at + 1 } else { at };
        let step_day = timeline.epochs().get(step).map_or(epoch.from, |later| later.from);
        moments.push(Moment {
            from: epoch.from,
            is_before: at < own,
            units: lineage.units().iter().map(named).collect(),
            lineage,
            acts: acts(house, &changes, &links, (level, step_day)),
        });
    }
    let above = timeline.epoch(on).and_then(|epoch| epoch.units.parent(unit)).map(norms::Unit::full_name);
    Ok(Life { key, name: unit.full_name(), above: above.unwrap_or_default(), moments, links })
}

/// The acts that made the unit's own links at a step: recorded ones, else the crosswalk's.
fn acts(
    house: &House,
    changes: &[BoundaryChange],
    links: &[(UnitKey, UnitKey)],
    (level, on): (ScopeLevel, Day),
) -> Vec<String> {
    let of_step: Vec<&(UnitKey, UnitKey)> = links.iter().filter(|(_, later)| later.from == on).collect();
    let made = |change: &BoundaryChange| {
        let joins = |(one, other): &(UnitKey, UnitKey)| {
            change.steps.iter().any(|step| step.from == one.code && step.to == other.code)
        };
        change.counts() && change.on == on && change.level == level && of_step.iter().any(|link| joins(link))
    };
    let recorded: Vec<String> = changes.iter().filter(|c| made(c)).map(|c| c.decision.act.clone()).collect();
    let is_walked = level == ScopeLevel::Commune && house.norms.crosswalk_days().1 == on && !of_step.is_empty();
    if recorded.is_empty() && is_walked {
        return house.norms.crosswalk_basis().citation.iter().map(|citation| citation.act.clone()).collect();
    }
    recorded
}

/// Step by step from the unit's own state, first to the later states, then to the earlier ones.
fn links(timeline: &Timeline<'_>, key: &UnitKey, own: usize) -> Vec<(UnitKey, UnitKey)> {
    let mut links = Vec::new();
    let level = Level::from(key.level);
    let state = |at: usize| timeline.epochs().get(at).map_or(key.from, |epoch| epoch.from);
    for is_forward in [true, false] {
        let steps: Vec<usize> =
            if is_forward { (own + 1..timeline.epochs().len()).collect() } else { (1..=own).rev().collect() };
        let mut now = vec![key.code.clone()];
        for at in steps {
            let mut next: Vec<String> = Vec::new();
            let (near, far) = if is_forward { (state(at - 1), state(at)) } else { (state(at), state(at - 1)) };
            for code in &now {
                let fate =
                    if is_forward { timeline.forward(at, level, code) } else { timeline.backward(at, level, code) };
                for reached in fate.iter().flat_map(Fate::codes) {
                    let here = UnitKey { level: key.level, code: code.clone(), from: near };
                    let there = UnitKey { level: key.level, code: reached.clone(), from: far };
                    links.push(if is_forward { (here, there) } else { (there, here) });
                    if !next.contains(reached) {
                        next.push(reached.clone());
                    }
                }
            }
            now = next;
        }
    }
    links
}
