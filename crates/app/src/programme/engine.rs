//! Counts of every unit, kept as long as nothing in the unit changed. A unit that changed is read anew, alone; sheets are
//! written back so that a start reads counts and no people. Start with [`counts_in`].

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex};

use domain::programme::target::{Counts, Definitions, FactRows, Lists, Sheet, build_sheet, count};
use domain::units::{Scope, ScopeLevel};
use kernel::Day;
use serde::{Deserialize, Serialize};
use storage::{FactChanges, SheetKey, StoredSheet, Work};

use super::eligible::key_of;
use crate::{AppError, House};

/// Units read before their sheets are written down.
const BATCH: usize = 12;

/// The counts of one unit, as kept beside its columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct UnitCounts {
    pub counts: Counts,
    /// The last day of anything counted.
    pub latest: Option<Day>,
}

/// Counts of several units.
pub(crate) type ByUnit = BTreeMap<SheetKey, Arc<UnitCounts>>;

type OfLists = HashMap<SheetKey, (i64, Arc<UnitCounts>)>;

/// What was counted, by the lists and the definitions it was counted with.
#[derive(Debug, Default)]
pub struct CountCache {
    counts: Mutex<HashMap<(Lists, String), OfLists>>,
    definitions: Mutex<HashMap<Day, Arc<Definitions>>>,
}

impl CountCache {
    pub(super) fn definitions(
        &self,
        on: Day,
        make: impl FnOnce() -> Result<Definitions, AppError>,
    ) -> Result<Arc<Definitions>, AppError> {
        if let Some(known) = self.definitions.lock().ok().and_then(|known| known.get(&on).cloned()) {
            return Ok(known);
        }
        let fresh = Arc::new(make()?);
        if let Ok(mut known) = self.definitions.lock() {
            known.insert(on, Arc::clone(&fresh));
        }
        Ok(fresh)
    }

    fn good(&self, of: &(Lists, String), key: &SheetKey, version: i64) -> Option<Arc<UnitCounts>> {
        let counts = self.counts.lock().ok()?;
        let (kept, found) = counts.get(of)?.get(key)?;
        (*kept == version).then(|| Arc::clone(found))
    }

    fn keep(&self, of: &(Lists, String), key: SheetKey, version: i64, counts: Arc<UnitCounts>) {
        if let Ok(mut kept) = self.counts.lock() {
            kept.entry(of.clone()).or_default().insert(key, (version, counts));
        }
    }
}

/// The counts of every unit of the scope that has facts, on a day.
pub(crate) async fn counts_in(
    house: &House,
    scope: &Scope,
    definitions: &Definitions,
    on: Day,
) -> Result<BTreeMap<SheetKey, Arc<UnitCounts>>, AppError> {
    let lists = Lists::on(on);
    let of = (lists, definitions.fingerprint.clone());
    let mut work = house.store.read().await?;
    let versions = work.fact_versions(scope).await?;
    let mut found = BTreeMap::new();
    let mut missing: Vec<(SheetKey, i64)> = Vec::new();
    for (key, version) in versions {
        match house.counts.good(&of, &key, version) {
            Some(counts) => drop(found.insert(key, counts)),
            None => missing.push((key, version)),
        }
    }
    if missing.len() > 1 {
        missing = read_kept(house, work.as_mut(), scope, &of, (missing, &mut found)).await?;
    }
    drop(work);
    for some in missing.chunks(BATCH) {
        for (key, version, counts) in count_anew(house, some, definitions, lists).await? {
            house.counts.keep(&of, key.clone(), version, Arc::clone(&counts));
            found.insert(key, counts);
        }
    }
    asked_earlier(house, &mut found, definitions, on).await?;
    add_absent(house, scope, (definitions, on), &mut found);
    Ok(found)
}

/// Communes that nothing was entered of: they have no list and no villages, which a figure must not pass over.
fn add_absent(house: &House, scope: &Scope, (definitions, on): (&Definitions, Day), found: &mut ByUnit) {
    let known: HashSet<String> = found.keys().map(|key| key.commune.clone()).collect();
    let units = house.units(scope);
    let communes = units.communes_below(scope.level.into(), &scope.code).into_iter();
    for commune in communes.filter(|commune| !known.contains(&commune.code)) {
        let Some(key) = key_of(house, scope, &commune.code) else { continue };
        let sheet = build_sheet(&FactRows::of_nothing(&commune.code), definitions, Lists::on(on), on);
        let counts = UnitCounts { counts: count(&sheet, definitions), latest: None };
        found.insert(key, Arc::new(counts));
    }
}

/// Takes what was written down at the same version; what is left has to be counted.
async fn read_kept(
    house: &House,
    work: &mut dyn Work,
    scope: &Scope,
    of: &(Lists, String),
    (missing, found): (Vec<(SheetKey, i64)>, &mut ByUnit),
) -> Result<Vec<(SheetKey, i64)>, AppError> {
    let kept = work.sheet_counts(scope, of.0, &of.1).await?;
    let kept: HashMap<SheetKey, StoredSheet> = kept.into_iter().map(|sheet| (sheet.key.clone(), sheet)).collect();
    let mut left = Vec::new();
    for (key, version) in missing {
        let good = kept.get(&key).filter(|sheet| sheet.version == version);
        match good.and_then(|sheet| postcard::from_bytes::<UnitCounts>(&sheet.counts).ok()) {
            Some(counts) => {
                let counts = Arc::new(counts);
                house.counts.keep(of, key.clone(), version, Arc::clone(&counts));
                found.insert(key, counts);
            }
            None => left.push((key, version)),
        }
    }
    Ok(left)
}

