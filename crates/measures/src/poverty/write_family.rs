//! The family as a table: a row for each decomposition, cut-off and group, or, in full, one for each figure of them.

use std::sync::Arc;

use super::{CROSSED, Counts, Cube, Decomposition, FamilyPlan, Sums, all_of, deprived_of};
use crate::sheet::{Sheet, Values};

/// One decomposition whose groups have names: of a snapshot, whose groups are codes and ids.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// As [`Decomposition::by`].
    pub by: String,
    /// For each group one name, two in a crossing, none for the whole.
    pub groups: Vec<Vec<Arc<str>>>,
    /// The counts, in the order of the groups.
    pub cube: Cube,
}

/// A dimension: its name, and the places of its indicators in the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dimension {
    pub id: String,
    pub indicators: Vec<usize>,
}

/// The decompositions of a survey under the numbers of their groups.
impl From<&Decomposition> for Named {
    fn from(of: &Decomposition) -> Self {
        let names = |values: &Vec<i64>| values.iter().map(|value| value.to_string().into()).collect();
        Self { by: of.by.clone(), groups: of.groups.iter().map(names).collect(), cube: of.cube.clone() }
    }
}

/// Rows in the order of the plan: decomposition, then cut-off, then group. An undefined figure is missing, never 0.
/// `group` is 0 for the whole; `group2`, the second column's value, stands there when something is crossed.
/// The figures are those of [`super::Counts`], taken for all cut-offs in one pass.
pub fn family_sheet(plan: &FamilyPlan, decompositions: &[Decomposition]) -> Sheet {
    let (mut first, mut second) = (Vec::new(), Vec::new());
    each(plan, decompositions.iter().map(|d| d.groups.as_slice()), |values: &Vec<i64>| {
        first.push(values.first().copied().unwrap_or(0));
        second.push(values.get(1).copied().map_or(f64::NAN, as_real));
    });
    let mut groups = vec![("group".to_owned(), Values::Whole(first))];
    if is_crossed(decompositions.iter().map(|d| d.by.as_str())) {
        groups.push(("group2".to_owned(), Values::Real(second)));
    }
    wide(plan, decompositions.iter().map(|d| (d.by.as_str(), &d.cube, d.groups.len())), groups)
}

/// The same for groups with names; `group` is empty for the whole.
pub fn named_sheet(plan: &FamilyPlan, decompositions: &[Named]) -> Sheet {
    let (mut first, mut second) = (Vec::new(), Vec::new());
    each(plan, decompositions.iter().map(|d| d.groups.as_slice()), |names: &Vec<Arc<str>>| {
        first.push(names.first().cloned().unwrap_or_default());
        second.push(names.get(1).cloned().unwrap_or_default());
    });
    let mut groups = vec![("group".to_owned(), Values::Text(first))];
    if is_crossed(decompositions.iter().map(|d| d.by.as_str())) {
        groups.push(("group2".to_owned(), Values::Text(second)));
    }
    wide(plan, decompositions.iter().map(|d| (d.by.as_str(), &d.cube, d.groups.len())), groups)
}

/// Every figure in a row of its own, named as mpitb names them: hd once for each group; H, A, M0, hdk, actb, pctb and, by
/// dimension, actb_dim and pctb_dim at each cut-off. `k` is empty where there is none, `indicator` where a figure is of no one.
pub fn full_sheet(plan: &FamilyPlan, dimensions: &[Dimension], decompositions: &[Named]) -> Sheet {
    let mut table = Full::default();
    for of in decompositions {
        for (group, names) in of.groups.iter().enumerate() {
            for place in 0..plan.cutoffs.len() {
                table.of(plan, dimensions, (&of.by, names), (&of.cube, group, place));
            }
        }
    }
    table.finish(is_crossed(decompositions.iter().map(|d| d.by.as_str())))
}

#[derive(Default)]
struct Full {
    texts: [Vec<Arc<str>>; 6],
    values: Vec<f64>,
}

const TEXTS: [&str; 6] = ["by", "group", "group2", "k", "measure", "indicator"];

