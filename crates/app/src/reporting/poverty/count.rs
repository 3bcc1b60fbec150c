//! Counts the figures of every snapshot of a cover, or of the register, by one or two axes. Files and counting block, so it
//! runs where nobody waits for it. Start with [`count`].

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use kernel::{HouseholdId, VillageId};
use measures::layout::{By, Figures, Household, Layout};
use measures::poverty::{Cube, FamilyPlan, all_of};
use snapshots::{Snapshot, SnapshotFault};

use super::axis::{Axis, Places, Way};
use super::working::WorkingUnit;
use super::{Counting, Origin};

/// A province's file is read in a few milliseconds; more threads would only take them from other requests.
const THREADS: usize = 2;
/// Code of the rural area in the figures.
const RURAL: usize = 1;

/// The counts of all snapshots together.
pub(super) struct Counted {
    pub whole: Cube,
    /// Groups `a × many of b + b`.
    pub pairs: Cube,
    /// Households that each snapshot holds of its communes, and those of them that were counted.
    pub sources: Vec<(i64, u64)>,
    pub axes: (Axis, Option<Axis>),
}

pub(super) fn count(counting: &Counting, (first, second): (Axis, Option<Axis>)) -> Result<Counted, SnapshotFault> {
    let (mut whole, mut pairs) = (Cube::new(&counting.plan, 1), Cube::new(&counting.plan, 0));
    pairs.grow(first.groups.len() * second.as_ref().map_or(1, |axis| axis.groups.len()));
    let mut sources = Vec::new();
    match &counting.facts {
        Origin::Snapshots { archive, parts } => {
            for (name, communes) in parts {
                let snapshot = archive.open(name)?;
                let part = Part::open(&snapshot, communes, &counting.plan, (&first, second.as_ref()))?;
                let counted = part.count(&mut whole, &mut pairs)?;
                sources.push((part.held(communes)?, counted));
            }
        }
        Origin::Register(units) => {
            count_register(&counting.plan, units, (&first, second.as_ref()), (&mut whole, &mut pairs));
        }
    }
    Ok(Counted { whole, pairs, sources, axes: (first, second) })
}

/// Counts the rows of the register, kept commune by commune.
fn count_register(
    plan: &FamilyPlan,
    units: &[Arc<WorkingUnit>],
    (first, second): (&Axis, Option<&Axis>),
    (whole, pairs): (&mut Cube, &mut Cube),
) {
    let buckets = plan.buckets();
    let many_b = second.map_or(1, |axis| axis.groups.len());
    for unit in units {
        // Most often the commune is one group, and nobody has to be looked up.
        let alone = places(first).and_then(|places| places.of_whole(&unit.commune)).filter(|_| second.is_none());
        for (household, village, row) in &unit.rows {
            let bucket = buckets.get(usize::from(row.mask)).copied().unwrap_or(0);
            let weight = if plan.persons.is_some() { u32::from(row.size) } else { 1 };
            if let Some(group) = alone {
                pairs.count(group, bucket, row.mask, weight);
            } else {
                let lives = Lives { commune: &unit.commune, village: *village, household: *household };
                let beside = second.map_or_else(|| vec![0], |axis| groups_of(axis, &lives, row, &unit.targets));
                for at in groups_of(first, &lives, row, &unit.targets) {
                    for beside in &beside {
                        pairs.count(at * many_b + beside, bucket, row.mask, weight);
                    }
                }
            }
            whole.count(0, bucket, row.mask, weight);
        }
    }
}

/// Where a household lives, as far as groups ask.
pub(super) struct Lives<'a> {
    pub commune: &'a str,
    pub village: VillageId,
    pub household: HouseholdId,
}

/// One snapshot with the communes it is read for.
struct Part<'p> {
    snapshot: &'p Snapshot,
    figures: Figures,
    plan: &'p FamilyPlan,
    axes: (&'p Axis, Option<&'p Axis>),
    /// 0 for each commune that is counted from the figures.
    wanted: Vec<Option<u32>>,
    /// Communes counted household by household.
    one_by_one: HashSet<&'p str>,
    /// Village of each commune's place and number.
    villages: HashMap<(u32, u16), VillageId>,
}

