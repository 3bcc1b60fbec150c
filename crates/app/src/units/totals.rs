//! Each village's total of households and persons in a year.

use std::collections::HashMap;

use domain::access::{Actor, Verb, check};
use domain::units::{Scope, ScopeLevel, Village, VillageTotal};
use kernel::{VillageId, parse_count};
use serde_json::json;

use crate::registry::{commune_must_be_changeable, number_problem};
use crate::{AppError, FieldFault, House};

/// One village with its total, if it was entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotalRow {
    pub village: Village,
    pub total: Option<VillageTotal>,
}

/// The totals of an area in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    pub scope: Scope,
    pub year: i16,
    pub rows: Vec<TotalRow>,
    /// Sums over the villages that have a total.
    pub households: i64,
    pub persons: i64,
    pub missing: usize,
    /// The commune's list was sent up; its totals stand still. Only asked for a commune.
    pub is_locked: bool,
}

/// Totals of the wished unit in a year.
pub async fn totals(house: &House, actor: &Actor, wished: Option<&Scope>, year: i16) -> Result<Totals, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let scope = house.narrow(actor, wished)?;
    let mut work = house.store.read().await?;
    let entered = work.village_totals(&scope, year).await?;
    let (households, persons) = entered.iter().fold((0, 0), |(h, p), t| (h + t.households, p + t.persons));
    let mut by_village: HashMap<VillageId, VillageTotal> = entered.into_iter().map(|t| (t.village, t)).collect();
    let villages = work.villages(&scope).await?;
    let rows: Vec<TotalRow> =
        villages.into_iter().map(|village| TotalRow { total: by_village.remove(&village.id), village }).collect();
    let missing = rows.iter().filter(|row| row.total.is_none()).count();
    let is_locked = scope.level == ScopeLevel::Commune
        && work.submission(&scope, year).await?.is_some_and(|list| list.may_change().is_err());
    Ok(Totals { scope, year, rows, households, persons, missing, is_locked })
}

/// One village's total, as typed. Both fields blank: nothing is said about the village.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotalInput {
    pub village: VillageId,
    pub households: String,
    pub persons: String,
}

/// Sets totals of a commune's villages in a year; gives how many were set.
pub async fn save_totals(
    house: &House,
    actor: &Actor,
    commune: Option<&Scope>,
    year: i16,
    inputs: &[TotalInput],
) -> Result<usize, AppError> {
    check(actor, Verb::EnterPopulation)?;
    let scope = house.narrow(actor, commune)?;
    if scope.level != ScopeLevel::Commune {
        return Err(AppError::Missing("unit"));
    }
    let mut work = house.store.write().await?;
    commune_must_be_changeable(work.as_mut(), &scope, year).await?;
    let villages = work.villages(&scope).await?;
    let totals = read_totals(inputs, &villages, year).map_err(AppError::Form)?;
    work.save_village_totals(&totals).await?;
    let place = totals.first().and_then(|total| villages.iter().find(|v| v.id == total.village)).map(Village::place);
    let detail = json!({"year": year, "totals": totals});
    work.record(&house.entry(actor, "totals_saved", ("population", scope.address()), place, detail)).await?;
    work.commit().await?;
    Ok(totals.len())
}

fn read_totals(inputs: &[TotalInput], villages: &[Village], year: i16) -> Result<Vec<VillageTotal>, Vec<FieldFault>> {
    let (mut read, mut faults) = (Vec::with_capacity(inputs.len()), Vec::new());
    for (row, input) in inputs.iter().enumerate() {
        if input.households.trim().is_empty() && input.persons.trim().is_empty() {
            continue;
        }
        if !villages.iter().any(|village| village.id == input.village) {
            faults.push(FieldFault::at(format!("totals.{row}.village"), "field-choice"));
            continue;
        }
        let households = read_number(&input.households, row, "households", &mut faults);
        let persons = read_number(&input.persons, row, "persons", &mut faults);
        let (Some(households), Some(persons)) = (households, persons) else { continue };
        if persons < households || (households == 0 && persons > 0) {
            faults.push(FieldFault::at(format!("totals.{row}.persons"), "field-persons-of-households"));
            continue;
        }
        read.push(VillageTotal { village: input.village, year, households, persons });
    }
    if faults.is_empty() { Ok(read) } else { Err(faults) }
}

fn read_number(text: &str, row: usize, field: &str, faults: &mut Vec<FieldFault>) -> Option<i64> {
    let problem = if text.trim().is_empty() {
        "field-missing"
    } else {
        match parse_count(text) {
            Ok(number) if number >= 0 => return Some(number),
            Ok(_) => "field-negative",
            Err(fault) => number_problem(fault),
        }
    };
    faults.push(FieldFault::at(format!("totals.{row}.{field}"), problem));
    None
}

#[cfg(test)]
mod tests {
    use kernel::Day;

    use super::*;

    fn village() -> Village {
        Village {
            id: VillageId(uuid::Uuid::nil()),
            units_from: Day::first_of(2020),
            province: "42".to_owned(),
            district: "444".to_owned(),
            commune: "18073".to_owned(),
            name: "Thôn 1".to_owned(),
        }
    }

    #[test]
    fn a_village_total_is_taken_when_every_household_has_somebody_in_it() {
        let table = [
            ("210", "1.234", Ok(vec![(210, 1234)])),
            ("0", "0", Ok(vec![(0, 0)])),
            (" ", "", Ok(vec![])),
            ("5", "5", Ok(vec![(5, 5)])),
            ("5", "4", Err("field-persons-of-households")),
            ("0", "3", Err("field-persons-of-households")),
            ("-1", "3", Err("field-negative")),
            ("1.5", "3", Err("field-number-doubtful")),
            ("5", "", Err("field-missing")),
            ("năm", "20", Err("field-number")),
        ];
        for (households, persons, expected) in table {
            let input = TotalInput { village: village().id, households: households.into(), persons: persons.into() };
            let read = read_totals(&[input], &[village()], 2023)
                .map(|totals| totals.iter().map(|t| (t.households, t.persons)).collect::<Vec<_>>())
                .map_err(|faults| faults[0].problem);
            assert_eq!(read, expected, "{households} households, {persons} persons");
        }
    }
}
