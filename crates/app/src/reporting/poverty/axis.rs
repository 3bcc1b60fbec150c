//! What a group is: a unit of some day, a village, an area, an ethnic group … An axis is plain data: which groups there are,
//! and how a household finds its own. Nothing is counted here.

use std::collections::{BTreeMap, HashMap};

use domain::registry::Sex;
use domain::units::{Placeable, Placed, Restater, Scope, Subject, Table, UnitKey, Why};
use kernel::{HouseholdId, VillageId};
use norms::{Area, Level, Rulebook, Unit};
use snapshots::VillageOf;
use storage::Work;

use super::Split;
use crate::units::{ByUnits, restater};
use crate::{AppError, House};

/// One group of a decomposition. What is of no unit of the day has groups of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum GroupOf {
    Unit {
        code: String,
        name: String,
    },
    Village {
        id: VillageId,
        name: String,
    },
    Area(Area),
    /// Code in the scheme of the norms; `None` where it is not known.
    Ethnic(Option<u16>),
    HeadSex(Option<Sex>),
    /// Id in the norms.
    Target(String),
    /// Lies in one of several units, and nobody said in which.
    Unplaced {
        code: String,
        name: String,
    },
    /// Nobody recorded what became of the unit.
    Unresolved {
        code: String,
        name: String,
        why: Why,
    },
    /// In no list of the day.
    NotListed {
        code: String,
    },
}

impl GroupOf {
    /// A short word for addresses and files; the same group has the same word in every year.
    pub fn key(&self) -> String {
        match self {
            Self::Unit { code, .. } => code.clone(),
            Self::Village { id, .. } => id.to_string(),
            Self::Area(area) => area.id().to_owned(),
            Self::Ethnic(code) => code.map_or_else(|| "unknown".to_owned(), |code| code.to_string()),
            Self::HeadSex(sex) => sex.map_or("unknown", Sex::id).to_owned(),
            Self::Target(id) => id.clone(),
            Self::Unplaced { code, .. } => format!("unplaced-{code}"),
            Self::Unresolved { code, .. } => format!("unresolved-{code}"),
            Self::NotListed { code } => format!("not-listed-{code}"),
        }
    }

    /// Whether it is of no unit of the day.
    pub fn is_left_over(&self) -> bool {
        matches!(self, Self::Unplaced { .. } | Self::Unresolved { .. } | Self::NotListed { .. })
    }
}

/// The groups of one split, and how they are found.
#[derive(Debug, Clone)]
pub(super) struct Axis {
    pub groups: Vec<GroupOf>,
    pub way: Way,
}

#[derive(Debug, Clone)]
pub(super) enum Way {
    Places(Places),
    /// Urban, then rural.
    Area,
    /// By code; the last group has no known code.
    Ethnic(HashMap<u16, usize>),
    /// Not known, male, female.
    HeadSex,
    /// Ids of the target groups, one group each.
    Targets(Vec<String>),
}

/// Group by where a household lives: what is said of itself, else of its village, else of its commune.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    pub communes: HashMap<String, usize>,
    pub villages: HashMap<VillageId, usize>,
    pub households: HashMap<(String, HouseholdId), usize>,
}

impl Places {
    /// Communes in which single households were placed: these are counted one by one.
    pub fn one_by_one(&self, commune: &str) -> bool {
        self.households.keys().any(|(of, _)| of == commune)
    }

    /// The group of everybody of a commune; `None` as well where villages or households were told apart.
    pub fn of_whole(&self, commune: &str) -> Option<usize> {
        let is_whole = self.villages.is_empty() && self.households.is_empty();
        self.communes.get(commune).copied().filter(|_| is_whole)
    }

    pub fn group(&self, commune: &str, village: VillageId, household: HouseholdId) -> Option<usize> {
        let of_household = if self.households.is_empty() {
            None
        } else {
            self.households.get(&(commune.to_owned(), household)).copied()
        };
        of_household.or_else(|| self.in_village(commune, village))
    }

    pub fn in_village(&self, commune: &str, village: VillageId) -> Option<usize> {
        self.villages.get(&village).or_else(|| self.communes.get(commune)).copied()
    }
}

