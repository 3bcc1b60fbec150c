//! Placing what lies in a divided commune: whole villages, or single households, by those who know where they live.

use std::collections::{BTreeMap, HashMap};

use domain::access::{Actor, Verb, check};
use domain::units::{Placeable, Placements, Scope, Timeline, Village, parts_of};
use kernel::text::fold_name;
use kernel::{Day, HouseholdId, VillageId};
use serde_json::json;
use storage::{PlaceableHousehold, PlacementRecord, Work};

use super::changes::changes_of;
use crate::{AppError, FieldFault, House};

/// Households shown at once.
pub const HOUSEHOLDS_SHOWN: u32 = 200;

/// A commune that a step divides, with the units its villages may lie in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DividedCommune {
    pub code: String,
    pub name: String,
    /// Code and name.
    pub parts: Vec<(String, String)>,
    /// Each village with the code it was placed in.
    pub villages: Vec<(Village, Option<String>)>,
    /// Households that neither are placed nor lie in a placed village.
    pub households: Vec<PlaceableHousehold>,
}

/// What is to be placed in a scope at the step that begins on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placing {
    pub on: Day,
    pub communes: Vec<DividedCommune>,
    /// Other steps that divide communes of the scope.
    pub steps: Vec<Day>,
}

/// The divided communes of the scope with what is placed so far. Without a day, the last step that divides one.
pub async fn placing(house: &House, actor: &Actor, scope: &Scope, on: Option<Day>) -> Result<Placing, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let scope = house.narrow(actor, Some(scope))?;
    let mut work = house.store.read().await?;
    let changes = changes_of(house, work.as_mut(), &scope).await?;
    let timeline = Timeline::new(&house.norms, &changes);
    let steps = dividing_steps(house, &timeline, &scope);
    let Some(on) = on.or(steps.last().copied()) else {
        return Ok(Placing { on: scope.units_from, communes: Vec::new(), steps });
    };
    let placed = placements(work.as_mut(), &scope).await?;
    let mut by_commune: BTreeMap<String, Vec<Village>> = BTreeMap::new();
    for village in work.villages(&scope).await? {
        by_commune.entry(village.commune.clone()).or_default().push(village);
    }
    let mut communes = Vec::new();
    for (code, parts) in divided(house, &timeline, &scope, on) {
        let commune = Scope::new(scope.units_from, domain::units::ScopeLevel::Commune, code.clone());
        let households = work.households_without_placement(&commune, on, HOUSEHOLDS_SHOWN).await?;
        let villages = by_commune.remove(&code).unwrap_or_default();
        let with_place = |village: Village| {
            let place = placed.get(Placeable::Village(village.id), on).map(str::to_owned);
            (village, place)
        };
        communes.push(DividedCommune {
            name: house.units(&scope).commune(&code).map(norms::Unit::full_name).unwrap_or_default(),
            villages: villages.into_iter().map(with_place).collect(),
            code,
            parts,
            households,
        });
    }
    Ok(Placing { on, communes, steps })
}

async fn placements(work: &mut dyn Work, scope: &Scope) -> Result<Placements, AppError> {
    let placed = work.placements(scope).await?;
    Ok(Placements::new(placed.into_iter().map(|p| (p.what, p.on, p.commune))))
}

/// Days of the steps next to the scope's list that divide some commune of it, before or after.
fn dividing_steps(house: &House, timeline: &Timeline<'_>, scope: &Scope) -> Vec<Day> {
    let steps = timeline.epochs().iter().skip(1).map(|epoch| epoch.from);
    steps.filter(|on| !divided(house, timeline, scope, *on).is_empty()).collect()
}

/// Communes of the scope that may lie in several units across the step, with those units. The records are of the scope's
/// list; steps further away are walked through the ones between.
fn divided(house: &House, timeline: &Timeline<'_>, scope: &Scope, on: Day) -> Vec<(String, Vec<(String, String)>)> {
    let communes = house.units(scope).communes_below(scope.level.into(), &scope.code);
    let name = |code: &String| {
        let day = if scope.units_from < on { on } else { day_before(timeline, on) };
        let unit = timeline.unit(domain::units::ScopeLevel::Commune, code, day);
        (code.clone(), unit.map(|(u, _)| u.full_name()).unwrap_or_default())
    };
    communes
        .into_iter()
        .map(|unit| (unit.code.clone(), reached(timeline, &unit.code, scope.units_from, on)))
        .filter(|(_, parts)| parts.len() > 1)
        .map(|(code, parts)| (code, parts.iter().map(name).collect()))
        .collect()
}

/// Any day of the state before the step.
fn day_before(timeline: &Timeline<'_>, on: Day) -> Day {
    timeline.epochs().iter().rfind(|epoch| epoch.from < on).map_or(on, |epoch| epoch.from)
}

