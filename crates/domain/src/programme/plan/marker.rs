//! What a line of a plan begins with: `II.`, `1.`, `1.1.`, `a)`, `-`, `+`, or nothing.
//! Only looks at the line; whether a marker fits where it stands is decided in `blocks`.

use norms::PlanReading;
use serde::{Deserialize, Serialize};

use super::words::{folds_to, is_capitals};

/// The sort of a marker, from the highest level to the lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Style {
    /// `Phần I`, `Chương II`, `Mục 1`: which word of the reading, and its number.
    Part,
    /// `A.`
    Capital,
    /// `II.`
    Roman,
    /// `1.`, `1.1.`
    Arabic,
    /// `1)`
    Bracketed,
    /// `a)`
    Letter,
    Dash,
    Plus,
    /// `•`, `*`
    Star,
}

/// A marker as found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marker {
    pub(super) style: Style,
    /// As written.
    pub(super) written: String,
    /// What stands in a key: `II`, `1`, `b`; empty for bullets.
    pub(super) label: String,
    /// The numbers of it: `[1, 2]` for `1.2.`; the letter's place for letters; the word's place first for parts.
    pub(super) numbers: Vec<u32>,
    pub(super) glued: bool,
    /// A number without its dot (`1.1`), or a letter with one (`a.`): taken only where it is the next in order.
    pub(super) is_doubtful: bool,
}

impl Marker {
    fn new(style: Style, written: &str, label: &str, numbers: Vec<u32>, glued: bool) -> Self {
        Self { style, written: written.to_owned(), label: label.to_owned(), numbers, glued, is_doubtful: false }
    }
}

/// The marker of a line without outer white space, and the rest of the line.
pub(super) fn at<'a>(line: &'a str, reading: &PlanReading) -> Option<(Marker, &'a str)> {
    bullet(line).or_else(|| part(line, reading)).or_else(|| counted(line))
}

const DASHES: [char; 4] = ['-', '–', '—', '−'];
const STARS: [char; 8] = ['•', '·', '▪', '○', '●', '◦', '\u{f0b7}', '*'];

fn bullet(line: &str) -> Option<(Marker, &str)> {
    let first = line.chars().next()?;
    let style = match first {
        '+' => Style::Plus,
        _ if DASHES.contains(&first) => Style::Dash,
        _ if STARS.contains(&first) => Style::Star,
        _ => return None,
    };
    let rest = line.get(first.len_utf8()..)?;
    let glued = rest.chars().next().is_some_and(|c| !c.is_whitespace());
    if glued && (!rest.starts_with(char::is_alphabetic) || first == '*') {
        return None;
    }
    Some((Marker::new(style, &first.to_string(), "", Vec::new(), glued), rest.trim_start()))
}

/// `Phần I. …`, `CHƯƠNG II`, `Mục 1. …`, `Phần thứ nhất`.
fn part<'a>(line: &'a str, reading: &PlanReading) -> Option<(Marker, &'a str)> {
    const ORDINALS: [&str; 10] = ["nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi"];
    if !line.starts_with(char::is_uppercase) {
        return None;
    }
    let mut words = line.split_whitespace();
    let word = words.next()?;
    let at = reading.parts.iter().position(|(written, _)| folds_to(word, written))?;
    let (_, letters) = reading.parts.get(at)?;
    let mut numeral = words.next()?;
    let mut number =
        roman(numeral.trim_end_matches(['.', ':'])).or_else(|| small(numeral.trim_end_matches(['.', ':'])));
    if folds_to(numeral, "thứ") {
        numeral = words.next()?;
        let said = kernel::text::fold(numeral.trim_end_matches(['.', ':']));
        number = ORDINALS.iter().position(|ordinal| *ordinal == said).and_then(|n| u32::try_from(n + 1).ok());
    }
    let number = number?;
    // The words follow one another in the line, so the numeral ends where it says.
    let end = line.find(numeral)? + numeral.len();
    let (written, rest) = (line.get(..end)?, line.get(end..)?.trim_start());
    let is_set_off = rest.is_empty() || numeral.ends_with(['.', ':']) || is_capitals(rest);
    let place = u32::try_from(at).ok()?;
    let label = format!("{letters}{number}");
    is_set_off.then(|| (Marker::new(Style::Part, written, &label, vec![place, number], false), rest))
}

