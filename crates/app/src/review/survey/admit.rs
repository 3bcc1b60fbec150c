//! Whether a household takes a survey now: it is there, its village is surveying or rechecks an objection, and the list is
//! still the commune's.

use domain::access::Actor;
use domain::registry::{ChangeRefusal, Household};
use domain::review::round::{RoundRefusal, Route, Stop, VillageRound};
use domain::units::Scope;
use kernel::{Day, HouseholdId, VillageId};
use storage::Work;

use crate::registry::commune_must_be_changeable;
use crate::review::rounds::Law;
use crate::{AppError, House};

/// The household's round, when it takes a survey now and the list is still the commune's.
pub(super) async fn round_for(
    house: &House,
    work: &mut dyn Work,
    actor: &Actor,
    household: &Household,
    (year, route): (i16, Route),
) -> Result<VillageRound, AppError> {
    must_be_open(household)?;
    let round = open_round(house, work, actor, (household.place.village, year, route)).await?;
    takes_survey(house, &round, household.id)?;
    Ok(round)
}

pub(super) fn must_be_open(household: &Household) -> Result<(), ChangeRefusal> {
    household.closed.map_or(Ok(()), |closed| Err(ChangeRefusal::HouseholdClosed { closed }))
}

/// A village's round, while the list is still the commune's.
pub(super) async fn open_round(
    house: &House,
    work: &mut dyn Work,
    actor: &Actor,
    (village, year, route): (VillageId, i16, Route),
) -> Result<VillageRound, AppError> {
    let round = work.village_round(&actor.scope, village, year, route).await?;
    let law = law_of(house, year)?;
    let round = round.ok_or_else(|| Stop::SurveyClosed.by(&law.process.value.survey))?;
    let commune = crate::review::rounds::commune_of(&round);
    if route == Route::Yearly || !is_recognised(work, &commune, year).await? {
        commune_must_be_changeable(work, &commune, year).await?;
    }
    Ok(round)
}

pub(super) fn takes_survey(house: &House, round: &VillageRound, household: HouseholdId) -> Result<(), AppError> {
    let Err(stop) = round.takes_survey(household) else { return Ok(()) };
    let refusal: RoundRefusal = stop.by(&law_of(house, round.year)?.process.value.survey);
    Err(refusal.into())
}

fn law_of(house: &House, year: i16) -> Result<Law, AppError> {
    Ok(Law::on(house, Day::last_of(year).min(house.clock.today()))?)
}

/// The list of a year that is decided stays closed; reviews on request go on beside it, each to a decision of its own.
async fn is_recognised(work: &mut dyn Work, commune: &Scope, year: i16) -> Result<bool, AppError> {
    let yearly = work.commune_round(commune, year, Route::Yearly).await?;
    Ok(yearly.is_some_and(|round| round.recognition.is_some()))
}
