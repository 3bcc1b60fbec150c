//! The units of the country through time: the dated lists of the norms with the recorded changes laid over them, and between
//! two neighbouring states what became of each unit. What no list, crosswalk or recorded change says is [`Why`] it is not
//! known, never a guess. Start with [`Timeline::new`].

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use kernel::Day;
use kernel::text::fold_name;
use norms::{Crosswalk, Level, Norms, Successor, Unit, UnitList};
use serde::{Deserialize, Serialize};

use super::change::changed;
use super::{BoundaryChange, ChangeKind, ScopeLevel};

/// A unit at a time: codes are re-used, so the first day of the state the code is of belongs to the key.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UnitKey {
    pub level: ScopeLevel,
    pub code: String,
    pub from: Day,
}

/// Why it is not known what became of a unit, or where it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It is not in the next list and nobody recorded its successor.
    Gone,
    /// The next list has its code under another name: codes are re-used, so that says nothing.
    Renamed,
    /// The crosswalk has no row of it.
    NoRow,
    /// Its level ended; only its communes can be followed.
    LevelEnded,
    /// It is told by its communes, and of some of them nothing is recorded.
    CommunesOpen,
    /// No unit before is known to have become it.
    NoOrigin,
}

impl Why {
    pub fn id(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::Renamed => "renamed",
            Self::NoRow => "no_row",
            Self::LevelEnded => "level_ended",
            Self::CommunesOpen => "communes_open",
            Self::NoOrigin => "no_origin",
        }
    }
}

/// What became of a unit from one state to the next, or the other way round. Codes are of the state it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    Same(String),
    Whole(String),
    Divided(Vec<String>),
    Unknown(Why),
}

impl Fate {
    /// Every unit it may lead to.
    pub fn codes(&self) -> &[String] {
        match self {
            Self::Same(code) | Self::Whole(code) => std::slice::from_ref(code),
            Self::Divided(codes) => codes,
            Self::Unknown(_) => &[],
        }
    }
}

/// The units from one day on, until the next state.
#[derive(Debug)]
pub struct Epoch<'n> {
    pub from: Day,
    pub units: Cow<'n, UnitList>,
    /// The norms have a list of this day; otherwise recorded changes made it.
    pub is_listed: bool,
    recorded: HashMap<(Level, String), Vec<String>>,
    crosswalk: Option<&'n Crosswalk>,
    back: OnceLock<HashMap<(Level, String), Vec<String>>>,
    made: BTreeSet<(Level, String)>,
}

/// All states, oldest first.
#[derive(Debug)]
pub struct Timeline<'n> {
    epochs: Vec<Epoch<'n>>,
}

impl<'n> Timeline<'n> {
    /// Lays the changes that count over the lists.
    pub fn new(norms: &'n Norms, changes: &[BoundaryChange]) -> Self {
        let lists: HashMap<Day, &'n UnitList> = norms.unit_lists().map(|list| (list.from, list.list())).collect();
        let (walk_from, walk_to) = norms.crosswalk_days();
        let first = lists.keys().min().copied();
        let counted: Vec<&BoundaryChange> =
            changes.iter().filter(|c| c.counts() && first.is_some_and(|first| c.on > first)).collect();
        let mut days: BTreeSet<Day> = lists.keys().copied().collect();
        days.extend(counted.iter().map(|c| c.on));
        let mut epochs: Vec<Epoch<'n>> = Vec::with_capacity(days.len());
        for from in days {
            let of_day: Vec<&BoundaryChange> = counted.iter().copied().filter(|c| c.on == from).collect();
            let listed = lists.get(&from).copied();
            let units = match (listed, epochs.last()) {
                (Some(list), _) => Cow::Borrowed(list),
                (None, Some(before)) => Cow::Owned(changed(&before.units, from, &of_day)),
                (None, None) => continue,
            };
            let follows_walk = from == walk_to && epochs.last().is_some_and(|before| before.from >= walk_from);
            epochs.push(Epoch {
                from,
                units,
                is_listed: listed.is_some(),
                recorded: recorded(&of_day),
                crosswalk: follows_walk.then(|| norms.crosswalk()),
                back: OnceLock::new(),
                made: made(&of_day),
            });
        }
        Self { epochs }
    }

