//! Duties of a plan that are reports of the review under another name: whichever of them is done, all are; and results that
//! were published are a report made. Start with [`tie`].

use std::collections::HashMap;

use domain::programme::due::{DueState, state_on};
use domain::review::deadline::reports_of_year;
use domain::review::results::ResultsKind;
use domain::units::Scope;
use kernel::Day;
use norms::ReportDays;

use super::duties::Duty;
use crate::review::reminders::sent_on;
use crate::{AppError, House};

/// Ties duties to the reports of the review that they are: due by the same act on the same day.
pub(super) async fn tie(house: &House, (unit, year): (&Scope, i16), duties: &mut [Duty]) -> Result<(), AppError> {
    let today = house.clock.today();
    let Ok(days) = house.norms.in_force::<ReportDays>("review.report_days", Day::last_of(year).min(today)) else {
        return Ok(());
    };
    let act = days.basis.citation.as_ref().map(|citation| citation.act.as_str());
    let by_level: Vec<(Day, &norms::ReportDay)> =
        LEVELS.iter().flat_map(|level| reports_of_year(&days.value.reports, year, level)).collect();
    for duty in duties.iter_mut() {
        let cited = duty.basis.citation.as_ref().map(|citation| citation.act.as_str());
        let same_day = by_level.iter().find(|(due, _)| Some(*due) == duty.due);
        duty.report = same_day.filter(|_| act.is_some() && cited == act).map(|(_, report)| report.id.clone());
    }
    let made = made(house, (unit, year), duties).await?;
    for duty in duties.iter_mut() {
        let on = duty.report.as_ref().and_then(|report| made.get(&(report.clone(), duty.due)));
        if let Some(on) = on {
            duty.state = state_on(duty.due, Some(*on), today, 0);
        }
    }
    Ok(())
}

const LEVELS: [&str; 3] = ["commune", "district", "province"];

/// Which reports were made, and when first: closed under any of their names, marked as sent, or published.
async fn made(
    house: &House,
    (unit, year): (&Scope, i16),
    duties: &[Duty],
) -> Result<HashMap<(String, Option<Day>), Day>, AppError> {
    let published = published(house, unit, year).await?;
    let mut work = house.store.read().await?;
    let mut made: HashMap<(String, Option<Day>), Day> = HashMap::new();
    for duty in duties {
        let Some(report) = &duty.report else { continue };
        let closed = match duty.state {
            DueState::Done { on } => Some(on),
            _ => None,
        };
        let told = ResultsKind::from_id(report).and_then(|kind| published.get(kind.id()).copied());
        let sent = match duty.due {
            Some(due) => sent_on(work.as_mut(), unit, report, due).await?,
            None => None,
        };
        let Some(on) = closed.into_iter().chain(told).chain(sent).min() else { continue };
        let first = made.entry((report.clone(), duty.due)).or_insert(on);
        *first = on.min(*first);
    }
    Ok(made)
}

/// The day each kind of results was first published.
async fn published(house: &House, unit: &Scope, year: i16) -> Result<HashMap<&'static str, Day>, AppError> {
    let mut work = house.store.read().await?;
    let mut first: HashMap<&'static str, Day> = HashMap::new();
    for results in work.results(unit, year).await? {
        if let Some(stamp) = &results.published {
            let day = first.entry(results.kind.id()).or_insert(stamp.day);
            *day = stamp.day.min(*day);
        }
    }
    Ok(first)
}