impl Full {
    fn of(
        &mut self,
        plan: &FamilyPlan,
        dimensions: &[Dimension],
        (by, names): (&str, &[Arc<str>]),
        (cube, group, place): (&Cube, usize, usize),
    ) {
        let counts = Counts::of(plan, cube, group, place);
        let k = plan.cutoffs.get(place).map(ToString::to_string).unwrap_or_default();
        let mut push = |k: &str, measure: &str, indicator: &str, value: Option<f64>| {
            let name = |at: usize| names.get(at).cloned().unwrap_or_default();
            let texts = [by.into(), name(0), name(1), k.into(), measure.into(), indicator.into()];
            self.texts.iter_mut().zip(texts).for_each(|(column, text)| column.push(text));
            self.values.push(value.unwrap_or(f64::NAN));
        };
        if place == 0 {
            for (j, indicator) in plan.indicators.iter().enumerate() {
                push("", "hd", indicator, counts.uncensored_headcount(j));
            }
        }
        push(&k, "H", "", counts.headcount());
        push(&k, "A", "", counts.intensity(plan));
        push(&k, "M0", "", counts.adjusted(plan));
        for (j, indicator) in plan.indicators.iter().enumerate() {
            push(&k, "hdk", indicator, counts.censored_headcount(j));
            push(&k, "actb", indicator, counts.part_of(plan, &[j]));
            push(&k, "pctb", indicator, counts.contribution(plan, j));
        }
        for dimension in dimensions {
            push(&k, "actb_dim", &dimension.id, counts.part_of(plan, &dimension.indicators));
            push(&k, "pctb_dim", &dimension.id, counts.contribution_of(plan, &dimension.indicators));
        }
    }

    fn finish(self, is_crossed: bool) -> Sheet {
        let texts = TEXTS.into_iter().zip(self.texts).filter(|(name, _)| is_crossed || *name != "group2");
        let mut columns: Vec<_> = texts.map(|(name, values)| (name.to_owned(), Values::Text(values))).collect();
        columns.push(("b".to_owned(), Values::Real(self.values)));
        Sheet { columns }
    }
}

fn is_crossed<'a>(mut by: impl Iterator<Item = &'a str>) -> bool {
    by.any(|by| by.contains(CROSSED))
}

#[expect(clippy::cast_precision_loss, reason = "values of a survey's columns are fewer than 2^53")]
fn as_real(value: i64) -> f64 {
    value as f64
}

/// The groups of every row, in the order of the rows.
fn each<'a, G: 'a>(plan: &FamilyPlan, of: impl Iterator<Item = &'a [G]>, mut take: impl FnMut(&G)) {
    for groups in of {
        for _ in &plan.cutoffs {
            groups.iter().for_each(&mut take);
        }
    }
}

fn wide<'a>(
    plan: &FamilyPlan,
    decompositions: impl Iterator<Item = (&'a str, &'a Cube, usize)>,
    groups: Vec<(String, Values)>,
) -> Sheet {
    let rows = groups.first().map_or(0, |(_, values)| values.len());
    let (mut by, mut cutoffs) = (Vec::with_capacity(rows), Vec::with_capacity(rows));
    let mut reals: Vec<Vec<f64>> = (0..4 + 2 * plan.indicators.len()).map(|_| Vec::with_capacity(rows)).collect();
    for (name, cube, groups) in decompositions {
        let name: Arc<str> = name.into();
        let poor = cube.from_bucket_up();
        for (place, cutoff) in plan.cutoffs.iter().enumerate() {
            for group in 0..groups {
                by.push(name.clone());
                cutoffs.push(i64::from(*cutoff));
                if let [everybody, poor @ ..] = poor.group(group) {
                    push_row(plan, everybody, poor.get(place).unwrap_or(everybody), &mut reals);
                }
            }
        }
    }
    let mut columns = vec![("by".to_owned(), Values::Text(by))];
    columns.extend(groups);
    columns.push(("k".to_owned(), Values::Whole(cutoffs)));
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