/// The axis of a split over a scope.
pub(super) async fn axis(
    house: &House,
    work: &mut dyn Work,
    scope: &Scope,
    split: Split,
    (rules, villages): (&Rulebook, &[VillageOf]),
) -> Result<Axis, AppError> {
    Ok(match split {
        Split::Units(by) if by.on == scope.units_from => own_units(house, scope, by),
        Split::Units(by) => units_of_another_day(house, work, scope, by).await?,
        Split::Village => by_village(house, scope, villages),
        Split::Area => Axis { groups: [Area::Urban, Area::Rural].map(GroupOf::Area).to_vec(), way: Way::Area },
        Split::Ethnic => ethnic(rules),
        Split::HeadSex => {
            let groups = [None, Some(Sex::Male), Some(Sex::Female)].map(GroupOf::HeadSex);
            Axis { groups: groups.to_vec(), way: Way::HeadSex }
        }
        Split::Target => {
            let ids: Vec<String> = rules.groups.value.groups.iter().map(|group| group.id.clone()).collect();
            Axis { groups: ids.iter().cloned().map(GroupOf::Target).collect(), way: Way::Targets(ids) }
        }
    })
}

fn ethnic(rules: &Rulebook) -> Axis {
    let codes: Vec<u16> = rules.ethnic.value.groups.iter().map(|group| group.code).collect();
    let known = codes.iter().map(|code| GroupOf::Ethnic(Some(*code)));
    Axis {
        groups: known.chain([GroupOf::Ethnic(None)]).collect(),
        way: Way::Ethnic(codes.iter().enumerate().map(|(at, code)| (*code, at)).collect()),
    }
}

/// Units of the scope's own list: the communes of a level, each under the unit it belongs to.
fn own_units(house: &House, scope: &Scope, by: ByUnits) -> Axis {
    let units = house.units(scope);
    let level = Level::from(by.level);
    let mut groups: Vec<GroupOf> = Vec::new();
    let mut places = Places::default();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for commune in units.communes_below(scope.level.into(), &scope.code) {
        let mut unit = Some(commune);
        while let Some(at) = unit.filter(|unit| unit.level != level) {
            unit = units.parent(at);
        }
        // A level that the list does not have leaves each commune as it is.
        let unit = unit.unwrap_or(commune);
        let at = *known.entry(&unit.code).or_insert_with(|| {
            groups.push(GroupOf::Unit { code: unit.code.clone(), name: name_in(house, scope, unit) });
            groups.len() - 1
        });
        places.communes.insert(commune.code.clone(), at);
    }
    Axis { groups, way: Way::Places(places) }
}

/// A commune is named with its district where the table goes over several.
fn name_in(house: &House, scope: &Scope, unit: &Unit) -> String {
    match (scope.level, unit.level) {
        (domain::units::ScopeLevel::Province, Level::Commune) => {
            house.scope_name(&Scope::new(scope.units_from, unit.level, unit.code.clone()))
        }
        _ => unit.full_name(),
    }
}

/// The villages as they were frozen with the figures; of working figures, as they are now.
fn by_village(house: &House, scope: &Scope, villages: &[VillageOf]) -> Axis {
    let mut places = Places::default();
    let mut groups = Vec::new();
    for VillageOf { village, .. } in villages {
        places.villages.insert(village.id, groups.len());
        groups.push(GroupOf::Village { id: village.id, name: village.name.clone() });
    }
    // A village that is in no list leaves its households to the commune.
    for commune in house.units(scope).communes_below(scope.level.into(), &scope.code) {
        places.communes.insert(commune.code.clone(), groups.len());
        groups.push(GroupOf::Unplaced { code: commune.code.clone(), name: commune.full_name() });
    }
    Axis { groups, way: Way::Places(places) }
}

