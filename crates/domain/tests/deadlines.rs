//! Every term of the law around week-ends, Tết and the turn of the year, over the calendar that ships.

#![expect(clippy::unwrap_used, reason = "a test that cannot build its own fixture has failed")]

use std::sync::LazyLock;

use domain::review::deadline::{NoCalendar, is_working_day, last_day, opening_day, reports_of_year};
use domain::review::request::monthly_days;
use kernel::Day;
use norms::{Calendar, DayKind, Mark, MonthlyRoute, Norms, ReportDays, Term};

static NORMS: LazyLock<Norms> = LazyLock::new(|| Norms::embedded().unwrap());

fn day(iso: &str) -> Day {
    Day::from_iso(iso).unwrap()
}

fn calendar() -> Calendar {
    NORMS.in_force::<Calendar>("review.calendar", day("2023-10-01")).unwrap().value
}

fn term(count: u16, kind: DayKind) -> Term {
    Term { count, kind, mark: Mark::Quoted }
}

#[test]
fn a_working_day_is_no_week_end_no_holiday_and_may_be_a_saturday_worked_in_exchange() {
    let table = [
        ("2023-11-10", true),  // Friday
        ("2023-11-11", false), // Saturday
        ("2023-11-12", false), // Sunday
        ("2023-01-19", true),  // the day before Tết
        ("2023-01-20", false), // Tết begins
        ("2023-01-26", false), // Tết ends
        ("2023-01-27", true),
        ("2023-09-04", false), // National Day, moved
        ("2024-05-04", true),  // Saturday worked for 29/04
        ("2024-04-29", false),
        ("2025-05-02", false),
        ("2026-02-20", false),
        ("2026-02-23", true),
    ];
    for (iso, expected) in table {
        assert_eq!(is_working_day(&calendar(), day(iso)), Ok(expected), "{iso}");
    }
}

#[test]
fn a_term_ends_where_the_law_lets_it_end() {
    use DayKind::{Calendar, Working};
    let table = [
        // posting of 3 working days: the first day does not count
        ("2023-11-06", 3, Working, "2023-11-09"), // Monday → Thursday
        ("2023-11-07", 3, Working, "2023-11-10"), // Tuesday → Friday
        ("2023-11-08", 3, Working, "2023-11-13"), // Wednesday → over the week-end
        ("2023-11-10", 3, Working, "2023-11-15"), // Friday
        ("2023-11-11", 3, Working, "2023-11-15"), // Saturday: begins on Monday
        ("2023-11-12", 3, Working, "2023-11-15"), // Sunday
        // recheck of 7 and reply of 5 working days
        ("2023-11-09", 7, Working, "2023-11-20"),
        ("2023-11-17", 5, Working, "2023-11-24"),
        // around Tết Quý Mão, 20/01 to 26/01/2023
        ("2023-01-18", 1, Working, "2023-01-19"),
        ("2023-01-19", 1, Working, "2023-01-27"),
        ("2023-01-17", 3, Working, "2023-01-27"),
        ("2023-01-19", 5, Working, "2023-02-02"),
        // around Tết Giáp Thìn, 08/02 to 14/02/2024
        ("2024-02-07", 3, Working, "2024-02-19"),
        // the exchanged Saturday counts
        ("2024-05-02", 2, Working, "2024-05-04"),
        // New Year
        ("2023-12-28", 3, Working, "2024-01-03"),
        // calendar days: the last one moves off a day without work
        ("2023-10-15", 15, Calendar, "2023-10-30"),
        ("2023-10-13", 15, Calendar, "2023-10-30"), // Saturday 28/10 → Monday
        ("2023-01-05", 15, Calendar, "2023-01-27"), // 20/01, Tết → the first day after
        ("2023-08-17", 15, Calendar, "2023-09-05"), // 01/09, National Day → Tuesday
    ];
    for (start, count, kind, expected) in table {
        assert_eq!(
            last_day(&calendar(), day(start), term(count, kind)),
            Ok(day(expected)),
            "{count} {kind:?} from {start}"
        );
    }
}

#[test]
fn a_year_without_holidays_gives_no_answer_rather_than_a_guess() {
    assert_eq!(last_day(&calendar(), day("2026-12-30"), term(3, DayKind::Working)), Err(NoCalendar { year: 2027 }));
    assert_eq!(last_day(&calendar(), day("2019-05-05"), term(1, DayKind::Calendar)), Err(NoCalendar { year: 2019 }));
}

#[test]
fn a_request_is_reviewed_from_the_next_fifteenth_and_decided_within_fifteen_days_of_it() {
    let route = NORMS.in_force::<MonthlyRoute>("review.routes.monthly", day("2023-03-01")).unwrap().value;
    let table = [
        ("2023-03-01", "2023-03-15", "2023-03-30"),
        ("2023-03-15", "2023-03-15", "2023-03-30"),
        ("2023-03-16", "2023-04-15", "2023-05-04"), // 30/04 and 01/05 with their days in lieu
        ("2023-12-20", "2024-01-15", "2024-01-30"),
        ("2023-01-02", "2023-01-15", "2023-01-30"),
        ("2024-01-16", "2024-02-15", "2024-03-01"), // the opening day follows Tết
    ];
    for (received, opens, due) in table {
        assert_eq!(opening_day(day(received), route.opens_on_day), day(opens), "{received}");
        assert_eq!(monthly_days(&route, &calendar(), day(received)), Ok((day(opens), day(due))), "{received}");
    }
}

#[test]
fn reports_are_due_on_the_fifth_and_before_the_fifteenth_and_the_twentieth() {
    let days = NORMS.in_force::<ReportDays>("review.report_days", day("2023-10-01")).unwrap().value;
    let commune: Vec<String> =
        reports_of_year(&days.reports, 2023, "commune").iter().map(|(d, _)| d.to_string()).collect();
    assert_eq!(commune.first().map(String::as_str), Some("05/02/2023"));
    assert_eq!(commune.last().map(String::as_str), Some("05/09/2023"));
    assert_eq!(commune.len(), 8);
    let province = reports_of_year(&days.reports, 2023, "province");
    let last: Vec<(String, &str)> =
        province.iter().rev().take(2).map(|(d, r)| (d.to_string(), r.id.as_str())).collect();
    assert_eq!(last, [("19/12/2023".to_owned(), "official"), ("14/11/2023".to_owned(), "preliminary")]);
}
