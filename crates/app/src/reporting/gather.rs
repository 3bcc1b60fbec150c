//! Reads a unit's facts commune by commune into a snapshot on its way: what was read of one commune is on the disk before
//! the next is asked for; only the lean lines that the forms need are kept.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use domain::registry::Household;
use domain::review::Reviewed;
use domain::units::{Scope, ScopeLevel};
use kernel::{Day, HouseholdId, VillageId};
use norms::{Rulebook, ScorePack};
use snapshots::{Around, Boundaries, FrozenPlacement, Lists, MemberRecord, Outcome, Record, SnapshotWriter, reviewed};
use storage::{StorageError, StoredAssessment, Work};

use super::freeze::on_thread;
use crate::review::{gone_elsewhere, reviewed as as_reviewed};
use crate::{AppError, House};

/// What the households are judged by while they are read.
pub(super) struct Ground<'a> {
    pub scope: &'a Scope,
    pub year: i16,
    pub rules: Arc<Rulebook>,
    /// Every pack there is.
    pub packs: Arc<Vec<ScorePack>>,
    /// Codes of the communes, in the order of the unit tree.
    pub communes: Vec<String>,
    pub around: Around,
}

/// Everything of the unit goes into the writer; what comes back is what the forms are counted from.
pub(super) async fn gather(
    house: &House,
    work: &mut dyn Work,
    mut ground: Ground<'_>,
    mut writer: SnapshotWriter,
) -> Result<(SnapshotWriter, Lists), AppError> {
    let (scope, year) = (ground.scope, ground.year);
    let places: HashMap<VillageId, usize> =
        ground.around.villages.iter().enumerate().map(|(at, village)| (village.id, at)).collect();
    let mut lists = Lists { year, ..Lists::default() };
    for commune in &ground.communes {
        let commune = Scope::new(scope.units_from, ScopeLevel::Commune, commune.clone());
        let stored = in_order(work.assessments_of_year(&commune, year).await?, &places);
        let records = records(house, work, &commune, stored).await?;
        let (rules, packs) = (Arc::clone(&ground.rules), Arc::clone(&ground.packs));
        let now;
        (writer, now) = on_thread(move || {
            let records = judged(records, &rules, &packs);
            let now: Vec<Reviewed> = records.iter().map(reviewed).collect();
            writer.households(records).map(|()| (writer, now))
        })
        .await?;
        lists.now.extend(now);
        for (back, list) in [(1, &mut lists.before), (2, &mut lists.before_that)] {
            let stored = in_order(work.assessments_of_year(&commune, year - back).await?, &places);
            let standings: Vec<Reviewed> = stored.iter().map(as_reviewed).collect();
            writer.earlier(standings.iter().cloned().map(|standing| (year - back, standing)).collect())?;
            list.extend(standings);
        }
    }
    must_be_all(work, scope, year, lists.now.len()).await?;
    ground.around.elsewhere = elsewhere(work, &lists).await?;
    lists.around = ground.around;
    Ok((writer, lists))
}

/// What is around the lists of a unit, all but who stands on another unit's list.
pub(super) async fn around(work: &mut dyn Work, scope: &Scope, year: i16) -> Result<Around, AppError> {
    let events = work.events_between(scope, Day::first_of(year - 1), Day::last_of(year)).await?;
    let classes = work.classes_before(scope, year - 1).await?;
    Ok(Around {
        villages: work.villages(scope).await?,
        totals: work.village_totals(scope, year).await?,
        events: events.into_iter().map(|(household, event)| (household, event.day, event.kind)).collect(),
        classes: classes.into_iter().filter_map(|known| Some((known.household, known.year, known.class?))).collect(),
        elsewhere: Vec::new(),
        boundaries: Boundaries::default(),
    })
}