async fn units_of_another_day(
    house: &House,
    work: &mut dyn Work,
    scope: &Scope,
    by: ByUnits,
) -> Result<Axis, AppError> {
    let restater = restater(house, work, scope).await?;
    let table = restater.table(by.level, scope.units_from, by.on).map_err(|_| AppError::Refused { code: "UNI-013" })?;
    let placed: Vec<Placeable> = work.placements(scope).await?.into_iter().map(|placed| placed.what).collect();
    let of_households = placed.iter().filter_map(|what| match what {
        Placeable::Household(id) => Some(*id),
        Placeable::Village(_) => None,
    });
    let households = work.households_by_id(scope, &of_households.collect::<Vec<_>>()).await?;
    let lives: HashMap<HouseholdId, VillageId> = households.into_iter().map(|of| (of.id, of.place.village)).collect();
    let mut found =
        Finding { table: &table, groups: BTreeMap::new(), strangers: Vec::new(), places: Places::default() };
    for commune in house.units(scope).communes_below(scope.level.into(), &scope.code) {
        found.commune(&commune.code, &placed, &lives);
    }
    Ok(found.axis(&restater))
}

/// Outcomes of the table that something of the scope reaches, on their way to an axis.
struct Finding<'t, 'r, 'n> {
    table: &'t Table<'r, 'n>,
    /// Places in the table, which are in the order of the units, with what stands there.
    groups: BTreeMap<usize, Placed>,
    strangers: Vec<String>,
    /// Groups by their place in the table; strangers after all of them.
    places: Places,
}

impl Finding<'_, '_, '_> {
    fn at(&mut self, subject: &Subject<'_>) -> Option<usize> {
        let at = self.table.find(subject)?;
        self.groups.insert(at, self.table.outcome(at)?.clone());
        Some(at)
    }

    /// A household is asked for with its village, as forms ask: where nothing is said of the one, the other counts.
    fn commune(&mut self, code: &str, placed: &[Placeable], lives: &HashMap<HouseholdId, VillageId>) {
        let Some(at) = self.at(&Subject::commune(code)) else {
            self.places.communes.insert(code.to_owned(), self.table.outcomes().len() + self.strangers.len());
            self.strangers.push(code.to_owned());
            return;
        };
        self.places.communes.insert(code.to_owned(), at);
        if matches!(self.table.outcome(at), Some(Placed::In(_))) {
            return;
        }
        for what in placed {
            let subject = match what {
                Placeable::Village(id) => Subject::village(code, *id),
                Placeable::Household(id) => {
                    Subject { commune: code, village: lives.get(id).copied(), household: Some(*id) }
                }
            };
            let Some(there) = self.at(&subject).filter(|there| *there != at) else { continue };
            match what {
                Placeable::Village(id) => self.places.villages.insert(*id, there),
                Placeable::Household(id) => self.places.households.insert((code.to_owned(), *id), there),
            };
        }
    }

    /// Numbers the groups without gaps.
    fn axis(self, restater: &Restater<'_>) -> Axis {
        let name = |key: &UnitKey| restater.timeline().unit_of(key).map(Unit::full_name).unwrap_or_default();
        let mut numbers: HashMap<usize, usize> = self.groups.keys().copied().zip(0..).collect();
        let beyond = self.table.outcomes().len();
        numbers.extend((0..self.strangers.len()).map(|at| (beyond + at, self.groups.len() + at)));
        let of = |placed: Placed| match placed {
            Placed::In(key) => GroupOf::Unit { name: name(&key), code: key.code },
            Placed::Unplaced { old, .. } => GroupOf::Unplaced { name: name(&old), code: old.code },
            Placed::Unresolved { old, open } => GroupOf::Unresolved { name: name(&old), code: old.code, why: open.why },
            Placed::NotListed { code } => GroupOf::NotListed { code },
        };
        let strangers = self.strangers.into_iter().map(|code| GroupOf::NotListed { code });
        let number = |at: usize| numbers.get(&at).copied().unwrap_or(at);
        let Places { communes, villages, households } = self.places;
        Axis {
            groups: self.groups.into_values().map(of).chain(strangers).collect(),
            way: Way::Places(Places {
                communes: communes.into_iter().map(|(code, at)| (code, number(at))).collect(),
                villages: villages.into_iter().map(|(id, at)| (id, number(at))).collect(),
                households: households.into_iter().map(|(id, at)| (id, number(at))).collect(),
            }),
        }
    }
}
