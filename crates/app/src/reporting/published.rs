//! The poverty of a year as anybody may read it: from the snapshot that publishing the official results froze, at the law's
//! cut-off, by households; small counts hidden, and what would give them away. Nobody signs in for it. Start with [`published`].

use std::collections::HashMap;
use std::sync::Arc;

use domain::units::{Scope, ScopeLevel};
use measures::poverty::FamilyPlan;
use measures::suppress::{FamilyRow, Shown, beside_older, publishable_below, whole_of};
use norms::{Basis, Publication, Rulebook};
use snapshots::Act;
use storage::{SnapshotRecord, Work};

use super::cover::{Cover, Part};
use super::poverty::{Facts, GroupOf, Poverty, Question, Split, Weigh, from_cover};
use crate::units::ByUnits;
use crate::{AppError, House};

/// One line of a published table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedGroup {
    pub of: GroupOf,
    pub row: FamilyRow,
    pub shown: Shown,
}

/// Groups under their whole; none where they would give the whole away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// `None` for the whole province.
    pub whole: Option<GroupOf>,
    pub groups: Vec<PublishedGroup>,
}

/// A year's published table.
#[derive(Debug, Clone)]
pub struct PublishedFamily {
    pub snapshot: SnapshotRecord,
    pub rules: Arc<Rulebook>,
    /// Poor from so many deprivations on.
    pub k: u32,
    pub least: u64,
    /// Where the threshold stands; the province has not vouched for it when `is_unconfirmed`.
    pub basis: Basis,
    pub is_unconfirmed: bool,
    /// Tables of the year that were published before this one.
    pub replaces: usize,
    pub table: Arc<PublishedTable>,
}

/// What is shown of a snapshot by one split.
#[derive(Debug, Clone)]
pub struct PublishedTable {
    pub plan: FamilyPlan,
    /// The province itself; `None` where even its own counts are too small.
    pub whole: Option<(FamilyRow, Shown)>,
    pub sections: Vec<Section>,
    /// All households of the province, reviewed or not, and of each unit by its code; where every village has a total.
    pub population: Option<i64>,
    pub populations: HashMap<String, i64>,
}