    pub fn epochs(&self) -> &[Epoch<'n>] {
        &self.epochs
    }

    /// Place of the state in force on a day; days before the first list belong to the first.
    pub fn at(&self, day: Day) -> usize {
        self.epochs.iter().rposition(|epoch| epoch.from <= day).unwrap_or(0)
    }

    /// The state in force on a day. `None` only when the norms have no list at all.
    pub fn epoch(&self, day: Day) -> Option<&Epoch<'n>> {
        self.epochs.get(self.at(day))
    }

    /// The unit, as of a day, with its key.
    pub fn unit(&self, level: ScopeLevel, code: &str, on: Day) -> Option<(&Unit, UnitKey)> {
        let epoch = self.epoch(on)?;
        let unit = epoch.units.get(level.into(), code)?;
        Some((unit, UnitKey { level, code: code.to_owned(), from: epoch.from }))
    }

    /// The unit of a key.
    pub fn unit_of(&self, key: &UnitKey) -> Option<&Unit> {
        self.unit(key.level, &key.code, key.from).map(|(unit, _)| unit)
    }

    /// What became of a unit of the state before `at` in the state `at`. `None`: no such unit, or no state before.
    pub fn forward(&self, at: usize, level: Level, code: &str) -> Option<Fate> {
        let (before, next) = (self.epochs.get(at.checked_sub(1)?)?, self.epochs.get(at)?);
        before.units.get(level, code).map(|unit| fate(before, next, unit))
    }

    /// Which units of the state before `at` a unit of the state `at` came from.
    pub fn backward(&self, at: usize, level: Level, code: &str) -> Option<Fate> {
        let (before, next) = (self.epochs.get(at.checked_sub(1)?)?, self.epochs.get(at)?);
        next.units.get(level, code)?;
        let origins = next.origins(before).get(&(level, code.to_owned())).map(Vec::as_slice).unwrap_or_default();
        Some(match origins {
            [] => Fate::Unknown(Why::NoOrigin),
            [one] => match before.units.get(level, one).map(|origin| fate(before, next, origin)) {
                Some(Fate::Same(_)) => Fate::Same(one.clone()),
                _ => Fate::Whole(one.clone()),
            },
            several => Fate::Divided(several.to_vec()),
        })
    }

    /// Communes of the state before `at`, in one of these districts, of which nobody knows where they went: they may have
    /// come into any commune near them.
    pub fn open_communes(&self, at: usize, districts: &BTreeSet<&str>) -> Vec<&Unit> {
        let Some((before, next)) = at.checked_sub(1).and_then(|b| Some((self.epochs.get(b)?, self.epochs.get(at)?)))
        else {
            return Vec::new();
        };
        let below = districts.iter().flat_map(|district| before.units.children(Level::District, district));
        below.filter(|unit| matches!(fate(before, next, unit), Fate::Unknown(_))).collect()
    }
}

impl Epoch<'_> {
    /// Where each unit of this state came from, built when first asked for.
    fn origins(&self, before: &Epoch<'_>) -> &HashMap<(Level, String), Vec<String>> {
        self.back.get_or_init(|| {
            let mut back: HashMap<(Level, String), Vec<String>> = HashMap::new();
            for unit in before.units.iter() {
                for code in fate(before, self, unit).codes() {
                    back.entry((unit.level, code.clone())).or_default().push(unit.code.clone());
                }
            }
            back
        })
    }
}

fn recorded(changes: &[&BoundaryChange]) -> HashMap<(Level, String), Vec<String>> {
    let mut told: HashMap<(Level, String), Vec<String>> = HashMap::new();
    for change in changes.iter().filter(|c| c.moves_units()) {
        for step in &change.steps {
            let targets = told.entry((change.level.into(), step.from.clone())).or_default();
            if !targets.contains(&step.to) {
                targets.push(step.to.clone());
            }
        }
    }
    told
}

