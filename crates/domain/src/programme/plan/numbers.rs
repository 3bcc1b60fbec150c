//! Numbers of a clause with their units and bounds: `tối thiểu 80%`, `0,6 - 0,7%`, `trên 30 mô hình`.
//! A number that belongs to a document's number or to a day is none; years and names (`Dự án 2`) are told as such.

use kernel::Day;
use norms::{Bound, PlanReading};
use serde::{Deserialize, Serialize};

use super::Clause;
use super::cited::{self, Cited};
use super::words::begins_with;

/// A number as written, exact: digits and how many of them stand behind the comma.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decimal {
    pub digits: i64,
    pub scale: u8,
}

impl std::fmt::Display for Decimal {
    /// With a point, as machines read it: `0.6`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let ten = 10_i64.pow(u32::from(self.scale.min(9)));
        if self.scale == 0 {
            return write!(f, "{}", self.digits);
        }
        write!(f, "{}.{:0width$}", self.digits / ten, self.digits % ten, width = usize::from(self.scale))
    }
}

/// What sort of number it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberKind {
    Quantity,
    Year,
    /// `2021-2025`.
    Period,
    Day,
    /// Part of a name: `Dự án 2`.
    Name,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberFound {
    /// Key of the clause.
    pub clause: String,
    /// As written, with its unit.
    pub text: String,
    pub kind: NumberKind,
    pub bound: Bound,
    /// The number, or the lower end; `None` when it can be read in two ways.
    pub low: Option<Decimal>,
    pub high: Option<Decimal>,
    /// As written in the reading: `%`, `mô hình`.
    pub unit: Option<String>,
    pub day: Option<Day>,
}

pub(super) fn numbers(clause: &Clause, reading: &PlanReading) -> Vec<NumberFound> {
    let documents = cited::in_clause(clause, reading);
    let scanner = Scanner { clause, text: &clause.text, reading };
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = scanner.next_digit(at) {
        if let Some(cited) = documents.iter().find(|cited| (cited.start..cited.end).contains(&start)) {
            at = past(cited, start);
            continue;
        }
        let (number, end) = scanner.read(start);
        found.extend(number);
        at = end.max(start + 1);
    }
    found
}

fn past(cited: &Cited, start: usize) -> usize {
    cited.end.max(start + 1)
}

struct Scanner<'a> {
    clause: &'a Clause,
    text: &'a str,
    reading: &'a PlanReading,
}

