//! Fetches what the lines between two years' lists of a scope are joined from; the joining is `domain`'s.

use std::collections::HashSet;

use domain::review::{Reviewed, YearFacts, YearLines};
use domain::units::Scope;
use kernel::{Day, HouseholdId};
use norms::Rulebook;
use storage::{StoredAssessment, Work};

use crate::AppError;

/// This year's and last year's lists joined household by household.
pub async fn load_lines(
    work: &mut dyn Work,
    scope: &Scope,
    year: i16,
    rules: &Rulebook,
) -> Result<YearLines, AppError> {
    let now: Vec<Reviewed> = work.assessments_of_year(scope, year).await?.into_iter().map(reviewed).collect();
    let before: Vec<Reviewed> = work.assessments_of_year(scope, year - 1).await?.into_iter().map(reviewed).collect();
    let events = work.events_between(scope, Day::first_of(year), Day::last_of(year)).await?;
    let earlier = work.classes_before(scope, year - 1).await?;
    let elsewhere = gone_elsewhere(work, year, &now, &before).await?;
    let facts = YearFacts {
        year,
        now,
        before,
        events: events.into_iter().map(|(household, event)| (household, event.day, event.kind)).collect(),
        earlier: earlier.into_iter().filter_map(|known| Some((known.household, known.class?))).collect(),
        elsewhere,
    };
    Ok(facts.lines(scope, rules))
}

/// A stored assessment as the joining reads it; facts and answers are left behind.
pub(crate) fn reviewed(stored: StoredAssessment) -> Reviewed {
    Reviewed::of(stored.assessment, stored.class, stored.class_computed)
}

/// Households of last year's list here that are on this year's list of another place.
pub(crate) async fn gone_elsewhere(
    work: &mut dyn Work,
    year: i16,
    now: &[Reviewed],
    before: &[Reviewed],
) -> Result<Vec<HouseholdId>, AppError> {
    let here: HashSet<HouseholdId> = now.iter().map(|r| r.household).collect();
    let missing: Vec<HouseholdId> = before.iter().map(|r| r.household).filter(|id| !here.contains(id)).collect();
    let elsewhere = work.assessments_by_household(year, &missing).await?;
    let mut found: Vec<HouseholdId> = elsewhere.into_iter().map(|s| s.assessment.household).collect();
    found.sort_unstable();
    Ok(found)
}
