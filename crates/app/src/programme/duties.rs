//! Duties of the plan and reports of its calendar: when each is due, what became of it, whose it is. Late ones first.

use domain::access::{Actor, Verb, check};
use domain::programme::due::{DueState, due_in, state_on};
use domain::review::deadline::last_day;
use domain::units::Scope;
use kernel::Day;
use norms::{Basis, Calendar, Dated, DayKind, DueRule, DueRules, Label, Mark, PlanReading, Term, WhenDue};
use serde_json::json;
use storage::DutyRecord;

use super::aims::{AimedTask, aims};
use super::definitions::{of_year, plan_of};
use crate::{AppError, House};

/// One duty or report, once.
#[derive(Debug, Clone)]
pub struct Duty {
    /// `K25` or `R06`.
    pub id: String,
    pub label: Label,
    /// The plan's clause, for a duty.
    pub clause: Option<String>,
    /// Who carries it, by the plan's names.
    pub agencies: Vec<Label>,
    pub due: Option<Day>,
    /// When, in words, where no day is given or one is counted from an event.
    pub when: Option<Label>,
    /// It is due some working days after something that a person enters.
    pub counts_from_event: bool,
    pub state: DueState,
    pub record: Option<DutyRecord>,
    pub basis: Basis,
    /// Id in `review.report_days` of the report of the review that this is: told and closed as one with it.
    pub report: Option<String>,
    /// It falls to the reader's own office.
    pub is_own: bool,
}

/// Duties of a unit in a year as of today; late first, then what is near, then by day.
pub async fn duties(house: &House, actor: &Actor, wished: Option<&Scope>, year: i16) -> Result<Vec<Duty>, AppError> {
    check(actor, Verb::ReadProgramme)?;
    let unit = house.narrow(actor, wished)?;
    let mut work = house.store.read().await?;
    let tasks = aims(house, work.as_mut(), &unit, year).await?.tasks;
    let mut records = work.duties(&unit, year).await?;
    drop(work);
    records.retain(|record| record.unit == unit);
    let today = house.clock.today();
    let mut found = match of_year::<DueRules>(house, "programme.due", year) {
        Ok(rules) => of_rules(house, actor, &unit, year, (&rules, &tasks, &records)),
        Err(_) => Vec::new(),
    };
    let unruled = tasks.iter().filter(|task| !found.iter().any(|duty| duty.id == task.id)).collect::<Vec<_>>();
    let unruled: Result<Vec<Duty>, AppError> =
        unruled.into_iter().map(|task| undated(house, task, &records, today)).collect();
    found.extend(unruled?);
    super::reports::tie(house, (&unit, year), &mut found).await?;
    found.sort_by_key(order);
    Ok(found)
}

/// What a rule gives days to: tasks of the plan, and reports of its calendar.
fn of_rules(
    house: &House,
    actor: &Actor,
    unit: &Scope,
    year: i16,
    (rules, tasks, records): (&Dated<DueRules>, &[AimedTask], &[DutyRecord]),
) -> Vec<Duty> {
    let reports = plan_of(house, &house.province_of(unit), year).map(|plan| plan.value.calendar).unwrap_or_default();
    let today = house.clock.today();
    let mut found = Vec::new();
    for rule in &rules.value.rules {
        let task = tasks.iter().find(|task| task.id == rule.id);
        let report = reports.iter().find(|report| report.id == rule.id);
        let Some(label) = task.map(|t| &t.label).or(report.map(|r| &r.label)) else { continue };
        let agencies = task.map(|t| &t.agencies).or(report.map(|r| &r.from)).cloned().unwrap_or_default();
        let offices = task.map(|task| task.offices.as_slice()).unwrap_or_default();
        let is_own = rules.value.is_own(actor.role.id(), &rule.id, offices);
        let mut days: Vec<Day> = due_in(&rule.when, year).into_iter().map(|due| due.day).collect();
        if matches!(rule.when, WhenDue::WorkingDaysAfter { .. }) {
            days.extend(records.iter().filter(|record| record.duty == rule.id).filter_map(|record| record.due));
        }
        let times: Vec<Option<Day>> = if days.is_empty() { vec![None] } else { days.into_iter().map(Some).collect() };
        for due in times {
            let record = records.iter().find(|r| r.duty == rule.id && r.due == due).cloned();
            let done = record.as_ref().and_then(|record| record.done);
            found.push(Duty {
                id: rule.id.clone(),
                label: label.clone(),
                clause: task.map(|task| task.clause.clone()),
                agencies: agencies.clone(),
                due,
                when: words(rule),
                counts_from_event: matches!(rule.when, WhenDue::WorkingDaysAfter { .. }),
                state: state_on(due, done, today, rules.value.remind_days),
                record,
                basis: basis(rules, rule, label),
                report: None,
                is_own,
            });
        }
    }
    found
}

/// A task that no rule gives a day to: it is followed all the same.
fn undated(house: &House, task: &AimedTask, records: &[DutyRecord], today: Day) -> Result<Duty, AppError> {
    let reading = house.norms.in_force::<PlanReading>("plans.reading", today)?;
    let record = records.iter().find(|record| record.duty == task.id && record.due.is_none()).cloned();
    let done = record.as_ref().and_then(|record| record.done);
    Ok(Duty {
        id: task.id.clone(),
        label: task.label.clone(),
        clause: Some(task.clause.clone()),
        agencies: task.agencies.clone(),
        due: None,
        when: None,
        counts_from_event: false,
        state: state_on(None, done, today, 0),
        record,
        basis: Basis { item: None, label: task.label.clone(), mark: Mark::Inferred, ..reading.basis },
        report: None,
        is_own: false,
    })
}

fn order(duty: &Duty) -> (u8, Option<Day>, String) {
    let rank = match duty.state {
        DueState::Late { .. } => 0,
        DueState::Near { .. } => 1,
        DueState::Ahead { .. } => 2,
        DueState::Undated => 3,
        DueState::Done { .. } => 4,
    };
    (rank, duty.due, duty.id.clone())
}

fn words(rule: &DueRule) -> Option<Label> {
    match &rule.when {
        WhenDue::Undated { why } => Some(why.clone()),
        WhenDue::WorkingDaysAfter { event, .. } => Some(event.clone()),
        _ => None,
    }
}

fn basis(rules: &Dated<DueRules>, rule: &DueRule, label: &Label) -> Basis {
    Basis {
        item: Some(rule.id.clone()),
        label: label.clone(),
        mark: rule.mark,
        citation: rule.citation.clone().or_else(|| rules.basis.citation.clone()),
        ..rules.basis.clone()
    }
}

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
    let rules: Dated<DueRules> = of_year(house, "programme.due", year)?;
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
