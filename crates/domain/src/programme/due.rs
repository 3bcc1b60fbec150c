//! When duties and reports are due, and how one stands on a day. Working days are counted by [`crate::review::deadline`].

use kernel::Day;
use norms::WhenDue;

/// One time that something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Due {
    /// The last day that is still in time.
    pub day: Day,
}

/// Every time in a year that a rule makes something due; events and undated rules make nothing due by themselves.
pub fn due_in(when: &WhenDue, year: i16) -> Vec<Due> {
    let of = |day: Option<Day>| day.map(|day| Due { day }).into_iter().collect::<Vec<_>>();
    match when {
        WhenDue::Yearly { month, day } => of(Day::new(year, *month, *day)),
        WhenDue::Monthly { day, from_month, to_month } => {
            (*from_month..=*to_month).flat_map(|month| of(Day::new(year, month, *day))).collect()
        }
        WhenDue::On { day } => of(Some(*day).filter(|day| day.year() == year)),
        WhenDue::WorkingDaysAfter { .. } | WhenDue::Undated { .. } => Vec::new(),
    }
}

/// How something stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DueState {
    Late { days: i64 },
    Near { days: i64 },
    Ahead { days: i64 },
    Undated,
    Done { on: Day },
}

/// The state of one due day; late first, then by nearness.
pub fn state_on(due: Option<Day>, done: Option<Day>, today: Day, remind_days: i64) -> DueState {
    if let Some(on) = done {
        return DueState::Done { on };
    }
    match due.map(|due| today.days_until(due)) {
        None => DueState::Undated,
        Some(left) if left < 0 => DueState::Late { days: -left },
        Some(left) if left <= remind_days => DueState::Near { days: left },
        Some(left) => DueState::Ahead { days: left },
    }
}