impl<'p> Part<'p> {
    fn open(
        snapshot: &'p Snapshot,
        communes: &'p [String],
        plan: &'p FamilyPlan,
        axes: (&'p Axis, Option<&'p Axis>),
    ) -> Result<Self, SnapshotFault> {
        let figures = snapshot.figures()?;
        let layout = figures.layout();
        if layout.indicators != plan.indicators {
            let what = "its indicators are not those of the norms of the year";
            return Err(SnapshotFault::OtherIndicators { snapshot: snapshot.name.clone(), what });
        }
        let one_by_one: HashSet<&str> =
            communes.iter().map(String::as_str).filter(|code| is_one_by_one(axes, code)).collect();
        let asked: HashSet<&str> = communes.iter().map(String::as_str).collect();
        let is_wanted = |code: &str| asked.contains(code) && !one_by_one.contains(code);
        let wanted = layout.communes.iter().map(|code| is_wanted(code).then_some(0)).collect();
        let villages = if needs_villages(axes) { numbered(snapshot, layout)? } else { HashMap::new() };
        Ok(Self { snapshot, figures, plan, axes, wanted, one_by_one, villages })
    }

    /// Adds everybody and every pair of groups; gives the number of households.
    fn count(&self, whole: &mut Cube, pairs: &mut Cube) -> Result<u64, SnapshotFault> {
        let households = FamilyPlan { persons: None, ..self.plan.clone() };
        let mut counted = self.family(&households, &[By::Unit(&self.wanted)])?;
        let mut number: u64 = counted.pop().map_or(0, |cube| cube.group(0).iter().map(all_of).sum());
        for cube in self.family(self.plan, &[By::Unit(&self.wanted)])? {
            whole.add(&cube);
        }
        self.by_axes(pairs)?;
        if !self.one_by_one.is_empty() {
            number += self.each(whole, pairs)?;
        }
        Ok(number)
    }

    /// Households of the communes asked for; the record knows the number when that is all of them.
    fn held(&self, communes: &[String]) -> Result<i64, SnapshotFault> {
        if communes.len() == self.figures.layout().communes.len() {
            return Ok(self.snapshot.manifest.counts.all.households);
        }
        let held = self.snapshot.held(&communes.iter().map(String::as_str).collect())?;
        Ok(i64::try_from(held).unwrap_or(i64::MAX))
    }

    fn family(&self, plan: &FamilyPlan, by: &[By<'_>]) -> Result<Vec<Cube>, SnapshotFault> {
        let wanted = (0u32..).zip(&self.wanted).filter(|(_, wanted)| wanted.is_some()).map(|(at, _)| at);
        let (first, last) = wanted.fold((u32::MAX, 0), |(first, last), at| (first.min(at), last.max(at + 1)));
        if first >= last {
            return Ok(Vec::new());
        }
        let of_some = (first as usize > 0) || (last as usize) < self.wanted.len();
        let read = if of_some {
            self.figures.family_of(plan, by, THREADS, first..last)
        } else {
            self.figures.family(plan, by, THREADS)
        };
        read.map_err(|fault| SnapshotFault::Damaged { file: "figures.parquet".to_owned(), what: fault.to_string() })
    }

    fn by_axes(&self, pairs: &mut Cube) -> Result<(), SnapshotFault> {
        let (first, second) = self.axes;
        let (a, b) = (Ways::of(self, first), second.map(|axis| Ways::of(self, axis)));
        let alone = [Lens { by: By::Whole, most: 1, only: None }];
        let (of_a, of_b) = (a.lenses(), b.as_ref().map_or_else(|| alone.to_vec(), Ways::lenses));
        let many_b = second.map_or(1, |axis| axis.groups.len());
        let lenses: Vec<(&Lens<'_>, &Lens<'_>)> = of_a.iter().flat_map(|a| of_b.iter().map(move |b| (a, b))).collect();
        let inner: Vec<By<'_>> = lenses.iter().map(|(a, b)| By::Cross(&a.by, &b.by, b.most)).collect();
        let mask = By::Unit(&self.wanted);
        let crossed = inner.iter().zip(&lenses).map(|(by, (a, b))| By::Cross(&mask, by, a.most * b.most));
        let bys: Vec<By<'_>> = match (&a, second) {
            // Communes add up to their units without a look at single rows.
            (Ways::Communes(units), None) => vec![By::Unit(units)],
            _ => crossed.collect(),
        };
        for (cube, (a, b)) in self.family(self.plan, &bys)?.iter().zip(&lenses) {
            for group in 0..cube.groups() {
                let (Some(at), Some(beside)) = (a.place(group / b.most), b.place(group % b.most)) else { continue };
                pairs.add_group(at * many_b + beside, cube.group(group));
            }
        }
        Ok(())
    }