/// A number or a letter with the sign after it.
fn counted(line: &str) -> Option<(Marker, &str)> {
    let end = line.find(|c: char| !(c.is_ascii_digit() || c == '.' || c.is_alphabetic())).unwrap_or(line.len());
    let token = line.get(..end)?;
    if let Some(found) = numbered(line, token) {
        return Some(found);
    }
    let label_end = line.find(['.', ')', '/'])?;
    let (label, sign) = (line.get(..label_end)?, line.get(label_end..label_end + 1)?);
    let rest = line.get(label_end + 1..)?;
    let glued = rest.chars().next().is_some_and(|c| !c.is_whitespace());
    if glued && !rest.starts_with(char::is_alphabetic) {
        return None;
    }
    let is_upper_next = !glued || rest.starts_with(char::is_uppercase);
    let written = line.get(..=label_end)?;
    let marker = |style, numbers, is_doubtful| {
        let marker = Marker::new(style, written, label, numbers, glued);
        Some((Marker { is_doubtful, ..marker }, rest.trim_start()))
    };
    let mut letters = label.chars();
    let (first, only) = (letters.next()?, letters.next().is_none());
    if only && first.is_lowercase() {
        let is_doubtful = sign != ")";
        return if glued && is_doubtful { None } else { marker(Style::Letter, vec![place_of(first)], is_doubtful) };
    }
    if !is_upper_next {
        return None;
    }
    if let Some(number) = roman(label) {
        // `C.`, `D.`, `L.`, `M.` are letters as well: whichever is next in order counts.
        return marker(Style::Roman, vec![number], only && !"IVX".contains(first));
    }
    if only && first.is_uppercase() { marker(Style::Capital, vec![place_of(first)], first != 'A') } else { None }
}

/// `1.`, `1.1.`, `1.1`, `1)`; never `1.500`, and `2023.` is a year.
fn numbered<'a>(line: &'a str, token: &str) -> Option<(Marker, &'a str)> {
    let digits = token.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(token.len());
    let token = token.get(..digits)?;
    if !token.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let after = line.get(token.len()..)?;
    let is_dotted = token.ends_with('.');
    let numbers = token.trim_end_matches('.').split('.').map(small).collect::<Option<Vec<u32>>>()?;
    let (style, sign) = match (is_dotted, after.chars().next()) {
        (false, Some(')')) if numbers.len() == 1 => (Style::Bracketed, 1),
        (false, Some('/')) if numbers.len() == 1 => (Style::Arabic, 1),
        (false, _) if numbers.len() < 2 => return None,
        _ => (Style::Arabic, 0),
    };
    let end = token.len() + sign;
    let (written, rest) = (line.get(..end)?, line.get(end..)?);
    let glued = rest.chars().next().is_some_and(|c| !c.is_whitespace());
    if glued && !rest.starts_with(char::is_uppercase) {
        return None;
    }
    let label = token.trim_end_matches('.');
    let marker = Marker::new(style, written, label, numbers, glued);
    Some((Marker { is_doubtful: !is_dotted && sign == 0, ..marker }, rest.trim_start()))
}

/// A number of one or two digits.
fn small(text: &str) -> Option<u32> {
    let fits = !text.is_empty() && text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

/// The place of a letter: `a` is 1. `đ` stands between `d` and `e` and is told apart by the sign it is.
fn place_of(letter: char) -> u32 {
    u32::from(letter)
}

/// `IV` is 4; up to 50, written the one right way.
fn roman(text: &str) -> Option<u32> {
    const LARGEST: u32 = 50;
    const SIGNS: [(&str, u32); 7] = [("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1)];
    if text.is_empty() || text.len() > 7 {
        return None;
    }
    (1..=LARGEST).find(|number| {
        let (mut left, mut written) = (*number, String::new());
        for (sign, value) in SIGNS {
            while left >= value {
                written.push_str(sign);
                left -= value;
            }
        }
        written == text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_numbers_are_read_when_written_the_right_way() {
        let table = [
            ("I", Some(1)),
            ("IV", Some(4)),
            ("VIII", Some(8)),
            ("IX", Some(9)),
            ("XIV", Some(14)),
            ("XL", Some(40)),
            ("IIII", None),
            ("VX", None),
            ("", None),
            ("MT", None),
        ];
        for (written, number) in table {
            assert_eq!(roman(written), number, "{written}");
        }
    }
}
