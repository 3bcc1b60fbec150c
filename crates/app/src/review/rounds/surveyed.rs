//! What the surveys of a village came to: the counted one of each household; one with an undecided twin does not count yet.

use std::collections::{BTreeMap, BTreeSet};

use domain::review::round::{Outcome, VillageRound};
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
    let outcome = |r: &SurveyRecord| Outcome { class: r.class.clone(), b1: r.b1, b2: r.b2, at_ms: r.at_ms };
    of_attempt()
        .filter(|r| r.standing == SurveyStanding::Counted && !undecided.contains(&r.household))
        .map(|r| (r.household, outcome(r)))
        .collect()
}
