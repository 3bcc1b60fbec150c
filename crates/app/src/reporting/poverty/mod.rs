//! The Alkire–Foster family of a unit's year: who is asked for, by what it is divided, and the counts of every cut-off at
//! once; from snapshots, or, while a year is not frozen, from the register as it stands, and then said to be so. Start with
//! [`poverty`]; `axis` says what a group is, `count` counts, `working` keeps the register's rows.

mod axis;
mod change;
mod compared;
mod count;
mod population;
mod rows;
mod working;

use std::sync::Arc;

use domain::access::{Actor, Verb, check};
use domain::units::{Scope, ScopeLevel};
use measures::poverty::{Counts, Cube, FamilyPlan};
use norms::Rulebook;
use snapshots::VillageOf;
use storage::{SnapshotRecord, Work};

pub use self::axis::GroupOf;
use self::axis::{Axis, axis};
pub use self::change::{GroupMove, Moved, Of, change};
pub use self::compared::{Compared, compared};
use self::count::{Counted, count};
pub use self::population::Population;
use self::population::population;
pub use self::rows::{Behind, BehindRow, Side, behind};
use self::working::WorkingUnit;
pub(crate) use self::working::{WorkingUnits, read_ahead};
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

/// Which facts a figure is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Facts {
    /// The newest snapshots; the register where nothing of the unit's year was ever frozen.
    #[default]
    Newest,
    Frozen,
    /// The register as it stands: no decision stands behind these figures, and nothing is published from them.
    Working,
}

impl Facts {
    pub const ALL: [Self; 3] = [Self::Newest, Self::Frozen, Self::Working];

    pub fn id(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Frozen => "frozen",
            Self::Working => "working",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|facts| facts.id() == id)
    }
}

/// What is asked of a unit's year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    pub year: i16,
    pub weigh: Weigh,
    pub split: Split,
    pub cross: Option<Split>,
    pub facts: Facts,
}

/// A snapshot that was read: how many households it holds of the communes it was read for, and of how many every deprivation
/// is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub record: SnapshotRecord,
    pub held: i64,
    pub counted: u64,
}

