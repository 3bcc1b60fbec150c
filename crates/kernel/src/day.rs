//! Calendar days, and birth dates that may be known only to the month or the year.
//! Reads what officers type (`5/9/2023`, `05-09-2023`, `05092023`, `1985`); always prints `dd/mm/yyyy`.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Day(Date);

impl Day {
    /// `None` when there is no such day.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        Date::new(year, month, day).ok().map(Self)
    }

    /// The last day of a year, on which a year's list is held.
    pub fn last_of(year: i16) -> Self {
        Self(Date::constant(year.clamp(1, 9999), 12, 31))
    }

    pub fn first_of(year: i16) -> Self {
        Self(Date::constant(year.clamp(1, 9999), 1, 1))
    }

    pub fn year(self) -> i16 {
        self.0.year()
    }

    pub fn month(self) -> i8 {
        self.0.month()
    }

    pub fn day(self) -> i8 {
        self.0.day()
    }

    pub fn date(self) -> Date {
        self.0
    }

    /// Saturday or Sunday.
    pub fn is_weekend(self) -> bool {
        matches!(self.0.weekday(), jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday)
    }

    /// So many days later, earlier when negative; the last day of the calendar is not passed.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        Self(self.0.saturating_add(jiff::Span::new().try_days(days).unwrap_or_default()))
    }

    /// Days from this one to another; negative when the other is earlier.
    pub fn days_until(self, other: Self) -> i64 {
        i64::from((other.0 - self.0).get_days())
    }

    /// `2023-12-31`, the form stored and sent.
    pub fn iso(self) -> String {
        self.0.to_string()
    }

    /// The day so many days after 1 January 1970.
    pub fn from_unix_days(days: i64) -> Option<Self> {
        let days = i32::try_from(days).ok()?;
        Date::constant(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok().map(Self)
    }

    /// Reads `2023-12-31`.
    pub fn from_iso(text: &str) -> Option<Self> {
        text.parse::<Date>().ok().map(Self)
    }

    /// Of the week; 1 is Monday.
    pub fn weekday(self) -> i8 {
        self.0.weekday().to_monday_one_offset()
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self(date)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}/{:02}/{:04}", self.0.day(), self.0.month(), self.0.year())
    }
}

impl FromStr for Day {
    type Err = BirthDateFault;

    /// A full day in any of the ways people write one.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse::<BirthDate>()?.exact().ok_or(BirthDateFault::Unreadable)
    }
}

/// A birth date as precise as the paper it was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BirthDate {
    pub year: i16,
    /// `(month, day of month)`; the day may be missing.
    month: Option<i8>,
    day: Option<i8>,
}

/// Why a written date was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BirthDateFault {
    #[error("no such day in the calendar")]
    NoSuchDay,
    #[error("cannot be read as a date")]
    Unreadable,
}

impl BirthDate {
    pub fn of_day(day: Day) -> Self {
        Self { year: day.year(), month: Some(day.month()), day: Some(day.day()) }
    }

    pub fn of_year(year: i16) -> Self {
        Self { year, month: None, day: None }
    }

    /// The day, when it is known to the day.
    pub fn exact(self) -> Option<Day> {
        Day::new(self.year, self.month?, self.day?)
    }

    pub fn is_year_only(self) -> bool {
        self.month.is_none()
    }

    /// The earliest day it can mean; used for comparing with limits.
    pub fn earliest(self) -> Day {
        Day::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).unwrap_or(Day::first_of(self.year))
    }

    /// Full years lived on `day`. A date known to the year counts from 1 January.
    pub fn age_on(self, day: Day) -> i16 {
        let born = self.earliest();
        let had_birthday = (day.month(), day.day()) >= (born.month(), born.day());
        day.year() - born.year() - i16::from(!had_birthday)
    }

    /// `1985`, `1985-09` or `1985-09-05`.
    pub fn iso(self) -> String {
        match (self.month, self.day) {
            (Some(m), Some(d)) => format!("{:04}-{m:02}-{d:02}", self.year),
            (Some(m), None) => format!("{:04}-{m:02}", self.year),
            _ => format!("{:04}", self.year),
        }
    }

    /// Reads what [`BirthDate::iso`] wrote.
    pub fn from_iso(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = parts.next()?.parse().ok()?;
        let month = parts.next().map(str::parse).transpose().ok()?;
        let day = parts.next().map(str::parse).transpose().ok()?;
        Some(Self { year, month, day })
    }
}