impl Scanner<'_> {
    fn rest(&self, at: usize) -> &str {
        self.text.get(at..).unwrap_or_default()
    }

    /// The next digit that no letter stands before.
    fn next_digit(&self, from: usize) -> Option<usize> {
        let mut from = from;
        loop {
            let at = from + self.rest(from).find(|c: char| c.is_ascii_digit())?;
            let before = self.text.get(..at).and_then(|text| text.chars().next_back());
            if !before.is_some_and(char::is_alphanumeric) {
                return Some(at);
            }
            from = at + 1;
        }
    }

    /// The number that begins here, and where it ends.
    fn read(&self, start: usize) -> (Option<NumberFound>, usize) {
        let token_end = start + self.rest(start).find(char::is_whitespace).unwrap_or(self.rest(start).len());
        let token = self.text.get(start..token_end).unwrap_or_default();
        let bare = token.trim_end_matches([',', '.', ';', ')', ':', '”']);
        if bare.matches('/').count() == 2
            && let Ok(day) = bare.parse::<Day>()
        {
            let number = self.found(start, start + bare.len(), NumberKind::Day);
            return (Some(NumberFound { day: Some(day), ..number }), token_end);
        }
        let first_end = start + numeral(self.rest(start));
        let second = self.second(first_end);
        let end = second.map_or(first_end, |(_, end)| end);
        let low = decimal(self.text.get(start..first_end).unwrap_or_default());
        let high = second.and_then(|(at, end)| decimal(self.text.get(at..end).unwrap_or_default()));
        if let Some(kind) = self.years(start, (low, high)) {
            return (Some(NumberFound { low, high, ..self.found(start, end, kind) }), end);
        }
        if self.is_name(start) {
            return (Some(NumberFound { low, ..self.found(start, first_end, NumberKind::Name) }), first_end);
        }
        let (unit, unit_end) = self.unit(end);
        let bound = if high.is_some() { Bound::Range } else { self.bound(start) };
        let number = self.found(start, unit_end, NumberKind::Quantity);
        (Some(NumberFound { bound, low, high, unit, ..number }), unit_end)
    }

    fn found(&self, start: usize, end: usize, kind: NumberKind) -> NumberFound {
        NumberFound {
            clause: self.clause.id.clone(),
            text: self.text.get(start..end).unwrap_or_default().to_owned(),
            kind,
            bound: Bound::Exact,
            low: None,
            high: None,
            unit: None,
            day: None,
        }
    }

    /// The other end of a range: `- 0,7`, `đến 16`, `đến dưới 16`. The unit may stand after the first as well.
    fn second(&self, first_end: usize) -> Option<(usize, usize)> {
        const JOINTS: [&str; 5] = ["đến dưới", "đến", "-", "–", "÷"];
        let (_, after_unit) = self.unit(first_end);
        let rest = self.rest(after_unit);
        let gap = rest.len() - rest.trim_start().len();
        let joint = JOINTS.iter().find(|joint| rest.trim_start().starts_with(**joint))?;
        let after = after_unit + gap + joint.len();
        let rest = self.rest(after);
        let at = after + (rest.len() - rest.trim_start().len());
        let long = numeral(self.rest(at));
        (long > 0).then_some((at, at + long))
    }

    fn years(&self, start: usize, (low, high): (Option<Decimal>, Option<Decimal>)) -> Option<NumberKind> {
        let is_year =
            |number: Option<Decimal>| number.is_some_and(|n| n.scale == 0 && (1945..=2100).contains(&n.digits));
        // `1.945 hộ` is grouped; a year is four bare digits.
        let is_bare = self.rest(start).bytes().take_while(u8::is_ascii_digit).count() == 4;
        match (is_bare && is_year(low), high) {
            (true, None) => Some(NumberKind::Year),
            (true, high) if is_year(high) => Some(NumberKind::Period),
            _ => None,
        }
    }

    /// Whether the words before make it a name.
    fn is_name(&self, start: usize) -> bool {
        let before = self.text.get(..start).unwrap_or_default().trim_end();
        ends_with_any(before, self.reading.names.iter().map(String::as_str)).is_some()
    }

    fn bound(&self, start: usize) -> Bound {
        let before = self.text.get(..start).unwrap_or_default().trim_end();
        let words = self.reading.bounds.iter().map(|bound| bound.words.as_str());
        let at = ends_with_any(before, words);
        at.and_then(|at| self.reading.bounds.get(at)).map_or(Bound::Exact, |bound| bound.bound)
    }

    /// The longest unit that follows, and where it ends.
    fn unit(&self, end: usize) -> (Option<String>, usize) {
        let rest = self.rest(end);
        let gap = rest.len() - rest.trim_start().len();
        let rest = rest.trim_start();
        let fits = |unit: &&String| {
            let written = rest.chars().take(unit.chars().count()).collect::<String>();
            let whole = begins_with(rest, unit) || (unit.ends_with('%') && rest.starts_with(unit.as_str()));
            whole && written == **unit
        };
        let longest = self.reading.units.iter().filter(fits).max_by_key(|unit| unit.len());
        match longest {
            Some(unit) => {
                let long: usize = rest.chars().take(unit.chars().count()).map(char::len_utf8).sum();
                (Some(unit.clone()), end + gap + long)
            }
            None => (None, end),
        }
    }
}

/// Which of the words end the text, as whole words; the longest counts.
fn ends_with_any<'w>(text: &str, words: impl Iterator<Item = &'w str>) -> Option<usize> {
    let lower = text.to_lowercase();
    let fits = |word: &str| {
        let before = lower.strip_suffix(word.to_lowercase().as_str());
        before.is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
    };
    words.enumerate().filter(|(_, word)| fits(word)).max_by_key(|(_, word)| word.len()).map(|(at, _)| at)
}

/// How long the numeral is that begins here: digits, with points and commas that stand between digits.
fn numeral(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = 0;
    while digit(end) || (end > 0 && matches!(bytes.get(end), Some(b'.' | b',')) && digit(end + 1)) {
        end += 1;
    }
    end
}

/// `1.234,5`; a number that can be read in two ways (`1.5`) is none.
fn decimal(text: &str) -> Option<Decimal> {
    let (whole, fraction) = text.split_once(',').unwrap_or((text, ""));
    let groups: Vec<&str> = whole.split('.').collect();
    let is_grouped = groups.iter().skip(1).all(|group| group.len() == 3);
    let is_fair = is_grouped && groups.first().is_some_and(|first| groups.len() == 1 || first.len() <= 3);
    if !is_fair || fraction.contains([',', '.']) || fraction.len() > 6 {
        return None;
    }
    let digits = format!("{}{fraction}", groups.concat()).parse().ok()?;
    Some(Decimal { digits, scale: u8::try_from(fraction.len()).ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_numbers_are_read_exactly_or_not_at_all() {
        let table = [
            ("30", Some("30")),
            ("03", Some("3")),
            ("0,6", Some("0.6")),
            ("1.234,5", Some("1234.5")),
            ("48.000", Some("48000")),
            ("1.5", None),
            ("12345.678", None),
            ("1,2,3", None),
            ("0,05", Some("0.05")),
        ];
        for (written, expected) in table {
            assert_eq!(decimal(written).map(|n| n.to_string()).as_deref(), expected, "{written}");
        }
    }
}
