//! What is true today of what hangs on a clause. Each kind of binding is asked in its own way; what the program does not follow
//! yet is [`Live::Untracked`], and what it could not count says what is missing. No figure stands in for another.
//! A new kind of state: a variant here, its question below, its words in `web`.

use domain::programme::bind::Binding;
use domain::programme::figure::{Fraction, Verdict, fall_in_percent, fall_in_points, verdict};
use domain::units::Scope;
use kernel::Rate;
use norms::{ClassRateFall, PlanTarget, Reading, RuleKind};
use storage::Work;

use super::view::PlanView;
use crate::AppError;

/// The state of one binding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Live {
    /// Nothing follows it yet.
    Untracked,
    /// How a rate fell in the plan's year.
    Fall(RateFall),
    /// It could be counted, but something is missing.
    Gap(StateGap),
}

/// What keeps a figure from being told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StateGap {
    /// Nobody was assessed in that year.
    NoList { year: i16 },
    /// So many villages have no total of households in that year.
    NoTotals { year: i16, villages: usize },
}

/// The rate of the year before and of the year, and what the fall is under each reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateFall {
    pub before: FallSide,
    pub now: FallSide,
    pub readings: Vec<ReadingFigure>,
}

/// A rate with both its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FallSide {
    pub year: i16,
    pub rate: Rate,
}

/// A target's value when it is understood in one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingFigure {
    /// `points`, `relative`.
    pub reading: Reading,
    pub value: Fraction,
    pub verdict: Option<Verdict>,
}

/// Asks what is true of a binding in an area, in the year of its plan.
pub async fn state(work: &mut dyn Work, view: &PlanView, binding: &Binding, area: &Scope) -> Result<Live, AppError> {
    match binding.kind {
        RuleKind::Target => target(work, view, binding, area).await,
        RuleKind::Project | RuleKind::Task | RuleKind::Source | RuleKind::Capital => Ok(Live::Untracked),
    }
}

async fn target(work: &mut dyn Work, view: &PlanView, binding: &Binding, area: &Scope) -> Result<Live, AppError> {
    let known = view.known.as_ref().filter(|_| binding.norm.is_some()).and_then(|known| known.target(&binding.id));
    let Some(target) = known else { return Ok(Live::Untracked) };
    match &target.definition.class_rate_fall {
        Some(rule) => fall(work, target, rule, (view.year(), area)).await,
        None => Ok(Live::Untracked),
    }
}

async fn fall(
    work: &mut dyn Work,
    target: &PlanTarget,
    rule: &ClassRateFall,
    (year, area): (i16, &Scope),
) -> Result<Live, AppError> {
    let before = match class_rate(work, rule, year - 1, area).await? {
        Ok(rate) => FallSide { year: year - 1, rate },
        Err(gap) => return Ok(Live::Gap(gap)),
    };
    let now = match class_rate(work, rule, year, area).await? {
        Ok(rate) => FallSide { year, rate },
        Err(gap) => return Ok(Live::Gap(gap)),
    };
    let figure = |reading: &Reading| {
        let value = if reading.unit.as_deref() == Some("percent") {
            fall_in_percent(before.rate, now.rate)?
        } else {
            fall_in_points(before.rate, now.rate)
        };
        Some(ReadingFigure { reading: reading.clone(), verdict: verdict(value, &target.target), value })
    };
    Ok(Live::Fall(RateFall { before, now, readings: target.readings.iter().filter_map(figure).collect() }))
}

/// Households of the classes out of all households of the villages.
async fn class_rate(
    work: &mut dyn Work,
    rule: &ClassRateFall,
    year: i16,
    area: &Scope,
) -> Result<Result<Rate, StateGap>, AppError> {
    let counts = work.class_counts(area, year).await?;
    if counts.is_empty() {
        return Ok(Err(StateGap::NoList { year }));
    }
    let is_counted = |class: &Option<String>| class.as_ref().is_some_and(|class| rule.classes.contains(class));
    let numerator = counts.iter().filter(|(class, _)| is_counted(class)).map(|(_, n)| n).sum();
    let totals = work.village_totals(area, year).await?;
    let villages = work.villages(area).await?.len().saturating_sub(totals.len());
    let rate = Rate::of(numerator, totals.iter().map(|total| total.households).sum());
    // A denominator that lacks villages would make the rate too high without a word.
    Ok(rate.filter(|_| villages == 0).ok_or(StateGap::NoTotals { year, villages }))
}
