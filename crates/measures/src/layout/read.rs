//! Reads the figures file: the columns a question needs, as runs and as raw numbers, on several threads. Start with [`Figures::family`].

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::row::{Cell, Household, Layout};
use super::wide::Wide;
use super::write::{LAYOUT, STARTS};
use crate::Fault;
use crate::columns::{Runs, Table};
use crate::poverty::{Cube, FamilyPlan, LANES, Tally};

/// What a decomposition goes by. Each gives a group number to a household; a group without households has empty counts.
#[derive(Clone, Copy)]
pub enum By<'a> {
    Whole,
    /// The place in [`Layout::communes`].
    Commune,
    /// The number of a unit for each commune, by the units of any day; `None` leaves the commune out, to be shown apart.
    Unit(&'a [Option<u32>]),
    /// The number of a unit by commune and village, for communes that were divided.
    Village(&'a (dyn Fn(u32, u16) -> Option<u32> + Sync)),
    Area,
    Ethnic,
    HeadSex,
    Class,
    /// 1 when in the target group, 0 when not.
    Target(u8),
    /// Group `a × most + b`, where `b` stays below `most`.
    Cross(&'a By<'a>, &'a By<'a>, usize),
}

impl By<'_> {
    fn group(&self, of: &Household) -> Option<usize> {
        Some(match self {
            By::Whole => 0,
            By::Commune => of.commune as usize,
            By::Unit(units) => units.get(of.commune as usize).copied().flatten()? as usize,
            By::Village(unit) => unit(of.commune, of.village)? as usize,
            By::Area => usize::from(of.area),
            By::Ethnic => usize::from(of.ethnic),
            By::HeadSex => usize::from(of.head_sex),
            By::Class => usize::from(of.class),
            By::Target(bit) => usize::from(of.targets.checked_shr(u32::from(*bit)).unwrap_or(0) & 1),
            By::Cross(a, b, most) => a.group(of)? * most + b.group(of).filter(|b| b < most)?,
        })
    }

    fn needs(&self) -> Vec<Key> {
        match self {
            By::Whole => vec![],
            By::Commune | By::Unit(_) => vec![Key::Commune],
            By::Village(_) => vec![Key::Commune, Key::Village],
            By::Area => vec![Key::Area],
            By::Ethnic => vec![Key::Ethnic],
            By::HeadSex => vec![Key::HeadSex],
            By::Class => vec![Key::Class],
            By::Target(_) => vec![Key::Targets],
            By::Cross(a, b, _) => [a.needs(), b.needs()].concat(),
        }
    }
}

/// A column read as runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Commune,
    Area,
    Ethnic,
    Village,
    HeadSex,
    Targets,
    Class,
}

impl Key {
    const EVERY: [Self; 7] =
        [Self::Commune, Self::Area, Self::Ethnic, Self::Village, Self::HeadSex, Self::Targets, Self::Class];

    fn column(self) -> &'static str {
        match self {
            Self::Commune => "commune",
            Self::Area => "area",
            Self::Ethnic => "ethnic",
            Self::Village => "village",
            Self::HeadSex => "head_sex",
            Self::Targets => "targets",
            Self::Class => "class",
        }
    }

    /// Values beyond the column's bits cannot come from [`super::write`].
    fn set(self, row: &mut Household, value: i64) -> Option<()> {
        match self {
            Self::Commune => row.commune = u32::try_from(value).ok()?,
            Self::Area => row.area = u8::try_from(value).ok()?,
            Self::Ethnic => row.ethnic = u8::try_from(value).ok()?,
            Self::Village => row.village = u16::try_from(value).ok()?,
            Self::HeadSex => row.head_sex = u8::try_from(value).ok()?,
            Self::Targets => row.targets = u16::try_from(value).ok()?,
            Self::Class => row.class = u8::try_from(value).ok()?,
        }
        Some(())
    }
}

/// An open figures file.
#[derive(Debug, Clone)]
pub struct Figures {
    table: Table,
    layout: Layout,
    starts: Vec<u32>,
}

impl Figures {
    /// Opens the file and reads what it says about itself.
    pub fn open(path: &Path) -> Result<Self, Fault> {
        let table = Table::open(path)?;
        let unreadable =
            |why: &str| Fault::Unreadable { path: path.display().to_string(), why: format!("no figures file: {why}") };
        let layout = table.note(LAYOUT).ok_or_else(|| unreadable("it does not say what its numbers mean"))?;
        let layout = serde_json::from_str(layout).map_err(|e| unreadable(&e.to_string()))?;
        let starts = table.note(STARTS).unwrap_or_default();
        let starts = starts.split(',').filter_map(|start| start.parse().ok()).collect();
        Ok(Self { table, layout, starts })
    }

    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Rows of the file: kinds of households.
    pub fn cells(&self) -> u64 {
        self.table.rows()
    }

