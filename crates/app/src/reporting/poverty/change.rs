//! The family of two years side by side, and what its change is made of: the figures of the groups, and people moving between
//! groups. Pure functions over two answers to the same question.

use measures::poverty::change::{Change, GroupChange, GroupFigure};

use super::{Group, Poverty};

/// Which measure is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    Headcount,
    Adjusted,
}

/// One group in both years.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupMove {
    pub group: Group,
    /// Nobody of the group in that year: `None`.
    pub before: Option<f64>,
    pub now: Option<f64>,
    pub change: GroupChange,
}

/// A change with its groups.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    pub change: Change,
    pub groups: Vec<GroupMove>,
}

/// What changed between two years at a cut-off. `None` where the groups overlap, the years do not ask for the same
/// deprivations, or one of them is empty.
pub fn change(before: &Poverty, now: &Poverty, cutoff: usize, of: Of) -> Option<Moved> {
    if !now.is_partition()
        || before.plan.indicators != now.plan.indicators
        || before.question.split != now.question.split
        || before.question.cross != now.question.cross
    {
        return None;
    }
    let key = |group: &Group| (group.of.key(), group.and.as_ref().map(super::GroupOf::key));
    let mut groups: Vec<Group> = now.groups.clone();
    groups.extend(before.groups.iter().filter(|old| !now.groups.iter().any(|new| key(new) == key(old))).cloned());
    let figures = |year: &Poverty| -> Vec<(GroupFigure, Option<f64>)> {
        groups
            .iter()
            .map(|group| figure(year, year.groups.iter().position(|g| key(g) == key(group)), cutoff, of))
            .collect()
    };
    let (then, today) = (figures(before), figures(now));
    let years = f64::from(now.question.year - before.question.year);
    let plain = |figures: &[(GroupFigure, Option<f64>)]| figures.iter().map(|(figure, _)| *figure).collect::<Vec<_>>();
    let change = Change::between(&plain(&then), &plain(&today), years)?;
    let moves = groups.into_iter().zip(then.iter().zip(&today)).zip(&change.groups);
    let groups = moves
        .map(|((group, ((_, before), (_, now))), change)| GroupMove {
            group,
            before: *before,
            now: *now,
            change: *change,
        })
        .collect();
    Some(Moved { change, groups })
}

fn figure(year: &Poverty, group: Option<usize>, cutoff: usize, of: Of) -> (GroupFigure, Option<f64>) {
    let Some(counts) = group.map(|group| year.of(group, cutoff)) else {
        return (GroupFigure { all: 0, figure: 0.0 }, None);
    };
    let value = match of {
        Of::Headcount => counts.headcount(),
        Of::Adjusted => counts.adjusted(&year.plan),
    };
    (GroupFigure { all: counts.all, figure: value.unwrap_or(0.0) }, value)
}
