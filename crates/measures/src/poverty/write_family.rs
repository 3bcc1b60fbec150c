//! The family as a table, a row for each decomposition, cut-off and group.

use super::{Decomposition, FamilyPlan, Sums, all_of, deprived_of};
use crate::sheet::{Sheet, Values};

/// Rows in the order of the plan: decomposition, then cut-off, then group. An undefined figure is missing, never 0.
/// The figures are those of [`super::Counts`], taken for all cut-offs in one pass.
pub fn family_sheet(plan: &FamilyPlan, decompositions: &[Decomposition]) -> Sheet {
    let rows = decompositions.iter().map(|d| d.groups.len()).sum::<usize>() * plan.cutoffs.len();
    let (mut by, mut groups, mut cutoffs) =
        (Vec::with_capacity(rows), Vec::with_capacity(rows), Vec::with_capacity(rows));
    let mut reals: Vec<Vec<f64>> = (0..4 + 2 * plan.indicators.len()).map(|_| Vec::with_capacity(rows)).collect();
    for decomposition in decompositions {
        let name: std::sync::Arc<str> = decomposition.by.as_str().into();
        let poor = decomposition.cube.from_bucket_up();
        for (place, cutoff) in plan.cutoffs.iter().enumerate() {
            for (group, value) in decomposition.groups.iter().enumerate() {
                by.push(name.clone());
                groups.push(*value);
                cutoffs.push(i64::from(*cutoff));
                if let [everybody, poor @ ..] = poor.group(group) {
                    push_row(plan, everybody, poor.get(place).unwrap_or(everybody), &mut reals);
                }
            }
        }
    }
    let mut columns = vec![
        ("by".to_owned(), Values::Text(by)),
        ("group".to_owned(), Values::Whole(groups)),
        ("k".to_owned(), Values::Whole(cutoffs)),
    ];
    let fixed = ["persons", "H", "A", "M0"].map(str::to_owned).into_iter();
    let by_indicator = plan.indicators.iter().flat_map(|d| [format!("cens_{d}"), format!("contrib_{d}")]);
    columns.extend(fixed.chain(by_indicator).zip(reals.into_iter().map(Values::Real)));
    Sheet { columns }
}

/// One row from the sums of everybody and of the poor; dividing nothing by nothing gives the mark of a missing figure.
#[expect(clippy::cast_precision_loss, reason = "people of a country are fewer than 2^53")]
fn push_row(plan: &FamilyPlan, everybody: &Sums, poor: &Sums, reals: &mut [Vec<f64>]) {
    let whole = u64::from(plan.parts());
    let part = |j: usize, weight: &u32| deprived_of(poor, j) * u64::from(*weight);
    let parts: u64 = plan.weights.iter().enumerate().map(|(j, weight)| part(j, weight)).sum();
    let (all, many) = (all_of(everybody), all_of(poor));
    let ratio = |over: u64, under: u64| if under > 0 { over as f64 / under as f64 } else { f64::NAN };
    let first = [all as f64, ratio(many, all), ratio(parts, many * whole), ratio(parts, all * whole)];
    let (fixed, by_indicator) = reals.split_at_mut(first.len().min(reals.len()));
    fixed.iter_mut().zip(first).for_each(|(column, value)| column.push(value));
    for ((j, weight), columns) in plan.weights.iter().enumerate().zip(by_indicator.chunks_exact_mut(2)) {
        if let [censored, contribution] = columns {
            censored.push(ratio(deprived_of(poor, j), all));
            contribution.push(ratio(part(j, weight), parts));
        }
    }
}
