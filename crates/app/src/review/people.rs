//! Names beside numbers: who the households behind a figure are, and what changed for each since last year.

use std::collections::HashMap;

use domain::access::{Actor, Verb, check};
use domain::registry::Household;
use domain::review::{Fate, compare};
use domain::units::Scope;
use kernel::HouseholdId;

use super::export::Namer;
use super::lines::load_lines;
use crate::{AppError, House};

/// One household as lists of figures show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    pub household: HouseholdId,
    pub head: String,
    /// `Thôn 3, Xã Hương Trạch`.
    pub place: String,
    pub before: Option<String>,
    pub now: Option<String>,
}

/// The households asked for, in that order; one that cannot be seen any more keeps its row without a name.
pub async fn people(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    year: i16,
    ids: &[HouseholdId],
) -> Result<Vec<PersonRow>, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let scope = house.narrow(actor, wished)?;
    let mut work = house.store.read().await?;
    let households: HashMap<HouseholdId, Household> =
        work.households_by_id(&actor.scope, ids).await?.into_iter().map(|h| (h.id, h)).collect();
    let mut classes = Vec::new();
    for of_year in [year - 1, year] {
        let found = work.assessments_by_household(of_year, ids).await?;
        classes.push(found.into_iter().map(|s| (s.assessment.household, s.class)).collect::<HashMap<_, _>>());
    }
    let places = Namer::new(house, &scope, work.villages(&scope).await?);
    let class = |at: usize, id: &HouseholdId| classes.get(at).and_then(|c| c.get(id)).cloned().flatten();
    Ok(ids
        .iter()
        .map(|id| {
            let household = households.get(id);
            let names = household.map(|h| places.names(h)).unwrap_or_default();
            PersonRow {
                household: *id,
                head: household.map(|h| h.head_name().to_owned()).unwrap_or_default(),
                place: [names.village, names.commune]
                    .into_iter()
                    .filter(|n| !n.is_empty())
                    .collect::<Vec<_>>()
                    .join(", "),
                before: class(0, id),
                now: class(1, id),
            }
        })
        .collect())
}

/// What became of one household between the two lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeOf {
    pub household: HouseholdId,
    /// Id of the movement, or `stayed`, `vanished`, `unclassified`, `no_rule`.
    pub movement: String,
    pub before: Option<String>,
    pub now: Option<String>,
    pub size_before: Option<i64>,
    pub size_now: Option<i64>,
}

/// A movement by its id; what is none by the program's word.
pub(crate) fn movement_id(fate: Fate<'_>) -> &str {
    match fate {
        Fate::Moved(movement) => &movement.id,
        Fate::Stayed => "stayed",
        Fate::Vanished => "vanished",
        Fate::Unclassified => "unclassified",
        Fate::NoRule => "no_rule",
    }
}

/// Every household of either list; and whether there was a list last year at all.
pub async fn changes(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    year: i16,
) -> Result<(Vec<ChangeOf>, bool), AppError> {
    check(actor, Verb::ReadRegistry)?;
    let scope = house.narrow(actor, wished)?;
    let rules = house.rules(year, &house.province_of(&scope))?;
    let mut work = house.store.read().await?;
    let loaded = load_lines(work.as_mut(), &scope, year, &rules).await?;
    let mut changes: Vec<ChangeOf> = compare(&loaded.lines, &rules)
        .into_iter()
        .map(|found| ChangeOf {
            household: found.line.household,
            movement: movement_id(found.fate).to_owned(),
            before: found.line.before.as_ref().and_then(|s| s.class.clone()),
            now: found.line.now.as_ref().and_then(|s| s.class.clone()),
            size_before: found.line.before.as_ref().map(|s| s.size),
            size_now: found.line.now.as_ref().map(|s| s.size),
        })
        .collect();
    // What needs a person's answer comes first, then what moved, then what stayed.
    changes.sort_by_key(|c| (c.movement == "stayed", c.movement != "vanished", c.movement.clone(), c.household));
    Ok((changes, loaded.has_previous))
}