impl fmt::Display for BirthDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.month, self.day) {
            (Some(m), Some(d)) => write!(f, "{d:02}/{m:02}/{:04}", self.year),
            (Some(m), None) => write!(f, "{m:02}/{:04}", self.year),
            _ => write!(f, "{:04}", self.year),
        }
    }
}

impl FromStr for BirthDate {
    type Err = BirthDateFault;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let digits_only = text.bytes().all(|b| b.is_ascii_digit());
        if digits_only && text.len() == 8 {
            let (day, rest) = text.split_at(2);
            let (month, year) = rest.split_at(2);
            return from_parts(year, Some(month), Some(day));
        }
        if text.len() >= 10 && text.get(4..5) == Some("-") {
            let iso = text.get(..10).unwrap_or(text);
            return Day::from_iso(iso).map(Self::of_day).ok_or(BirthDateFault::NoSuchDay);
        }
        let parts: Vec<&str> = text.split(['/', '-', '.']).map(str::trim).collect();
        match parts.as_slice() {
            [year] => from_parts(year, None, None),
            [month, year] => from_parts(year, Some(month), None),
            [day, month, year] => from_parts(year, Some(month), Some(day)),
            _ => Err(BirthDateFault::Unreadable),
        }
    }
}

fn from_parts(year: &str, month: Option<&str>, day: Option<&str>) -> Result<BirthDate, BirthDateFault> {
    let number = |text: &str| text.parse::<i16>().map_err(|_| BirthDateFault::Unreadable);
    if year.len() != 4 {
        return Err(BirthDateFault::Unreadable);
    }
    let year = number(year)?;
    if year < 1800 {
        return Err(BirthDateFault::NoSuchDay);
    }
    let small = |text: Option<&str>| -> Result<Option<i8>, BirthDateFault> {
        text.map(|t| number(t).and_then(|n| i8::try_from(n).map_err(|_| BirthDateFault::NoSuchDay))).transpose()
    };
    let (month, day) = (small(month)?, small(day)?);
    if Day::new(year, month.unwrap_or(1), day.unwrap_or(1)).is_none() {
        return Err(BirthDateFault::NoSuchDay);
    }
    Ok(BirthDate { year, month, day })
}

impl Serialize for BirthDate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.iso())
    }
}

impl<'de> Deserialize<'de> for BirthDate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::from_iso(&text).ok_or_else(|| serde::de::Error::custom("not a birth date"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_as_officers_write_it() {
        let table = [
            ("5/9/2023", Ok("05/09/2023")),
            (" 05-09-2023 ", Ok("05/09/2023")),
            ("05.09.2023", Ok("05/09/2023")),
            ("05092023", Ok("05/09/2023")),
            ("2023-09-05", Ok("05/09/2023")),
            ("2023-09-05 00:00:00", Ok("05/09/2023")),
            ("9/2023", Ok("09/2023")),
            ("1985", Ok("1985")),
            ("29/02/2024", Ok("29/02/2024")),
            ("29/02/2023", Err(BirthDateFault::NoSuchDay)),
            ("31/02/1960", Err(BirthDateFault::NoSuchDay)),
            ("13/13/1960", Err(BirthDateFault::NoSuchDay)),
            ("1/1/60", Err(BirthDateFault::Unreadable)),
            ("khoảng 1960", Err(BirthDateFault::Unreadable)),
            ("", Err(BirthDateFault::Unreadable)),
        ];
        for (written, expected) in table {
            let read = written.parse::<BirthDate>().map(|d| d.to_string());
            assert_eq!(read, expected.map(String::from), "{written}");
        }
    }

    #[test]
    fn a_birthday_counts_on_the_day_itself_and_not_the_day_before() {
        let born: BirthDate = "14/12/2007".parse().unwrap();
        let table = [((2023, 12, 13), 15), ((2023, 12, 14), 16), ((2023, 12, 15), 16)];
        for ((y, m, d), age) in table {
            assert_eq!(born.age_on(Day::new(y, m, d).unwrap()), age);
        }
    }

    #[test]
    fn a_birth_year_alone_keeps_its_precision_when_stored() {
        let born: BirthDate = "1985".parse().unwrap();
        assert!(born.is_year_only());
        assert_eq!(BirthDate::from_iso(&born.iso()), Some(born));
    }
}
