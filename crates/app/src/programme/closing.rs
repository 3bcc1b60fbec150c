//! What a person says of a duty: that it is done, or the day of what it is counted from.

use domain::access::{Actor, Verb, check};
use domain::review::deadline::last_day;
use domain::units::Scope;
use kernel::Day;
use norms::{Calendar, Dated, DayKind, DueRule, DueRules, Term, WhenDue};
use serde_json::json;
use storage::DutyRecord;

use super::duties::duties;
use crate::{AppError, House};

/// What a person says of a duty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DutyInput {
    pub duty: String,
    /// As listed; empty for a duty without a day.
    pub due: Option<Day>,
    pub done: Option<Day>,
    pub note: String,
    pub version: i64,
}

/// Says that a duty of a unit is done, or that it is not after all.
pub async fn close_duty(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    (year, input): (i16, &DutyInput),
) -> Result<(), AppError> {
    check(actor, Verb::CloseDuty)?;
    let unit = house.narrow(actor, wished)?;
    let known = duties(house, actor, Some(&unit), year).await?;
    if !known.iter().any(|duty| duty.id == input.duty && duty.due == input.due) {
        return Err(AppError::Missing("duty"));
    }
    let today = house.clock.today();
    if input.done.is_some_and(|done| done > today) {
        return Err(domain::programme::work::WorkRefusal::DayInFuture { day: input.done.unwrap_or(today) }.into());
    }
    let record = DutyRecord {
        unit: unit.clone(),
        year,
        duty: input.duty.clone(),
        due: input.due,
        done: input.done,
        note: kernel::text::nfc(&input.note),
        by_name: actor.name.clone(),
        version: input.version,
    };
    let mut work = house.store.write().await?;
    work.save_duty(&record).await?;
    let detail = json!({"duty": record.duty, "due": record.due, "done": record.done, "note": record.note});
    let subject = ("duty", record.duty.clone());
    work.record(&house.entry(actor, "duty_closed", subject, house.place_of(&unit), detail)).await?;
    work.commit().await?;
    Ok(())
}

/// Enters what a duty is counted from, such as the end of a round of supervision; gives the day it is due.
pub async fn enter_event(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    (year, duty, event): (i16, &str, Day),
) -> Result<Day, AppError> {
    check(actor, Verb::CloseDuty)?;
    let unit = house.narrow(actor, wished)?;
    let rules: Dated<DueRules> = house.norms.in_force("programme.due", event)?;
    let Some(rule) = rules.value.get(duty) else { return Err(AppError::Missing("duty")) };
    let due = due_after(house, rule, event)?.ok_or(AppError::Missing("duty"))?;
    let record = DutyRecord {
        unit: unit.clone(),
        year,
        duty: rule.id.clone(),
        due: Some(due),
        done: None,
        note: String::new(),
        by_name: actor.name.clone(),
        version: 0,
    };
    let mut work = house.store.write().await?;
    work.save_duty(&record).await?;
    let detail = json!({"duty": record.duty, "event": event, "due": record.due});
    let subject = ("duty", record.duty.clone());
    work.record(&house.entry(actor, "duty_counted", subject, house.place_of(&unit), detail)).await?;
    work.commit().await?;
    Ok(due)
}

/// The last working day that is still in time; `None` for a rule without an event, or where the calendar ends.
fn due_after(house: &House, rule: &DueRule, event: Day) -> Result<Option<Day>, AppError> {
    let WhenDue::WorkingDaysAfter { days, .. } = &rule.when else { return Ok(None) };
    let calendar = house.norms.in_force::<Calendar>("review.calendar", event)?.value;
    let term = Term { count: u16::from(*days), kind: DayKind::Working, mark: rule.mark };
    Ok(last_day(&calendar, event, term).ok())
}