/// The parts across the step of a commune followed to it; empty unless the step itself divides it.
fn reached(timeline: &Timeline<'_>, commune: &str, units_from: Day, on: Day) -> Vec<String> {
    let near = if units_from < on { day_before(timeline, on) } else { on };
    let Some(lineage) = timeline.lineage(domain::units::ScopeLevel::Commune, commune, units_from, near) else {
        return Vec::new();
    };
    let mut parts = Vec::new();
    for key in lineage.units() {
        parts.extend(parts_of(timeline, &key.code, on, units_from < on));
    }
    parts.sort();
    parts.dedup();
    parts
}

/// One thing placed, as typed: the part by its code, or its name in pasted lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceInput {
    pub what: Placeable,
    pub commune: String,
}

/// Places villages and households of the actor's scope at a step; gives how many.
pub async fn place(
    house: &House,
    actor: &Actor,
    scope: &Scope,
    on: Day,
    inputs: &[PlaceInput],
    pasted: &str,
) -> Result<usize, AppError> {
    check(actor, Verb::PlaceBoundary)?;
    let scope = house.narrow(actor, Some(scope))?;
    let now = placing(house, actor, &scope, Some(on)).await?;
    let mut wanted = read_pasted(&now, pasted).map_err(AppError::Form)?;
    wanted.extend(inputs.iter().filter(|input| !input.commune.trim().is_empty()).cloned());
    let mut work = house.store.write().await?;
    let mut records = Vec::with_capacity(wanted.len());
    let mut faults = Vec::new();
    for input in wanted {
        let parts = match input.what {
            Placeable::Village(id) => parts_of_village(&now, id),
            Placeable::Household(id) => parts_of_household(work.as_mut(), &scope, &now, id).await?,
        };
        let Some(parts) = parts else {
            faults.push(FieldFault::at(field_of(input.what), "field-not-divided"));
            continue;
        };
        if !parts.iter().any(|(code, _)| *code == input.commune) {
            faults.push(FieldFault::at(field_of(input.what), "field-choice"));
            continue;
        }
        let by_name = actor.name.clone();
        records.push(PlacementRecord { what: input.what, on, commune: input.commune, by: actor.id, by_name });
    }
    if !faults.is_empty() {
        return Err(AppError::Form(faults));
    }
    if records.is_empty() {
        return Ok(0);
    }
    work.save_placements(&records).await?;
    let placed: HashMap<String, String> =
        records.iter().map(|record| (field_of(record.what), record.commune.clone())).collect();
    let detail = json!({"on": on, "n": records.len(), "placed": placed});
    let subject = ("boundary_step", on.iso());
    work.record(&house.entry(actor, "boundary_placed", subject, house.place_of(&scope), detail)).await?;
    work.commit().await?;
    Ok(records.len())
}

/// `village.<id>` or `household.<id>`: the field on the page.
pub fn field_of(what: Placeable) -> String {
    match what {
        Placeable::Village(id) => format!("village.{id}"),
        Placeable::Household(id) => format!("household.{id}"),
    }
}

fn parts_of_village(now: &Placing, id: VillageId) -> Option<&[(String, String)]> {
    let commune = now.communes.iter().find(|c| c.villages.iter().any(|(village, _)| village.id == id))?;
    Some(&commune.parts)
}

async fn parts_of_household<'p>(
    work: &mut dyn Work,
    scope: &Scope,
    now: &'p Placing,
    id: HouseholdId,
) -> Result<Option<&'p [(String, String)]>, AppError> {
    let found = work.household(scope, id).await?;
    let commune = found.and_then(|h| now.communes.iter().find(|c| c.code == h.place.commune));
    Ok(commune.map(|commune| commune.parts.as_slice()))
}

/// Pasted lines `village <tab> part`: the village by its name, the part by code or name. A line that fits nothing, or more
/// than one village, is refused with its number; then nothing is stored.
fn read_pasted(now: &Placing, pasted: &str) -> Result<Vec<PlaceInput>, Vec<FieldFault>> {
    let (mut read, mut faults) = (Vec::new(), Vec::new());
    for line in pasted.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let Some((village, part)) = line.split_once(['\t', ';', '|']) else {
            faults.push(FieldFault::at("pasted", "field-pasted-line"));
            continue;
        };
        let (village, part) = (fold_name(village), part.trim());
        let found: Vec<PlaceInput> = now
            .communes
            .iter()
            .flat_map(|commune| commune.villages.iter().map(move |(v, _)| (commune, v)))
            .filter(|(_, v)| fold_name(&v.name) == village)
            .filter_map(|(commune, v)| {
                let fits = |(code, name): &&(String, String)| code == part || fold_name(name) == fold_name(part);
                let (code, _) = commune.parts.iter().find(fits)?;
                Some(PlaceInput { what: Placeable::Village(v.id), commune: code.clone() })
            })
            .collect();
        match <[PlaceInput; 1]>::try_from(found) {
            Ok([one]) => read.push(one),
            Err(_) => faults.push(FieldFault::at("pasted", "field-pasted-line")),
        }
    }
    faults.dedup();
    if faults.is_empty() { Ok(read) } else { Err(faults) }
}
