//! The review of a month that takes a request in: survey, meeting and posting are those of the yearly one. A request never
//! stays behind: where its village has closed the list of the month, the next month whose list is open takes it.

use domain::access::{Actor, Verb, check};
use domain::review::deadline::opening_day;
use domain::review::request::{Request, RequestStop};
use domain::review::round::{CommuneRound, Route, Step, VillageRound};
use domain::units::{Scope, ScopeLevel};
use kernel::{Day, RequestId, RoundId};
use norms::MonthlyRoute;
use serde_json::json;
use storage::Work;

use super::REQUEST;
use super::file::citation;
use crate::review::rounds::{Law, current_list, is_taken_by};
use crate::{AppError, House};

/// Where a request went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TakenIn {
    /// Into its village's round.
    Round(Box<VillageRound>),
    /// Its village closed the list of the month; the next review opens on this day.
    Later(Day),
}

/// Takes a request into the monthly round of its village.
pub async fn take_into_monthly(house: &House, actor: &Actor, id: RequestId, day: Day) -> Result<TakenIn, AppError> {
    check(actor, Verb::RunRound)?;
    let law = Law::on(house, day)?;
    is_taken_by(actor, &law.process.value.listing)?;
    let mut work = house.store.write().await?;
    let request = work.request(&actor.scope, id).await?.ok_or(AppError::Missing("request"))?;
    may_be_taken(house, &request, day)?;
    let commune = Scope::new(request.place.units_from, ScopeLevel::Commune, request.place.commune.clone());
    let scope = house.narrow(actor, Some(&commune))?;
    let (opens, known) = open_month(house, work.as_mut(), &scope, &request).await?;
    let was = request.opens;
    let mut request = if opens == was { request } else { request.moved_to(opens, day) };
    let detail = json!({"request": id, "opens": request.opens, "was_to_open": was});
    let subject = (REQUEST, id.to_string());
    if opens > day {
        work.save_request(&request).await?;
        work.record(&house.entry(actor, "request_moved", subject, Some(request.place.clone()), detail)).await?;
        work.commit().await?;
        return Ok(TakenIn::Later(opens));
    }
    let key = (opens.year(), Route::Monthly(opens.month()));
    let lists = current_list(house, work.as_mut(), &scope, key.0).await?;
    let before = lists.values().flatten().find(|(id, _)| *id == request.household).map(|(_, class)| class.clone());
    let round = match known {
        Some(round) => round,
        None => VillageRound::open(RoundId(house.ids.next()), request.place.clone(), key, &[], law.under())?,
    };
    let round = round.add_requested(request.household, (request.id, request.due), before, law.under())?;
    request.round = Some(round.id);
    work.save_village_round(&round).await?;
    work.save_request(&request).await?;
    if let Some(place) = house.place_of(&scope) {
        let known = work.commune_round(&scope, key.0, key.1).await?;
        let commune = known.unwrap_or_else(|| CommuneRound::new(RoundId(house.ids.next()), place, key.0, key.1));
        work.save_commune_round(&commune.ending(round.ends)).await?;
    }
    work.record(&house.entry(actor, "request_taken_in", subject, Some(request.place.clone()), detail)).await?;
    work.commit().await?;
    Ok(TakenIn::Round(Box::new(VillageRound { version: round.version + 1, ..round })))
}

fn may_be_taken(house: &House, request: &Request, day: Day) -> Result<(), AppError> {
    let cited = citation(house, request.kind, request.received);
    let stop = if let Some(decision) = &request.decision {
        RequestStop::DecidedBefore { day: decision.day }
    } else if request.kind.by_income() {
        RequestStop::NotByIncome
    } else if request.round.is_some() {
        RequestStop::DecidedByRound
    } else if day < request.opens {
        RequestStop::NotOpen { opens: request.opens }
    } else {
        return Ok(());
    };
    Err(stop.by(cited.as_ref()).into())
}

/// The first opening day from the request's own whose list is open in its village, with that round if there is one.
async fn open_month(
    house: &House,
    work: &mut dyn Work,
    scope: &Scope,
    request: &Request,
) -> Result<(Day, Option<VillageRound>), AppError> {
    let mut opens = request.opens;
    loop {
        let key = (opens.year(), Route::Monthly(opens.month()));
        match work.village_round(scope, request.place.village, key.0, key.1).await? {
            Some(round) if round.step != Step::Listing => {
                let route = house.norms.in_force::<MonthlyRoute>("review.routes.monthly", opens)?;
                opens = opening_day(opens.plus_days(1), route.value.opens_on_day);
            }
            known => return Ok((opens, known)),
        }
    }
}
