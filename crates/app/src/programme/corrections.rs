//! What was recorded wrongly is put right or taken back, never without a reason. The trail keeps the reason and how the record
//! stood before, so that an address of something taken back still tells what became of it.

use domain::access::{Actor, Verb, check};
use domain::programme::work::{Activity, Need, Staff, Who, WorkRefusal, distinct};
use domain::units::Place;
use kernel::{ActivityId, Day, ModelId, NeedId, Page, StaffId};
use norms::Subject;
use serde::Serialize;
use serde_json::{Value, json};
use storage::{Entry, EntryFilter, NamedWho, Work};

use super::models::{self, MODEL, ModelInput};
use super::work::{self, ACTIVITY, ActivityInput, NotRecorded};
use crate::{AppError, FieldFault, House};

pub const NEED: &str = "need";
/// Entries that a page shows of one record.
const SHOWN: u32 = 20;

/// Corrects an activity; its unit stays, and so do the participants that are kept.
pub async fn correct_activity(
    house: &House,
    actor: &Actor,
    id: ActivityId,
    (input, reason): (&ActivityInput, &str),
) -> Result<(), NotRecorded> {
    check(actor, Verb::RecordWork)?;
    let mut work = house.store.write().await?;
    let before = work.activity(&actor.scope, id).await?.ok_or(AppError::Missing(ACTIVITY))?;
    let unit = before.place.unit();
    let ((mut activity, definitions), reason) = because(work::read(house, input, before.place.clone()), reason)?;
    (activity.id, activity.intake, activity.version) = (id, before.intake, input.version);
    let mut who: Vec<Who> =
        before.participants.iter().copied().filter(|who| input.kept.contains(&who.id().to_string())).collect();
    who.extend(work::listed(house, work.as_mut(), &unit, (&activity, &definitions), input).await?);
    activity.participants = distinct(&who).0;
    work::must_fit(house, work.as_mut(), &unit, &activity, &definitions).await?;
    work.save_activity(&activity).await?;
    let detail = json!({"content": activity.content, "reason": reason, "before": kept(&before)?});
    tell(house, work.as_mut(), actor, "activity_corrected", (ACTIVITY, id.to_string()), (before.place, detail)).await?;
    work.commit().await?;
    Ok(())
}

/// Takes an activity back.
pub async fn remove_activity(house: &House, actor: &Actor, id: ActivityId, reason: &str) -> Result<(), AppError> {
    check(actor, Verb::RecordWork)?;
    let mut work = house.store.write().await?;
    let before: Activity = work.activity(&actor.scope, id).await?.ok_or(AppError::Missing(ACTIVITY))?;
    let ((), reason) = because(Ok(()), reason)?;
    work.remove_activity(&actor.scope, id).await?;
    let detail = json!({"content": before.content, "day": before.day, "reason": reason, "before": kept(&before)?});
    tell(house, work.as_mut(), actor, "activity_removed", (ACTIVITY, id.to_string()), (before.place, detail)).await?;
    work.commit().await?;
    Ok(())
}

/// Corrects a model; its unit stays, and so do the households that are kept.
pub async fn correct_model(
    house: &House,
    actor: &Actor,
    id: ModelId,
    (input, reason): (&ModelInput, &str),
) -> Result<(), NotRecorded> {
    check(actor, Verb::RecordWork)?;
    let mut work = house.store.write().await?;
    let before = work.model(&actor.scope, id).await?.ok_or(AppError::Missing(MODEL))?;
    let (mut model, reason) = because(models::read(house, input), reason)?;
    (model.id, model.version, model.place) = (id, input.version, before.place.clone());
    model.members = before.members.iter().copied().filter(|h| input.kept.contains(&h.to_string())).collect();
    for household in models::households(house, work.as_mut(), &model.place.unit(), &input.members).await? {
        if !model.members.contains(&household) {
            model.members.push(household);
        }
    }
    work.save_model(&model).await?;
    let detail = json!({"name": model.name, "reason": reason, "before": kept(&before)?});
    tell(house, work.as_mut(), actor, "model_corrected", (MODEL, id.to_string()), (before.place, detail)).await?;
    work.commit().await?;
    Ok(())
}

/// Takes a model back.
pub async fn remove_model(house: &House, actor: &Actor, id: ModelId, reason: &str) -> Result<(), AppError> {
    check(actor, Verb::RecordWork)?;
    let mut work = house.store.write().await?;
    let before = work.model(&actor.scope, id).await?.ok_or(AppError::Missing(MODEL))?;
    let ((), reason) = because(Ok(()), reason)?;
    work.remove_model(&actor.scope, id).await?;
    let detail = json!({"name": before.name, "reason": reason, "before": kept(&before)?});
    tell(house, work.as_mut(), actor, "model_removed", (MODEL, id.to_string()), (before.place, detail)).await?;
    work.commit().await?;
    Ok(())
}

/// Takes one need back.
pub async fn remove_need(house: &House, actor: &Actor, id: NeedId, reason: &str) -> Result<(), AppError> {
    check(actor, Verb::RecordWork)?;
    let mut work = house.store.write().await?;
    let before = work.need(&actor.scope, id).await?.ok_or(AppError::Missing(NEED))?;
    let ((), reason) = because(Ok(()), reason)?;
    work.remove_need(&actor.scope, id).await?;
    let detail = json!({"kind": before.kind, "day": before.day, "reason": reason, "before": kept(&before)?});
    tell(house, work.as_mut(), actor, "need_removed", (NEED, id.to_string()), (before.place, detail)).await?;
    work.commit().await?;
    Ok(())
}

