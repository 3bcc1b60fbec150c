//! Report days that come near for a level of unit: what stands on Việc cần làm before the day, and after it as late, until
//! the report is published or somebody says on which day it was sent.

use domain::access::{Actor, Verb, check};
use domain::programme::due::DueState;
use domain::review::deadline::reports_of_year;
use domain::review::results::ResultsKind;
use domain::units::{Scope, ScopeLevel};
use kernel::Day;
use norms::{Basis, Label, ReportDays};
use serde_json::json;
use storage::Work;

use crate::{AppError, FieldFault, House};

/// A report is told of so many days ahead; the law does not say, the house does.
const AHEAD: i64 = 10;
/// A report that nothing shows as made is told of so long after its day.
const BEHIND: i64 = 30;
/// The days of the law are those of the province; its communes and districts come before it.
const NORMS: [&str; 2] = ["review.report_days", "review.report_days_local"];
/// The report of the reviews on request; it is on the month before the one it is due in.
pub const MONTHLY: &str = "monthly";

/// One report that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    pub id: String,
    pub label: Label,
    pub due: Day,
    /// Negative: so many days late.
    pub days_left: i64,
    pub basis: Basis,
    /// The day it was sent on.
    pub sent: Option<Day>,
}

impl Reminder {
    /// The year and month that a monthly report is on.
    pub fn month(&self) -> Option<(i16, i8)> {
        let before = Day::new(self.due.year(), self.due.month(), 1)?.plus_days(-1);
        (self.id == MONTHLY).then(|| (before.year(), before.month()))
    }
}

/// The reports of the actor's level around today that are not made.
pub async fn reminders(house: &House, actor: &Actor, year: i16) -> Result<Vec<Reminder>, AppError> {
    let published = published_kinds(house, actor, year).await?;
    let made = |id: &str| ResultsKind::from_id(id).is_some_and(|kind| published.contains(&kind));
    let all = report_calendar(house, actor, year).await?.into_iter();
    let is_near = |r: &Reminder| (-BEHIND..=AHEAD).contains(&r.days_left);
    let closed = closed_duties(house, actor, year).await?;
    let closed_as_duty = |r: &Reminder| closed.contains(&(r.id.clone(), Some(r.due)));
    Ok(all.filter(|r| is_near(r) && r.sent.is_none() && !made(&r.id) && !closed_as_duty(r)).collect())
}

/// All reports of a year that the actor's level owes, with the day each was sent on.
pub async fn report_calendar(house: &House, actor: &Actor, year: i16) -> Result<Vec<Reminder>, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let today = house.clock.today();
    let level = match actor.scope.level {
        ScopeLevel::Commune => "commune",
        ScopeLevel::District => "district",
        ScopeLevel::Province => "province",
    };
    let mut work = house.store.read().await?;
    let mut found = Vec::new();
    for norm in NORMS {
        let days = house.norms.in_force::<ReportDays>(norm, Day::last_of(year).min(today))?;
        for (due, report) in reports_of_year(&days.value.reports, year, level) {
            let sent = sent_on(work.as_mut(), &actor.scope, &report.id, due).await?;
            let (id, label) = (report.id.clone(), report.label.clone());
            found.push(Reminder { id, label, due, days_left: today.days_until(due), basis: days.basis.clone(), sent });
        }
    }
    found.sort_by_key(|reminder| reminder.due);
    Ok(found)
}

fn mark_key(scope: &Scope, id: &str, due: Day) -> String {
    format!("report_sent/{}/{}/{id}/{}", scope.units_from.iso(), scope.address(), due.iso())
}

/// The day on which a unit's report was marked as sent.
pub(crate) async fn sent_on(work: &mut dyn Work, scope: &Scope, id: &str, due: Day) -> Result<Option<Day>, AppError> {
    let known = work.setting(&mark_key(scope, id, due)).await?;
    Ok(known.as_deref().and_then(Day::from_iso))
}

/// Somebody says that a report was sent, and on which day.
pub async fn mark_sent(house: &House, actor: &Actor, (id, due): (&str, Day), day: Day) -> Result<(), AppError> {
    let verb = if actor.may(Verb::CompileResults) { Verb::CompileResults } else { Verb::TakeRequest };
    check(actor, if actor.may(Verb::GiveOpinion) { Verb::GiveOpinion } else { verb })?;
    let owed = report_calendar(house, actor, due.year()).await?;
    if !owed.iter().any(|reminder| reminder.id == id && reminder.due == due) {
        return Err(AppError::Missing("report"));
    }
    if day > house.clock.today() {
        return Err(AppError::Form(vec![FieldFault::at("day", "field-future")]));
    }
    let mut work = house.store.write().await?;
    work.save_setting(&mark_key(&actor.scope, id, due), &day.iso()).await?;
    let detail = json!({"report": id, "due": due, "sent": day});
    let subject = ("report", format!("{id}/{}", due.iso()));
    work.record(&house.entry(actor, "report_sent", subject, house.place_of(&actor.scope), detail)).await?;
    work.commit().await?;
    Ok(())
}

/// Reports that were closed as a duty of the plan.
async fn closed_duties(house: &House, actor: &Actor, year: i16) -> Result<Vec<(String, Option<Day>)>, AppError> {
    if !actor.may(Verb::ReadProgramme) {
        return Ok(Vec::new());
    }
    let duties = crate::programme::duties::duties(house, actor, None, year).await?;
    let done = duties.into_iter().filter(|duty| matches!(duty.state, DueState::Done { .. }));
    Ok(done.filter_map(|duty| Some((duty.report?, duty.due))).collect())
}

async fn published_kinds(house: &House, actor: &Actor, year: i16) -> Result<Vec<ResultsKind>, AppError> {
    let mut work = house.store.read().await?;
    let found = work.results(&actor.scope, year).await?;
    Ok(found.iter().filter(|r| r.published.is_some()).map(|r| r.kind).collect())
}
