//! The Alkire–Foster family of a unit's frozen year: who is asked for, by what it is divided, and the counts of every cut-off
//! at once. Reads snapshots only, never today's register. Start with [`poverty`]; `axis` says what a group is, `count` counts.

mod axis;
mod change;
mod count;
mod rows;

use std::sync::Arc;

use domain::access::{Actor, Verb, check};
use domain::units::{Scope, ScopeLevel};
use measures::poverty::{Counts, Cube, FamilyPlan};
use norms::Rulebook;
use storage::{SnapshotRecord, Work};

pub use self::axis::GroupOf;
use self::axis::{Axis, axis};
pub use self::change::{GroupMove, Moved, Of, change};
use self::count::{Counted, count};
pub use self::rows::{Behind, BehindRow, Side, behind};
use super::cover::{Cover, cover};
use super::freeze::on_thread;
use crate::units::ByUnits;
use crate::{AppError, House};

/// What a household counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Weigh {
    Persons,
    Households,
}

impl Weigh {
    pub fn id(self) -> &'static str {
        match self {
            Self::Persons => "persons",
            Self::Households => "households",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        [Self::Persons, Self::Households].into_iter().find(|weigh| weigh.id() == id)
    }
}

/// What the whole is divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Split {
    /// Units of a level, as of a day.
    Units(ByUnits),
    /// Villages, of one commune.
    Village,
    Area,
    Ethnic,
    HeadSex,
    /// Target groups; a household may be in several.
    Target,
}

impl Split {
    pub fn id(self) -> &'static str {
        match self {
            Self::Units(by) => norms::Level::from(by.level).id(),
            Self::Village => "village",
            Self::Area => "area",
            Self::Ethnic => "ethnic",
            Self::HeadSex => "head_sex",
            Self::Target => "target",
        }
    }

    /// Whether everybody is in exactly one group.
    pub fn is_partition(self) -> bool {
        self != Self::Target
    }
}

/// What is asked of a unit's year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    pub year: i16,
    pub weigh: Weigh,
    pub split: Split,
    pub cross: Option<Split>,
}

/// A snapshot that was read: how many households it holds, and of how many every deprivation is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub record: SnapshotRecord,
    pub counted: u64,
}

/// One group of the answer; with a crossing, one pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub of: GroupOf,
    pub and: Option<GroupOf>,
}

/// The counts of every group and cut-off.
#[derive(Debug, Clone)]
pub struct Poverty {
    pub scope: Scope,
    pub question: Question,
    pub cover: Cover,
    pub sources: Vec<Source>,
    pub rules: Arc<Rulebook>,
    pub plan: FamilyPlan,
    /// One group: everybody.
    pub whole: Cube,
    pub groups: Vec<Group>,
    /// A group for each of `groups`.
    pub cube: Cube,
}

impl Poverty {
    /// Everybody at the cut-off in this place of the plan.
    pub fn all(&self, cutoff: usize) -> Counts {
        Counts::of(&self.plan, &self.whole, 0, cutoff)
    }

    /// One group at a cut-off.
    pub fn of(&self, group: usize, cutoff: usize) -> Counts {
        Counts::of(&self.plan, &self.cube, group, cutoff)
    }

    /// Whether everybody is in exactly one of the groups.
    pub fn is_partition(&self) -> bool {
        self.question.split.is_partition() && self.question.cross.is_none_or(Split::is_partition)
    }

    /// Whether the groups add up to the whole; only asked of a partition.
    pub fn is_conserved(&self) -> bool {
        let counted: u64 = (0..self.groups.len()).map(|group| self.of(group, 0).all).sum();
        counted == self.all(0).all
    }
}

/// The family of a unit's year, from the newest snapshot of each of its communes.
pub async fn poverty(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    question: Question,
) -> Result<Poverty, AppError> {
    check(actor, Verb::ReadForms)?;
    let scope = house.narrow(actor, wished)?;
    let mut work = house.store.read().await?;
    family(house, work.as_mut(), scope, question).await
}

