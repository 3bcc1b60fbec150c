//! The figures of a sample as a table in the words of mpitb: H, A, M0, hd, hdk, actb, pctb with se, lb, ub. Start with [`sample_sheet`].

use std::path::Path;
use std::sync::Arc;

use super::design::{Design, Domain, LeftOut, Sums};
use super::estimate::{Estimate, Estimator, UnitSums};
use super::spec::Spec;
use crate::Fault;
use crate::poverty::{FamilyPlan, LANES};
use crate::sheet::{Sheet, Values};

/// What was measured, and what a reader of the table must be told.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    pub sheet: Sheet,
    pub rows: u64,
    pub left_out: LeftOut,
    pub single_unit_strata: usize,
    pub degrees_of_freedom: usize,
}

/// Measures a survey file.
pub fn sample_sheet(path: &Path, spec: &Spec, design: &Design) -> Result<Measured, Fault> {
    let plan = spec.plan().map_err(|why| Fault::Definition { path: spec.id.clone(), why })?;
    plan.check()?;
    let sums = Sums::read(path, &plan, design)?;
    let estimator = Estimator::new(&sums, spec.confidence);
    let mut table = Table::default();
    for domain in &sums.domains {
        for (indicator, column) in plan.indicators.iter().enumerate() {
            let hd = estimator.ratio(domain, |unit| lane(unit, 0, indicator), |unit| lane(unit, 0, LANES - 1));
            table.push(domain, "hd", column, "", hd);
        }
        for (cutoff, share) in spec.cutoffs.iter().enumerate() {
            // Two shares of the same number of parts are one cut-off of the plan, and both are shown.
            let parts = share_place(spec, &plan, cutoff);
            one_cutoff(&plan, &estimator, domain, parts, &share.text(), &mut table);
            dimensions(spec, &plan, &estimator, domain, parts, &share.text(), &mut table);
        }
    }
    Ok(Measured {
        sheet: table.finish(),
        rows: sums.rows,
        left_out: sums.left_out,
        single_unit_strata: estimator.single_unit_strata(),
        degrees_of_freedom: estimator.degrees_of_freedom(),
    })
}

fn share_place(spec: &Spec, plan: &FamilyPlan, cutoff: usize) -> usize {
    let one = Spec { cutoffs: spec.cutoffs.get(cutoff).cloned().into_iter().collect(), ..spec.clone() };
    let parts = one.plan().ok().and_then(|plan| plan.cutoffs.first().copied());
    plan.cutoffs.iter().position(|k| Some(*k) == parts).unwrap_or(cutoff)
}

/// The weighted sum of a lane over the buckets from `first` on.
fn lane(unit: &UnitSums, first: usize, lane: usize) -> f64 {
    unit.iter().skip(first).filter_map(|cell| cell.get(lane)).sum()
}

/// The censored score of a unit, as a share of the whole.
fn score(plan: &FamilyPlan, unit: &UnitSums, first: usize) -> f64 {
    let parts = plan.weights.iter().enumerate().map(|(j, weight)| f64::from(*weight) * lane(unit, first, j));
    parts.sum::<f64>() / f64::from(plan.parts())
}

fn one_cutoff(plan: &FamilyPlan, estimator: &Estimator<'_>, domain: &Domain, place: usize, k: &str, table: &mut Table) {
    let poor = place + 1;
    let all = |unit: &UnitSums| lane(unit, 0, LANES - 1);
    let count = |unit: &UnitSums| lane(unit, poor, LANES - 1);
    let score = |unit: &UnitSums| score(plan, unit, poor);
    table.push(domain, "H", "", k, estimator.ratio(domain, count, all));
    table.push(domain, "A", "", k, estimator.ratio(domain, score, count));
    table.push(domain, "M0", "", k, estimator.ratio(domain, score, all));
    for (j, column) in plan.indicators.iter().enumerate() {
        let share = plan.weights.get(j).map_or(0.0, |w| f64::from(*w)) / f64::from(plan.parts());
        let censored = |unit: &UnitSums| lane(unit, poor, j);
        let part = |unit: &UnitSums| share * lane(unit, poor, j);
        table.push(domain, "hdk", column, k, estimator.ratio(domain, censored, all));
        table.push(domain, "actb", column, k, estimator.ratio(domain, part, all));
        table.push(domain, "pctb", column, k, estimator.ratio(domain, part, score));
    }
}

fn dimensions(
    spec: &Spec,
    plan: &FamilyPlan,
    estimator: &Estimator<'_>,
    domain: &Domain,
    place: usize,
    k: &str,
    table: &mut Table,
) {
    let poor = place + 1;
    let mut first = 0;
    for dimension in &spec.dimensions {
        let members = first..first + dimension.indicators.len();
        first = members.end;
        let part = |unit: &UnitSums| {
            let weighed = plan.weights.iter().enumerate().filter(|(j, _)| members.contains(j));
            weighed.map(|(j, w)| f64::from(*w) * lane(unit, poor, j)).sum::<f64>() / f64::from(plan.parts())
        };
        table.push(
            domain,
            "actb_dim",
            &dimension.id,
            k,
            estimator.ratio(domain, part, |unit| lane(unit, 0, LANES - 1)),
        );
        table.push(domain, "pctb_dim", &dimension.id, k, estimator.ratio(domain, part, |unit| score(plan, unit, poor)));
    }
}

/// The table while it grows.
#[derive(Default)]
struct Table {
    texts: [Vec<Arc<str>>; 5],
    numbers: [Vec<f64>; 4],
    rows: Vec<i64>,
}

const TEXTS: [&str; 5] = ["measure", "indicator", "k", "loa", "subg"];
const NUMBERS: [&str; 4] = ["b", "se", "lb", "ub"];

impl Table {
    fn push(&mut self, domain: &Domain, measure: &str, indicator: &str, k: &str, estimate: Option<Estimate>) {
        let texts = [measure, indicator, k, &domain.by, &domain.value];
        self.texts.iter_mut().zip(texts).for_each(|(column, text)| column.push(text.into()));
        let interval = estimate.and_then(|e| e.interval);
        let numbers = [
            estimate.map(|e| e.value),
            estimate.and_then(|e| e.standard_error),
            interval.map(|(low, _)| low),
            interval.map(|(_, high)| high),
        ];
        self.numbers.iter_mut().zip(numbers).for_each(|(column, number)| column.push(number.unwrap_or(f64::NAN)));
        self.rows.push(i64::try_from(domain.rows).unwrap_or(i64::MAX));
    }

    fn finish(self) -> Sheet {
        let texts = TEXTS.iter().zip(self.texts).map(|(name, values)| ((*name).to_owned(), Values::Text(values)));
        let numbers = NUMBERS.iter().zip(self.numbers).map(|(name, values)| ((*name).to_owned(), Values::Real(values)));
        let rows = std::iter::once(("n".to_owned(), Values::Whole(self.rows)));
        Sheet { columns: texts.chain(numbers).chain(rows).collect() }
    }
}
