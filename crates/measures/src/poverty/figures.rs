//! The figures of one group at one cut-off, from its counts: whole numbers up to the one last division.
//! Names follow the method's literature: H, A, M0, uncensored and censored headcounts, contributions.

use super::{Cube, FamilyPlan, Sums, all_of, deprived_of};

/// Counts behind all figures of a group at one cut-off, in persons or households as the plan weighs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// Everybody.
    pub all: u64,
    /// The poor.
    pub poor: u64,
    /// Parts of the poor, all together: the censored score, `Σ weight × censored`.
    pub parts: u64,
    /// Deprived and poor, by indicator.
    pub censored: Vec<u64>,
    /// Deprived, poor or not, by indicator.
    pub uncensored: Vec<u64>,
}

impl Counts {
    /// The counts of a group of a cube at the cut-off in this place of the plan.
    pub fn of(plan: &FamilyPlan, cube: &Cube, group: usize, cutoff: usize) -> Self {
        let cells = cube.group(group);
        let poor = cells.get(cutoff + 1..).unwrap_or_default();
        let sum = |cells: &[Sums], value: &dyn Fn(&Sums) -> u64| cells.iter().map(value).sum::<u64>();
        let each = |cells: &[Sums]| -> Vec<u64> {
            (0..plan.indicators.len()).map(|j| sum(cells, &|sums| deprived_of(sums, j))).collect()
        };
        let censored = each(poor);
        let parts = censored.iter().zip(&plan.weights).map(|(many, weight)| many * u64::from(*weight)).sum();
        Self { all: sum(cells, &all_of), poor: sum(poor, &all_of), parts, censored, uncensored: each(cells) }
    }

    /// The share of the poor, H; `None` for a group of nobody.
    pub fn headcount(&self) -> Option<f64> {
        ratio(self.poor, self.all)
    }

    /// The mean deprivation of the poor, A; `None` where nobody is poor.
    pub fn intensity(&self, plan: &FamilyPlan) -> Option<f64> {
        ratio(self.parts, self.poor.checked_mul(u64::from(plan.parts()))?)
    }

    /// The adjusted headcount, M0 = H × A.
    pub fn adjusted(&self, plan: &FamilyPlan) -> Option<f64> {
        ratio(self.parts, self.all.checked_mul(u64::from(plan.parts()))?)
    }

    /// The share of those deprived in an indicator.
    pub fn uncensored_headcount(&self, indicator: usize) -> Option<f64> {
        ratio(*self.uncensored.get(indicator)?, self.all)
    }

    /// The share of those deprived in an indicator and poor.
    pub fn censored_headcount(&self, indicator: usize) -> Option<f64> {
        ratio(*self.censored.get(indicator)?, self.all)
    }

    /// The share of M0 that comes from an indicator; all together make 1. `None` where M0 is 0.
    pub fn contribution(&self, plan: &FamilyPlan, indicator: usize) -> Option<f64> {
        self.contribution_of(plan, &[indicator])
    }

    /// The share of M0 that comes from several indicators, a dimension.
    pub fn contribution_of(&self, plan: &FamilyPlan, indicators: &[usize]) -> Option<f64> {
        ratio(self.parts_of(plan, indicators)?, self.parts)
    }

    /// What several indicators add to M0; over all of them that is M0.
    pub fn part_of(&self, plan: &FamilyPlan, indicators: &[usize]) -> Option<f64> {
        ratio(self.parts_of(plan, indicators)?, self.all.checked_mul(u64::from(plan.parts()))?)
    }

    fn parts_of(&self, plan: &FamilyPlan, indicators: &[usize]) -> Option<u64> {
        let part = |j: &usize| Some(*self.censored.get(*j)? * u64::from(*plan.weights.get(*j)?));
        indicators.iter().map(part).sum()
    }
}

/// Counts stay far below 2⁵³, where a double is still exact; the division is the one rounding.
#[expect(clippy::cast_precision_loss, reason = "people of a country are fewer than 2^53")]
fn ratio(numerator: u64, denominator: u64) -> Option<f64> {
    (denominator > 0).then(|| numerator as f64 / denominator as f64)
}
