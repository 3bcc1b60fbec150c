//! Ratio means of a stratified, clustered, weighted sample and their standard errors by Taylor linearisation.
//! Every figure of the family is a ratio of two weighted sums, so this one estimator serves all. Start with [`Estimator::ratio`].

use statrs::distribution::{ContinuousCDF, StudentsT};

use super::design::{Domain, Sums};
use crate::poverty::LANES;

/// A figure with its uncertainty. `None`: it does not exist (nobody is in the denominator, or nothing is left to vary).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    pub value: f64,
    pub standard_error: Option<f64>,
    /// Ends of the confidence interval, by Student's t with units − strata degrees of freedom; not cut off at 0 and 1.
    pub interval: Option<(f64, f64)>,
}

/// The design of a sample, ready for any number of ratios.
#[derive(Debug)]
pub struct Estimator<'a> {
    sums: &'a Sums,
    /// The t value of the confidence interval; `None` without degrees of freedom.
    quantile: Option<f64>,
}

/// Weighted sums of one unit by bucket.
pub(super) type UnitSums = [[f64; LANES]];

impl<'a> Estimator<'a> {
    /// `confidence` in percent.
    pub fn new(sums: &'a Sums, confidence: u8) -> Self {
        let freedom = sums.stratum_of.len().saturating_sub(sums.units_in.len());
        let freedom = u32::try_from(freedom).map_or(f64::MAX, f64::from);
        let tail = 0.5 + f64::from(confidence) / 200.0;
        let quantile = StudentsT::new(0.0, 1.0, freedom).ok().map(|t| t.inverse_cdf(tail));
        Self { sums, quantile }
    }

    /// Strata with one unit: their unit is held against the mean over all strata, which can only widen the interval.
    pub fn single_unit_strata(&self) -> usize {
        self.sums.units_in.iter().filter(|units| **units == 1).count()
    }

    /// Units minus strata.
    pub fn degrees_of_freedom(&self) -> usize {
        self.sums.stratum_of.len().saturating_sub(self.sums.units_in.len())
    }

    /// `Σ over / Σ under` over a group. Units without rows in the group stay in the design with sums of 0.
    pub(super) fn ratio(
        &self,
        domain: &Domain,
        over: impl Fn(&UnitSums) -> f64,
        under: impl Fn(&UnitSums) -> f64,
    ) -> Option<Estimate> {
        let whole_over: f64 = domain.units.values().map(|unit| over(unit)).sum();
        let whole_under: f64 = domain.units.values().map(|unit| under(unit)).sum();
        if whole_under <= 0.0 {
            return None;
        }
        let value = whole_over / whole_under;
        let mut strata = vec![(0.0, 0.0); self.sums.units_in.len()];
        for (unit, cells) in &domain.units {
            let residual = (over(cells) - value * under(cells)) / whole_under;
            if let Some((sum, squares)) = self.sums.stratum_of.get(*unit).and_then(|stratum| strata.get_mut(*stratum)) {
                *sum += residual;
                *squares += residual * residual;
            }
        }
        let standard_error = (self.degrees_of_freedom() > 0).then(|| self.variance(&strata).max(0.0).sqrt());
        let interval = standard_error.zip(self.quantile).map(|(se, t)| (value - t * se, value + t * se));
        Some(Estimate { value, standard_error, interval })
    }

    /// `Σ n/(n−1) Σ (z − z̄)²` over the strata. The residuals of all strata together sum to 0, so that is the mean which
    /// the unit of a single-unit stratum is held against.
    fn variance(&self, strata: &[(f64, f64)]) -> f64 {
        let of_stratum = |((sum, squares), units): (&(f64, f64), &usize)| {
            let units = u32::try_from(*units).map_or(f64::MAX, f64::from);
            if units > 1.0 { units / (units - 1.0) * (squares - sum * sum / units).max(0.0) } else { *squares }
        };
        strata.iter().zip(&self.sums.units_in).map(of_stratum).sum()
    }
}
