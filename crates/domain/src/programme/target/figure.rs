//! A counted reading as a figure: both numbers, the exact value, the printed one, and whether the plan's level is reached.
//! The one place where a target is rounded.

use std::collections::BTreeMap;

use kernel::{Day, Rate, group_thousands};
use norms::{Rounding, TargetMeasure, TargetOp, TargetValue};

use super::counts::{ClassCounts, Counts, Tally};
use super::definitions::Ready;
use super::gap::TargetGap;
use super::rows::Lists;

/// A fraction in lowest terms; the denominator is positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exact {
    pub numerator: i128,
    pub denominator: i128,
}

impl Exact {
    /// `None` when there is nothing to divide by.
    pub fn of(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        let sign = if denominator < 0 { -1 } else { 1 };
        let common = common_divisor(numerator.unsigned_abs(), denominator.unsigned_abs()).max(1);
        let common = i128::try_from(common).ok()?;
        Some(Self { numerator: sign * numerator / common, denominator: sign * denominator / common })
    }

    pub fn minus(self, other: Self) -> Option<Self> {
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        Self::of(left.checked_sub(right)?, self.denominator.checked_mul(other.denominator)?)
    }

    /// Hundredths, rounded half up once: the house's one rule.
    pub fn hundredths(self, rounding: Rounding) -> i128 {
        match rounding {
            Rounding::HalfUpToHundredths => (self.numerator * 200 + self.denominator).div_euclid(self.denominator * 2),
        }
    }

    /// `3,79`.
    pub fn printed(self, rounding: Rounding) -> String {
        let hundredths = self.hundredths(rounding);
        let sign = if hundredths < 0 { "-" } else { "" };
        let size = hundredths.abs();
        let whole = group_thousands(i64::try_from(size / 100).unwrap_or(i64::MAX));
        format!("{sign}{whole},{:02}", size % 100)
    }

    fn at_least(self, other: Self) -> bool {
        self.numerator * other.denominator >= other.numerator * self.denominator
    }
}

fn common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// What a reading comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Reached of a base, in percent.
    Share(Tally),
    Count(Tally),
    /// Households of some classes of all households, in percent.
    ClassShare(Rate),
    /// Both rates; the value is what the one fell.
    Fall {
        before: Rate,
        now: Rate,
        relative: bool,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    pub value: Value,
    /// In percent, in percentage points, or a plain number.
    pub exact: Exact,
    pub printed: String,
}

impl Figure {
    /// Above and below the line of the figure, as it is shown.
    pub fn numbers(&self) -> (i64, Option<i64>) {
        match &self.value {
            Value::Share(tally) => (tally.reached, Some(tally.base)),
            Value::Count(tally) => (tally.reached, None),
            Value::ClassShare(rate) | Value::Fall { now: rate, .. } => (rate.numerator, Some(rate.denominator)),
        }
    }

    /// What was counted of rows, where rows were counted.
    pub fn tally(&self) -> Option<Tally> {
        match &self.value {
            Value::Share(tally) | Value::Count(tally) => Some(*tally),
            Value::ClassShare(_) | Value::Fall { .. } => None,
        }
    }

    /// How many of the base are not reached yet; `None` where there is no base of rows.
    pub fn not_reached(&self) -> Option<i64> {
        if let Value::Share(tally) = &self.value { Some(tally.not_reached()) } else { None }
    }
}

/// The figure of one reading from what was counted in a unit.
pub fn figure(
    ready: &Ready,
    at: usize,
    counts: &Counts,
    (lists, on): (Lists, Day),
    rounding: Rounding,
) -> Result<Figure, TargetGap> {
    let tally = counts.tallies.get(at).copied().unwrap_or_default();
    let (value, exact) = match &ready.reading.measure {
        TargetMeasure::Share { .. } => {
            let exact = Exact::of(i128::from(tally.reached) * 100, i128::from(tally.base));
            (Value::Share(tally), exact.ok_or(TargetGap::EmptyBase)?)
        }
        TargetMeasure::ResidentShare { .. } => {
            let exact = of_residents(tally, lists)?;
            (Value::Share(tally), exact)
        }
        TargetMeasure::Count { .. } => {
            (Value::Count(tally), Exact::of(i128::from(tally.reached), 1).ok_or(TargetGap::EmptyBase)?)
        }
        TargetMeasure::ClassShare { classes } => {
            let rate = share_now(&counts.classes, classes, lists)?;
            (Value::ClassShare(rate), percent(rate)?)
        }
        TargetMeasure::ClassShareFall { classes, relative } => fall(&counts.classes, classes, *relative, (lists, on))?,
        TargetMeasure::NoBase { why } => return Err(TargetGap::NoBase { why: why.clone() }),
    };
    let printed = match value {
        Value::Count(tally) => group_thousands(tally.reached),
        _ => exact.printed(rounding),
    };
    Ok(Figure { value, exact, printed })
}

