//! What is counted in one year's list, told by the units of another day: one road for counts, forms and measures.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::access::{Actor, Verb, check};
use domain::review::form::{NOT_LISTED, UNPLACED, UNRESOLVED, UnitBelow};
use domain::review::list::area_of_type;
use domain::units::{
    CountRow, Place, Placeable, Placed, Restated, Restater, Scope, ScopeLevel, Subject, Table, UnitKey, restate,
};
use kernel::{Day, HouseholdId, VillageId};
use norms::{Level, Rulebook, Unit};

use super::changes::{changes_of, restater};
use crate::review::classes_in;
use crate::{AppError, House};

/// By the units of which day and level something is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ByUnits {
    pub on: Day,
    pub level: ScopeLevel,
}

/// A state of the units that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitChoice {
    pub from: Day,
    /// The state has units of the level in the scope's province.
    pub level: ScopeLevel,
    /// It is the state the scope itself is of.
    pub is_own: bool,
}

/// The states and levels that the scope's figures can be told by, newest first.
pub async fn unit_choices(house: &House, actor: &Actor, scope: &Scope) -> Result<Vec<UnitChoice>, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let scope = house.narrow(actor, Some(scope))?;
    let mut work = house.store.read().await?;
    let changes = changes_of(house, work.as_mut(), &scope).await?;
    let timeline = domain::units::Timeline::new(&house.norms, &changes);
    let mut choices = Vec::new();
    for epoch in timeline.epochs().iter().rev() {
        let has_districts = epoch.units.iter().any(|u| u.level == Level::District);
        let levels = [(ScopeLevel::Commune, true), (ScopeLevel::District, has_districts), (ScopeLevel::Province, true)];
        for (level, _) in levels.into_iter().filter(|(_, stands)| *stands) {
            choices.push(UnitChoice { from: epoch.from, level, is_own: epoch.from == scope.units_from });
        }
    }
    Ok(choices)
}

/// Households of a year's list by class and the units of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitCounts {
    /// Class ids in the order of the norms; the last column counts households without a class.
    pub classes: Vec<String>,
    pub restated: Restated,
    /// Full names of the units, by key.
    pub names: HashMap<UnitKey, String>,
}

/// Counts the list of a year by the units of a day.
pub async fn count_by_units(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    year: i16,
    by: ByUnits,
) -> Result<UnitCounts, AppError> {
    check(actor, Verb::ReadForms)?;
    let scope = house.narrow(actor, wished)?;
    let rules = house.rules(year, &house.province_of(&scope))?;
    let classes: Vec<String> = rules.classes.value.classes.iter().map(|class| class.id.clone()).collect();
    let mut work = house.store.read().await?;
    let restater = restater(house, work.as_mut(), &scope).await?;
    let column = |class: Option<&str>| {
        class.and_then(|id| classes.iter().position(|known| known == id)).unwrap_or(classes.len())
    };
    let counted = |class: Option<&str>, households: i64| {
        let mut counts = vec![0; classes.len() + 1];
        if let Some(count) = counts.get_mut(column(class)) {
            *count = households;
        }
        counts
    };
    let mut households: BTreeMap<(String, VillageId, Option<String>), i64> = BTreeMap::new();
    for (key, of_villages) in classes_in(house, work.as_mut(), &scope, year).await? {
        for count in of_villages.iter() {
            *households.entry((key.commune.clone(), count.village, count.class.clone())).or_default() +=
                count.households;
        }
    }
    // Of whom a person said where it lies stands alone; the others are told with their village.
    let placed = work.placements(&scope).await?.into_iter().filter_map(|placement| match placement.what {
        Placeable::Household(household) => Some(household),
        Placeable::Village(_) => None,
    });
    let placed: Vec<HouseholdId> = placed.collect::<BTreeSet<_>>().into_iter().collect();
    let mut rows = Vec::new();
    for stored in work.assessments_by_household(year, &placed).await? {
        let (place, class) = (stored.assessment.place, stored.class);
        if let Some(others) = households.get_mut(&(place.commune.clone(), place.village, class.clone()))
            && scope.holds(&place)
        {
            *others -= 1;
            let household = Some(stored.assessment.household);
            let counts = counted(class.as_deref(), 1);
            rows.push(CountRow { commune: place.commune, village: Some(place.village), household, counts });
        }
    }
    let others = households.into_iter().filter(|(_, count)| *count != 0);
    rows.extend(others.map(|((commune, village, class), count)| {
        let counts = counted(class.as_deref(), count);
        CountRow { commune, village: Some(village), household: None, counts }
    }));
    let told = restate(&restater, &rows, (scope.units_from, by.on), by.level)
        .map_err(|_| AppError::Refused { code: "UNI-013" })?;
    let names = names_of(&restater, &told);
    Ok(UnitCounts { classes, restated: told, names })
}

