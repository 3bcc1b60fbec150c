//! A change of boundaries as somebody recorded it: which units became which, from which day, by which decision.
//! Never changes a list itself; [`super::Timeline`] reads the lists with the recorded changes laid over them.

use std::collections::{HashMap, HashSet};

use kernel::{BoundaryId, Day};
use norms::{Level, Unit, UnitList};
use serde::{Deserialize, Serialize};

use super::{ScopeLevel, level_exists};

/// What kind of change a decision makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// Whole units become one, or join one that stands.
    Merge,
    /// One commune becomes several, or gives parts to several.
    Division,
    Rename,
    /// Units of a level begin, with communes under them.
    LevelBegins,
    /// All units of the level in the province end; communes stand under the province.
    LevelEnds,
}

impl ChangeKind {
    pub const ALL: [Self; 5] = [Self::Merge, Self::Division, Self::Rename, Self::LevelBegins, Self::LevelEnds];

    pub fn id(self) -> &'static str {
        match self {
            Self::Merge => "merge",
            Self::Division => "division",
            Self::Rename => "rename",
            Self::LevelBegins => "level_begins",
            Self::LevelEnds => "level_ends",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }
}

/// The act that made the change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Number of the act.
    pub act: String,
    pub day: Day,
    pub article: Option<String>,
    pub issuer: String,
}

/// A unit that the change makes and no list has yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewUnit {
    pub code: String,
    /// `Xã`, `Phường` …
    pub kind: String,
    pub name: String,
}

/// Where one unit went: codes of the change's level, `from` on the day before, `to` on the day. For a level that begins
/// `from` is a commune and `to` the new unit it stands under.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Step {
    pub from: String,
    pub to: String,
}

/// A recorded change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoundaryChange {
    pub id: BoundaryId,
    pub kind: ChangeKind,
    pub level: ScopeLevel,
    /// First day of the units after it.
    pub on: Day,
    /// Code of the province whose units change, on the day before.
    pub province: String,
    pub decision: Decision,
    pub steps: Vec<Step>,
    pub creates: Vec<NewUnit>,
    pub note: Option<String>,
    /// The day it was taken back, as wrongly recorded; it then counts nowhere and stays readable.
    pub withdrawn: Option<Day>,
}

impl BoundaryChange {
    pub fn counts(&self) -> bool {
        self.withdrawn.is_none()
    }

    /// Units that go into the change, each once.
    pub fn sources(&self) -> Vec<&str> {
        distinct(self.steps.iter().map(|step| step.from.as_str()))
    }

    /// Units that come out of it, each once.
    pub fn targets(&self) -> Vec<&str> {
        distinct(self.steps.iter().map(|step| step.to.as_str()))
    }

    pub(super) fn moves_units(&self) -> bool {
        !matches!(self.kind, ChangeKind::LevelBegins | ChangeKind::LevelEnds)
    }
}

fn distinct<'a>(codes: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = HashSet::new();
    codes.filter(|code| seen.insert(*code)).collect()
}

/// The units of a day no list is of: those of the day before with the day's changes made.
pub(super) fn changed(before: &UnitList, on: Day, changes: &[&BoundaryChange]) -> UnitList {
    let mut units: Vec<Unit> = before.iter().cloned().collect();
    for change in changes {
        match change.kind {
            ChangeKind::LevelEnds => end_level(&mut units, before, change),
            ChangeKind::LevelBegins => begin_level(&mut units, change),
            ChangeKind::Merge | ChangeKind::Division | ChangeKind::Rename => {
                move_units(&mut units, before, (change, changes));
            }
        }
    }
    UnitList::new(on, units)
}

fn move_units(units: &mut Vec<Unit>, before: &UnitList, (change, all): (&BoundaryChange, &[&BoundaryChange])) {
    let level = Level::from(change.level);
    let same_level = || all.iter().filter(|c| c.moves_units() && c.level == change.level);
    let stays = |code: &str| same_level().any(|c| c.steps.iter().any(|step| step.to == code));
    let parent_of = |new: &str| {
        let source = change.steps.iter().find(|step| step.to == new)?;
        before.get(level, &source.from)?.parent.clone()
    };
    let ended: HashSet<&str> = change.sources().into_iter().filter(|code| !stays(code)).collect();
    let made: HashSet<&str> = change.creates.iter().map(|new| new.code.as_str()).collect();
    units.retain(|u| u.level != level || !(ended.contains(u.code.as_str()) || made.contains(u.code.as_str())));
    units.extend(change.creates.iter().map(|new| Unit {
        level,
        code: new.code.clone(),
        kind: new.kind.clone(),
        name: new.name.clone(),
        parent: parent_of(&new.code),
    }));
    // What stood under a unit that ended stands under the one it went into.
    let heirs: HashMap<&str, &str> = change.steps.iter().map(|s| (s.from.as_str(), s.to.as_str())).collect();
    for unit in units.iter_mut().filter(|u| u.level > level) {
        let heir = unit.parent.as_deref().filter(|p| ended.contains(p)).and_then(|p| heirs.get(p));
        let stood_under = before.get(unit.level, &unit.code).and_then(|u| before.parent(u)).map(|above| above.level);
        if let Some(heir) = heir.filter(|_| stood_under == Some(level)) {
            unit.parent = Some((*heir).to_owned());
        }
    }
}