    /// Households that were placed on their own are looked up one by one.
    fn each(&self, whole: &mut Cube, pairs: &mut Cube) -> Result<u64, SnapshotFault> {
        let buckets = self.plan.buckets();
        let (first, second) = self.axes;
        let many_b = second.map_or(1, |axis| axis.groups.len());
        let targets = &self.figures.layout().targets;
        let mut number = 0;
        self.snapshot.each_counted(&self.one_by_one, |household, seen, row| {
            let lives = Lives { commune: seen.commune, village: seen.village, household };
            number += 1;
            let bucket = buckets.get(usize::from(row.mask)).copied().unwrap_or(0);
            let weight = if self.plan.persons.is_some() { u32::from(row.size) } else { 1 };
            whole.count(0, bucket, row.mask, weight);
            let beside = second.map_or_else(|| vec![0], |axis| groups_of(axis, &lives, &row, targets));
            for at in groups_of(first, &lives, &row, targets) {
                for beside in &beside {
                    pairs.count(at * many_b + beside, bucket, row.mask, weight);
                }
            }
        })?;
        Ok(number)
    }
}

fn places(axis: &Axis) -> Option<&Places> {
    if let Way::Places(places) = &axis.way { Some(places) } else { None }
}

fn both<'a>((first, second): (&'a Axis, Option<&'a Axis>)) -> impl Iterator<Item = &'a Places> {
    [Some(first), second].into_iter().flatten().filter_map(places)
}

fn is_one_by_one(axes: (&Axis, Option<&Axis>), commune: &str) -> bool {
    both(axes).any(|places| places.one_by_one(commune))
}

fn needs_villages(axes: (&Axis, Option<&Axis>)) -> bool {
    both(axes).any(|places| !places.villages.is_empty())
}

/// Figures number the villages of a commune from 1, in the order of the snapshot's list.
fn numbered(snapshot: &Snapshot, layout: &Layout) -> Result<HashMap<(u32, u16), VillageId>, SnapshotFault> {
    let places: HashMap<&str, u32> = layout.communes.iter().map(String::as_str).zip(0..).collect();
    let mut last: HashMap<u32, u16> = HashMap::new();
    let mut found = HashMap::new();
    for village in snapshot.villages()? {
        let Some(commune) = places.get(village.commune.as_str()) else { continue };
        let number = last.entry(*commune).or_default();
        *number += 1;
        found.insert((*commune, *number), village.id);
    }
    Ok(found)
}

/// The groups of one household; several only where a household may be in several.
pub(super) fn groups_of(axis: &Axis, lives: &Lives<'_>, row: &Household, targets: &[String]) -> Vec<usize> {
    match &axis.way {
        Way::Places(places) => places.group(lives.commune, lives.village, lives.household).into_iter().collect(),
        Way::Area => vec![usize::from(row.area)],
        Way::Ethnic(codes) => vec![codes.get(&u16::from(row.ethnic)).copied().unwrap_or(codes.len())],
        Way::HeadSex => vec![usize::from(row.head_sex)],
        Way::Targets(ids) => {
            let bits = ids.iter().map(|id| targets.iter().position(|known| known == id));
            let is_in = |bit: Option<usize>| {
                bit.is_some_and(|bit| {
                    row.targets.checked_shr(u32::try_from(bit).unwrap_or(u32::MAX)).unwrap_or(0) & 1 == 1
                })
            };
            bits.enumerate().filter(|(_, bit)| is_in(*bit)).map(|(at, _)| at).collect()
        }
    }
}