/// What was read of the register.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Working {
    /// Households reviewed so far, and those of which every deprivation is known.
    pub held: u64,
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
    /// Nothing of it is frozen.
    pub working: Option<Working>,
    /// The communes the figures are of.
    pub communes: Vec<String>,
    /// Everybody who lives there, reviewed or not.
    pub population: Population,
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

    /// Only households that may be poor by the law are reviewed: of the others nothing is known below the law's own cut-off.
    pub fn knows_everybody_at(&self, k: u32) -> bool {
        k >= u32::from(self.rules.standard.value.min_deprivations_for_poor)
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
    family(house, work.as_mut(), scope, question, None).await
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

/// `only`: of these communes, where the year is known of them.
async fn family(
    house: &House,
    work: &mut dyn Work,
    scope: Scope,
    question: Question,
    only: Option<&[String]>,
) -> Result<Poverty, AppError> {
    if scope.village.is_some() {
        return Err(AppError::Missing("unit"));
    }
    let rules = house.rules(question.year, &house.province_of(&scope))?;
    let mut ground = ground(house, work, &scope, question, &rules).await?;
    if let Some(only) = only {
        ground.keep(only);
    }
    answer(house, work, scope, question, ground).await
}

/// The same from snapshots that are already chosen.
pub(super) async fn from_cover(
    house: &House,
    work: &mut dyn Work,
    scope: Scope,
    question: Question,
    cover: Cover,
) -> Result<Poverty, AppError> {
    let ground = frozen_ground(house, cover).await?;
    answer(house, work, scope, question, ground).await
}

/// What a year's figures stand on.
struct Ground {
    cover: Cover,
    /// The register's rows by commune; `None` where snapshots are read.
    units: Option<Vec<Arc<WorkingUnit>>>,
    villages: Vec<VillageOf>,
}

impl Ground {
    fn communes(&self) -> Vec<String> {
        match &self.units {
            Some(units) => units.iter().map(|unit| unit.commune.clone()).collect(),
            None => self.cover.parts.iter().flat_map(|part| part.communes.iter().cloned()).collect(),
        }
    }

    fn keep(&mut self, only: &[String]) {
        for part in &mut self.cover.parts {
            part.communes.retain(|code| only.contains(code));
        }
        self.cover.parts.retain(|part| !part.communes.is_empty());
        if let Some(units) = &mut self.units {
            units.retain(|unit| only.contains(&unit.commune));
        }
        self.villages.retain(|of| only.contains(&of.village.commune));
    }
}

async fn ground(
    house: &House,
    work: &mut dyn Work,
    scope: &Scope,
    question: Question,
    rules: &Rulebook,
) -> Result<Ground, AppError> {
    let cover = match question.facts {
        Facts::Working => Cover::default(),
        Facts::Newest | Facts::Frozen => cover(house, work, scope, question.year).await?,
    };
    let is_frozen = question.facts == Facts::Frozen || !cover.parts.is_empty();
    if is_frozen {
        frozen_ground(house, cover).await
    } else {
        working::ground(house, work, scope, question, rules).await
    }
}

/// Villages and their totals as the snapshots have them.
async fn frozen_ground(house: &House, cover: Cover) -> Result<Ground, AppError> {
    let archive = house.archive()?.clone();
    let parts: Vec<_> = cover.parts.iter().map(|part| (part.record.name.clone(), part.communes.clone())).collect();
    let villages = on_thread(move || {
        let mut villages = Vec::new();
        for (name, communes) in parts {
            let of_part = archive.open(&name)?.village_totals()?;
            villages.extend(of_part.into_iter().filter(|of| communes.contains(&of.village.commune)));
        }
        Ok(villages)
    })
    .await?;
    Ok(Ground { cover, units: None, villages })
}

async fn answer(
    house: &House,
    work: &mut dyn Work,
    scope: Scope,
    question: Question,
    ground: Ground,
) -> Result<Poverty, AppError> {
    let rules = house.rules(question.year, &house.province_of(&scope))?;
    let (first, second) = axes(house, work, &scope, question, (&rules, &ground.villages)).await?;
    let counting = Counting::new(house, &rules, question, &ground)?;
    let Counted { whole, pairs, sources, axes: (first, second) } =
        on_thread(move || count(&counting, (first, second))).await?;
    let plan = counting_plan(&rules, question);
    let (shown, groups, cube) = present(&plan, (&first, second.as_ref()), &pairs);
    let parts = ground.cover.parts.iter().zip(sources);
    let sources = parts.map(|(part, (held, counted))| Source { record: part.record.clone(), held, counted }).collect();
    Ok(Poverty {
        sources,
        working: ground.units.as_ref().map(|units| Working {
            held: units.iter().map(|unit| unit.held).sum(),
            counted: units.iter().map(|unit| unit.rows.len() as u64).sum(),
        }),
        communes: ground.communes(),
        population: population(question.weigh, &ground, (&first, second.is_some()), &shown),
        cover: ground.cover,
        plan,
        scope,
        question,
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
    by: (&Rulebook, &[VillageOf]),
) -> Result<(Axis, Option<Axis>), AppError> {
    let first = axis(house, work, scope, question.split, by).await?;
    let second = match question.cross {
        Some(split) => Some(axis(house, work, scope, split, by).await?),
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

/// What the counting needs, fit for another thread.
struct Counting {
    plan: FamilyPlan,
    facts: Origin,
}

/// Where the households come from.
enum Origin {
    Snapshots {
        archive: snapshots::Archive,
        /// Names of the snapshots, each with its communes.
        parts: Vec<(String, Vec<String>)>,
    },
    Register(Vec<Arc<WorkingUnit>>),
}

impl Counting {
    fn new(house: &House, rules: &Rulebook, question: Question, ground: &Ground) -> Result<Self, AppError> {
        let parts = ground.cover.parts.iter().map(|part| (part.record.name.clone(), part.communes.clone()));
        let facts = match &ground.units {
            Some(units) => Origin::Register(units.clone()),
            None => Origin::Snapshots { archive: house.archive()?.clone(), parts: parts.collect() },
        };
        Ok(Self { plan: counting_plan(rules, question), facts })
    }
}

/// The groups in the order of their axes, each with its place in the first. Units stay when nobody lives there; of everything
/// else only what occurs.
fn present(plan: &FamilyPlan, (first, second): (&Axis, Option<&Axis>), pairs: &Cube) -> (Vec<usize>, Vec<Group>, Cube) {
    let across = second.map_or(1, |axis| axis.groups.len());
    let (mut shown, mut groups, mut cube) = (Vec::new(), Vec::new(), Cube::new(plan, 0));
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
            shown.push(at);
            groups.push(Group { of: of.clone(), and });
        }
    }
    (shown, groups, cube)
}
