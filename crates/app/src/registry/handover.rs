//! A commune hands a household over to another commune of the province, which accepts or declines it.
//! The hand-over is what lets the receiving commune open a household that is not theirs yet. Start with [`offer_household`].

use domain::access::{Actor, Verb, check};
use domain::registry::{Handover, HandoverState};
use domain::units::{Place, Scope, ScopeLevel};
use kernel::text::nfc;
use kernel::{HandoverId, HouseholdId, VillageId};
use serde_json::json;

use super::change::{Change, HOUSEHOLD, Seen, must_be_changeable};
use super::found::village_of;
use super::rearrange::{move_events, on_its_way_nowhere, save_move, the_day};
use crate::{AppError, FieldFault, House};

const HANDOVER: &str = "handover";

/// Offers a household to another commune of the province; the day as typed, and a word on it.
pub async fn offer_household(
    house: &House,
    actor: &Actor,
    seen: Seen,
    to: &Scope,
    (day, note): (&str, &str),
) -> Result<HandoverId, AppError> {
    let mut change = Change::begin(house, actor, Verb::EditRegistry).await?;
    let household = change.household(actor, seen).await?;
    on_its_way_nowhere(&mut change, actor, household.id).await?;
    let (day, today) = the_day(house, day)?;
    let to = commune_of_province(house, &household.place, to)?;
    household.may_be_offered(&to, day, today)?;
    let handover = Handover {
        id: HandoverId(house.ids.next()),
        household: household.id,
        head_name: household.head_name().to_owned(),
        size: i64::try_from(household.size()).unwrap_or(i64::MAX),
        from: household.place.clone(),
        to,
        day,
        note: Some(nfc(note)).filter(|note| !note.is_empty()),
        state: HandoverState::Offered,
        remark: None,
        by: actor.id,
        by_name: actor.name.clone(),
        at_ms: house.clock.now_ms(),
        version: 0,
    };
    keep(house, actor, &mut change, &handover, "household_offered").await?;
    change.commit().await?;
    Ok(handover.id)
}

/// The commune as a place without a village yet, when it is one of the household's own province.
fn commune_of_province(house: &House, from: &Place, to: &Scope) -> Result<Place, AppError> {
    let place = house.place_of(to).filter(|place| to.level == ScopeLevel::Commune && place.province == from.province);
    place.ok_or_else(|| AppError::Form(vec![FieldFault::at("commune", "field-choice")]))
}

/// Saves a hand-over; both communes keep an entry in their trail.
async fn keep(
    house: &House,
    actor: &Actor,
    change: &mut Change,
    handover: &Handover,
    verb: &str,
) -> Result<(), AppError> {
    change.work.save_handover(handover).await?;
    let name = |place: &Place| house.scope_name(&commune(place));
    let detail = json!({
        "head": handover.head_name, "day": handover.day, "from": name(&handover.from), "to": name(&handover.to),
        "remark": handover.remark,
    });
    for place in [&handover.from, &handover.to] {
        let subject = (HOUSEHOLD, handover.household.to_string());
        change.work.record(&house.entry(actor, verb, subject, Some(place.clone()), detail.clone())).await?;
    }
    Ok(())
}

fn commune(place: &Place) -> Scope {
    Scope::new(place.units_from, ScopeLevel::Commune, place.commune.clone())
}

/// Hand-overs from or to the actor's area that wait for somebody.
pub async fn open_handovers(house: &House, actor: &Actor) -> Result<Vec<Handover>, AppError> {
    check(actor, Verb::ReadRegistry)?;
    Ok(house.store.read().await?.open_handovers(&actor.scope).await?)
}

/// One hand-over from or to the actor's area.
pub async fn handover(house: &House, actor: &Actor, id: HandoverId) -> Result<Handover, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let found = house.store.read().await?.handover(&actor.scope, id).await?;
    found.ok_or(AppError::Missing(HANDOVER))
}

/// Takes the household into a village of the actor's commune. Both lists have to be open: the one loses a household, the
/// other gains one.
pub async fn accept_household(
    house: &House,
    actor: &Actor,
    id: HandoverId,
    village: VillageId,
) -> Result<HouseholdId, AppError> {
    let (mut change, handover) = begin(house, actor, id, |handover| &handover.to).await?;
    let village = village_of(&mut change, actor, village).await?;
    let found = change.work.household(&commune(&handover.from), handover.household).await?;
    let household = found.ok_or(domain::registry::ChangeRefusal::HandoverOver)?;
    must_be_changeable(change.work.as_mut(), &household.place, change.year).await?;
    let (departure, arrival) = move_events(&change)?;
    let (left, today) = (household.place.clone(), house.clock.today());
    let (handover, household) = handover.accept(household, village.place(), (&departure, &arrival), today)?;
    save_move(house, actor, &mut change, (&left, &household), (handover.day, &village)).await?;
    keep(house, actor, &mut change, &handover, "household_accepted").await?;
    change.commit().await?;
    Ok(household.id)
}

/// Sends the household back to the commune that offered it, with a reason.
pub async fn decline_household(house: &House, actor: &Actor, id: HandoverId, remark: &str) -> Result<(), AppError> {
    let (mut change, handover) = begin(house, actor, id, |handover| &handover.to).await?;
    let remark = nfc(remark);
    if remark.is_empty() {
        return Err(AppError::Form(vec![FieldFault::at("remark", "field-missing")]));
    }
    let handover = handover.decline(&remark)?;
    keep(house, actor, &mut change, &handover, "household_declined").await?;
    change.commit().await
}

/// Takes an offer back, or puts away one that was declined.
pub async fn withdraw_household(house: &House, actor: &Actor, id: HandoverId) -> Result<HouseholdId, AppError> {
    let (mut change, handover) = begin(house, actor, id, |handover| &handover.from).await?;
    let handover = handover.withdraw()?;
    keep(house, actor, &mut change, &handover, "household_withdrawn").await?;
    change.commit().await?;
    Ok(handover.household)
}

/// A hand-over whose one end, the one that has to act, is the actor's.
async fn begin(
    house: &House,
    actor: &Actor,
    id: HandoverId,
    end: impl Fn(&Handover) -> &Place,
) -> Result<(Change, Handover), AppError> {
    let mut change = Change::begin(house, actor, Verb::EditRegistry).await?;
    let found = change.work.handover(&actor.scope, id).await?.filter(|handover| actor.scope.holds(end(handover)));
    Ok((change, found.ok_or(AppError::Missing(HANDOVER))?))
}