fn made(changes: &[&BoundaryChange]) -> BTreeSet<(Level, String)> {
    let units = changes.iter().filter(|c| c.kind != ChangeKind::LevelEnds).flat_map(|c| {
        let level = Level::from(c.level);
        c.creates.iter().map(move |new| (level, new.code.clone()))
    });
    units.collect()
}

/// One and the same name, marks and spaces aside: two official lists write Cẩm Vĩnh and Cẩm Vịnh for one commune.
fn same_name(one: &Unit, other: &Unit) -> bool {
    one.name == other.name || fold_name(&one.name) == fold_name(&other.name)
}

fn fate(before: &Epoch<'_>, next: &Epoch<'_>, unit: &Unit) -> Fate {
    if let Some(targets) = next.recorded.get(&(unit.level, unit.code.clone())) {
        return match targets.as_slice() {
            [one] => whole(next, unit, one),
            parts => Fate::Divided(parts.to_vec()),
        };
    }
    if !next.is_listed && next.made.contains(&(unit.level, unit.code.clone())) {
        return Fate::Unknown(Why::Renamed);
    }
    match (next.crosswalk, unit.level) {
        (Some(crosswalk), Level::Commune) => match crosswalk.successor(&unit.code) {
            Successor::Whole(code) => whole(next, unit, &code),
            Successor::Divided(parts) => Fate::Divided(parts),
            Successor::Unplaced => Fate::Unknown(Why::NoRow),
        },
        (Some(crosswalk), Level::Province) => province_fate(before, next, unit, crosswalk),
        _ => listed_fate(before, next, unit),
    }
}

/// Whole into a unit; the same one when it alone became the unit of its code and name.
fn whole(next: &Epoch<'_>, unit: &Unit, code: &str) -> Fate {
    let stays = unit.code == code && next.units.get(unit.level, code).is_some_and(|new| same_name(unit, new));
    if stays { Fate::Same(code.to_owned()) } else { Fate::Whole(code.to_owned()) }
}

/// Where nothing was recorded, only a unit that stands in both states with its code and its name is the same.
fn listed_fate(before: &Epoch<'_>, next: &Epoch<'_>, unit: &Unit) -> Fate {
    match next.units.get(unit.level, &unit.code) {
        Some(new) if same_name(unit, new) => Fate::Same(unit.code.clone()),
        Some(_) => Fate::Unknown(Why::Renamed),
        None => {
            let province = before.units.province_of(unit).map(|p| p.code.as_str()).unwrap_or_default();
            let ended = unit.level == Level::District && !level_exists(&next.units, province, ScopeLevel::District);
            Fate::Unknown(if ended { Why::LevelEnded } else { Why::Gone })
        }
    }
}

/// A province without rows of its own is told by its communes.
fn province_fate(before: &Epoch<'_>, next: &Epoch<'_>, unit: &Unit, crosswalk: &Crosswalk) -> Fate {
    if let Fate::Same(code) = listed_fate(before, next, unit) {
        return Fate::Same(code);
    }
    let mut provinces: BTreeSet<String> = BTreeSet::new();
    for commune in before.units.communes_below(Level::Province, &unit.code) {
        let new = match crosswalk.successor(&commune.code) {
            Successor::Whole(code) => vec![code],
            Successor::Divided(parts) => parts,
            Successor::Unplaced => return Fate::Unknown(Why::CommunesOpen),
        };
        let found = new.iter().filter_map(|code| next.units.province_of(next.units.commune(code)?));
        provinces.extend(found.map(|p| p.code.clone()));
    }
    let mut codes: Vec<String> = provinces.into_iter().collect();
    match codes.len() {
        0 => Fate::Unknown(Why::Gone),
        1 => Fate::Whole(codes.remove(0)),
        _ => Fate::Divided(codes),
    }
}

/// Whether the province has units of the level.
pub(super) fn level_exists(units: &UnitList, province: &str, level: ScopeLevel) -> bool {
    let level = Level::from(level);
    match level {
        Level::Province => units.get(Level::Province, province).is_some(),
        Level::District => units.children(Level::Province, province).any(|u| u.level == Level::District),
        Level::Commune => !units.communes_below(Level::Province, province).is_empty(),
    }
}
