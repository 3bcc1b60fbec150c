//! Numbers of a commune's papers: one series for each kind and year, counted on from the last one used, also where somebody
//! typed a number of the office's own book. A number stands with what it was given to and never changes.

use kernel::{Day, HouseholdId};

use super::{CommuneRound, Recognition};
use crate::review::request::Request;

/// The last number used in a year, by kind of paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Series {
    pub certificates: u32,
    pub decisions: u32,
    pub letters: u32,
}

impl Series {
    /// What the papers of a commune have used in a year.
    pub fn of(year: i16, rounds: &[CommuneRound], requests: &[Request]) -> Self {
        let mut series = Self::default();
        let in_year = |day: Day| day.year() == year;
        for decision in rounds.iter().flat_map(CommuneRound::decisions).filter(|decision| in_year(decision.day)) {
            series.decisions = series.decisions.max(counted(&decision.number)).max(decision.escape_number.unwrap_or(0));
            for line in &decision.lines {
                series.certificates = series.certificates.max(line.certificate_number.unwrap_or(0));
                series.letters = series.letters.max(line.letter_number.unwrap_or(0));
            }
        }
        for amendment in rounds.iter().flat_map(|round| &round.amendments).filter(|it| in_year(it.day)) {
            series.decisions = series.decisions.max(counted(&amendment.number));
            series.certificates = series.certificates.max(amendment.certificate_number.unwrap_or(0));
        }
        for decision in requests.iter().filter_map(|r| r.decision.as_ref()).filter(|decision| in_year(decision.day)) {
            let own = if decision.granted { &mut series.decisions } else { &mut series.letters };
            // The answer of a round carries the round's number and none of its own.
            if decision.granted || !decision.number.contains("QĐ") {
                *own = (*own).max(counted(&decision.number));
            }
        }
        series
    }

    pub fn next_certificate(&mut self) -> u32 {
        self.certificates += 1;
        self.certificates
    }
}

/// `88/QĐ-UBND` counts 88; what does not begin with a number counts nothing.
fn counted(number: &str) -> u32 {
    let digits: String = number.trim().chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(0)
}

impl Recognition {
    /// Gives every paper of the decision its number, households in the order their papers are handed out.
    #[must_use]
    pub fn numbered(mut self, mut series: Series, order: &[HouseholdId]) -> Self {
        series.decisions = series.decisions.max(counted(&self.number));
        if self.lines.iter().any(|line| line.escaped) {
            self.escape_number = Some(series.decisions + 1);
        }
        let place = |household: HouseholdId| order.iter().position(|id| *id == household).unwrap_or(order.len());
        self.lines.sort_by_cached_key(|line| place(line.household));
        for line in &mut self.lines {
            if line.certificate {
                line.certificate_number = Some(series.next_certificate());
            }
            if line.refused {
                series.letters += 1;
                line.letter_number = Some(series.letters);
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn a_series_counts_on_from_the_number_that_was_typed() {
        let table = [("88/QĐ-UBND", 88), (" 7 ", 7), ("", 0), ("QĐ 5", 0), ("12A/QĐ", 12)];
        for (number, expected) in table {
            assert_eq!(counted(number), expected, "{number}");
        }
    }
}
