//! Runs the rules over a snapshot again, years later, with nothing but its files, and holds every class, every number of the
//! forms and the poverty figures beside what was frozen; then by the loaded norms, if they moved on. Start with [`replay`].

use kernel::HouseholdId;
use norms::{NormGap, Norms, Rulebook};
use serde::Serialize;

use crate::cells::{FrozenCell, frozen};
use crate::fault::SnapshotFault;
use crate::figures::{Again, FigureDifference};
use crate::manifest::{RuleVersion, frozen_units, rule_versions};
use crate::read::{Snapshot, reviewed};
use crate::record::{Outcome, Record};

/// What a replay found: by the texts that were frozen along, or by the loaded norms where a snapshot is from before they were.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Replay {
    pub households: usize,
    pub cells: usize,
    /// It was judged by the frozen texts.
    pub by_frozen_norms: bool,
    /// Norms whose loaded text is not the one the snapshot was made by.
    pub norms: Vec<NormChange>,
    /// The list of units of the snapshot's day says something else now.
    pub units_changed: bool,
    pub classes: Vec<ClassDifference>,
    pub numbers: Vec<CellDifference>,
    /// Communes whose poverty figures come out otherwise.
    pub figures: Vec<FigureDifference>,
    /// What the loaded norms make of the same facts, where they are not the frozen ones.
    pub by_loaded_norms: Option<Judged>,
}

/// What norms make of the facts of a snapshot, where it is not what was frozen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Judged {
    pub classes: Vec<ClassDifference>,
    pub numbers: Vec<CellDifference>,
    pub figures: Vec<FigureDifference>,
    /// The loaded norms have nothing in force for the year, so nothing was judged by them.
    pub gap: Option<String>,
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
    /// The same classes, the same numbers of the forms and the same poverty figures, to the digit.
    pub fn is_equal(&self) -> bool {
        self.classes.is_empty() && self.numbers.is_empty() && self.figures.is_empty()
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

/// Runs the rules over a snapshot again: those it carries, and beside them the loaded ones where they have moved on.
pub fn replay(snapshot: &Snapshot, norms: &Norms) -> Result<Replay, ReplayFault> {
    let head = &snapshot.manifest.head;
    let loaded = norms.rulebook(head.year, &snapshot.province());
    let frozen = match snapshot.norms()? {
        Some(frozen) => Some(frozen.rulebook(head.year, &snapshot.province())?),
        None => None,
    };
    let mut found = Replay {
        by_frozen_norms: frozen.is_some(),
        norms: norm_changes(snapshot, norms),
        units_changed: frozen_units(norms.units_on(head.scope.units_from), &head.scope) != snapshot.manifest.units,
        ..Replay::default()
    };
    let judged = match frozen {
        None => judge(snapshot, norms, &loaded?, &mut found)?,
        Some(frozen) => {
            let judged = judge(snapshot, norms, &frozen, &mut found)?;
            if !found.norms.is_empty() {
                found.by_loaded_norms = Some(match loaded {
                    Ok(loaded) => judge(snapshot, norms, &loaded, &mut found)?,
                    Err(gap) => Judged { gap: Some(gap.to_string()), ..Judged::default() },
                });
            }
            judged
        }
    };
    Ok(Replay { classes: judged.classes, numbers: judged.numbers, figures: judged.figures, ..found })
}

/// Judges every household by some rules and counts forms and figures from what was frozen of it.
fn judge(snapshot: &Snapshot, norms: &Norms, rules: &Rulebook, counted: &mut Replay) -> Result<Judged, SnapshotFault> {
    let head = &snapshot.manifest.head;
    let (packs, figures, then) = (snapshot.packs()?, snapshot.figures()?, snapshot.cells()?);
    let villages: Vec<_> = snapshot.villages()?.into_iter().map(|village| (village.commune, village.id)).collect();
    let mut again = Again::new(rules, &figures.layout().communes, &villages);
    let mut judged = Judged::default();
    let mut lists = snapshot.lists_without_now()?;
    let mut households = 0;
    snapshot.each_household(|record| {
        households += 1;
        compare_outcomes(&record, &record.outcome(rules, &packs), &mut judged.classes);
        again.add(&record);
        lists.now.push(reviewed(&record));
        Ok(())
    })?;
    let ground = lists.ground(&head.scope, norms.units_on(head.scope.units_from), rules);
    let numbers: Vec<&str> = rules.forms.iter().map(|form| form.value.number.as_str()).collect();
    let forms = ground.forms(rules, &numbers);
    let now = frozen(&forms.iter().map(|(form, _)| form).collect::<Vec<_>>());
    (counted.households, counted.cells) = (households, then.len());
    judged.numbers = compare_cells(&then, &now);
    judged.figures = again.beside(&figures)?;
    Ok(judged)
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
pub(crate) fn compare_cells(then: &[FrozenCell], now: &[FrozenCell]) -> Vec<CellDifference> {
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
