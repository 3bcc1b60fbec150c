//! Two snapshots side by side: households in only one of them, other classes, other facts, other lists around, other numbers of
//! the forms, other norms, packs and units. Works between any two; what it means to compare them is the reader's to judge.

use std::collections::{BTreeMap, BTreeSet};

use kernel::HouseholdId;
use serde::Serialize;

use crate::around::Lists;
use crate::fault::SnapshotFault;
use crate::manifest::sha256;
use crate::read::Snapshot;
use crate::record::Record;
use crate::replay::compare_cells;

/// What is not the same.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Households that only the first has, and only the second.
    pub only_first: Vec<HouseholdId>,
    pub only_second: Vec<HouseholdId>,
    pub classes: Vec<ClassChange>,
    /// Households of which anything else is not the same: place, answers, members, marks, points, decision.
    pub facts: Vec<HouseholdId>,
    /// What stands around the households and is not the same: `earlier`, `events`, `classes`, `elsewhere`, `villages`, `totals`.
    pub around: Vec<&'static str>,
    /// Numbers of the forms that only one has or that are not the same, where both are of the same year.
    pub numbers: usize,
    /// Norms of which the two have another version or text, or only one has any.
    pub norms: Vec<String>,
    /// The same of score packs.
    pub packs: Vec<String>,
    /// The unit trees are not the same.
    pub units: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClassChange {
    pub household: HouseholdId,
    pub first: Option<String>,
    pub second: Option<String>,
}

/// Holds the second snapshot beside the first.
pub fn diff(first: &Snapshot, second: &Snapshot) -> Result<Difference, SnapshotFault> {
    let mut found = Difference { units: first.manifest.units != second.manifest.units, ..Difference::default() };
    households(first, second, &mut found)?;
    found.around = around(&first.lists_without_now()?, &second.lists_without_now()?);
    if first.year() == second.year() {
        found.numbers = compare_cells(&first.cells()?, &second.cells()?).len();
    }
    let norms = |of: &Snapshot| of.manifest.rules.iter().map(|rule| (rule.norm.clone(), rule.clone())).collect();
    found.norms = apart(&norms(first), &norms(second));
    let packs = |of: &Snapshot| of.manifest.packs.iter().map(|pack| (pack.name.clone(), pack.clone())).collect();
    found.packs = apart(&packs(first), &packs(second));
    Ok(found)
}

/// Names that only one side has, or that stand for something else there.
fn apart<T: PartialEq>(first: &BTreeMap<String, T>, second: &BTreeMap<String, T>) -> Vec<String> {
    let names: BTreeSet<&String> = first.keys().chain(second.keys()).collect();
    names.into_iter().filter(|name| first.get(*name) != second.get(*name)).cloned().collect()
}

/// A household's class, and a hash of everything that a snapshot keeps of it: a province's records need not be in memory at once.
struct Kept {
    class: Option<String>,
    all: String,
}

impl Kept {
    fn of(record: &Record) -> Self {
        Self { class: record.class.clone(), all: sha256(format!("{record:?}").as_bytes()) }
    }
}

fn households(first: &Snapshot, second: &Snapshot, found: &mut Difference) -> Result<(), SnapshotFault> {
    let mut then: BTreeMap<HouseholdId, Kept> = BTreeMap::new();
    first.each_household(|record| {
        then.insert(record.assessment.household, Kept::of(&record));
        Ok(())
    })?;
    second.each_household(|record| {
        let (household, now) = (record.assessment.household, Kept::of(&record));
        match then.remove(&household) {
            None => found.only_second.push(household),
            Some(then) if then.class != now.class => {
                found.classes.push(ClassChange { household, first: then.class, second: now.class });
            }
            Some(then) if then.all != now.all => found.facts.push(household),
            Some(_) => {}
        }
        Ok(())
    })?;
    found.only_first = then.into_keys().collect();
    Ok(())
}

fn around(first: &Lists, second: &Lists) -> Vec<&'static str> {
    let (then, now) = (&first.around, &second.around);
    let is_same = [
        ("earlier", first.before == second.before && first.before_that == second.before_that),
        ("events", then.events == now.events),
        ("classes", then.classes == now.classes),
        ("elsewhere", then.elsewhere == now.elsewhere),
        ("villages", then.villages == now.villages),
        ("totals", then.totals == now.totals),
    ];
    is_same.into_iter().filter(|(_, is_same)| !is_same).map(|(name, _)| name).collect()
}
