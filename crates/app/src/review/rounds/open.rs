//! Opens a commune's round: one for each of its villages, with every household now on the lists.

use std::collections::{BTreeMap, HashMap};

use domain::access::{Actor, Verb, check};
use domain::review::round::{CommuneRound, Route, VillageRound};
use domain::units::{Scope, ScopeLevel};
use kernel::{Day, HouseholdId, RoundId, VillageId};
use norms::Classes;
use serde_json::json;
use storage::Work;

use super::ROUND;
use super::law::{Law, is_taken_by};
use crate::{AppError, House};

/// Opens the yearly round of a commune; villages that have one already keep it. How many were opened.
pub async fn open_round(house: &House, actor: &Actor, commune: &Scope, year: i16, day: Day) -> Result<usize, AppError> {
    check(actor, Verb::RunRound)?;
    let scope = commune_scope(house, actor, commune)?;
    let law = Law::on(house, day)?;
    is_taken_by(actor, &law.process.value.listing)?;
    let mut work = house.store.write().await?;
    let lists = current_list(house, work.as_mut(), &scope, year).await?;
    let opened = open_villages(house, work.as_mut(), &scope, (year, Route::Yearly), &lists, &law).await?;
    let place = house.place_of(&scope);
    if let Some(place) = place.clone()
        && work.commune_round(&scope, year, Route::Yearly).await?.is_none()
    {
        let round = CommuneRound::new(RoundId(house.ids.next()), place, year, Route::Yearly);
        let round = round.ending(law.process.value.closes.of(year));
        work.save_commune_round(&round).await?;
    }
    let subject = (ROUND, format!("{year}/{}", scope.code));
    work.record(&house.entry(actor, "round_opened", subject, place, json!({"year": year, "villages": opened}))).await?;
    work.commit().await?;
    Ok(opened)
}

pub(crate) fn commune_scope(house: &House, actor: &Actor, commune: &Scope) -> Result<Scope, AppError> {
    if commune.level != ScopeLevel::Commune {
        return Err(AppError::Missing("commune"));
    }
    house.narrow(actor, Some(commune))
}

/// Who is on the lists now, by village: households with their class.
pub(crate) type Lists = BTreeMap<VillageId, Vec<(HouseholdId, String)>>;

async fn open_villages(
    house: &House,
    work: &mut dyn Work,
    scope: &Scope,
    (year, route): (i16, Route),
    lists: &Lists,
    law: &Law,
) -> Result<usize, AppError> {
    let known = work.village_marks(scope, year, route).await?;
    let mut opened = 0;
    for village in work.villages(scope).await? {
        if known.iter().any(|mark| mark.place.village == village.id) {
            continue;
        }
        let listed = lists.get(&village.id).map(Vec::as_slice).unwrap_or_default();
        let id = RoundId(house.ids.next());
        let round = VillageRound::open(id, village.place(), (year, route), listed, law.under())?;
        work.save_village_round(&round).await?;
        opened += 1;
    }
    Ok(opened)
}

/// The households now on the poor and near-poor lists, where they live now: by this year's decisions, else by last year's
/// list, else (a register that begins with this year) by this year's.
pub(crate) async fn current_list(
    house: &House,
    work: &mut dyn Work,
    scope: &Scope,
    year: i16,
) -> Result<Lists, AppError> {
    let classes = house.rules(year, &house.province_of(scope))?.classes.value.clone();
    let mut class_of: HashMap<HouseholdId, Option<String>> = HashMap::new();
    for stored in work.assessments_of_year(scope, year).await? {
        class_of.insert(stored.assessment.household, stored.class);
    }
    for stored in work.assessments_of_year(scope, year - 1).await? {
        class_of.insert(stored.assessment.household, stored.class);
    }
    for stored in work.assessments_of_year(scope, year).await? {
        if let Some(decision) = stored.assessment.decision {
            class_of.insert(stored.assessment.household, Some(decision.class));
        }
    }
    let listed: BTreeMap<HouseholdId, String> =
        class_of.into_iter().filter_map(|(id, class)| Some((id, listed_class(&classes, class)?))).collect();
    let ids: Vec<HouseholdId> = listed.keys().copied().collect();
    let mut lists = Lists::new();
    for household in work.households_by_id(scope, &ids).await?.iter().filter(|h| h.closed.is_none()) {
        if let Some(class) = listed.get(&household.id) {
            lists.entry(household.place.village).or_default().push((household.id, class.clone()));
        }
    }
    for list in lists.values_mut() {
        list.sort();
    }
    Ok(lists)
}

fn listed_class(classes: &Classes, class: Option<String>) -> Option<String> {
    class.filter(|id| classes.get(id).is_some_and(|class| class.listed))
}