/// Tables by snapshot, split, cut-off and threshold: nobody who only looks makes the program count again.
pub(crate) type PublishedTables = HashMap<(String, &'static str, u32, u64), Arc<PublishedTable>>;

/// The years of which a table was published, newest first.
pub async fn published_years(house: &House) -> Result<Vec<i16>, AppError> {
    let mut work = house.store.read().await?;
    let mut years: Vec<i16> = records(house, work.as_mut(), None).await?.iter().map(|record| record.year).collect();
    years.sort_unstable_by(|a, b| b.cmp(a));
    years.dedup();
    Ok(years)
}

async fn records(house: &House, work: &mut dyn Work, year: Option<i16>) -> Result<Vec<SnapshotRecord>, AppError> {
    let Some(setup) = crate::access::setup(house).await? else { return Ok(Vec::new()) };
    let province = Scope::new(setup.province.units_from, ScopeLevel::Province, setup.province.code);
    let mut known = work.snapshots(&province, year).await?;
    known.retain(|record| record.act == Act::ResultsPublished.id() && record.scope == province);
    Ok(known)
}

/// The newest published table of a year by the unit tree, or by one other split.
pub async fn published(house: &House, year: i16, split: Option<Split>) -> Result<PublishedFamily, AppError> {
    let mut work = house.store.read().await?;
    let mut versions = records(house, work.as_mut(), Some(year)).await?;
    let snapshot = versions.first().cloned().ok_or(AppError::Missing("published"))?;
    let replaces = versions.len() - 1;
    let rules = house.rules(year, &house.province_of(&snapshot.scope))?;
    let rule = house.norms.in_force::<Publication>("review.publication", kernel::Day::last_of(year))?;
    let confirmed = crate::law::confirmed_keys(work.as_mut()).await?;
    let open = crate::law::unconfirmed(&confirmed, std::slice::from_ref(&rule.basis));
    let k = u32::from(rules.standard.value.min_deprivations_for_poor);
    let hiding = Hiding { k, least: rule.value.least_shown };
    // The oldest first: what is shown of a version depends on those before it.
    versions.reverse();
    let mut older: Vec<Arc<PublishedTable>> = Vec::new();
    for version in &versions {
        let table = version_of(house, work.as_mut(), (version, split), &hiding, &older).await?;
        older.push(table);
    }
    let table = older.pop().ok_or(AppError::Missing("published"))?;
    Ok(PublishedFamily {
        snapshot,
        rules,
        k,
        least: hiding.least,
        is_unconfirmed: !open.is_empty(),
        basis: rule.basis,
        replaces,
        table,
    })
}

/// One published version as it may be shown beside all that were published before it; a version never changes again.
async fn version_of(
    house: &House,
    work: &mut dyn Work,
    (snapshot, split): (&SnapshotRecord, Option<Split>),
    hiding: &Hiding,
    older: &[Arc<PublishedTable>],
) -> Result<Arc<PublishedTable>, AppError> {
    let key = (snapshot.name.clone(), split.map_or("units", Split::id), hiding.k, hiding.least);
    if let Some(table) = house.published.lock().ok().and_then(|known| known.get(&key).cloned()) {
        return Ok(table);
    }
    let mut table = count(house, work, snapshot, split, hiding).await?;
    for before in older {
        table.stand_beside(before, hiding.least);
    }
    let table = Arc::new(table);
    if let Ok(mut known) = house.published.lock() {
        known.insert(key, Arc::clone(&table));
    }
    Ok(table)
}

impl PublishedTable {
    /// Hides what an older version beside it would give away, and everything below what is hidden.
    fn stand_beside(&mut self, older: &Self, least: u64) {
        let mut bare: Vec<GroupOf> = Vec::new();
        for section in &mut self.sections {
            if section.whole.as_ref().is_some_and(|whole| bare.contains(whole)) {
                section.groups.clear();
                continue;
            }
            let before = older.sections.iter().find(|known| known.whole == section.whole);
            if before.is_some_and(|before| before.groups.is_empty()) {
                section.groups.clear();
                continue;
            }
            let groups = section.groups.iter().map(|group| {
                let known = before.and_then(|before| before.groups.iter().find(|known| known.of == group.of));
                ((&group.row, &group.shown), known.map(|known| (&known.row, &known.shown)))
            });
            let (now, then): (Vec<_>, Vec<_>) = groups.unzip();
            let shown = beside_older(&now, &then, least);
            for (group, shown) in section.groups.iter_mut().zip(shown) {
                if !shown.all || !shown.poor {
                    bare.push(group.of.clone());
                }
                group.shown = shown;
            }
        }
    }
}

async fn count(
    house: &House,
    work: &mut dyn Work,
    snapshot: &SnapshotRecord,
    split: Option<Split>,
    hiding: &Hiding,
) -> Result<PublishedTable, AppError> {
    let scope = &snapshot.scope;
    let communes = house.units(scope).communes_below(scope.level.into(), &scope.code);
    let communes = communes.iter().map(|commune| commune.code.clone()).collect();
    let cover = Cover { parts: vec![Part { record: snapshot.clone(), communes }], missing: Vec::new() };
    let own = Split::Units(ByUnits { on: scope.units_from, level: ScopeLevel::Commune });
    let first = split.unwrap_or(own);
    let question =
        Question { year: snapshot.year, weigh: Weigh::Households, split: first, cross: None, facts: Facts::Frozen };
    let counted = from_cover(house, work, scope.clone(), question, cover).await?;
    let rows = rows(&counted, hiding.k);
    let populations = populations(house, scope, &counted);
    let sections = if split.is_some() { vec![(None, rows)] } else { by_district(house, scope, rows) };
    let (whole, sections) = hiding.table(sections);
    Ok(PublishedTable { population: counted.population.whole, populations, plan: counted.plan, whole, sections })
}

/// Of the communes, and of their districts where those of all their communes are known.
fn populations(house: &House, scope: &Scope, counted: &Poverty) -> HashMap<String, i64> {
    let units = house.units(scope);
    let mut sums: HashMap<String, Option<i64>> = HashMap::new();
    for (group, population) in counted.groups.iter().zip(&counted.population.groups) {
        let GroupOf::Unit { code, .. } = &group.of else { continue };
        sums.insert(code.clone(), *population);
        if let Some(district) = units.commune(code).and_then(|commune| units.parent(commune)) {
            let sum = sums.entry(district.code.clone()).or_insert(Some(0));
            *sum = sum.zip(*population).map(|(sum, part)| sum + part);
        }
    }
    sums.into_iter().filter_map(|(code, sum)| Some((code, sum?))).collect()
}

type Rows = Vec<(GroupOf, FamilyRow)>;

fn rows(counted: &Poverty, k: u32) -> Rows {
    let row = |(at, group): (usize, &super::poverty::Group)| {
        let counts = counted.of(at, (k as usize).saturating_sub(1));
        (group.of.clone(), FamilyRow { all: counts.all, poor: counts.poor, censored: counts.censored })
    };
    counted.groups.iter().enumerate().map(row).collect()
}

/// Districts with their communes; without districts, the communes.
fn by_district(house: &House, scope: &Scope, rows: Rows) -> Vec<(Option<GroupOf>, Rows)> {
    let units = house.units(scope);
    let (mut districts, mut flat): (Vec<(GroupOf, Rows)>, Rows) = (Vec::new(), Vec::new());
    for (of, row) in rows {
        let GroupOf::Unit { code, .. } = &of else { continue };
        let above = units.commune(code).and_then(|commune| units.parent(commune));
        let Some(district) = above.filter(|unit| unit.level == norms::Level::District) else {
            flat.push((of, row));
            continue;
        };
        let key = GroupOf::Unit { code: district.code.clone(), name: district.full_name() };
        let commune = units.commune(code).map(norms::Unit::full_name).unwrap_or_default();
        let of = GroupOf::Unit { code: code.clone(), name: commune };
        match districts.iter_mut().find(|(known, _)| *known == key) {
            Some((_, communes)) => communes.push((of, row)),
            None => districts.push((key, vec![(of, row)])),
        }
    }
    let together = |(of, communes): &(GroupOf, Rows)| {
        let rows: Vec<FamilyRow> = communes.iter().map(|(_, row)| row.clone()).collect();
        (of.clone(), whole_of(&rows, rows.first().map_or(0, |row| row.censored.len())))
    };
    let first = (None, flat.into_iter().chain(districts.iter().map(together)).collect());
    std::iter::once(first).chain(districts.into_iter().map(|(of, communes)| (Some(of), communes))).collect()
}

/// From how many deprivations on somebody is poor, and which counts are small.
struct Hiding {
    k: u32,
    least: u64,
}

impl Hiding {
    /// The whole with what is shown of it, and every section: the first under the whole, the others under a line of the first.
    fn table(&self, sections: Vec<(Option<GroupOf>, Rows)>) -> (Option<(FamilyRow, Shown)>, Vec<Section>) {
        let mut whole = None;
        let mut done: Vec<Section> = Vec::new();
        for (of, rows) in sections {
            let above = of.as_ref().and_then(|of| {
                let known = done.first()?.groups.iter().find(|group| group.of == *of)?;
                Some(known.shown.clone())
            });
            if of.is_some() && above.is_none() {
                done.push(Section { whole: of, groups: Vec::new() });
                continue;
            }
            let counts: Vec<FamilyRow> = rows.iter().map(|(_, row)| row.clone()).collect();
            let found = publishable_below(&counts, above.as_ref(), u64::from(self.k), self.least);
            let (shown, of_whole) = found.map_or((Vec::new(), None), |found| (found.groups, Some(found.whole)));
            let groups = rows.into_iter().zip(shown).map(|((of, row), shown)| PublishedGroup { of, row, shown });
            if of.is_none() {
                let row = whole_of(&counts, counts.first().map_or(0, |row| row.censored.len()));
                whole = of_whole.map(|shown| (row, shown));
            }
            done.push(Section { whole: of, groups: groups.collect() });
        }
        (whole, done)
    }
}