fn end_level(units: &mut Vec<Unit>, before: &UnitList, change: &BoundaryChange) {
    let level = Level::from(change.level);
    let ends = |unit: &Unit| {
        unit.level == level && before.province_of(unit).is_some_and(|province| province.code == change.province)
    };
    let ended: HashSet<String> = before.iter().filter(|u| ends(u)).map(|u| u.code.clone()).collect();
    units.retain(|u| !(u.level == level && ended.contains(&u.code)));
    let under = units.iter_mut().filter(|u| u.level > level);
    for unit in under.filter(|u| u.parent.as_ref().is_some_and(|p| ended.contains(p))) {
        unit.parent = Some(change.province.clone());
    }
}

fn begin_level(units: &mut Vec<Unit>, change: &BoundaryChange) {
    units.extend(change.creates.iter().map(|new| Unit {
        level: change.level.into(),
        code: new.code.clone(),
        kind: new.kind.clone(),
        name: new.name.clone(),
        parent: Some(change.province.clone()),
    }));
    let under: HashMap<&str, &str> = change.steps.iter().map(|s| (s.from.as_str(), s.to.as_str())).collect();
    for unit in units.iter_mut().filter(|u| u.level == Level::Commune) {
        if let Some(above) = under.get(unit.code.as_str()) {
            unit.parent = Some((*above).to_owned());
        }
    }
}

/// Why a change cannot be recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BoundaryRefusal {
    /// UNI-001
    #[error("the number of the act or who issued it is missing")]
    NoDecision,
    /// UNI-002
    #[error("there was no unit {code} on the day before")]
    NoSuchUnit { code: String },
    /// UNI-003
    #[error("there is no unit {code} on the day, and the change does not make one")]
    NoSuchTarget { code: String },
    /// UNI-004
    #[error("what became of unit {code} on this day is already recorded")]
    AlreadyTold { code: String },
    /// UNI-005
    #[error("the decision is of {decided}, after the day it takes effect")]
    DecidedLater { decided: Day },
    /// UNI-006
    #[error("unit {code} lies outside the province")]
    OutsideProvince { code: String },
    /// UNI-007
    #[error("code {code} already belongs to a unit")]
    CodeTaken { code: String },
    /// UNI-008
    #[error("these units do not make a change of this kind")]
    WrongShape,
    /// UNI-009
    #[error("no list of units reaches back before {first}")]
    TooEarly { first: Day },
    /// UNI-010
    #[error("a change recorded for {on} needs unit {code}, which would no longer be there")]
    Disturbs { code: String, on: Day },
    /// UNI-011
    #[error("the level stands already, or does not stand, in the province")]
    LevelStands,
    /// UNI-012
    #[error("a list of units is of this day already; it says which units there are")]
    ListSays { code: String },
}

impl BoundaryRefusal {
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoDecision => "UNI-001",
            Self::NoSuchUnit { .. } => "UNI-002",
            Self::NoSuchTarget { .. } => "UNI-003",
            Self::AlreadyTold { .. } => "UNI-004",
            Self::DecidedLater { .. } => "UNI-005",
            Self::OutsideProvince { .. } => "UNI-006",
            Self::CodeTaken { .. } => "UNI-007",
            Self::WrongShape => "UNI-008",
            Self::TooEarly { .. } => "UNI-009",
            Self::Disturbs { .. } => "UNI-010",
            Self::LevelStands => "UNI-011",
            Self::ListSays { .. } => "UNI-012",
        }
    }

    /// The unit that is spoken of.
    pub fn unit(&self) -> Option<&str> {
        match self {
            Self::NoSuchUnit { code }
            | Self::NoSuchTarget { code }
            | Self::AlreadyTold { code }
            | Self::OutsideProvince { code }
            | Self::CodeTaken { code }
            | Self::Disturbs { code, .. }
            | Self::ListSays { code } => Some(code),
            _ => None,
        }
    }
}

/// Whether the units make a change of this kind: how many go in and come out.
pub(super) fn shape_fits(change: &BoundaryChange) -> bool {
    let (sources, targets) = (change.sources(), change.targets());
    let made_are_reached = change.creates.iter().all(|new| targets.contains(&new.code.as_str()));
    match change.kind {
        ChangeKind::Merge => {
            let into_another = targets.first().is_some_and(|target| sources.iter().any(|source| source != target));
            targets.len() == 1 && (sources.len() > 1 || into_another) && made_are_reached
        }
        ChangeKind::Division => {
            change.level == ScopeLevel::Commune && sources.len() == 1 && targets.len() > 1 && made_are_reached
        }
        ChangeKind::Rename => sources.len() == 1 && targets.len() == 1 && made_are_reached,
        ChangeKind::LevelBegins => {
            change.level == ScopeLevel::District && !change.creates.is_empty() && !change.steps.is_empty()
        }
        ChangeKind::LevelEnds => {
            change.level == ScopeLevel::District && change.steps.is_empty() && change.creates.is_empty()
        }
    }
}

/// Whether the level may begin, or end, in the province whose units these are.
pub(super) fn level_fits(change: &BoundaryChange, before: &UnitList) -> bool {
    let stands = level_exists(before, &change.province, change.level);
    match change.kind {
        ChangeKind::LevelBegins => !stands,
        ChangeKind::LevelEnds => stands,
        _ => true,
    }
}
