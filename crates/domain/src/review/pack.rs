//! B1 by a score pack: the points of the answers, in the column of the household's area and region.

use std::collections::BTreeMap;

use kernel::{BirthDate, Day, Points};
use norms::{Area, PackColumn, PackItem, ScorePack, SkipIf};

/// The arithmetic of a B1, item by item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct B1Total {
    pub total: Points,
    pub column: String,
    pub items: Vec<ItemPoints>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemPoints {
    pub item: String,
    /// `None`: the item is left out for this household.
    pub answer: Option<String>,
    pub points: i32,
}

/// Why no B1 could be computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PackProblem {
    /// These items have no answer yet.
    Unanswered(Vec<String>),
    /// The pack has no column for the household's area and province.
    NoColumn,
    /// The pack knows no such answer.
    UnknownAnswer { item: String, answer: String },
}

/// Adds up a household's answers.
pub fn score(
    pack: &ScorePack,
    (area, province): (Area, &str),
    answers: &BTreeMap<String, String>,
    births: &[Option<BirthDate>],
    on: Day,
) -> Result<B1Total, PackProblem> {
    let column = column_for(pack, area, province).ok_or(PackProblem::NoColumn)?;
    let mut items = Vec::with_capacity(pack.items.len());
    let mut unanswered = Vec::new();
    for item in &pack.items {
        if is_skipped(item, answers, births, on) {
            items.push(ItemPoints { item: item.id.clone(), answer: None, points: 0 });
            continue;
        }
        let Some(given) = answers.get(&item.id) else {
            unanswered.push(item.id.clone());
            continue;
        };
        let answer = item
            .answers
            .iter()
            .find(|a| &a.id == given)
            .ok_or_else(|| PackProblem::UnknownAnswer { item: item.id.clone(), answer: given.clone() })?;
        let points = answer.points.get(&column.id).copied().unwrap_or(0);
        items.push(ItemPoints { item: item.id.clone(), answer: Some(given.clone()), points });
    }
    if !unanswered.is_empty() {
        return Err(PackProblem::Unanswered(unanswered));
    }
    let total = Points::whole(items.iter().map(|i| i.points).sum());
    Ok(B1Total { total, column: column.id.clone(), items })
}

/// The first column of the area that names the province, or that names none.
fn column_for<'a>(pack: &'a ScorePack, area: Area, province: &str) -> Option<&'a PackColumn> {
    let of_area = || pack.columns.iter().filter(move |c| c.area == area);
    of_area().find(|c| c.provinces.iter().any(|p| p == province)).or_else(|| of_area().find(|c| c.provinces.is_empty()))
}

/// Whether an item is not asked of this household.
pub fn is_skipped(item: &PackItem, answers: &BTreeMap<String, String>, births: &[Option<BirthDate>], on: Day) -> bool {
    match &item.skip_if {
        None => false,
        Some(SkipIf::EveryMemberAged { under, from }) => {
            !births.is_empty()
                && births.iter().all(|birth| birth.is_some_and(|b| b.age_on(on) < *under || b.age_on(on) >= *from))
        }
        Some(SkipIf::Answered { item, answers: skipping }) => {
            answers.get(item).is_some_and(|given| skipping.contains(given))
        }
    }
}
