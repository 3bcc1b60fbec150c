//! Days of a year of which nobody can say what is due: the norms of the programme's reports and of their days do not reach
//! there. Said in words, so that an empty list is not taken for nothing to do. Start with [`day_gaps`].

use kernel::Day;
use norms::{DueRules, NormGap, NormValue, Reports};

use super::definitions::all_of_year;
use crate::House;

/// Some days of a year without a rule, first and last included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayGap {
    pub from: Day,
    pub to: Day,
    pub why: NormGap,
}

/// What of a year has no reports, or no days for them; where both are missing, the days say why.
pub fn day_gaps(house: &House, year: i16) -> Vec<DayGap> {
    let mut gaps = of_norm::<DueRules>(house, "programme.due", year);
    for gap in of_norm::<Reports>(house, "programme.reports", year) {
        if !gaps.iter().any(|known| known.from <= gap.from && gap.to <= known.to) {
            gaps.push(gap);
        }
    }
    gaps
}

fn of_norm<T: NormValue>(house: &House, id: &str, year: i16) -> Vec<DayGap> {
    let (mut open, last) = (Day::first_of(year), Day::last_of(year));
    let mut gaps = Vec::new();
    let mut note = |from: Day, to: Day| {
        if let Err(why) = house.norms.in_force::<T>(id, from) {
            gaps.push(DayGap { from, to, why });
        }
    };
    for version in all_of_year::<T>(house, id, year) {
        if open < version.from {
            note(open, version.from.plus_days(-1));
        }
        open = version.to.plus_days(1);
    }
    if open <= last {
        note(open, last);
    }
    gaps
}
