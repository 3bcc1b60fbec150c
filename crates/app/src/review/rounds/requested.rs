//! Households that asked and the village's list: who waits to be taken in, one or all of them, and letting one go again.
//! No list is closed over the head of somebody who waits.

use domain::access::{Actor, Verb, check};
use domain::review::request::{Request, RequestKind};
use domain::review::round::{Stop, VillageRound};
use domain::units::Scope;
use kernel::{Day, RequestId};
use serde_json::json;
use storage::Work;

use super::ROUND;
use super::law::{Law, is_taken_by};
use super::open::current_list;
use super::steps::{At, commune_of, find};
use crate::review::requests::{REQUEST, citation};
use crate::{AppError, House};

/// The requests that a village's round has to take in by a day, the oldest first.
pub(crate) async fn waiting(
    work: &mut dyn Work,
    scope: &Scope,
    round: &VillageRound,
    day: Day,
) -> Result<Vec<Request>, AppError> {
    // A request of December opens in January.
    let mut found = work.requests(scope, round.year).await?;
    found.extend(work.requests(scope, round.year - 1).await?);
    found.retain(|request| request.is_awaited_by(round, day));
    found.sort_by_key(|request| (request.received, request.id));
    Ok(found)
}

/// Takes a household into the list that filed a request.
pub async fn add_household(house: &House, actor: &Actor, at: &At, request: RequestId) -> Result<(), AppError> {
    check(actor, Verb::RunRound)?;
    let mut work = house.store.write().await?;
    let round = find(work.as_mut(), actor, at).await?;
    let filed = work.request(&actor.scope, request).await?.ok_or(AppError::Missing("request"))?;
    take_in(house, actor, work, (round, vec![filed])).await.map(drop)
}

/// Takes in everybody who waits. How many.
pub async fn add_waiting(house: &House, actor: &Actor, at: &At) -> Result<usize, AppError> {
    check(actor, Verb::RunRound)?;
    let mut work = house.store.write().await?;
    let round = find(work.as_mut(), actor, at).await?;
    let found = waiting(work.as_mut(), &commune_of(&round), &round, house.clock.today()).await?;
    take_in(house, actor, work, (round, found)).await
}

async fn take_in(
    house: &House,
    actor: &Actor,
    mut work: Box<dyn Work>,
    (mut round, requests): (VillageRound, Vec<Request>),
) -> Result<usize, AppError> {
    let law = Law::on(house, round.opened)?;
    is_taken_by(actor, &law.process.value.listing)?;
    let lists = current_list(house, work.as_mut(), &commune_of(&round), round.year).await?;
    let added = requests.len();
    for mut request in requests {
        if request.kind == RequestKind::Enter && round.reviews(request.household).is_some() {
            return Err(Stop::OnListAlready.by(&law.process.value.listing).into());
        }
        let on_list = lists.values().flatten().find(|(id, _)| *id == request.household);
        let before = on_list.map(|(_, class)| class.clone());
        round = round.add_requested(request.household, (request.id, request.due), before, law.under())?;
        request.round = Some(round.id);
        work.save_request(&request).await?;
        let detail = json!({"household": request.household, "request": request.id});
        let subject = (ROUND, round.id.to_string());
        work.record(&house.entry(actor, "round_household_added", subject, Some(round.place.clone()), detail)).await?;
    }
    work.save_village_round(&round).await?;
    work.commit().await?;
    Ok(added)
}

/// Takes a request out of its round again, before the meeting: it can go into another one or be refused in writing.
pub async fn release(
    house: &House,
    actor: &Actor,
    (id, version): (RequestId, i64),
    (day, text): (Day, &str),
) -> Result<Request, AppError> {
    check(actor, Verb::RunRound)?;
    let law = Law::on(house, day)?;
    is_taken_by(actor, &law.process.value.listing)?;
    let mut work = house.store.write().await?;
    let request = work.request(&actor.scope, id).await?.ok_or(AppError::Missing("request"))?;
    if request.version != version {
        return Err(AppError::Conflict("request"));
    }
    let round = request.round.ok_or(AppError::Missing("round"))?;
    let round = work.village_round_by_id(&actor.scope, round).await?.ok_or(AppError::Missing("round"))?;
    let request = request.clone().released(day, text, citation(house, request.kind, day).as_ref())?;
    let round = round.release(id, law.under())?;
    work.save_village_round(&round).await?;
    work.save_request(&request).await?;
    let detail = json!({"round": round.id, "reason": text.trim()});
    let subject = (REQUEST, id.to_string());
    work.record(&house.entry(actor, "request_released", subject, Some(request.place.clone()), detail)).await?;
    work.commit().await?;
    Ok(Request { version: request.version + 1, ..request })
}