/// A need with whose it is.
pub async fn need(house: &House, actor: &Actor, id: NeedId) -> Result<(Need, Option<NamedWho>), AppError> {
    check(actor, Verb::ReadProgramme)?;
    let mut work = house.store.read().await?;
    let need = work.need(&actor.scope, id).await?.ok_or(AppError::Missing(NEED))?;
    let named = work.names_of(&actor.scope, std::slice::from_ref(&need.who)).await?;
    Ok((need, named.into_iter().next()))
}

pub async fn staff_member(house: &House, actor: &Actor, id: StaffId) -> Result<Staff, AppError> {
    check(actor, Verb::ReadProgramme)?;
    let found = house.store.read().await?.staff_member(&actor.scope, id).await?;
    found.ok_or(AppError::Missing(Subject::Staff.id()))
}

/// Somebody leaves the list of staff on a day: targets of earlier days keep them.
pub async fn staff_leave(
    house: &House,
    actor: &Actor,
    id: StaffId,
    (day, reason): (&str, &str),
) -> Result<(), AppError> {
    check(actor, Verb::RecordWork)?;
    let mut work = house.store.write().await?;
    let before = work.staff_member(&actor.scope, id).await?.ok_or(AppError::Missing(Subject::Staff.id()))?;
    let problem = if day.trim().is_empty() { "field-missing" } else { "field-date" };
    let read = day.parse::<Day>().map_err(|_| AppError::Form(vec![FieldFault::at("left", problem)]));
    let (left, reason) = because(read, reason)?;
    if left < before.since {
        return Err(WorkRefusal::LeavesBeforeJoining { since: before.since, left }.into());
    }
    if left > house.clock.today() {
        return Err(WorkRefusal::DayInFuture { day: left }.into());
    }
    let staff = Staff { left: Some(left), ..before };
    work.save_staff_left(&staff).await?;
    let detail = json!({"name": staff.name, "left": left, "reason": reason});
    let subject = (Subject::Staff.id(), id.to_string());
    tell(house, work.as_mut(), actor, "staff_left", subject, (staff.place, detail)).await?;
    work.commit().await?;
    Ok(())
}

/// Takes somebody off the list who should never have been on it.
pub async fn remove_staff(house: &House, actor: &Actor, id: StaffId, reason: &str) -> Result<(), AppError> {
    check(actor, Verb::RecordWork)?;
    let mut work = house.store.write().await?;
    let before = work.staff_member(&actor.scope, id).await?.ok_or(AppError::Missing(Subject::Staff.id()))?;
    let ((), reason) = because(Ok(()), reason)?;
    work.remove_staff(&actor.scope, id).await?;
    let detail = json!({"name": before.name, "reason": reason, "before": kept(&before)?});
    let subject = (Subject::Staff.id(), id.to_string());
    tell(house, work.as_mut(), actor, "staff_removed", subject, (before.place, detail)).await?;
    work.commit().await?;
    Ok(())
}

/// What became of a record that was taken back, newest first.
pub async fn taken_back(house: &House, actor: &Actor, subject: (&str, String)) -> Result<Vec<Entry>, AppError> {
    check(actor, Verb::ReadProgramme)?;
    let missing = if subject.0 == MODEL { MODEL } else { ACTIVITY };
    let entries = past(house.store.read().await?.as_mut(), actor, subject).await?;
    let is_removed = entries.first().is_some_and(|entry| entry.verb.ends_with("_removed"));
    if is_removed { Ok(entries) } else { Err(AppError::Missing(missing)) }
}

/// The trail of one record, newest first.
pub(super) async fn past(
    work: &mut dyn Work,
    actor: &Actor,
    (subject, id): (&str, String),
) -> Result<Vec<Entry>, AppError> {
    let filter = EntryFilter { scope: actor.scope.clone(), about: Some((subject.to_owned(), id)) };
    Ok(work.entries(&filter, Page::new(1, SHOWN)).await?.rows)
}

/// Why, in the person's own words; that it is missing is said together with the form's other faults.
pub(super) fn because<T>(read: Result<T, AppError>, reason: &str) -> Result<(T, String), AppError> {
    let reason = kernel::text::nfc(reason.trim());
    let missing = || FieldFault::at("why", "field-missing");
    match read {
        Ok(read) if !reason.is_empty() => Ok((read, reason)),
        Ok(_) => Err(AppError::Form(vec![missing()])),
        Err(AppError::Form(mut faults)) if reason.is_empty() => {
            faults.push(missing());
            Err(AppError::Form(faults))
        }
        Err(other) => Err(other),
    }
}

/// The record as it stood.
fn kept(record: &impl Serialize) -> Result<Value, AppError> {
    serde_json::to_value(record).map_err(|error| AppError::Paper(error.to_string()))
}

pub(super) async fn tell(
    house: &House,
    work: &mut dyn Work,
    actor: &Actor,
    verb: &str,
    subject: (&str, String),
    (place, detail): (Place, Value),
) -> Result<(), AppError> {
    work.record(&house.entry(actor, verb, subject, Some(place), detail)).await?;
    Ok(())
}
