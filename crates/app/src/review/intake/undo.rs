//! Takes an import back as a whole: what it created goes, what it changed is as it was before.
//! Refused, with the households named, when somebody has changed one of them since.

use std::collections::{HashMap, HashSet};

use domain::access::{Actor, Verb, check};
use kernel::{HouseholdId, IntakeId};
use serde_json::json;
use storage::{IntakeChange, IntakeRecord, IntakeState, Work};

use crate::review::lists::must_not_be_sent;
use crate::{AppError, House};

/// So many households that stand in the way are named.
const NAMED: usize = 5;

/// Undoes an applied import.
pub async fn undo(house: &House, actor: &Actor, id: IntakeId) -> Result<(), AppError> {
    check(actor, Verb::ImportList)?;
    let mut work = house.store.write().await?;
    let mut record = work.intake(&actor.scope, id).await?.ok_or(AppError::Missing("intake"))?;
    if record.state != IntakeState::Applied {
        return Err(AppError::Refused { code: "INT-002" });
    }
    let changes = work.intake_changes(id).await?;
    let ids: Vec<HouseholdId> = changes.iter().map(|c| c.household).collect();
    let now: HashMap<HouseholdId, i64> =
        work.households_by_id(&record.scope, &ids).await?.into_iter().map(|h| (h.id, h.version)).collect();
    // An import that changes only scores moves no version, but signs the assessment.
    let signed: HashMap<HouseholdId, Option<IntakeId>> = work
        .assessments_by_household(record.year, &ids)
        .await?
        .into_iter()
        .map(|stored| (stored.assessment.household, stored.assessment.intake))
        .collect();
    let is_as_left = |change: &&IntakeChange| {
        now.get(&change.household) == Some(&change.version_after) && signed.get(&change.household) == Some(&Some(id))
    };
    let touched: Vec<HouseholdId> = changes.iter().filter(|c| !is_as_left(c)).map(|c| c.household).collect();
    if !touched.is_empty() {
        return Err(hindrance(work.as_mut(), &record, &touched, &signed).await?);
    }
    must_not_be_sent(work.as_mut(), &record.scope, record.year, &changes).await?;
    take_back(work.as_mut(), &record, changes, &now).await?;

    record.state = IntakeState::Undone;
    work.save_intake(&record).await?;
    let place = house.place_of(&record.scope);
    let detail = json!({ "file": record.file_name, "households": ids.len() });
    work.record(&house.entry(actor, "intake_undone", ("intake", id.to_string()), place, detail)).await?;
    work.commit().await?;
    Ok(())
}

/// What stands in the way: a later import of the same households, which is to be undone first, or somebody's own work.
async fn hindrance(
    work: &mut dyn Work,
    record: &IntakeRecord,
    touched: &[HouseholdId],
    signed: &HashMap<HouseholdId, Option<IntakeId>>,
) -> Result<AppError, AppError> {
    let by_others = touched.iter().filter_map(|id| signed.get(id).copied().flatten()).filter(|id| *id != record.id);
    let mut latest: Option<IntakeRecord> = None;
    for id in by_others.collect::<HashSet<_>>() {
        let later = work.intake(&record.scope, id).await?.filter(|later| later.state == IntakeState::Applied);
        if later.as_ref().map(|l| l.at_ms) > latest.as_ref().map(|l| l.at_ms) {
            latest = later;
        }
    }
    let heads = work.households_by_id(&record.scope, touched.get(..NAMED).unwrap_or(touched)).await?;
    Ok(AppError::CannotUndo {
        later: latest.map(|later| (later.id, later.file_name)),
        households: heads.iter().map(|household| (household.id, household.head_name().to_owned())).collect(),
        count: touched.len(),
    })
}

async fn take_back(
    work: &mut dyn Work,
    record: &IntakeRecord,
    changes: Vec<IntakeChange>,
    now: &HashMap<HouseholdId, i64>,
) -> Result<(), AppError> {
    let created: Vec<HouseholdId> =
        changes.iter().filter(|c| c.household_before.is_none()).map(|c| c.household).collect();
    let first_assessed: Vec<HouseholdId> = changes
        .iter()
        .filter(|c| c.household_before.is_some() && c.assessment_before.is_none())
        .map(|c| c.household)
        .collect();
    work.remove_assessments(&record.scope, record.year, &first_assessed).await?;
    work.remove_households(&record.scope, &created).await?;
    let mut assessments = Vec::new();
    for change in changes {
        if let Some(mut household) = change.household_before
            && let Some(version) = now.get(&change.household)
            && *version != household.version
        {
            // As it was at the earlier version: an earlier import that left it so may be undone after this one.
            let before = household.version;
            household.version = *version;
            work.save_household(&household).await?;
            work.restate_intake_changes(household.id, before, version + 1).await?;
        }
        assessments.extend(change.assessment_before);
    }
    work.save_assessments(&assessments).await?;
    Ok(())
}
