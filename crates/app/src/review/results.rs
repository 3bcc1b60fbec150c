//! Results above the commune: compiled from the register, frozen with a hash, approved, published. Preliminary and official
//! results are kept apart; a new compilation is a new record.

use std::collections::BTreeMap;

use domain::access::{Actor, Verb, check};
use domain::review::results::{Results, ResultsKind, ResultsRefusal, Stamp, UnitLine, may_compile};
use domain::review::round::{CommuneStep, Route};
use domain::units::Scope;
use kernel::{Day, ResultsId};
use serde_json::json;
use snapshots::Act;
use storage::Work;

use super::frozen::above;
use crate::digest::hash_of;
use crate::reporting::{Occasion, freeze_unchanged};
use crate::{AppError, House};

/// Results of the wished unit in a year, newest first, then what was published above it.
pub async fn results(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    year: i16,
) -> Result<Vec<Results>, AppError> {
    check(actor, Verb::ReadForms)?;
    let scope = house.narrow(actor, wished)?;
    let mut work = house.store.read().await?;
    let mut found = work.results(&scope, year).await?;
    for unit in above(house, &scope) {
        found.extend(work.results(&unit, year).await?.into_iter().filter(|results| results.published.is_some()));
    }
    Ok(found)
}

/// Households and persons by class, and households without one.
type Counts = (BTreeMap<String, (i64, i64)>, i64);

/// The register's counts of a year by commune.
pub(super) async fn lines_of(
    house: &House,
    work: &mut dyn Work,
    scope: &Scope,
    year: i16,
) -> Result<Vec<UnitLine>, AppError> {
    let mut counts: BTreeMap<String, Counts> = BTreeMap::new();
    for stored in work.assessments_of_year(scope, year).await? {
        let (classes, unclassified) = counts.entry(stored.assessment.place.commune.clone()).or_default();
        match stored.class {
            Some(class) => {
                let (households, persons) = classes.entry(class).or_default();
                *households += 1;
                *persons += i64::from(stored.assessment.size);
            }
            None => *unclassified += 1,
        }
    }
    let marks = work.commune_marks(scope, year, Route::Yearly).await?;
    let units = house.units(scope);
    let line = |unit: &norms::Unit| {
        let (classes, unclassified) = counts.remove(&unit.code).unwrap_or_default();
        UnitLine {
            code: unit.code.clone(),
            name: unit.full_name(),
            classes: classes.into_iter().map(|(class, (households, persons))| (class, households, persons)).collect(),
            unclassified,
            recognised: marks.iter().any(|m| m.commune == unit.code && m.step == CommuneStep::Recognised),
        }
    };
    Ok(units.communes_below(scope.level.into(), &scope.code).into_iter().map(line).collect())
}

/// Compiles the results of the actor's unit as they stand now. The register goes on changing under preliminary ones, so
/// their facts are frozen with them; those of official ones are when they are approved and published.
pub async fn compile(house: &House, actor: &Actor, year: i16, kind: ResultsKind) -> Result<Results, AppError> {
    check(actor, Verb::CompileResults)?;
    let scope = actor.scope.clone();
    let mut reading = house.store.read().await?;
    let lines = lines_of(house, reading.as_mut(), &scope, year).await?;
    may_compile(kind, &lines)?;
    let (snapshot, work) = match kind {
        ResultsKind::Preliminary => {
            let occasion = Occasion { act: Act::PreliminaryCompiled, scope: &scope, year };
            let (frozen, work) = freeze_unchanged(house, reading, actor, occasion).await?;
            (Some(frozen.name), work)
        }
        ResultsKind::Official => {
            drop(reading);
            (None, house.store.write().await?)
        }
    };
    let results = Results {
        id: ResultsId(house.ids.next()),
        unit: scope,
        year,
        kind,
        hash: hash_of_lines(&lines)?,
        lines,
        compiled: stamp(house.clock.today(), &actor.name, ""),
        compiled_by: Some(actor.id),
        snapshot,
        approved: None,
        published: None,
        version: 0,
    };
    save(house, actor, work, &results, "results_compiled").await?;
    Ok(results)
}

fn hash_of_lines(lines: &[UnitLine]) -> Result<String, AppError> {
    serde_json::to_vec(lines).map(|text| hash_of(&text)).map_err(|error| AppError::Paper(error.to_string()))
}

/// Freezes what official results were compiled from, as long as the register still says the same; preliminary ones were
/// frozen when they were compiled. The first snapshot of a version is the one its papers are printed from.
async fn freeze_compiled(
    house: &House,
    mut reading: Box<dyn Work>,
    actor: &Actor,
    (act, mut results): (Act, Results),
) -> Result<(Results, Box<dyn Work>), AppError> {
    if results.kind == ResultsKind::Preliminary {
        drop(reading);
        return Ok((results, house.store.write().await?));
    }
    let lines = lines_of(house, reading.as_mut(), &results.unit, results.year).await?;
    if hash_of_lines(&lines)? != results.hash {
        return Err(ResultsRefusal::ChangedSince.into());
    }
    let occasion = Occasion { act, scope: &results.unit, year: results.year };
    let (frozen, work) = freeze_unchanged(house, reading, actor, occasion).await?;
    results.snapshot = results.snapshot.or(Some(frozen.name));
    Ok((results, work))
}

fn stamp(day: Day, by: &str, number: &str) -> Stamp {
    Stamp { day, by: by.to_owned(), number: number.trim().to_owned() }
}

async fn save(
    house: &House,
    actor: &Actor,
    mut work: Box<dyn Work>,
    results: &Results,
    verb: &str,
) -> Result<(), AppError> {
    work.save_results(results).await?;
    let detail = json!({"year": results.year, "kind": results.kind, "hash": results.hash});
    let subject = ("results", results.id.to_string());
    work.record(&house.entry(actor, verb, subject, house.place_of(&results.unit), detail)).await?;
    work.commit().await?;
    Ok(())
}

async fn own(work: &mut dyn Work, actor: &Actor, id: ResultsId) -> Result<Results, AppError> {
    let found = work.results_by_id(id).await?.filter(|results| results.unit == actor.scope);
    found.ok_or(AppError::Missing("results"))
}

/// Somebody of the province who did not compile them approves, with the number of the paper. The facts of official results are
/// frozen with it.
pub async fn approve(house: &House, actor: &Actor, id: ResultsId, number: &str) -> Result<(), AppError> {
    check(actor, Verb::CompileResults)?;
    let mut reading = house.store.read().await?;
    let today = house.clock.today();
    let found = own(reading.as_mut(), actor, id).await?;
    let results = found.approve(actor.id, stamp(today, &actor.name, number), today)?;
    let (results, work) = freeze_compiled(house, reading, actor, (Act::ResultsApproved, results)).await?;
    save(house, actor, work, &results, "results_approved").await
}

/// Approved results are published: anybody may read them then. The facts of official ones are frozen with it.
pub async fn publish(house: &House, actor: &Actor, id: ResultsId) -> Result<(), AppError> {
    check(actor, Verb::CompileResults)?;
    let today = house.clock.today();
    let mut reading = house.store.read().await?;
    let found = own(reading.as_mut(), actor, id).await?;
    let results = found.publish(stamp(today, &actor.name, ""), today)?;
    let (results, work) = freeze_compiled(house, reading, actor, (Act::ResultsPublished, results)).await?;
    save(house, actor, work, &results, "results_published").await
}
