//! Numbers as they are written in Việt Nam: `.` groups thousands, `,` is the decimal mark.
//! What could be read two ways (`1.5`, `1,500`) is refused as doubtful, never guessed.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A score in tenths of a point; `140` is kept as 1400.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[serde(transparent)]
pub struct Points(pub i32);

impl Points {
    pub fn whole(points: i32) -> Self {
        Self(points * 10)
    }

    /// The points when there is no fraction.
    pub fn as_whole(self) -> Option<i32> {
        (self.0 % 10 == 0).then_some(self.0 / 10)
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_whole() {
            Some(whole) => write!(f, "{whole}"),
            None => write!(f, "{},{}", self.0 / 10, (self.0 % 10).abs()),
        }
    }
}

/// Why a written number was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NumberFault {
    #[error("not a number")]
    NotANumber,
    /// It can be read as thousands or as a fraction; the person must say which.
    #[error("can be read in two ways")]
    Doubtful,
    #[error("too large")]
    TooLarge,
}

/// Reads a whole number: `1.234`, `1 234`, `1234`.
pub fn parse_count(text: &str) -> Result<i64, NumberFault> {
    let tenths = parse_decimal_tenths(text)?;
    if tenths % 10 == 0 { Ok(tenths / 10) } else { Err(NumberFault::NotANumber) }
}

/// Reads a number with at most one decimal into tenths: `140`, `140,0`, `1.234,5`.
pub fn parse_decimal_tenths(text: &str) -> Result<i64, NumberFault> {
    let text: String = text.trim().chars().filter(|c| !c.is_whitespace() && *c != '\u{a0}').collect();
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest.to_owned()),
        None => (1, text),
    };
    let (whole, fraction) = match text.split_once(',') {
        Some((whole, fraction)) => (whole, fraction),
        None => (text.as_str(), ""),
    };
    if !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return Err(NumberFault::NotANumber);
    }
    if fraction.len() == 3 && !whole.contains('.') && fraction != "000" {
        return Err(NumberFault::Doubtful);
    }
    let whole = whole_part(whole)?;
    let fraction = match fraction.trim_end_matches('0') {
        "" => 0,
        one if one.len() == 1 => one.parse::<i64>().map_err(|_| NumberFault::NotANumber)?,
        _ => return Err(NumberFault::Doubtful),
    };
    whole.checked_mul(10).and_then(|w| w.checked_add(fraction)).map(|n| n * sign).ok_or(NumberFault::TooLarge)
}

/// The part before the comma; dots must stand in threes.
fn whole_part(text: &str) -> Result<i64, NumberFault> {
    if text.is_empty() {
        return Err(NumberFault::NotANumber);
    }
    let groups: Vec<&str> = text.split('.').collect();
    if !groups.iter().all(|g| g.bytes().all(|b| b.is_ascii_digit()) && !g.is_empty()) {
        return Err(NumberFault::NotANumber);
    }
    let (first, rest) = groups.split_first().ok_or(NumberFault::NotANumber)?;
    let in_threes = rest.iter().all(|g| g.len() == 3) && (rest.is_empty() || first.len() <= 3);
    if !in_threes {
        return Err(NumberFault::Doubtful);
    }
    groups.concat().parse().map_err(|_| NumberFault::TooLarge)
}

/// `1234567` as `1.234.567`.
pub fn group_thousands(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        out.push('-');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_the_vietnamese_way_and_doubt_is_said() {
        let table = [
            ("140", Ok(1400)),
            ("140,0", Ok(1400)),
            ("142,5", Ok(1425)),
            ("1.500", Ok(15000)),
            ("1.234.567,5", Ok(12_345_675)),
            ("1 234", Ok(12340)),
            ("-5", Ok(-50)),
            ("1.5", Err(NumberFault::Doubtful)),
            ("1,500", Err(NumberFault::Doubtful)),
            ("1234.567", Err(NumberFault::Doubtful)),
            ("12a", Err(NumberFault::NotANumber)),
            ("", Err(NumberFault::NotANumber)),
            ("99999999999999999999", Err(NumberFault::TooLarge)),
        ];
        for (written, expected) in table {
            assert_eq!(parse_decimal_tenths(written), expected, "{written}");
        }
    }

    #[test]
    fn thousands_are_grouped_by_dots() {
        let table = [(0, "0"), (999, "999"), (1000, "1.000"), (1_234_567, "1.234.567"), (-1500, "-1.500")];
        for (number, printed) in table {
            assert_eq!(group_thousands(number), printed);
        }
    }
}
