//! Whole households: split, merge, move, close. Each leaves an event that the forms' "other" columns can point at.

use domain::access::{Actor, Verb};
use domain::registry::{ChangeRefusal, Household, merge as merged, split as divided};
use domain::units::{Place, Scope, ScopeLevel, Village};
use kernel::text::nfc;
use kernel::{Day, HouseholdId, PersonId, VillageId};
use norms::Explains;
use serde_json::json;

use super::change::{Change, HOUSEHOLD, Seen, must_be_changeable};
use super::found::village_of;
use super::happening::{Happening, chosen_event, event_for};
use super::input::read_day;
use crate::{AppError, FieldFault, House};

/// Some members found a household of their own; gives the new household.
pub async fn split(
    house: &House,
    actor: &Actor,
    seen: Seen,
    (going, new_head): (&[PersonId], PersonId),
    day: &str,
) -> Result<HouseholdId, AppError> {
    let mut change = Change::begin(house, actor, Verb::EditRegistry).await?;
    let household = change.household(actor, seen).await?;
    let (day, today) = the_day(house, day)?;
    let event = event_for(Happening::SplitFrom, &change.rules)?.to_owned();
    let founded = HouseholdId(house.ids.next());
    let mut outcome = divided(household, going, new_head, founded, day, (&event, today))?;
    name_the_head(&mut outcome.founded, &change);
    let detail = json!({"day": day, "going": going, "founded": founded});
    change.save(house, actor, &outcome.stays, ("household_split", detail)).await?;
    let detail = json!({"day": day, "from": outcome.stays.id, "head": outcome.founded.head_name()});
    change.add(house, actor, &outcome.founded, ("household_founded", detail)).await?;
    change.commit().await?;
    Ok(founded)
}

/// The head of a household that was just founded is called its head; what the others are to them is for a person to say.
fn name_the_head(household: &mut Household, change: &Change) {
    let head = change.rules.relations.value.relations.iter().find(|relation| relation.is_head);
    for member in household.members.iter_mut().filter(|member| member.is_head) {
        if let Some(head) = head {
            member.relation.clone_from(&head.id);
        }
    }
}

/// The household `from` joins the household `into`.
pub async fn merge(house: &House, actor: &Actor, into: Seen, from: Seen, day: &str) -> Result<HouseholdId, AppError> {
    let mut change = Change::begin(house, actor, Verb::EditRegistry).await?;
    let (grows, closes) = (change.household(actor, into).await?, change.household(actor, from).await?);
    let (day, today) = the_day(house, day)?;
    let event = event_for(Happening::MergedInto, &change.rules)?.to_owned();
    let outcome = merged(grows, closes, day, &event, today)?;
    let detail = json!({"day": day, "into": outcome.grown.id});
    change.save(house, actor, &outcome.closed, ("household_merged", detail)).await?;
    let detail = json!({"day": day, "from": outcome.closed.id, "members": outcome.grown.size()});
    change.save(house, actor, &outcome.grown, ("household_grew", detail)).await?;
    change.commit().await?;
    Ok(outcome.grown.id)
}

/// The whole household moves to another village of the actor's scope, of another commune too where the scope holds both.
/// The events say so on both sides, because the form of the unit above both villages counts it once and the form of each
/// alone as gone or come. To a commune outside the scope a household is handed over: see [`super::offer_household`].
pub async fn move_household(
    house: &House,
    actor: &Actor,
    seen: Seen,
    village: VillageId,
    day: &str,
) -> Result<HouseholdId, AppError> {
    let mut change = Change::begin(house, actor, Verb::MoveHousehold).await?;
    let household = change.household(actor, seen).await?;
    on_its_way_nowhere(&mut change, actor, household.id).await?;
    let village = village_of(&mut change, actor, village).await?;
    let (day, today) = the_day(house, day)?;
    let (departure, arrival) = move_events(&change)?;
    let left = household.place.clone();
    let household = household.moved_to(village.place(), day, &departure, &arrival, today)?;
    save_move(house, actor, &mut change, (&left, &household), (day, &village)).await?;
    change.commit().await?;
    Ok(household.id)
}

/// A household that was offered to another commune waits for that commune's answer.
pub(super) async fn on_its_way_nowhere(
    change: &mut Change,
    actor: &Actor,
    household: HouseholdId,
) -> Result<(), AppError> {
    let open = change.work.open_handovers(&actor.scope).await?;
    if open.iter().any(|handover| handover.household == household) {
        return Err(ChangeRefusal::OnItsWay.into());
    }
    Ok(())
}

/// How the norms call the two sides of a move: departure and arrival.
pub(super) fn move_events(change: &Change) -> Result<(String, String), AppError> {
    let departure = event_for(Happening::MovedAway, &change.rules)?.to_owned();
    let arrival = event_for(Happening::MovedIn, &change.rules)?.to_owned();
    Ok((departure, arrival))
}

/// Saves a household that moved. A commune it left keeps an entry of its own in the trail.
pub(super) async fn save_move(
    house: &House,
    actor: &Actor,
    change: &mut Change,
    (left, household): (&Place, &Household),
    (day, village): (Day, &Village),
) -> Result<(), AppError> {
    must_be_changeable(change.work.as_mut(), &household.place, change.year).await?;
    let detail = json!({"day": day, "from": left.village, "to": village.id, "village": village.name});
    change.save(house, actor, household, ("household_moved", detail)).await?;
    if left.commune == household.place.commune {
        return Ok(());
    }
    let commune = Scope::new(village.units_from, ScopeLevel::Commune, village.commune.clone());
    let detail = json!({"day": day, "head": household.head_name(), "to": house.scope_name(&commune)});
    let subject = (HOUSEHOLD, household.id.to_string());
    change.work.record(&house.entry(actor, "household_left", subject, Some(left.clone()), detail)).await?;
    Ok(())
}

/// The whole household is gone: a departure event of the norms, the day as typed, and a word on it.
pub async fn close_household(
    house: &House,
    actor: &Actor,
    seen: Seen,
    (event, day, note): (&str, &str, &str),
) -> Result<HouseholdId, AppError> {
    let mut change = Change::begin(house, actor, Verb::EditRegistry).await?;
    let household = change.household(actor, seen).await?;
    let kind = chosen_event(event, Explains::Departure, &change.rules);
    let kind = kind.ok_or_else(|| AppError::Form(vec![FieldFault::at("event", "field-choice")]))?.id.clone();
    let (day, today) = the_day(house, day)?;
    let note = Some(nfc(note)).filter(|note| !note.is_empty());
    let household = household.closed_by(day, &kind, note, today)?;
    let detail = json!({"day": day, "event": kind});
    change.save(house, actor, &household, ("household_closed", detail)).await?;
    change.commit().await?;
    Ok(household.id)
}

/// The day typed, and today.
pub(super) fn the_day(house: &House, text: &str) -> Result<(Day, Day), AppError> {
    let today = house.clock.today();
    let day = read_day(text, "day", today).map_err(|fault| AppError::Form(vec![fault]))?;
    Ok((day, today))
}
