//! Identity papers: the 12-digit card (CCCD), whose digits tell sex, century and year of birth, and the 9-digit one (CMND).
//! Digit places come from `norms/registry/papers.yaml`.

use kernel::BirthDate;
use norms::Papers;

use super::household::Sex;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperKind {
    Card,
    Old,
}

/// What is wrong with a paper's number, in the order in which it is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperFault {
    /// Nine digits: an old card, to be replaced.
    Old,
    /// Neither length, even after a lost leading zero is put back.
    Length,
    /// The sex-and-century digit contradicts the sex or the century of birth.
    SexOrCentury,
    /// The two year digits contradict the year of birth.
    Year,
}

/// The digits of a written number, with a leading zero put back that a spreadsheet dropped.
pub fn read_paper(written: &str, papers: &Papers) -> Option<String> {
    let digits: String = written.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '\'')).collect();
    if digits.is_empty() {
        return None;
    }
    let lost_zero = [papers.card_digits, papers.old_digits].contains(&(digits.len() + 1));
    let all_digits = digits.bytes().all(|b| b.is_ascii_digit());
    Some(if lost_zero && all_digits { format!("0{digits}") } else { digits })
}

/// The kind by length, when it is one of the two.
pub fn kind_of(number: &str, papers: &Papers) -> Option<PaperKind> {
    if !number.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match number.len() {
        n if n == papers.card_digits => Some(PaperKind::Card),
        n if n == papers.old_digits => Some(PaperKind::Old),
        _ => None,
    }
}

/// Faults that the number shows by its length alone.
pub fn length_fault(number: &str, papers: &Papers) -> Option<PaperFault> {
    match kind_of(number, papers) {
        Some(PaperKind::Card) => None,
        Some(PaperKind::Old) => Some(PaperFault::Old),
        None => Some(PaperFault::Length),
    }
}

/// Faults of a card's digits against what else is known of the person.
pub fn digits_fault(number: &str, sex: Option<Sex>, birth: Option<BirthDate>, papers: &Papers) -> Option<PaperFault> {
    if kind_of(number, papers) != Some(PaperKind::Card) {
        return None;
    }
    let digit = i16::from(number.as_bytes().get(papers.century_sex_at)?.checked_sub(b'0')?);
    if let Some(sex) = sex
        && (digit % 2 == 1) != (sex == Sex::Female)
    {
        return Some(PaperFault::SexOrCentury);
    }
    let birth = birth?;
    let century = papers.first_century / 100 + digit / 2;
    if century != birth.year / 100 {
        return Some(PaperFault::SexOrCentury);
    }
    let year: i16 = number.get(papers.year_at..papers.year_at + 2)?.parse().ok()?;
    (year != birth.year % 100).then_some(PaperFault::Year)
}

/// The first fault of a paper, looking at length, sex and century, then year.
pub fn paper_fault(number: &str, sex: Option<Sex>, birth: Option<BirthDate>, papers: &Papers) -> Option<PaperFault> {
    length_fault(number, papers).or_else(|| digits_fault(number, sex, birth, papers))
}
