//! Reads the figures file: the columns a question needs, as runs and as raw numbers, on several threads. Start with [`Figures::family`].

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::by::{By, Key};
use super::part::Part;
use super::row::{Cell, Household, Layout};
use super::wide::Wide;
use super::write::{LAYOUT, STARTS};
use crate::Fault;
use crate::columns::{Runs, Table};
use crate::poverty::{Cube, FamilyPlan, LANES, Tally, in_bounds};

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
        let tally = Tally::new(plan);
        let groups: Vec<usize> = (0..self.table.row_groups()).filter(|group| self.holds(*group, &communes)).collect();
        // Each thread has a stretch of communes of its own, so that what they count hardly overlaps.
        let stretch = groups.len().div_ceil(threads.max(1)).max(1);
        let next = AtomicUsize::new(0);
        let mut parts = crate::threads::run(threads.min(groups.len()), || {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let groups = groups.chunks(stretch).nth(number).unwrap_or_default();
            let first = groups.first().and_then(|group| self.starts.get(*group)).copied().unwrap_or(0);
            let mut part = Part::new(plan, by, first, self.layout.communes.len());
            for group in groups {
                self.count(*group, plan, &tally, by, &communes, &mut part)?;
            }
            part.roll_up(by);
            Ok(part)
        })?;
        in_bounds(parts.iter().map(|part| part.people).sum())?;
        parts.sort_by_key(|part| part.first);
        let mut sum = vec![Cube::new(plan, 0); by.len()];
        for part in parts {
            part.add_to(&mut sum, by);
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
        part: &mut Part,
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
                    part.add(by, &alike, &local);
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
