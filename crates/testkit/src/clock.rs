//! A clock that stands where a test put it.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::tz::{Offset, TimeZone};
use kernel::{Clock, Day};

const DAY_MS: i64 = 86_400_000;
/// Việt Nam is seven hours ahead all year.
const HOURS_AHEAD: i8 = 7;

/// Shows the same moment until it is moved.
#[derive(Debug)]
pub struct FixedClock {
    now_ms: AtomicI64,
}

impl FixedClock {
    /// Noon of a day in Việt Nam.
    ///
    /// # Panics
    /// When there is no such day: a test is wrong then.
    pub fn on(day: &str) -> Self {
        let noon = Day::from_iso(day).unwrap_or_else(|| panic!("`{day}` is no day")).date().at(12, 0, 0, 0);
        let zone = TimeZone::fixed(Offset::constant(HOURS_AHEAD));
        let moment = noon.to_zoned_datetime(zone).unwrap_or_else(|error| panic!("{day}: {error}"));
        Self { now_ms: AtomicI64::new(moment.timestamp().as_millisecond()) }
    }

    pub fn advance_days(&self, days: i64) {
        self.now_ms.fetch_add(days * DAY_MS, Ordering::Relaxed);
    }

    pub fn advance_ms(&self, ms: i64) {
        self.now_ms.fetch_add(ms, Ordering::Relaxed);
    }
}

impl Clock for FixedClock {
    fn now_ms(&self) -> i64 {
        self.now_ms.load(Ordering::Relaxed)
    }

    fn today(&self) -> Day {
        let moment = jiff::Timestamp::from_millisecond(self.now_ms()).unwrap_or_default();
        moment.to_zoned_datetime(TimeZone::fixed(Offset::constant(HOURS_AHEAD))).date().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_shows_the_vietnamese_day_until_it_is_moved() {
        let clock = FixedClock::on("2023-12-31");
        assert_eq!(clock.today().iso(), "2023-12-31");
        clock.advance_ms(12 * 3_600_000);
        assert_eq!(clock.today().iso(), "2024-01-01");
        clock.advance_days(31);
        assert_eq!(clock.today().iso(), "2024-02-01");
    }
}