fn names_of(restater: &Restater<'_>, told: &Restated) -> HashMap<UnitKey, String> {
    use domain::units::RowOf;
    let keys = told.rows.iter().flat_map(|row| match &row.of {
        RowOf::Unit(key) => vec![key],
        RowOf::Unplaced { old, among } => std::iter::once(old).chain(among).collect(),
        RowOf::Unresolved { old, open } => vec![old, &open.unit],
        RowOf::NotListed { .. } => Vec::new(),
    });
    let name = |key: &UnitKey| restater.timeline().unit_of(key).map(Unit::full_name).unwrap_or_default();
    keys.map(|key| (key.clone(), name(key))).collect()
}

/// The rows of a table told by other units, and under which of them a place stands.
pub(crate) struct RowLabels<'r, 'n> {
    table: Table<'r, 'n>,
    pub(crate) rows: Vec<UnitBelow>,
}

/// Rows for every unit that something in the scope may lie in, then those for what lies in none.
pub(crate) fn row_labels<'r, 'n>(
    restater: &'r Restater<'n>,
    scope: &Scope,
    by: ByUnits,
    rules: &Rulebook,
) -> Result<RowLabels<'r, 'n>, AppError> {
    let refused = |_| AppError::Refused { code: "UNI-013" };
    let table = restater.table(by.level, scope.units_from, by.on).map_err(refused)?;
    let timeline = restater.timeline();
    let own = timeline.epoch(scope.units_from).ok_or(AppError::Missing("unit"))?;
    let target = timeline.epoch(by.on).ok_or(AppError::Missing("unit"))?;
    let mut reached: BTreeSet<&str> = BTreeSet::new();
    for commune in own.units.communes_below(scope.level.into(), &scope.code) {
        match table.find(&Subject::commune(&commune.code)).and_then(|at| table.outcome(at)) {
            Some(Placed::In(key)) => {
                reached.insert(key.code.as_str());
            }
            Some(Placed::Unplaced { among, .. }) => {
                let lifted = among.iter().filter(|key| key.from == target.from);
                reached.extend(lifted.filter_map(|key| above(target, &key.code, by.level)));
            }
            _ => {}
        }
    }
    let level = Level::from(by.level);
    let units = target.units.iter().filter(|u| u.level == level && reached.contains(u.code.as_str()));
    let mut rows: Vec<UnitBelow> = units
        .map(|unit| UnitBelow {
            key: unit.code.clone(),
            label: unit.full_name(),
            area: (level == Level::Commune).then(|| area_of_type(&unit.kind, rules)).flatten(),
        })
        .collect();
    // The pages and papers name these rows in the reader's language.
    let nameless = |key: &str| UnitBelow { key: key.to_owned(), label: String::new(), area: None };
    rows.extend([UNPLACED, UNRESOLVED, NOT_LISTED].map(nameless));
    Ok(RowLabels { table, rows })
}

/// The unit of a level that a commune lies in.
fn above<'e>(epoch: &'e domain::units::Epoch<'_>, commune: &str, level: ScopeLevel) -> Option<&'e str> {
    let mut unit = epoch.units.commune(commune)?;
    while unit.level != Level::from(level) {
        unit = epoch.units.parent(unit)?;
    }
    Some(&unit.code)
}

impl RowLabels<'_, '_> {
    /// Key of the row that a household, or a village as a whole, stands under.
    pub(crate) fn key(&self, place: &Place, household: Option<HouseholdId>) -> String {
        let nowhere = VillageId(uuid::Uuid::nil());
        let village = Some(place.village).filter(|village| *village != nowhere);
        let subject = Subject { commune: &place.commune, village, household };
        let found = self.table.find(&subject).and_then(|at| self.table.outcome(at));
        match found {
            Some(Placed::In(key)) => key.code.clone(),
            Some(Placed::Unplaced { .. }) => UNPLACED.to_owned(),
            Some(Placed::Unresolved { .. }) => UNRESOLVED.to_owned(),
            Some(Placed::NotListed { .. }) | None => NOT_LISTED.to_owned(),
        }
    }
}
