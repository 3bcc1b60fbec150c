//! How long a term runs: calendar or working days, over the dated calendar of holidays.
//! Never knows a number of days itself; those come with [`norms::Term`].

use kernel::Day;
use norms::{Calendar, DayKind, ReportDay, Term};

/// The holidays of this year are not known, so no working day of it can be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the holidays of {year} are not known")]
pub struct NoCalendar {
    pub year: i16,
}

/// Whether people work on the day.
pub fn is_working_day(calendar: &Calendar, day: Day) -> Result<bool, NoCalendar> {
    let year = calendar.year(day.year()).ok_or(NoCalendar { year: day.year() })?;
    if year.worked.contains(&day) {
        return Ok(true);
    }
    Ok(!calendar.days_off.contains(&day.weekday()) && !year.holidays.iter().any(|h| h.holds(day)))
}

/// The last day of a term that is set off on `start`: an act on this day is still in time.
pub fn last_day(calendar: &Calendar, start: Day, term: Term) -> Result<Day, NoCalendar> {
    match term.kind {
        DayKind::Calendar => last_calendar_day(calendar, start, i32::from(term.count)),
        DayKind::Working => last_working_day(calendar, start, i32::from(term.count)),
    }
}

fn last_calendar_day(calendar: &Calendar, start: Day, count: i32) -> Result<Day, NoCalendar> {
    let mut last = start.plus_days(i64::from(if calendar.first_day_counts { count - 1 } else { count }));
    while calendar.last_day_moves && !is_working_day(calendar, last)? {
        last = last.plus_days(1);
    }
    Ok(last)
}

fn last_working_day(calendar: &Calendar, start: Day, count: i32) -> Result<Day, NoCalendar> {
    let mut day = if calendar.first_day_counts { start } else { start.plus_days(1) };
    let mut left = count;
    loop {
        if is_working_day(calendar, day)? {
            left -= 1;
        }
        if left <= 0 {
            return Ok(day);
        }
        day = day.plus_days(1);
    }
}

/// The first day of the month's review of a request: the opening day that is not before its receipt.
pub fn opening_day(received: Day, opens_on_day: i8) -> Day {
    let same_month = Day::new(received.year(), received.month(), opens_on_day).unwrap_or(received);
    if received <= same_month {
        return same_month;
    }
    let (year, month) =
        if received.month() == 12 { (received.year() + 1, 1) } else { (received.year(), received.month() + 1) };
    Day::new(year, month, opens_on_day).unwrap_or(same_month)
}

/// The last day on which a report of the month is in time.
pub fn report_due(report: &ReportDay, year: i16, month: i8) -> Option<Day> {
    let named = Day::new(year, month, report.day)?;
    Some(if report.before { named.plus_days(-1) } else { named })
}

/// The reports of a year that a level owes, by the last day for each.
pub fn reports_of_year<'a>(reports: &'a [ReportDay], year: i16, level: &str) -> Vec<(Day, &'a ReportDay)> {
    let mut due: Vec<(Day, &ReportDay)> = reports
        .iter()
        .filter(|report| report.by.iter().any(|by| by == level))
        .flat_map(|report| {
            report.months.iter().filter_map(move |month| Some((report_due(report, year, *month)?, report)))
        })
        .collect();
    due.sort_by_key(|(day, _)| *day);
    due
}
