//! Report days that come near for a level of unit: what stands on Việc cần làm before the day, and after it as late.

use domain::access::{Actor, Verb, check};
use domain::programme::due::DueState;
use domain::review::deadline::reports_of_year;
use domain::review::results::ResultsKind;
use domain::units::ScopeLevel;
use kernel::Day;
use norms::{Basis, Label, ReportDays};

use crate::{AppError, House};

/// A report is told of so many days ahead; the law does not say, the house does.
const AHEAD: i64 = 10;
/// A report that nothing shows as made is told of so long after its day.
const BEHIND: i64 = 30;

/// One report that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    pub id: String,
    pub label: Label,
    pub due: Day,
    /// Negative: so many days late.
    pub days_left: i64,
    pub basis: Basis,
}

/// The reports of the actor's level around today.
pub async fn reminders(house: &House, actor: &Actor, year: i16) -> Result<Vec<Reminder>, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let today = house.clock.today();
    let days = house.norms.in_force::<ReportDays>("review.report_days", Day::last_of(year).min(today))?;
    let level = match actor.scope.level {
        ScopeLevel::Commune => "commune",
        ScopeLevel::District => "district",
        ScopeLevel::Province => "province",
    };
    let published = published_kinds(house, actor, year).await?;
    let made = |id: &str| ResultsKind::from_id(id).is_some_and(|kind| published.contains(&kind));
    let reminder = |(due, report): (Day, &norms::ReportDay)| Reminder {
        id: report.id.clone(),
        label: report.label.clone(),
        due,
        days_left: today.days_until(due),
        basis: days.basis.clone(),
    };
    let closed = closed_duties(house, actor, year).await?;
    let closed_as_duty = |r: &Reminder| closed.contains(&(r.id.clone(), Some(r.due)));
    let all = reports_of_year(&days.value.reports, year, level).into_iter().map(reminder);
    Ok(all.filter(|r| (-BEHIND..=AHEAD).contains(&r.days_left) && !made(&r.id) && !closed_as_duty(r)).collect())
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