/// An axis as the figures of one snapshot can be divided by it.
enum Ways<'a> {
    Communes(Vec<Option<u32>>),
    Villages(Box<dyn Fn(u32, u16) -> Option<u32> + Sync + 'a>, usize),
    Area,
    Ethnic(&'a HashMap<u16, usize>),
    HeadSex,
    /// Bit and group.
    Targets(Vec<(u8, usize)>),
}

impl<'a> Ways<'a> {
    fn of(part: &'a Part<'a>, axis: &'a Axis) -> Self {
        let layout = part.figures.layout();
        match &axis.way {
            Way::Places(places) if places.villages.is_empty() => {
                let unit = |(code, wanted): (&String, &Option<u32>)| {
                    wanted.and_then(|_| places.communes.get(code)).and_then(|at| u32::try_from(*at).ok())
                };
                Self::Communes(layout.communes.iter().zip(&part.wanted).map(unit).collect())
            }
            Way::Places(places) => {
                let group = move |commune: u32, number: u16| {
                    let code = layout.communes.get(commune as usize)?;
                    let village = part.villages.get(&(commune, number)).copied();
                    let at = village.map_or_else(
                        || places.communes.get(code).copied(),
                        |village| places.in_village(code, village),
                    )?;
                    u32::try_from(at).ok()
                };
                Self::Villages(Box::new(group), axis.groups.len())
            }
            Way::Area => Self::Area,
            Way::Ethnic(codes) => Self::Ethnic(codes),
            Way::HeadSex => Self::HeadSex,
            Way::Targets(ids) => {
                let bit = |id: &String| layout.targets.iter().position(|known| known == id);
                let known = ids.iter().enumerate().filter_map(|(at, id)| Some((u8::try_from(bit(id)?).ok()?, at)));
                Self::Targets(known.collect())
            }
        }
    }

    fn lenses(&self) -> Vec<Lens<'_>> {
        let one = |by, most| vec![Lens { by, most, only: None }];
        match self {
            Self::Communes(units) => {
                let most = units.iter().flatten().max().map_or(1, |most| *most as usize + 1);
                one(By::Unit(units), most)
            }
            Self::Villages(group, most) => one(By::Village(group.as_ref()), *most),
            Self::Area => one(By::Area, RURAL + 1),
            Self::Ethnic(codes) => {
                vec![Lens { by: By::Ethnic, most: 1 << u8::BITS, only: Some(Only::Codes(codes)) }]
            }
            Self::HeadSex => one(By::HeadSex, 3),
            Self::Targets(bits) => {
                let lens = |(bit, at): &(u8, usize)| Lens { by: By::Target(*bit), most: 2, only: Some(Only::In(*at)) };
                bits.iter().map(lens).collect()
            }
        }
    }
}

/// One decomposition of the file, and which groups of the axis its groups are.
#[derive(Clone)]
struct Lens<'a> {
    by: By<'a>,
    most: usize,
    only: Option<Only<'a>>,
}

#[derive(Clone)]
enum Only<'a> {
    /// Group 1 is this group, group 0 none.
    In(usize),
    /// Groups are codes; what has no known one comes last.
    Codes(&'a HashMap<u16, usize>),
}

impl Lens<'_> {
    fn place(&self, group: usize) -> Option<usize> {
        match &self.only {
            None => Some(group),
            Some(Only::In(at)) => (group == 1).then_some(*at),
            Some(Only::Codes(codes)) => {
                let code = u16::try_from(group).ok()?;
                Some(codes.get(&code).copied().unwrap_or(codes.len()))
            }
        }
    }
}
