//! The survey sheet of one household, to be filled by hand: who it is stands on it, the answers do not. Its numbers and codes
//! are those of the entry.

use documents::official::{Format, Standing, context};
use domain::access::Actor;
use domain::review::round::Route;
use domain::units::{Scope, ScopeLevel};
use kernel::{HouseholdId, VillageId};

use super::drawn;
use super::office::{Office, filled};
use crate::review::requests::code_of;
use crate::review::survey::survey_sheet;
use crate::{AppError, House};

/// A household of the village's round; without one, a sheet for a household that is not on the list yet.
pub async fn survey_paper(
    house: &House,
    actor: &Actor,
    village: VillageId,
    key: (i16, Route),
    household: Option<HouseholdId>,
    format: Format,
) -> Result<Vec<u8>, AppError> {
    let sheet = survey_sheet(house, actor, village, key).await?;
    let mut work = house.store.read().await?;
    let office = Office::of(house, work.as_mut(), &sheet.round.place).await?;
    drop(work);
    let unconfirmed = sheet.pack.iter().map(|pack| pack.title.vi.clone()).collect();
    let place = &sheet.round.place;
    let units = house.units(&Scope::new(place.units_from, ScopeLevel::Commune, place.commune.clone()));
    let named = |level: ScopeLevel, code: &str| units.get(level.into(), code).map(|unit| unit.name.clone());
    let blank = context::SurveySheet {
        standing: Standing { sample: office.sample, unconfirmed },
        province: named(ScopeLevel::Province, &place.province),
        district: named(ScopeLevel::District, &place.district),
        commune: filled(&office.place),
        village: filled(&sheet.village),
        ..context::SurveySheet::of(&sheet.rules, sheet.pack.as_ref(), sheet.round.year)
    };
    let Some(id) = household else { return drawn(house, blank, format).await };
    let found = sheet.households.iter().find(|h| h.household.id == id).ok_or(AppError::Missing("household"))?;
    let members = crate::registry::members_on_list(&found.household, sheet.round.year);
    let of_household = context::SurveySheet {
        head_name: filled(found.household.head_name()),
        id_number: found.household.head().and_then(|member| member.person.paper.clone()),
        household_code: Some(code_of(id)),
        member_rows: blank.member_rows.max(u16::try_from(members.len()).unwrap_or(u16::MAX)),
        members: members.into_iter().map(|member| member.person.name.clone()).collect(),
        ..blank
    };
    drawn(house, of_household, format).await
}
