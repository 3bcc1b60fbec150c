//! Runs the rules over a snapshot again, years later, with nothing but its files and the norms, and holds every class and
//! every number of the forms beside what was frozen. Start with [`replay`].

use kernel::HouseholdId;
use norms::{NormGap, Norms};
use serde::Serialize;

use crate::cells::{FrozenCell, frozen};
use crate::fault::SnapshotFault;
use crate::manifest::{RuleVersion, frozen_units, rule_versions};
use crate::read::{Snapshot, reviewed};
use crate::record::{Outcome, Record};

/// What a replay found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Replay {
    pub households: usize,
    pub cells: usize,
    /// Norms whose loaded text is not the one the snapshot was made by.
    pub norms: Vec<NormChange>,
    /// The list of units of the snapshot's day says something else now.
    pub units_changed: bool,
    pub classes: Vec<ClassDifference>,
    pub numbers: Vec<CellDifference>,
}

/// A norm that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum NormChange {
    /// Another text for the same period.
    Changed { norm: String, from: kernel::Day },
    /// No longer there, or not in force on that day.
    Gone { norm: String },
    /// In force now where nothing was.
    Added { norm: String },
}

/// A household that comes out otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClassDifference {
    pub household: HouseholdId,
    /// `class`, `rule`, `b1` or `marks`.
    pub what: &'static str,
    pub frozen: String,
    pub now: String,
}

/// A number that comes out otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CellDifference {
    pub form: String,
    pub row: String,
    pub column: String,
    pub frozen: String,
    pub now: String,
}

impl Replay {
    /// The same classes and the same numbers, to the digit.
    pub fn is_equal(&self) -> bool {
        self.classes.is_empty() && self.numbers.is_empty()
    }
}

#[derive(Debug, thiserror::Error)]
pub enum ReplayFault {
    #[error(transparent)]
    Snapshot(#[from] SnapshotFault),
    /// The loaded norms have nothing in force for the snapshot's year.
    #[error(transparent)]
    Gap(#[from] NormGap),
}

/// Runs the rules over a snapshot again.
pub fn replay(snapshot: &Snapshot, norms: &Norms) -> Result<Replay, ReplayFault> {
    let head = &snapshot.manifest.head;
    let packs = snapshot.packs()?;
    let province = snapshot.province();
    let rules = norms.rulebook(head.year, &province)?;
    let mut found = Replay {
        norms: norm_changes(snapshot, norms),
        units_changed: frozen_units(norms.units_on(head.scope.units_from), &head.scope) != snapshot.manifest.units,
        ..Replay::default()
    };
    let mut lists = snapshot.lists_without_now()?;
    snapshot.each_household(|record| {
        found.households += 1;
        compare_outcomes(&record, &record.outcome(&rules, &packs), &mut found.classes);
        lists.now.push(reviewed(&record));
        Ok(())
    })?;
    let ground = lists.ground(&head.scope, norms.units_on(head.scope.units_from), &rules);
    let numbers: Vec<&str> = rules.forms.iter().map(|form| form.value.number.as_str()).collect();
    let forms = ground.forms(&rules, &numbers);
    let now = frozen(&forms.iter().map(|(form, _)| form).collect::<Vec<_>>());
    let then = snapshot.cells()?;
    found.cells = then.len();
    found.numbers = compare_cells(&then, &now);
    Ok(found)
}

fn compare_outcomes(record: &Record, now: &Outcome, into: &mut Vec<ClassDifference>) {
    let then = &record.outcome;
    if then == now {
        return;
    }
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let points = |points: Option<kernel::Points>| points.map(|points| points.to_string()).unwrap_or_default();
    let marks = |outcome: &Outcome| format!("{:b}/{:b}", outcome.marks.set_bits(), outcome.marks.known_bits());
    let pairs = [
        ("class", text(&then.class), text(&now.class)),
        ("rule", text(&then.rule), text(&now.rule)),
        ("b1", points(then.b1), points(now.b1)),
        ("marks", marks(then), marks(now)),
    ];
    let household = record.assessment.household;
    let apart = pairs.into_iter().filter(|(_, frozen, now)| frozen != now);
    into.extend(apart.map(|(what, frozen, now)| ClassDifference { household, what, frozen, now }));
}

/// Cells of the same place side by side; a cell that only one side has is a difference too.
fn compare_cells(then: &[FrozenCell], now: &[FrozenCell]) -> Vec<CellDifference> {
    use std::collections::BTreeMap;
    type Places<'a> = BTreeMap<(&'a str, &'a str, &'a str), &'a str>;
    fn places(cells: &[FrozenCell]) -> Places<'_> {
        cells.iter().map(|c| ((c.form.as_str(), c.row.as_str(), c.column.as_str()), c.says.as_str())).collect()
    }
    let (then, now) = (places(then), places(now));
    let mut found = Vec::new();
    for place in then.keys().chain(now.keys().filter(|place| !then.contains_key(*place))) {
        let says = |cells: &Places<'_>| cells.get(place).copied().unwrap_or_default().to_owned();
        if then.get(place) != now.get(place) {
            let (form, row, column) = (place.0.to_owned(), place.1.to_owned(), place.2.to_owned());
            found.push(CellDifference { form, row, column, frozen: says(&then), now: says(&now) });
        }
    }
    found
}

/// Norms of the snapshot's year that are not what they were when it was made.
pub fn norm_changes(snapshot: &Snapshot, norms: &Norms) -> Vec<NormChange> {
    let now = rule_versions(norms, kernel::Day::last_of(snapshot.year()));
    changes_between(&snapshot.manifest.rules, &now)
}

/// What is not the same in two sets of rule versions.
pub fn changes_between(then: &[RuleVersion], now: &[RuleVersion]) -> Vec<NormChange> {
    let mut changes = Vec::new();
    for rule in then {
        match now.iter().find(|known| known.norm == rule.norm) {
            None => changes.push(NormChange::Gone { norm: rule.norm.clone() }),
            Some(known) if known != rule => {
                changes.push(NormChange::Changed { norm: rule.norm.clone(), from: known.from });
            }
            Some(_) => {}
        }
    }
    let added = now.iter().filter(|rule| !then.iter().any(|known| known.norm == rule.norm));
    changes.extend(added.map(|rule| NormChange::Added { norm: rule.norm.clone() }));
    changes
}
