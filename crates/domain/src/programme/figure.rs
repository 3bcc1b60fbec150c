//! Figures of targets as exact fractions, printed once: half up, two decimals. A rate that fell keeps both its rates.
//! Never says where its numbers come from. Start with [`fall_in_points`] and [`verdict`].

use kernel::{Rate, group_thousands};
use norms::{TargetOp, TargetValue};

/// A number that is not rounded until it is printed; the denominator is above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fraction {
    pub numerator: i128,
    pub denominator: i128,
}

/// Whether a target is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    NotMet,
    Met,
    /// Above the higher end of a range.
    Exceeded,
}

impl Verdict {
    pub fn id(self) -> &'static str {
        match self {
            Self::NotMet => "not_met",
            Self::Met => "met",
            Self::Exceeded => "exceeded",
        }
    }
}

impl Fraction {
    /// Hundredths, rounded half up.
    pub fn hundredths(self) -> i128 {
        (self.numerator * 200 + self.denominator).div_euclid(self.denominator * 2)
    }

    /// `0,75`.
    pub fn printed(self) -> String {
        let hundredths = self.hundredths();
        let sign = if hundredths < 0 { "-" } else { "" };
        let size = hundredths.abs();
        let whole = group_thousands(i64::try_from(size / 100).unwrap_or(i64::MAX));
        format!("{sign}{whole},{:02}", size % 100)
    }

    /// Compared with a decimal such as `0.6`; `None` when it is none.
    fn compared(self, decimal: &str) -> Option<std::cmp::Ordering> {
        let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
        let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
        let scale = 10_i128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
        Some((self.numerator * scale).cmp(&(digits * self.denominator)))
    }
}

/// By how many percentage points a rate fell; negative when it rose.
pub fn fall_in_points(before: Rate, now: Rate) -> Fraction {
    let (n1, d1) = (i128::from(before.numerator), i128::from(before.denominator));
    let (n2, d2) = (i128::from(now.numerator), i128::from(now.denominator));
    Fraction { numerator: (n1 * d2 - n2 * d1) * 100, denominator: d1 * d2 }
}

/// By how many per cent of itself a rate fell; `None` when there was nothing to fall from.
pub fn fall_in_percent(before: Rate, now: Rate) -> Option<Fraction> {
    let (n1, d1) = (i128::from(before.numerator), i128::from(before.denominator));
    let (n2, d2) = (i128::from(now.numerator), i128::from(now.denominator));
    (n1 > 0).then(|| Fraction { numerator: (n1 * d2 - n2 * d1) * 100, denominator: n1 * d2 })
}

/// Whether a value reaches what the plan sets; exact, before any rounding.
pub fn verdict(value: Fraction, target: &TargetValue) -> Option<Verdict> {
    let against = value.compared(&target.value)?;
    let is_met = match target.op {
        TargetOp::Above => against.is_gt(),
        TargetOp::Range | TargetOp::AtLeast | TargetOp::Equal => against.is_ge(),
    };
    let is_above = target.high.as_ref().and_then(|high| value.compared(high)).is_some_and(std::cmp::Ordering::is_gt);
    Some(match (is_met, is_above) {
        (false, _) => Verdict::NotMet,
        (true, false) => Verdict::Met,
        (true, true) => Verdict::Exceeded,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(numerator: i64, denominator: i64) -> Rate {
        Rate::of(numerator, denominator).unwrap()
    }

    fn range(low: &str, high: &str) -> TargetValue {
        TargetValue {
            op: TargetOp::Range,
            value: low.to_owned(),
            high: Some(high.to_owned()),
            unit: "percentage_point".to_owned(),
            minimum_stated: false,
            effort: false,
        }
    }

    #[test]
    fn a_fall_is_told_exactly_and_rounded_once() {
        let table = [
            // before, now, points, per cent of itself
            ((40, 1000), (33, 1000), "0,70", "17,50"),
            ((40, 1000), (34, 1000), "0,60", "15,00"),
            ((1, 3), (1, 3), "0,00", "0,00"),
            ((1, 8), (1, 16), "6,25", "50,00"),
            ((33, 1000), (40, 1000), "-0,70", "-21,21"),
            // Two rates of 3,79 and 3,04 may be further apart than the printed ones say.
            ((14_527, 383_300), (11_572, 384_000), "0,78", "20,49"),
        ];
        for ((n1, d1), (n2, d2), points, percent) in table {
            let (before, now) = (rate(n1, d1), rate(n2, d2));
            assert_eq!(fall_in_points(before, now).printed(), points, "{n1}/{d1} {n2}/{d2}");
            assert_eq!(fall_in_percent(before, now).unwrap().printed(), percent, "{n1}/{d1} {n2}/{d2}");
        }
        assert_eq!(fall_in_percent(rate(0, 10), rate(0, 10)), None);
    }

    #[test]
    fn a_range_is_met_from_its_lower_end_and_more_than_met_above_the_higher() {
        let table = [
            ((40_000, 1_000_000), (34_001, 1_000_000), Verdict::NotMet),
            ((40_000, 1_000_000), (34_000, 1_000_000), Verdict::Met),
            ((40_000, 1_000_000), (33_000, 1_000_000), Verdict::Met),
            ((40_000, 1_000_000), (32_999, 1_000_000), Verdict::Exceeded),
        ];
        for ((n1, d1), (n2, d2), expected) in table {
            let value = fall_in_points(rate(n1, d1), rate(n2, d2));
            assert_eq!(verdict(value, &range("0.6", "0.7")), Some(expected), "{n1}/{d1} {n2}/{d2}");
        }
    }

    #[test]
    fn a_target_above_is_not_met_by_its_own_number() {
        let target = |op| TargetValue { op, high: None, ..range("30", "30") };
        let table = [
            (30, TargetOp::Above, Verdict::NotMet),
            (31, TargetOp::Above, Verdict::Met),
            (30, TargetOp::AtLeast, Verdict::Met),
            (29, TargetOp::AtLeast, Verdict::NotMet),
            (30, TargetOp::Equal, Verdict::Met),
        ];
        for (number, op, expected) in table {
            let value = Fraction { numerator: number, denominator: 1 };
            assert_eq!(verdict(value, &target(op)), Some(expected), "{number} {op:?}");
        }
    }
}