fn percent(rate: Rate) -> Result<Exact, TargetGap> {
    Exact::of(i128::from(rate.numerator) * 100, i128::from(rate.denominator)).ok_or(TargetGap::EmptyBase)
}

/// A rate over some of the communes would pass for one over all.
fn expect_lists((listed, unlisted): (i64, i64), year: i16) -> Result<(), TargetGap> {
    match (listed, unlisted) {
        (0, _) => Err(TargetGap::NoList { year }),
        (_, 0) => Ok(()),
        (_, communes) => Err(TargetGap::Unlisted { communes, year }),
    }
}

/// Nor can a rate pass over households whose class is not known.
fn expect_classes(of: &BTreeMap<String, i64>, year: i16) -> Result<(), TargetGap> {
    match ClassCounts::unclassified(of) {
        0 => Ok(()),
        households => Err(TargetGap::Unclassified { households, year }),
    }
}

/// A share of all residents of some communes: their number must be known, and hold those of the register.
fn of_residents(tally: Tally, lists: Lists) -> Result<Exact, TargetGap> {
    if tally.missing > 0 {
        return Err(TargetGap::Totals { villages: tally.missing, year: lists.in_force });
    }
    if tally.unnamed < 0 {
        return Err(TargetGap::Overfull { over: -tally.unnamed });
    }
    Exact::of(i128::from(tally.reached) * 100, i128::from(tally.base)).ok_or(TargetGap::NoArea)
}

fn share_now(of: &ClassCounts, classes: &[String], lists: Lists) -> Result<Rate, TargetGap> {
    if of.missing_now > 0 {
        return Err(TargetGap::Totals { villages: of.missing_now, year: lists.in_force });
    }
    expect_lists((of.listed_now, of.unlisted_now), lists.in_force)?;
    expect_classes(&of.now, lists.in_force)?;
    Rate::of(ClassCounts::of_classes(&of.now, classes), of.households_now).ok_or(TargetGap::EmptyBase)
}

fn fall(
    of: &ClassCounts,
    classes: &[String],
    relative: bool,
    (lists, on): (Lists, Day),
) -> Result<(Value, Exact), TargetGap> {
    if lists.in_force != lists.year {
        return Err(TargetGap::NotReviewed { year: lists.year, on });
    }
    let now = share_now(of, classes, lists)?;
    if of.missing_before > 0 {
        return Err(TargetGap::Totals { villages: of.missing_before, year: lists.in_force - 1 });
    }
    expect_lists((of.listed_before, of.unlisted_before), lists.in_force - 1)?;
    expect_classes(&of.before, lists.in_force - 1)?;
    let before = Rate::of(ClassCounts::of_classes(&of.before, classes), of.households_before);
    let before = before.ok_or(TargetGap::EmptyBase)?;
    let fell = percent(before)?.minus(percent(now)?).ok_or(TargetGap::EmptyBase)?;
    let exact = if relative {
        let of_before = percent(before)?;
        let above = fell.numerator.checked_mul(of_before.denominator).and_then(|n| n.checked_mul(100));
        let below = fell.denominator.checked_mul(of_before.numerator);
        above.zip(below).and_then(|(above, below)| Exact::of(above, below)).ok_or(TargetGap::EmptyBase)?
    } else {
        fell
    };
    Ok((Value::Fall { before, now, relative }, exact))
}

/// How a value stands to the plan's level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Met {
    /// Above the upper end of a range.
    Exceeded,
    Met,
    NotMet,
}

/// Compares exactly, before any rounding. `None` when the level cannot be read.
pub fn met(exact: Exact, target: &TargetValue) -> Option<Met> {
    let level = decimal(&target.value)?;
    let is_met = match target.op {
        TargetOp::Above => !level.at_least(exact),
        TargetOp::Below => !exact.at_least(level),
        TargetOp::AtMost => level.at_least(exact),
        TargetOp::Range | TargetOp::AtLeast | TargetOp::Equal => exact.at_least(level),
    };
    let above = target.high.as_deref().and_then(decimal).is_some_and(|high| !high.at_least(exact));
    Some(match (is_met, above) {
        (true, true) => Met::Exceeded,
        (true, false) => Met::Met,
        (false, _) => Met::NotMet,
    })
}

/// `0.6` as a fraction.
fn decimal(text: &str) -> Option<Exact> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let scale = 10_i128.checked_pow(u32::try_from(part.len()).ok()?)?;
    let digits = format!("{whole}{part}");
    Exact::of(digits.parse().ok()?, scale)
}