/// What is known on the day of where things lie on other days.
pub(super) async fn boundaries(house: &House, work: &mut dyn Work, scope: &Scope) -> Result<Boundaries, AppError> {
    let province = Scope::new(scope.units_from, ScopeLevel::Province, house.province_of(scope));
    let changes = work.boundary_changes(&province).await?;
    let placed = work.placements(scope).await?.into_iter();
    let placements = placed.map(|of| FrozenPlacement { what: of.what, on: of.on, commune: of.commune }).collect();
    Ok(Boundaries { changes, placements }.in_order())
}

async fn elsewhere(work: &mut dyn Work, lists: &Lists) -> Result<Vec<(i16, HouseholdId)>, AppError> {
    let mut found = Vec::new();
    for (year, now, before) in
        [(lists.year - 1, &lists.before, &lists.before_that), (lists.year, &lists.now, &lists.before)]
    {
        found.extend(gone_elsewhere(work, year, now, before).await?.into_iter().map(|household| (year, household)));
    }
    Ok(found)
}

/// By village as the commune lists them, then by household: the same order on every database.
fn in_order(mut stored: Vec<StoredAssessment>, places: &HashMap<VillageId, usize>) -> Vec<StoredAssessment> {
    let place = |stored: &StoredAssessment| places.get(&stored.assessment.place.village).copied();
    stored.sort_by_key(|stored| (place(stored).unwrap_or(usize::MAX), stored.assessment.household));
    stored
}

/// Households that are assessed in a commune the list of units does not know would be lost without a word.
async fn must_be_all(work: &mut dyn Work, scope: &Scope, year: i16, gathered: usize) -> Result<(), AppError> {
    let counted: i64 = work.class_counts(scope, year).await?.iter().map(|(_, n)| n).sum();
    if usize::try_from(counted) == Ok(gathered) {
        return Ok(());
    }
    let what = format!("{counted} households of {} in {year}, of which the communes hold {gathered}", scope.address());
    Err(AppError::Fault(StorageError::Inconsistent { table: "assessment", what }))
}

async fn records(
    house: &House,
    work: &mut dyn Work,
    commune: &Scope,
    stored: Vec<StoredAssessment>,
) -> Result<Vec<Record>, AppError> {
    let ids: Vec<HouseholdId> = stored.iter().map(|s| s.assessment.household).collect();
    // Some moved away within the province since.
    let province = Scope::new(commune.units_from, ScopeLevel::Province, house.province_of(commune));
    let mut households: HashMap<HouseholdId, Household> =
        work.households_by_id(&province, &ids).await?.into_iter().map(|h| (h.id, h)).collect();
    Ok(stored.into_iter().map(|s| record(households.remove(&s.assessment.household).as_ref(), s)).collect())
}

fn record(household: Option<&Household>, stored: StoredAssessment) -> Record {
    let StoredAssessment { mut assessment, class, class_computed } = stored;
    assessment.intake = None;
    // A member about whom nothing was answered says nothing.
    assessment.facts.persons.retain(|_, facts| !facts.is_empty());
    let day = Day::last_of(assessment.year);
    let mut members: Vec<MemberRecord> = Vec::new();
    for member in household.iter().flat_map(|household| &household.members).filter(|m| m.was_present_on(day)) {
        members.push(MemberRecord { person: member.person.id, birth: member.person.birth, counted: true });
    }
    let known: BTreeSet<_> = members.iter().map(|member| member.person).collect();
    let others = assessment.facts.persons.keys().filter(|person| !known.contains(person));
    members.extend(others.map(|person| MemberRecord { person: *person, birth: None, counted: false }));
    let head_sex = household.and_then(Household::head).and_then(|head| head.person.sex);
    Record { assessment, class, class_computed, head_sex, members, outcome: Outcome::default() }
}

fn judged(mut records: Vec<Record>, rules: &Rulebook, packs: &[ScorePack]) -> Vec<Record> {
    for record in &mut records {
        record.outcome = record.outcome(rules, packs);
    }
    records
}
