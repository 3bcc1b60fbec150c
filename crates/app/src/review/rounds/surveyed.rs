//! What the surveys of a village came to: the counted one of each household; one with an undecided twin does not count yet.

use std::collections::{BTreeMap, BTreeSet};

use domain::review::round::{Outcome, Presented, Reason, ToReview, VillageRound};
use domain::review::survey::SurveyStanding;
use domain::units::Scope;
use kernel::HouseholdId;
use storage::{SurveyRecord, Work};

use crate::AppError;

/// Outcomes of the round's present attempt by household.
pub(crate) async fn surveyed(
    work: &mut dyn Work,
    scope: &Scope,
    round: &VillageRound,
) -> Result<BTreeMap<HouseholdId, Outcome>, AppError> {
    let mut ids: Vec<HouseholdId> = round.households.iter().map(|h| h.household).collect();
    ids.extend(round.open_objections().map(|o| o.household));
    let records = work.surveys_of(scope, &ids, (round.year, round.route)).await?;
    Ok(counted(&records, round.attempt))
}

pub(crate) fn counted(records: &[SurveyRecord], attempt: u16) -> BTreeMap<HouseholdId, Outcome> {
    let of_attempt = || records.iter().filter(|r| r.attempt == attempt);
    let undecided: BTreeSet<HouseholdId> =
        of_attempt().filter(|r| r.standing == SurveyStanding::Aside).map(|r| r.household).collect();
    of_attempt()
        .filter(|r| r.standing == SurveyStanding::Counted && !undecided.contains(&r.household))
        .map(|r| (r.household, outcome(r)))
        .collect()
}

/// What was read out at the meeting of an attempt, told again from its surveys: a round from before it was kept with the
/// minutes has nothing else. A recheck came after an objection and was not read out.
pub(crate) async fn read_out(
    work: &mut dyn Work,
    scope: &Scope,
    round: &VillageRound,
    attempt: u16,
) -> Result<Vec<Presented>, AppError> {
    let listed = || round.households.iter().filter(|h| h.reason != Reason::Objected);
    let ids: Vec<HouseholdId> = listed().map(|h| h.household).collect();
    let records = work.surveys_of(scope, &ids, (round.year, round.route)).await?;
    let last_before = |household: HouseholdId| {
        let objected = round.objections.iter().filter(|o| o.household == household).map(|o| o.at_ms).min();
        let of_meeting = |r: &&SurveyRecord| {
            let is_in_time = objected.is_none_or(|objected| r.at_ms <= objected);
            r.household == household && r.attempt == attempt && r.standing != SurveyStanding::Aside && is_in_time
        };
        records.iter().rfind(of_meeting).map(outcome)
    };
    let presented = |h: &ToReview| {
        let outcome = last_before(h.household).or_else(|| h.outcome.clone())?;
        Some(Presented { household: h.household, before: h.before.clone(), outcome })
    };
    Ok(listed().filter_map(presented).collect())
}

fn outcome(record: &SurveyRecord) -> Outcome {
    Outcome { class: record.class.clone(), b1: record.b1, b2: record.b2, at_ms: record.at_ms }
}
