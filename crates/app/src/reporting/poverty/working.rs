//! The register's households as figures see them, kept commune by commune as long as nothing in the commune changed: the same
//! versions of facts that the programme's targets go by. One record changed means one commune read anew. Start with [`ground`].

use std::collections::HashMap;
use std::sync::Arc;

use domain::units::{Scope, ScopeLevel};
use kernel::{HouseholdId, VillageId};
use measures::layout::Household;
use norms::Rulebook;
use snapshots::{FigureRows, Seen, VillageOf};
use storage::{SheetKey, Work, WorkingRow};

use super::{Ground, Question};
use crate::kept::{Kept, communes_with_facts};
use crate::reporting::cover::{Cover, cover};
use crate::{AppError, House};

/// One commune's households of a year.
#[derive(Debug)]
pub(crate) struct WorkingUnit {
    pub commune: String,
    /// Households reviewed, those with an unknown deprivation among them.
    pub held: u64,
    /// Those whose every deprivation is known.
    pub rows: Vec<(HouseholdId, VillageId, Household)>,
    /// Ids of the target groups, in the order of the bits.
    pub targets: Arc<Vec<String>>,
}

/// What was read, by year and commune.
pub(crate) type WorkingUnits = Kept<(i16, SheetKey), WorkingUnit>;

/// Every commune of the scope with households in the year's review, and the villages with their totals of today.
pub(super) async fn ground(
    house: &House,
    work: &mut dyn Work,
    scope: &Scope,
    question: Question,
    rules: &Rulebook,
) -> Result<Ground, AppError> {
    let units = units(house, work, scope, question.year, rules).await?;
    let totals = work.village_totals(scope, question.year).await?;
    let totals: HashMap<VillageId, (i64, i64)> =
        totals.into_iter().map(|total| (total.village, (total.households, total.persons))).collect();
    let is_counted = |commune: &String| units.iter().any(|unit| unit.commune == *commune);
    let villages = work.villages(scope).await?.into_iter().filter(|village| is_counted(&village.commune));
    let villages = villages.map(|village| VillageOf { total: totals.get(&village.id).copied(), village }).collect();
    let counted: Vec<String> = units.iter().map(|unit| unit.commune.clone()).collect();
    let all = house.units(scope).communes_below(scope.level.into(), &scope.code);
    let missing = all.iter().map(|commune| commune.code.clone()).filter(|code| !counted.contains(code)).collect();
    Ok(Ground { cover: Cover { parts: Vec::new(), missing }, units: Some(units), villages })
}

/// Reads what changed in a year's review, unless everything of it is frozen.
pub(crate) async fn read_ahead(house: &House, scope: &Scope, year: i16) -> Result<(), AppError> {
    let rules = house.rules(year, &house.province_of(scope))?;
    let mut work = house.store.read().await?;
    let frozen = cover(house, work.as_mut(), scope, year).await?;
    if frozen.parts.is_empty() || !frozen.missing.is_empty() {
        units(house, work.as_mut(), scope, year, &rules).await?;
    }
    Ok(())
}

async fn units(
    house: &House,
    work: &mut dyn Work,
    scope: &Scope,
    year: i16,
    rules: &Rulebook,
) -> Result<Vec<Arc<WorkingUnit>>, AppError> {
    let targets: Arc<Vec<String>> = Arc::new(rules.groups.value.groups.iter().map(|group| group.id.clone()).collect());
    let mut found = Vec::new();
    for (key, version) in communes_with_facts(work, scope).await? {
        let of = (year, key);
        let unit = if let Some(unit) = house.working.good(&of, version) {
            unit
        } else {
            let rows = work.working_rows(&of.1, year).await?;
            let unit = Arc::new(unit(&of.1, &rows, (rules, &targets)));
            house.working.keep(of, version, &unit);
            unit
        };
        if unit.held > 0 {
            found.push(unit);
        }
    }
    let order: HashMap<&str, usize> = house
        .units(scope)
        .communes_below(ScopeLevel::into(scope.level), &scope.code)
        .iter()
        .enumerate()
        .map(|(at, commune)| (commune.code.as_str(), at))
        .collect();
    found.sort_by_key(|unit| order.get(unit.commune.as_str()).copied());
    Ok(found)
}

fn unit(key: &SheetKey, rows: &[WorkingRow], (rules, targets): (&Rulebook, &Arc<Vec<String>>)) -> WorkingUnit {
    // Rows carry their village themselves; numbers of villages are for files.
    let figures = FigureRows::new(rules, std::slice::from_ref(&key.commune), &[]);
    let row = |of: &WorkingRow| {
        let seen = Seen {
            commune: &key.commune,
            village: of.village,
            area: of.area,
            ethnicity: of.ethnicity,
            head_sex: of.head_sex,
            size: of.size,
            class: of.class.as_deref(),
            marks: of.marks,
            groups: of.groups,
        };
        Some((of.household, of.village, figures.row_of(&seen)?))
    };
    WorkingUnit {
        commune: key.commune.clone(),
        held: rows.len() as u64,
        rows: rows.iter().filter_map(row).collect(),
        targets: Arc::clone(targets),
    }
}
