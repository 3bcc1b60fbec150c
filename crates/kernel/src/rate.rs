//! A rate keeps both its numbers and is rounded once, when printed: half up, two decimals.

use serde::{Deserialize, Serialize};

use crate::group_thousands;

/// `numerator` out of `denominator`; the denominator is never zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    pub numerator: i64,
    pub denominator: i64,
}

impl Rate {
    /// `None` when there is nothing to divide by.
    pub fn of(numerator: i64, denominator: i64) -> Option<Self> {
        (denominator > 0).then_some(Self { numerator, denominator })
    }

    /// Hundredths of a percent, rounded half up: 3,79 % is 379.
    pub fn percent_hundredths(self) -> i64 {
        let scaled = i128::from(self.numerator) * 20_000 + i128::from(self.denominator);
        i64::try_from(scaled.div_euclid(i128::from(self.denominator) * 2)).unwrap_or(i64::MAX)
    }

    /// `3,79`, in percent and without the sign.
    pub fn percent(self) -> String {
        let hundredths = self.percent_hundredths();
        format!("{},{:02}", group_thousands(hundredths / 100), hundredths.rem_euclid(100))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_rounded_half_up_once() {
        let table = [
            (14_527, 383_300, "3,79"),
            (15_486, 383_300, "4,04"),
            (1, 3, "33,33"),
            (2, 3, "66,67"),
            (1, 200, "0,50"),
            (5, 100_000, "0,01"),
            (4, 100_000, "0,00"),
            (7, 7, "100,00"),
        ];
        for (numerator, denominator, printed) in table {
            assert_eq!(Rate::of(numerator, denominator).unwrap().percent(), printed);
        }
    }

    #[test]
    fn there_is_no_rate_of_nothing() {
        assert_eq!(Rate::of(0, 0), None);
    }
}