/// Reads the facts of these units, counts them and writes their sheets down.
async fn count_anew(
    house: &House,
    units: &[(SheetKey, i64)],
    definitions: &Definitions,
    lists: Lists,
) -> Result<Vec<(SheetKey, i64, Arc<UnitCounts>)>, AppError> {
    let (mut counted, mut sheets) = (Vec::new(), Vec::new());
    let mut work = house.store.read().await?;
    for (key, version) in units {
        let sheet = brought_along(work.as_mut(), key, definitions, lists).await?;
        let counts = Arc::new(UnitCounts { counts: count(&sheet, definitions), latest: sheet.latest });
        sheets.push(StoredSheet {
            key: key.clone(),
            version: *version,
            fingerprint: definitions.fingerprint.clone(),
            counts: packed(counts.as_ref())?,
            content: packed(&sheet)?,
        });
        counted.push((key.clone(), *version, counts));
    }
    drop(work);
    let mut work = house.store.write().await?;
    work.save_sheets(lists, &sheets).await?;
    work.commit().await?;
    Ok(counted)
}

/// The sheet as it is now: the one kept with the rows of changed households replaced, where that is known to be enough.
async fn brought_along(
    work: &mut dyn Work,
    key: &SheetKey,
    definitions: &Definitions,
    lists: Lists,
) -> Result<Sheet, AppError> {
    let on = Day::last_of(lists.year);
    let kept = work.sheet(key, lists, &definitions.fingerprint).await?;
    let Some((kept, sheet)) =
        kept.and_then(|kept| Some((kept.version, postcard::from_bytes::<Sheet>(&kept.content).ok()?)))
    else {
        return read_sheet(work, key, definitions, lists, on).await;
    };
    match work.fact_changes(key, kept).await? {
        FactChanges::Everything => read_sheet(work, key, definitions, lists, on).await,
        FactChanges::Households(changed) => {
            let before = definitions.norms.shapes.value.escaped.lists;
            let rows = work.fact_rows(key, lists, before, Some(&changed)).await?;
            // Whether there is a list at all decides the class of everybody who is not on it.
            if rows.has_list(lists.in_force) != (sheet.classes.listed_now > 0) {
                return read_sheet(work, key, definitions, lists, on).await;
            }
            Ok(sheet.with_changed(&changed, build_sheet(&rows, definitions, lists, on)))
        }
    }
}

async fn read_sheet(
    work: &mut dyn Work,
    key: &SheetKey,
    definitions: &Definitions,
    lists: Lists,
    on: Day,
) -> Result<Sheet, AppError> {
    let rows = work.fact_rows(key, lists, definitions.norms.shapes.value.escaped.lists, None).await?;
    Ok(build_sheet(&rows, definitions, lists, on))
}

/// For a day before the last thing counted, the units concerned are counted as of that day and not kept.
async fn asked_earlier(
    house: &House,
    found: &mut BTreeMap<SheetKey, Arc<UnitCounts>>,
    definitions: &Definitions,
    on: Day,
) -> Result<(), AppError> {
    let later: Vec<SheetKey> = found
        .iter()
        .filter(|(_, unit)| unit.latest.is_some_and(|latest| latest > on))
        .map(|(key, _)| key.clone())
        .collect();
    if later.is_empty() {
        return Ok(());
    }
    let mut work = house.store.read().await?;
    for key in later {
        let sheet = read_sheet(work.as_mut(), &key, definitions, Lists::on(on), on).await?;
        let counts = UnitCounts { counts: count(&sheet, definitions), latest: sheet.latest };
        found.insert(key, Arc::new(counts));
    }
    Ok(())
}

/// One unit's columns as of a day: as kept while they are good, else read anew.
pub(crate) async fn sheet_of(
    work: &mut dyn Work,
    key: &SheetKey,
    definitions: &Definitions,
    on: Day,
) -> Result<Sheet, AppError> {
    let lists = Lists::on(on);
    let unit = key.place().unit();
    let versions = work.fact_versions(&unit).await?;
    let version = versions.iter().find(|(known, _)| known == key).map(|(_, version)| *version);
    let kept = work.sheet(key, lists, &definitions.fingerprint).await?;
    let good = kept.filter(|sheet| Some(sheet.version) == version);
    if let Some(sheet) = good.and_then(|sheet| postcard::from_bytes::<Sheet>(&sheet.content).ok())
        && sheet.latest.is_none_or(|latest| latest <= on)
    {
        return Ok(sheet);
    }
    read_sheet(work, key, definitions, lists, on).await
}

fn packed<T: Serialize>(value: &T) -> Result<Vec<u8>, AppError> {
    postcard::to_allocvec(value).map_err(|error| AppError::Paper(error.to_string()))
}

/// Whether a sheet's unit lies in a scope.
pub(crate) fn lies_in(key: &SheetKey, scope: &Scope) -> bool {
    let code = match scope.level {
        ScopeLevel::Province => &key.province,
        ScopeLevel::District => &key.district,
        ScopeLevel::Commune => &key.commune,
    };
    key.units_from == scope.units_from && *code == scope.code
}

/// Everything counted in a scope, added up.
pub(crate) fn sum_in(of: &BTreeMap<SheetKey, Arc<UnitCounts>>, scope: &Scope) -> Counts {
    let mut sum = Counts::default();
    for (_, unit) in of.iter().filter(|(key, _)| lies_in(key, scope)) {
        sum += &unit.counts;
    }
    sum
}
