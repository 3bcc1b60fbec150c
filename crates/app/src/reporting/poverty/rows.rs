//! The households behind one figure, on either side of its division, as the snapshot has them, or the register. Names come from the register
//! of today, for who may see it.

use std::collections::{HashMap, HashSet};

use domain::access::{Actor, Verb, check};
use domain::units::Scope;
use kernel::{HouseholdId, VillageId};
use measures::layout::Household;
use snapshots::SnapshotFault;

use super::axis::Axis;
use super::count::{Lives, groups_of};
use super::{Counting, Origin, Question, axes, ground};
use crate::reporting::freeze::on_thread;
use crate::{AppError, House};

/// Which households stand behind a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Everybody of the group.
    All,
    /// Deprived in at least so many indicators.
    Poor { at_least: u32 },
    /// Poor, and deprived in the indicator in this place.
    PoorAndDeprived { at_least: u32, indicator: usize },
    /// Deprived in the indicator, poor or not.
    Deprived { indicator: usize },
}

impl Side {
    fn holds(self, mask: u16, deprivations: u32) -> bool {
        let has = |indicator: usize| indicator < 16 && mask >> indicator & 1 == 1;
        match self {
            Self::All => true,
            Self::Poor { at_least } => deprivations >= at_least,
            Self::PoorAndDeprived { at_least, indicator } => deprivations >= at_least && has(indicator),
            Self::Deprived { indicator } => has(indicator),
        }
    }
}

/// One household behind a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BehindRow {
    pub household: HouseholdId,
    /// Empty when the household is no longer in the actor's area.
    pub head: String,
    pub commune: String,
    pub village: String,
    pub size: i64,
    /// In how many indicators it is deprived.
    pub deprivations: u32,
}

/// The households behind a figure, the first of them, and how many there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    pub rows: Vec<BehindRow>,
    pub households: usize,
    pub persons: i64,
}

struct Found {
    household: HouseholdId,
    commune: String,
    village: VillageId,
    size: i64,
    deprivations: u32,
}

/// Households of a group (`None`: of everybody) on one side of a figure, at most `most`.
pub async fn behind(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    question: Question,
    group: Option<(&str, Option<&str>)>,
    (side, most): (Side, usize),
) -> Result<Behind, AppError> {
    check(actor, Verb::ReadForms)?;
    check(actor, Verb::ReadRegistry)?;
    let scope = house.narrow(actor, wished)?;
    let mut work = house.store.read().await?;
    let rules = house.rules(question.year, &house.province_of(&scope))?;
    let ground = ground(house, work.as_mut(), &scope, question, &rules).await?;
    let (first, second) = axes(house, work.as_mut(), &scope, question, (&rules, &ground.villages)).await?;
    let counting = Counting::new(house, &rules, question, &ground)?;
    let wanted =
        group.map(|(of, and)| (place(&first, of), second.as_ref().zip(and).map(|(axis, and)| place(axis, and))));
    let mut found = on_thread(move || find(&counting, (&first, second.as_ref()), wanted, side)).await?;
    let (households, persons) = (found.len(), found.iter().map(|found| found.size).sum());
    found.sort_by_key(|found| found.household);
    found.truncate(most);
    let rows = named(house, work.as_mut(), (actor, &scope), found).await?;
    Ok(Behind { rows, households, persons })
}

fn place(axis: &Axis, key: &str) -> Option<usize> {
    axis.groups.iter().position(|group| group.key() == key)
}

/// A group that does not exist holds nobody.
type Wanted = Option<(Option<usize>, Option<Option<usize>>)>;

fn find(
    counting: &Counting,
    (first, second): (&Axis, Option<&Axis>),
    wanted: Wanted,
    side: Side,
) -> Result<Vec<Found>, SnapshotFault> {
    let mut found = Vec::new();
    let mut look = |lives: &Lives<'_>, row: &Household, targets: &[String]| {
        let deprivations = counting.plan.score(row.mask);
        let in_group =
            |axis: &Axis, at: Option<usize>| at.is_some_and(|at| groups_of(axis, lives, row, targets).contains(&at));
        let is_wanted = wanted.is_none_or(|(of, and)| {
            in_group(first, of) && and.is_none_or(|and| second.is_some_and(|axis| in_group(axis, and)))
        });
        if side.holds(row.mask, deprivations) && is_wanted {
            found.push(Found {
                household: lives.household,
                commune: lives.commune.to_owned(),
                village: lives.village,
                size: i64::from(row.size),
                deprivations,
            });
        }
    };
    match &counting.facts {
        Origin::Snapshots { archive, parts } => {
            for (name, communes) in parts {
                let snapshot = archive.open(name)?;
                let targets = snapshot.figures()?.layout().targets.clone();
                let communes: HashSet<&str> = communes.iter().map(String::as_str).collect();
                snapshot.each_counted(&communes, |household, seen, row| {
                    look(&Lives { commune: seen.commune, village: seen.village, household }, &row, &targets);
                })?;
            }
        }
        Origin::Register(units) => {
            for unit in units {
                for (household, village, row) in &unit.rows {
                    let lives = Lives { commune: &unit.commune, village: *village, household: *household };
                    look(&lives, row, &unit.targets);
                }
            }
        }
    }
    Ok(found)
}

async fn named(
    house: &House,
    work: &mut dyn storage::Work,
    (actor, scope): (&Actor, &Scope),
    found: Vec<Found>,
) -> Result<Vec<BehindRow>, AppError> {
    let ids: Vec<HouseholdId> = found.iter().map(|found| found.household).collect();
    let heads: HashMap<HouseholdId, String> = work
        .households_by_id(&actor.scope, &ids)
        .await?
        .into_iter()
        .map(|known| (known.id, known.head_name().to_owned()))
        .collect();
    let villages: HashMap<_, _> =
        work.villages(&actor.scope).await?.into_iter().map(|village| (village.id, village.name)).collect();
    let units = house.units(scope);
    let row = |found: Found| {
        let commune = units.commune(&found.commune);
        BehindRow {
            head: heads.get(&found.household).cloned().unwrap_or_default(),
            commune: commune.map(norms::Unit::full_name).unwrap_or_default(),
            village: villages.get(&found.village).cloned().unwrap_or_default(),
            household: found.household,
            size: found.size,
            deprivations: found.deprivations,
        }
    };
    let mut rows: Vec<BehindRow> = found.into_iter().map(row).collect();
    rows.sort_by_cached_key(|row| (row.commune.clone(), kernel::text::person_sort_key(&row.head), row.household));
    Ok(rows)
}
