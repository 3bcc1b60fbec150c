//! The rows of a form and the totals of villages under each: by the units below the scope, or by those of another day.

use std::collections::{HashMap, HashSet};

use domain::review::form::{Population, UnitBelow};
use domain::review::list::area_of_type;
use domain::units::{Scope, ScopeLevel, Village};
use norms::{Area, Level, Rulebook};
use storage::Work;

use super::lines::{LoadedLines, RowKeyOf};
use crate::{AppError, House};

/// The units that get a row: districts of a province, communes of a district, villages of a commune.
pub(super) fn units_below(house: &House, scope: &Scope, rules: &Rulebook, villages: &[Village]) -> Vec<UnitBelow> {
    let units = house.units(scope);
    if scope.level == ScopeLevel::Commune {
        let area = units.commune(&scope.code).and_then(|u| area_of_type(&u.kind, rules));
        let row = |v: &Village| UnitBelow { key: v.id.to_string(), label: v.name.clone(), area };
        return villages.iter().map(row).collect();
    }
    units
        .children(scope.level.into(), &scope.code)
        .map(|unit| UnitBelow {
            key: unit.code.clone(),
            label: unit.full_name(),
            area: (unit.level == Level::Commune).then(|| area_of_type(&unit.kind, rules)).flatten(),
        })
        .collect()
}

/// Village totals added up per row.
pub(super) async fn population(
    house: &House,
    work: &mut dyn Work,
    (scope, year): (&Scope, i16),
    (rules, villages): (&Rulebook, &[Village]),
    (rows, key_of): (&[UnitBelow], RowKeyOf<'_>),
) -> Result<Population, AppError> {
    let units = house.units(scope);
    let totals: HashMap<_, _> =
        work.village_totals(scope, year).await?.into_iter().map(|total| (total.village, total)).collect();
    let area_of =
        |commune: &str| units.commune(commune).and_then(|u| area_of_type(&u.kind, rules)).unwrap_or(Area::Rural);
    let mut population = Population::default();
    let wanted: HashSet<&str> = rows.iter().map(|r| r.key.as_str()).collect();
    for village in villages {
        let key = key_of(&village.place(), None);
        if !wanted.contains(key.as_str()) {
            continue;
        }
        let count = population.by_unit.entry((key, area_of(&village.commune))).or_default();
        match totals.get(&village.id) {
            Some(total) => {
                count.households += total.households;
                count.persons += total.persons;
            }
            None => count.villages_missing += 1,
        }
    }
    Ok(population)
}

/// A commune without villages has no totals either, so that its row cannot be told. A list read alone is only asked for
/// the communes it speaks of.
pub(super) fn expect_all_communes(
    house: &House,
    scope: &Scope,
    rules: &Rulebook,
    (villages, rows, key_of): (&[Village], &[UnitBelow], RowKeyOf<'_>),
    population: &mut Population,
) {
    if scope.level == ScopeLevel::Commune {
        return;
    }
    let units = house.units(scope);
    let with_villages: HashSet<&str> = villages.iter().map(|village| village.commune.as_str()).collect();
    let wanted: HashSet<&str> = rows.iter().map(|r| r.key.as_str()).collect();
    let without = |commune: &&norms::Unit| !with_villages.contains(commune.code.as_str());
    for commune in units.communes_below(scope.level.into(), &scope.code).into_iter().filter(without) {
        let of_commune = Scope::new(scope.units_from, ScopeLevel::Commune, commune.code.clone());
        let Some(place) = house.place_of(&of_commune) else { continue };
        let key = key_of(&place, None);
        if wanted.contains(key.as_str()) {
            let area = area_of_type(&commune.kind, rules).unwrap_or(Area::Rural);
            population.by_unit.entry((key, area)).or_default().villages_missing += 1;
        }
    }
}

/// A unit made of town and country has its households under both areas, and no empty row under the one of its own type.
pub(super) fn show_where_counted(units: &mut [UnitBelow], loaded: &LoadedLines, population: &Population) {
    let mut counted: HashSet<&str> = loaded.lines.iter().map(|line| line.below.as_str()).collect();
    counted.extend(population.by_unit.keys().map(|(key, _)| key.as_str()));
    for unit in units.iter_mut().filter(|unit| counted.contains(unit.key.as_str())) {
        unit.area = None;
    }
}