    /// A cube for each decomposition, over all communes.
    pub fn family(&self, plan: &FamilyPlan, by: &[By<'_>], threads: usize) -> Result<Vec<Cube>, Fault> {
        self.family_of(plan, by, threads, 0..u32::MAX)
    }

    /// The same over communes of a range of places only; row groups without any of them are not read.
    pub fn family_of(
        &self,
        plan: &FamilyPlan,
        by: &[By<'_>],
        threads: usize,
        communes: std::ops::Range<u32>,
    ) -> Result<Vec<Cube>, Fault> {
        plan.check()?;
        // The whole and any units follow from the communes, which are far fewer than the stretches of alike households.
        let from_communes = |by: &By<'_>| matches!(by, By::Whole | By::Unit(_));
        if by.iter().any(from_communes) {
            let mut direct: Vec<By<'_>> = by.iter().copied().filter(|by| !from_communes(by)).collect();
            direct.push(By::Commune);
            let mut counted = self.family_of(plan, &direct, threads, communes)?;
            let by_commune = counted.pop().unwrap_or_else(|| Cube::new(plan, 0));
            let mut counted = counted.into_iter();
            let of = |by: &By<'_>| match by {
                By::Whole => by_commune.rolled_up(1, |_| Some(0)),
                By::Unit(units) => {
                    let unit = |commune: usize| Some(units.get(commune).copied().flatten()? as usize);
                    let most = (0..by_commune.groups()).filter_map(unit).max().map_or(0, |most| most + 1);
                    by_commune.rolled_up(most, unit)
                }
                _ => counted.next().unwrap_or_else(|| Cube::new(plan, 0)),
            };
            return Ok(by.iter().map(of).collect());
        }
        let tally = Tally::new(plan);
        let groups: Vec<usize> = (0..self.table.row_groups()).filter(|group| self.holds(*group, &communes)).collect();
        let next = AtomicUsize::new(0);
        let work = || -> Result<Vec<Cube>, Fault> {
            let mut cubes = vec![Cube::new(plan, 0); by.len()];
            while let Some(group) = groups.get(next.fetch_add(1, Ordering::Relaxed)) {
                self.count(*group, plan, &tally, by, &communes, &mut cubes)?;
            }
            Ok(cubes)
        };
        let parts = crate::threads::run(threads.min(groups.len()), work)?;
        let mut parts = parts.into_iter();
        let mut sum = parts.next().unwrap_or_else(|| vec![Cube::new(plan, 0); by.len()]);
        for part in parts {
            sum.iter_mut().zip(&part).for_each(|(to, from)| to.add(from));
        }
        Ok(sum)
    }

    fn holds(&self, group: usize, communes: &std::ops::Range<u32>) -> bool {
        let first = self.starts.get(group).copied().unwrap_or(0);
        let next = self.starts.get(group + 1).copied().unwrap_or(u32::MAX);
        first < communes.end && next >= communes.start
    }

    fn count(
        &self,
        group: usize,
        plan: &FamilyPlan,
        tally: &Tally,
        by: &[By<'_>],
        communes: &std::ops::Range<u32>,
        cubes: &mut [Cube],
    ) -> Result<(), Fault> {
        let mut keys: Vec<Key> = by.iter().flat_map(By::needs).collect();
        if *communes != (0..u32::MAX) {
            keys.push(Key::Commune);
        }
        keys.sort_unstable();
        keys.dedup();
        let mut walk = Walk::open(&self.table, group, &keys)?;
        let mut masks = Wide::open(&self.table, group, self.table.column("mask")?)?;
        let weight = if plan.persons.is_some() { "persons" } else { "households" };
        let mut weights = Wide::open(&self.table, group, self.table.column(weight)?)?;
        let mut local = tally.brief();
        while let Some((alike, mut rows)) = walk.next()? {
            let wanted = communes.contains(&alike.commune);
            while rows > 0 {
                let now = rows.min(masks.ready()?).min(weights.ready()?);
                rows -= now;
                let (mut masks, mut weights) = (masks.take(now), weights.take(now));
                while wanted && !masks.is_empty() {
                    let counted = tally.add_brief(&mut local, masks, weights);
                    masks = masks.get(counted..).unwrap_or_default();
                    weights = weights.get(counted..).unwrap_or_default();
                    for (cube, by) in cubes.iter_mut().zip(by) {
                        if let Some(group) = by.group(&alike) {
                            cube.add_narrow(group, &local);
                        }
                    }
                    local.fill([0; LANES]);
                }
            }
        }
        Ok(())
    }

    /// Hands every row to `take`, in the order of the file.
    pub fn each(&self, mut take: impl FnMut(Cell)) -> Result<(), Fault> {
        for group in 0..self.table.row_groups() {
            let mut walk = Walk::open(&self.table, group, &Key::EVERY)?;
            let mut masks = Wide::open(&self.table, group, self.table.column("mask")?)?;
            let mut households = Wide::open(&self.table, group, self.table.column("households")?)?;
            let mut persons = Wide::open(&self.table, group, self.table.column("persons")?)?;
            while let Some((alike, rows)) = walk.next()? {
                for _ in 0..rows {
                    let mask = masks.one()?;
                    let alike = Household { mask, ..alike };
                    take(Cell { alike, households: households.one()?, persons: persons.one()? });
                }
            }
        }
        Ok(())
    }
}

/// Goes along several columns of runs at once: stretches of rows that are alike in all of them.
struct Walk {
    columns: Vec<(Key, Runs)>,
    left: usize,
}

impl Walk {
    fn open(table: &Table, group: usize, keys: &[Key]) -> Result<Self, Fault> {
        let open = |key: &Key| Ok((*key, Runs::open(table, group, table.column(key.column())?)?));
        Ok(Self { columns: keys.iter().map(open).collect::<Result<_, Fault>>()?, left: table.rows_of(group) })
    }

    fn next(&mut self) -> Result<Option<(Household, usize)>, Fault> {
        if self.left == 0 {
            return Ok(None);
        }
        let mut alike = Household::default();
        let mut rows = self.left;
        for (key, runs) in &mut self.columns {
            let (value, run) = runs.ready()?;
            key.set(&mut alike, value).ok_or_else(|| Fault::Damaged {
                column: key.column().to_owned(),
                row: 0,
                why: format!("{value} is beyond what this file holds"),
            })?;
            rows = rows.min(run);
        }
        self.columns.iter_mut().for_each(|(_, runs)| runs.skip(rows));
        self.left -= rows;
        Ok(Some((alike, rows)))
    }
}
