//! A person comes to a household or leaves it: birth, arrival, death, departure. Start with [`record_birth`].

use domain::access::{Actor, Verb};
use domain::registry::{ChangeRefusal, JoinReason, LeaveReason};
use kernel::text::nfc;
use kernel::{Day, PersonId};
use serde_json::json;

use super::change::{Change, Seen};
use super::happening::{Happening, event_for};
use super::input::{MemberInput, ReadMember, read_day, read_member};
use super::members::{Saved, new_member, paper_warnings};
use crate::{AppError, FieldFault, House};

/// Records a child born into a household; its birth date has to be known to the day.
pub async fn record_birth(house: &House, actor: &Actor, seen: Seen, input: &MemberInput) -> Result<Saved, AppError> {
    let born = |read: &ReadMember| match read.birth {
        None => Err(FieldFault::at("birth", "field-missing")),
        Some(birth) => birth.exact().ok_or_else(|| FieldFault::at("birth", "field-full-date")),
    };
    join(house, actor, seen, (input, JoinReason::Born, "birth_recorded"), born).await
}

/// Records somebody who came to live in a household on a day, as typed.
pub async fn record_arrival(
    house: &House,
    actor: &Actor,
    seen: Seen,
    input: &MemberInput,
    day: &str,
) -> Result<Saved, AppError> {
    let today = house.clock.today();
    let came = |_: &ReadMember| read_day(day, "day", today);
    join(house, actor, seen, (input, JoinReason::MovedIn, "arrival_recorded"), came).await
}

async fn join(
    house: &House,
    actor: &Actor,
    seen: Seen,
    (input, reason, verb): (&MemberInput, JoinReason, &str),
    day_of: impl Fn(&ReadMember) -> Result<Day, FieldFault>,
) -> Result<Saved, AppError> {
    let mut change = Change::begin(house, actor, Verb::EditRegistry).await?;
    let household = change.household(actor, seen).await?;
    let today = house.clock.today();
    let read = read_member(input, "", today, &change.rules).map_err(AppError::Form)?;
    if read.is_head {
        return Err(AppError::Form(vec![FieldFault::at("relation", "field-one-head")]));
    }
    let day = day_of(&read).map_err(|fault| AppError::Form(vec![fault]))?;
    let warnings = paper_warnings(&mut change, actor, Some(household.id), std::slice::from_ref(&read)).await?;
    let mut member = new_member(house, &read);
    member.joined = Some((day, reason));
    let detail = json!({"person": member.person.id, "name": member.person.name, "day": day});
    let household = household.with_member(member, today)?;
    change.save(house, actor, &household, (verb, detail)).await?;
    change.commit().await?;
    Ok(Saved { household: household.id, warnings })
}

/// Records a death on a day, as typed. When nobody is left the household closes.
pub async fn record_death(
    house: &House,
    actor: &Actor,
    seen: Seen,
    person: PersonId,
    day: &str,
) -> Result<Saved, AppError> {
    leave(house, actor, seen, (person, day), (LeaveReason::Died, Happening::DiedOut, "death_recorded")).await
}

/// Records that somebody moved away on a day, as typed. When nobody is left the household closes.
pub async fn record_departure(
    house: &House,
    actor: &Actor,
    seen: Seen,
    person: PersonId,
    day: &str,
) -> Result<Saved, AppError> {
    leave(house, actor, seen, (person, day), (LeaveReason::MovedAway, Happening::MovedAway, "departure_recorded")).await
}

async fn leave(
    house: &House,
    actor: &Actor,
    seen: Seen,
    (person, day): (PersonId, &str),
    (reason, closing, verb): (LeaveReason, Happening, &str),
) -> Result<Saved, AppError> {
    let mut change = Change::begin(house, actor, Verb::EditRegistry).await?;
    let household = change.household(actor, seen).await?;
    let today = house.clock.today();
    let day = read_day(day, "day", today).map_err(|fault| AppError::Form(vec![fault]))?;
    let name = household.member(person).ok_or(ChangeRefusal::NotAMember)?.person.name.clone();
    let closing = event_for(closing, &change.rules)?.to_owned();
    let household = household.without_member(person, day, reason, &closing, today)?;
    let detail = json!({"person": person, "name": name, "day": day, "closed": household.closed});
    change.save(house, actor, &household, (verb, detail)).await?;
    change.commit().await?;
    Ok(Saved { household: household.id, warnings: Vec::new() })
}

/// Takes out somebody who was written down by mistake and never lived in the household. Neither a death nor a move is
/// recorded; the trail keeps who it was and the reason.
pub async fn remove_mistaken(
    house: &House,
    actor: &Actor,
    seen: Seen,
    person: PersonId,
    reason: &str,
) -> Result<Saved, AppError> {
    let mut change = Change::begin(house, actor, Verb::EditRegistry).await?;
    let household = change.household(actor, seen).await?;
    let reason = nfc(reason);
    if reason.is_empty() {
        return Err(AppError::Form(vec![FieldFault::at("note", "field-missing")]));
    }
    let (household, mistaken) = household.without_mistake(person)?;
    let detail = json!({"name": mistaken.person.name, "reason": reason, "person": mistaken});
    change.save(house, actor, &household, ("mistake_removed", detail)).await?;
    change.commit().await?;
    Ok(Saved { household: household.id, warnings: Vec::new() })
}
