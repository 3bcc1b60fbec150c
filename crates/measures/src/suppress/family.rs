//! What of an Alkire–Foster family may be published: for each group of one level under its whole, which counts of households
//! are shown. Pure; start with [`publishable`].
//!
//! The counts of a group hang together: the poor and the others make all; those poor and deprived in an indicator are no more
//! than the poor; all of them together are the parts of which A and M0 are made, at least the cut-off for each poor household.
//! So it is done in two tables. First the poor and the others. A group in which either of them is hidden shows no indicator
//! at all, so that whole households could have been in another such group. Then the indicators of the other groups, with
//! everything about those taken as known, and without leaning on a cell that is as large or as small as it can be.
//! Below a table that hides some indicators of the whole, the groups show those only together, and nothing of any indicator
//! where that would take away the room the table above leaves.

use super::{Equations, hide_beside};

/// Households of one group: all, poor, and poor and deprived in each indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FamilyRow {
    pub all: u64,
    pub poor: u64,
    pub censored: Vec<u64>,
}

impl FamilyRow {
    /// Deprivations of the poor: every indicator weighs one part.
    pub fn parts(&self) -> u64 {
        self.censored.iter().sum()
    }

    fn others(&self) -> u64 {
        self.all.saturating_sub(self.poor)
    }
}

/// Which counts of a group are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub all: bool,
    pub poor: bool,
    pub parts: bool,
    pub censored: Vec<bool>,
}

impl Shown {
    /// Whether every count is shown.
    pub fn is_everything(&self) -> bool {
        self.all && self.poor && self.parts && self.censored.iter().all(|shown| *shown)
    }
}

/// What is shown of a whole and of the groups that make it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    pub whole: Shown,
    pub groups: Vec<Shown>,
}

/// What is shown of groups and of their whole; `cutoff` is the number of deprivations from which on a household is poor.
/// `None` when the households of the whole cannot be shown: then nothing of these groups is published.
pub fn publishable(groups: &[FamilyRow], cutoff: u64, least: u64) -> Option<Published> {
    publishable_below(groups, None, cutoff, least)
}

/// The same for groups whose whole stands in a table above, with what that table shows of it: what is hidden there is hidden
/// in every one of its groups.
pub fn publishable_below(groups: &[FamilyRow], above: Option<&Shown>, cutoff: u64, least: u64) -> Option<Published> {
    if above.is_some_and(|above| !above.all || !above.poor) {
        return None;
    }
    let indicators = groups.first().map_or(0, |row| row.censored.len());
    let whole = whole_of(groups, indicators);
    let is_small = |count: u64| (1..least).contains(&count);
    if [whole.all, whole.poor, whole.others()].into_iter().any(is_small) {
        return None;
    }
    let headcounts = hidden_headcounts(groups, &whole, least)?;
    let is_bare: Vec<bool> = headcounts.iter().map(|[poor, others, _]| *poor || *others).collect();
    let unseen = |j: usize| above.is_some_and(|above| above.censored.get(j) != Some(&true));
    let has_room = above.is_none_or(|above| above.parts && leaves_room(groups, &whole, &is_bare, &unseen));
    let columns = if has_room { columns(&whole, least, &unseen) } else { None };
    let hidden = columns.as_ref().and_then(|columns| {
        hidden_indicators((groups, &whole), columns, (cutoff, least), &is_bare).map(|hidden| (columns, hidden))
    });
    let alone = |j: usize, row: Option<&[bool]>| {
        let (Some((columns, _)), Some(row)) = (&hidden, row) else { return false };
        let own = columns.iter().position(|column| column.as_slice() == [j]);
        own.is_some_and(|at| row.get(at) == Some(&false))
    };
    let row = |at: usize| hidden.as_ref().and_then(|(columns, cells)| cells.chunks(columns.len() + 1).nth(at));
    let shown = |at: usize, is_bare: bool, [poor, _, all]: [bool; 3]| {
        let row = if is_bare { None } else { row(at) };
        Shown {
            all: !all,
            poor: !poor,
            parts: row.and_then(<[bool]>::last) == Some(&false),
            censored: (0..indicators).map(|j| alone(j, row)).collect(),
        }
    };
    let of_groups = headcounts.iter().zip(&is_bare).enumerate().map(|(at, (head, is_bare))| shown(at, *is_bare, *head));
    Some(Published { groups: of_groups.collect(), whole: shown(groups.len(), false, [false; 3]) })
}

/// The groups added up.
pub fn whole_of(groups: &[FamilyRow], indicators: usize) -> FamilyRow {
    let censored = (0..indicators).map(|j| groups.iter().filter_map(|row| row.censored.get(j)).sum()).collect();
    FamilyRow { all: groups.iter().map(|row| row.all).sum(), poor: groups.iter().map(|row| row.poor).sum(), censored }
}

