//! Two snapshots side by side: households in only one of them, classes that are not the same, numbers of the forms that
//! are not the same. Works between any two; what it means to compare them is the reader's to judge.

use std::collections::{BTreeMap, BTreeSet};

use kernel::HouseholdId;
use serde::Serialize;

use crate::fault::SnapshotFault;
use crate::read::Snapshot;

/// What is not the same.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Households that only the first has, and only the second.
    pub only_first: Vec<HouseholdId>,
    pub only_second: Vec<HouseholdId>,
    pub classes: Vec<ClassChange>,
    /// Numbers of the forms, where both are of the same year.
    pub numbers: usize,
    /// Norms of which the two have another version or text.
    pub norms: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClassChange {
    pub household: HouseholdId,
    pub first: Option<String>,
    pub second: Option<String>,
}

/// Holds the second snapshot beside the first.
pub fn diff(first: &Snapshot, second: &Snapshot) -> Result<Difference, SnapshotFault> {
    let (before, mut after) = (classes(first)?, classes(second)?);
    let mut found = Difference::default();
    for (household, class) in before {
        match after.remove(&household) {
            None => found.only_first.push(household),
            Some(now) if now != class => {
                found.classes.push(ClassChange { household, first: class, second: now });
            }
            Some(_) => {}
        }
    }
    found.only_second = after.into_keys().collect();
    if first.year() == second.year() {
        let (then, now) = (first.cells()?, BTreeSet::from_iter(second.cells()?));
        found.numbers = then.iter().filter(|cell| !now.contains(cell)).count();
    }
    let rules = &second.manifest.rules;
    found.norms =
        first.manifest.rules.iter().filter(|rule| !rules.contains(rule)).map(|rule| rule.norm.clone()).collect();
    Ok(found)
}

fn classes(snapshot: &Snapshot) -> Result<BTreeMap<HouseholdId, Option<String>>, SnapshotFault> {
    let all = snapshot.classes()?;
    Ok(all.rows.iter().map(|row| (row.household, all.class_of(row).map(str::to_owned))).collect())
}
