//! A unit's life: what it was in every state before and became in every state after.

use domain::access::{Actor, Verb, check};
use domain::units::{Fate, Lineage, ScopeLevel, Timeline, UnitKey};
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
    /// Acts of the recorded changes of that day.
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
    let mut moments = Vec::new();
    for (at, epoch) in timeline.epochs().iter().enumerate().filter(|(at, _)| *at != own) {
        let Some(lineage) = timeline.lineage(level, code, on, epoch.from) else { continue };
        let named = |key: &UnitKey| {
            let unit = epoch.units.get(key.level.into(), &key.code);
            let above = unit.and_then(|u| epoch.units.parent(u)).map(norms::Unit::full_name).unwrap_or_default();
            (key.clone(), unit.map(norms::Unit::full_name).unwrap_or_default(), above)
        };
        let step_day = if at < own { timeline.epochs().get(at + 1).map(|e| e.from) } else { Some(epoch.from) };
        let acts = changes.iter().filter(|c| c.counts() && Some(c.on) == step_day);
        moments.push(Moment {
            from: epoch.from,
            is_before: at < own,
            units: lineage.units().iter().map(named).collect(),
            lineage,
            acts: acts.map(|c| c.decision.act.clone()).collect(),
        });
    }
    let above = timeline.epoch(on).and_then(|epoch| epoch.units.parent(unit)).map(norms::Unit::full_name);
    let links = links(&timeline, &key, own);
    Ok(Life { key, name: unit.full_name(), above: above.unwrap_or_default(), moments, links })
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
