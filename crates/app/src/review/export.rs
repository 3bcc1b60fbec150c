//! The list of a scope and year as a workbook in the three-sheet layout, and the comparison of two years.

use std::collections::HashMap;

use documents::write::{ExportHousehold, ExportList, PlaceNames, write_list};
use domain::access::{Actor, Verb, check};
use domain::registry::Household;
use domain::units::{Scope, Village};
use kernel::{HouseholdId, VillageId};
use norms::{Level, Rulebook};
use storage::{ListWork, StoredAssessment};

use super::forms::marks;
use super::lines::TwoYears;
use crate::{AppError, House};

/// Writes the list of a scope.
pub async fn list_workbook(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    year: i16,
) -> Result<Vec<u8>, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let scope = house.narrow(actor, wished)?;
    let rules = house.rules(year, &house.province_of(&scope))?;
    let mut work = house.store.read().await?;
    let is_sample = crate::access::is_sample(work.as_mut()).await?;
    let paper_marks = marks(house, &scope, year, is_sample, &[]);
    let years = TwoYears::load(work.as_mut(), &scope, year).await?;
    let (listed, escaped) = entries(house, work.as_mut(), &scope, years, &rules).await?;
    let export = ExportList { rules: &rules, marks: &paper_marks, listed, escaped };
    let mut out = std::io::Cursor::new(Vec::new());
    write_list(&export, &mut out).map_err(|error| AppError::Paper(error.to_string()))?;
    Ok(out.into_inner())
}

/// The households on the list of a scope, in the order of the paper.
pub async fn listed(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    year: i16,
) -> Result<Vec<ExportHousehold>, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let scope = house.narrow(actor, wished)?;
    let rules = house.rules(year, &house.province_of(&scope))?;
    let mut work = house.store.read().await?;
    let years = TwoYears::load(work.as_mut(), &scope, year).await?;
    Ok(entries(house, work.as_mut(), &scope, years, &rules).await?.0)
}

type Entries = (Vec<ExportHousehold>, Vec<(String, ExportHousehold)>);

/// Households on the list, in the order of commune, village and head; and those that left a class.
pub async fn entries(
    house: &House,
    work: &mut (impl ListWork + ?Sized),
    scope: &Scope,
    years: TwoYears,
    rules: &Rulebook,
) -> Result<Entries, AppError> {
    let before = years.before.into_iter();
    let left_from: HashMap<HouseholdId, String> =
        before.filter_map(|s| Some((s.assessment.household, s.class?))).collect();
    let ids: Vec<HouseholdId> = years.now.iter().map(|s| s.assessment.household).collect();
    let mut households: HashMap<HouseholdId, Household> =
        work.households_by_id(scope, &ids).await?.into_iter().map(|h| (h.id, h)).collect();
    let places = Namer::new(house, scope, work.villages(scope).await?);
    let mut listed = Vec::new();
    let mut escaped = Vec::new();
    for StoredAssessment { assessment, class, .. } in years.now {
        let Some(household) = households.remove(&assessment.household) else { continue };
        let names = places.names(&household);
        let is_listed = assessment.listed;
        let entry = ExportHousehold { household, assessment, class, names };
        if is_listed {
            listed.push(entry);
        } else {
            let from = entry.assessment.left_class.as_ref().or(left_from.get(&entry.household.id));
            let from = from.filter(|class| escaped_classes(rules).any(|known| known == *class)).cloned();
            escaped.push((from.or_else(|| escaped_classes(rules).next().cloned()).unwrap_or_default(), entry));
        }
    }
    sort(&mut listed, |entry| entry);
    sort(&mut escaped, |(_, entry)| entry);
    Ok((listed, escaped))
}

fn sort<T>(entries: &mut [T], entry_of: impl Fn(&T) -> &ExportHousehold) {
    entries.sort_by_cached_key(|item| {
        let entry = entry_of(item);
        let place = &entry.household.place;
        let village = kernel::text::sort_key(&entry.names.village);
        (place.commune.clone(), village, kernel::text::person_sort_key(entry.household.head_name()), place.village)
    });
}

/// The classes that have a sheet of those who left. Where it is not known which was left, or no sheet is for it, the
/// first takes the household: nobody falls off the paper.
fn escaped_classes(rules: &Rulebook) -> impl Iterator<Item = &String> {
    rules.list_layout.value.sheets.iter().filter_map(|sheet| match &sheet.role {
        norms::SheetRole::Escaped(class) => Some(class),
        norms::SheetRole::List => None,
    })
}

/// Names of places as lists write them.
pub struct Namer<'a> {
    house: &'a House,
    scope: &'a Scope,
    villages: HashMap<VillageId, String>,
}

impl<'a> Namer<'a> {
    pub fn new(house: &'a House, scope: &'a Scope, villages: Vec<Village>) -> Self {
        Self { house, scope, villages: villages.into_iter().map(|v| (v.id, v.name)).collect() }
    }

    pub fn names(&self, household: &Household) -> PlaceNames {
        let units = self.house.units(self.scope);
        let place = &household.place;
        let full = |level, code: &str| units.get(level, code).map(norms::Unit::full_name).unwrap_or_default();
        PlaceNames {
            province: units.get(Level::Province, &place.province).map(|u| u.name.clone()).unwrap_or_default(),
            district: full(Level::District, &place.district),
            commune: full(Level::Commune, &place.commune),
            village: self.villages.get(&place.village).cloned().unwrap_or_default(),
        }
    }
}
