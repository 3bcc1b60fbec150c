//! The family as a table, a row for each decomposition, cut-off and group.

use super::{Counts, Decomposition, FamilyPlan};
use crate::sheet::{Sheet, Values};

/// Rows in the order of the plan: decomposition, then cut-off, then group. An undefined figure is missing, never 0.
pub fn family_sheet(plan: &FamilyPlan, decompositions: &[Decomposition]) -> Sheet {
    let rows = decompositions.iter().map(|d| d.groups.len()).sum::<usize>() * plan.cutoffs.len();
    let (mut by, mut groups, mut cutoffs) =
        (Vec::with_capacity(rows), Vec::with_capacity(rows), Vec::with_capacity(rows));
    let mut reals: Vec<Vec<f64>> = vec![Vec::with_capacity(rows); 4 + 2 * plan.indicators.len()];
    for decomposition in decompositions {
        for (place, cutoff) in plan.cutoffs.iter().enumerate() {
            for (group, value) in decomposition.groups.iter().enumerate() {
                by.push(decomposition.by.as_str().into());
                groups.push(*value);
                cutoffs.push(i64::from(*cutoff));
                let counts = Counts::of(plan, &decomposition.cube, group, place);
                push_row(plan, &counts, &mut reals);
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

#[expect(clippy::cast_precision_loss, reason = "people of a country are fewer than 2^53")]
fn push_row(plan: &FamilyPlan, counts: &Counts, reals: &mut [Vec<f64>]) {
    let first = [Some(counts.all as f64), counts.headcount(), counts.intensity(plan), counts.adjusted(plan)];
    let rest = (0..plan.indicators.len()).flat_map(|j| [counts.censored_headcount(j), counts.contribution(plan, j)]);
    for (column, value) in reals.iter_mut().zip(first.into_iter().chain(rest)) {
        column.push(value.unwrap_or(f64::NAN));
    }
}