/// For each group, whether the poor, the others and all are hidden. The whole stands still.
fn hidden_headcounts(groups: &[FamilyRow], whole: &FamilyRow, least: u64) -> Option<Vec<[bool; 3]>> {
    let values: Vec<u64> = groups.iter().chain([whole]).flat_map(|row| [row.poor, row.others(), row.all]).collect();
    let still: Vec<bool> = (0..values.len()).map(|cell| cell >= groups.len() * 3).collect();
    let sums = Equations::two_way(groups.len(), 2);
    let hidden = hide_beside(&values, &sums, least, &still);
    let is_safe = sums.worked_out(&values, &hidden.is_hidden).is_empty();
    is_safe.then(|| hidden.is_hidden.as_chunks::<3>().0.iter().take(groups.len()).copied().collect())
}

/// The indicators as columns. Those not seen of the whole above, or so rare that the whole itself would be a small count make one column with the next rare
/// ones, which is never shown. `None` where no such column is large enough.
fn columns(whole: &FamilyRow, least: u64, unseen: &dyn Fn(usize) -> bool) -> Option<Vec<Vec<usize>>> {
    let counts = || whole.censored.iter().copied().zip(0..);
    let mut together: Vec<usize> = counts().map(|(_, j)| j).filter(|j| unseen(*j)).collect();
    let mut rare: Vec<(u64, usize)> = counts().filter(|(count, j)| *count > 0 && !unseen(*j)).collect();
    rare.sort_unstable();
    if !together.is_empty() || rare.first().is_some_and(|(count, _)| *count < least) {
        let mut sum = counts().filter(|(_, j)| unseen(*j)).map(|(count, _)| count).sum::<u64>();
        for (count, j) in rare {
            if together.len() >= 2 && sum >= least && count >= least {
                break;
            }
            sum += count;
            together.push(j);
        }
        if together.len() < 2 || sum < least {
            return None;
        }
    }
    let alone = (0..whole.censored.len()).filter(|j| !together.contains(j)).map(|j| vec![j]);
    let mut columns: Vec<Vec<usize>> = alone.collect();
    columns.extend((!together.is_empty()).then_some(together));
    Some(columns)
}

/// Whether two indicators hidden of the whole may still change places there as far as its own counts allow. The groups show
/// the sum of those hidden; where that sum lets none of them be more of one and less of the other, it would say about the
/// whole what the table above hides. A group without indicators is not counted on.
fn leaves_room(groups: &[FamilyRow], whole: &FamilyRow, is_bare: &[bool], unseen: &dyn Fn(usize) -> bool) -> bool {
    let count = |row: &FamilyRow, j: usize| row.censored.get(j).copied().unwrap_or(0);
    let can = |row: &FamilyRow, more: usize, less: usize| count(row, more) < row.poor && count(row, less) > 0;
    let hidden = || (0..whole.censored.len()).filter(|j| unseen(*j));
    let mut pairs = hidden().flat_map(|more| hidden().map(move |less| (more, less)));
    pairs.all(|(more, less)| {
        more == less
            || !can(whole, more, less)
            || groups.iter().zip(is_bare).any(|(row, is_bare)| !is_bare && can(row, more, less))
    })
}

/// For each group and the whole, whether each column and, last, the parts are hidden. `None` where no cell is left to lean on.
fn hidden_indicators(
    (groups, whole): (&[FamilyRow], &FamilyRow),
    columns: &[Vec<usize>],
    (cutoff, least): (u64, u64),
    is_bare: &[bool],
) -> Option<Vec<bool>> {
    let wide = columns.len() + 1;
    let count = |row: &FamilyRow, column: &Vec<usize>| column.iter().filter_map(|j| row.censored.get(*j)).sum::<u64>();
    let cells =
        |row: &FamilyRow| columns.iter().map(|column| count(row, column)).chain([row.parts()]).collect::<Vec<_>>();
    let values: Vec<u64> = groups.iter().chain([whole]).flat_map(cells).collect();
    let times = |row: &FamilyRow, many: usize| row.poor * u64::try_from(many).unwrap_or(u64::MAX);
    // A cell that cannot move one way is no help to another.
    let tight = |row: &FamilyRow| {
        let full = columns.iter().map(|column| count(row, column) == times(row, column.len()));
        let parts = row.parts() == row.poor * cutoff || row.parts() == times(row, row.censored.len());
        full.chain([parts]).collect::<Vec<bool>>()
    };
    let rows = groups.iter().zip(is_bare);
    let mut still: Vec<bool> =
        rows.flat_map(|(row, is_bare)| if *is_bare { vec![true; wide] } else { tight(row) }).collect();
    still.extend(vec![true; wide]);
    let sums = Equations::two_way(groups.len(), columns.len());
    let hidden = hide_beside(&values, &sums, least, &still);
    sums.worked_out(&values, &hidden.is_hidden).is_empty().then_some(hidden.is_hidden)
}