/// The levels a scope is divided into, nearest first; a commune is divided into villages only.
pub fn splits(house: &House, scope: &Scope) -> Vec<Split> {
    let own = |level| Split::Units(ByUnits { on: scope.units_from, level });
    let has_districts = house.units(scope).iter().any(|unit| unit.level == norms::Level::District);
    let mut splits = match scope.level {
        ScopeLevel::Province if has_districts => vec![own(ScopeLevel::District), own(ScopeLevel::Commune)],
        ScopeLevel::Province | ScopeLevel::District => vec![own(ScopeLevel::Commune)],
        ScopeLevel::Commune => vec![Split::Village],
    };
    splits.extend([Split::Area, Split::Ethnic, Split::HeadSex, Split::Target]);
    splits
}

async fn family(house: &House, work: &mut dyn Work, scope: Scope, question: Question) -> Result<Poverty, AppError> {
    if scope.village.is_some() {
        return Err(AppError::Missing("unit"));
    }
    let cover = cover(house, work, &scope, question.year).await?;
    from_cover(house, work, scope, question, cover).await
}

/// The same from snapshots that are already chosen.
pub(super) async fn from_cover(
    house: &House,
    work: &mut dyn Work,
    scope: Scope,
    question: Question,
    cover: Cover,
) -> Result<Poverty, AppError> {
    let rules = house.rules(question.year, &house.province_of(&scope))?;
    let (first, second) = axes(house, work, &scope, question, &rules).await?;
    let counting = Counting::new(house, &rules, question, &cover)?;
    let Counted { whole, pairs, sources, axes: (first, second) } =
        on_thread(move || count(&counting, (first, second))).await?;
    let (groups, cube) = present(&counting_plan(&rules, question), (&first, second.as_ref()), &pairs);
    let sources =
        cover.parts.iter().zip(sources).map(|(part, counted)| Source { record: part.record.clone(), counted });
    Ok(Poverty {
        sources: sources.collect(),
        plan: counting_plan(&rules, question),
        scope,
        question,
        cover,
        rules,
        whole,
        groups,
        cube,
    })
}

async fn axes(
    house: &House,
    work: &mut dyn Work,
    scope: &Scope,
    question: Question,
    rules: &Rulebook,
) -> Result<(Axis, Option<Axis>), AppError> {
    let first = axis(house, work, scope, question.split, rules).await?;
    let second = match question.cross {
        Some(split) => Some(axis(house, work, scope, split, rules).await?),
        None => None,
    };
    Ok((first, second))
}

/// Every indicator weighs the same, as every deprivation has the same points; every cut-off from the union to the intersection.
fn counting_plan(rules: &Rulebook, question: Question) -> FamilyPlan {
    let indicators = rules.indicators.value.indicators.iter().map(|indicator| indicator.id.clone()).collect();
    let persons = (question.weigh == Weigh::Persons).then(|| "size".to_owned());
    FamilyPlan { persons, ..FamilyPlan::equal(indicators) }
}

/// What the counting needs of the snapshots, fit for another thread.
#[derive(Debug)]
pub(super) struct Counting {
    pub archive: snapshots::Archive,
    pub plan: FamilyPlan,
    /// Names of the snapshots, each with its communes.
    pub parts: Vec<(String, Vec<String>)>,
}

impl Counting {
    fn new(house: &House, rules: &Rulebook, question: Question, cover: &Cover) -> Result<Self, AppError> {
        let parts = cover.parts.iter().map(|part| (part.record.name.clone(), part.communes.clone()));
        Ok(Self { archive: house.archive()?.clone(), plan: counting_plan(rules, question), parts: parts.collect() })
    }
}

/// The groups in the order of their axes. Units stay when nobody lives there; of everything else only what occurs.
fn present(plan: &FamilyPlan, (first, second): (&Axis, Option<&Axis>), pairs: &Cube) -> (Vec<Group>, Cube) {
    let across = second.map_or(1, |axis| axis.groups.len());
    let (mut groups, mut cube) = (Vec::new(), Cube::new(plan, 0));
    for (at, of) in first.groups.iter().enumerate() {
        for beside in 0..across {
            let cells = pairs.group(at * across + beside);
            let is_empty = cells.iter().all(|sums| measures::poverty::all_of(sums) == 0);
            let and = second.and_then(|axis| axis.groups.get(beside).cloned());
            if is_empty && (and.is_some() || !matches!(of, GroupOf::Unit { .. } | GroupOf::Village { .. })) {
                continue;
            }
            cube.grow(groups.len() + 1);
            cube.add_group(groups.len(), cells);
            groups.push(Group { of: of.clone(), and });
        }
    }
    (groups, cube)
}
