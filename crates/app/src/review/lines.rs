//! Fetches what the lines between two years' lists of a scope are joined from; the joining is `domain`'s.

use std::collections::HashSet;

use domain::review::{Reviewed, RowKeyOf, YearFacts, YearLines};
use domain::units::Scope;
use kernel::{Day, HouseholdId};
use norms::Rulebook;
use storage::{ListWork, StoredAssessment};

use crate::AppError;

/// This year's and last year's assessments of a scope, as several papers of one run need them.
#[derive(Debug)]
pub struct TwoYears {
    pub year: i16,
    pub now: Vec<StoredAssessment>,
    pub before: Vec<StoredAssessment>,
}

impl TwoYears {
    pub async fn load(work: &mut (impl ListWork + ?Sized), scope: &Scope, year: i16) -> Result<Self, AppError> {
        let now = work.assessments_of_year(scope, year).await?;
        let before = work.assessments_of_year(scope, year - 1).await?;
        Ok(Self { year, now, before })
    }
}

/// This year's and last year's lists joined household by household.
pub async fn load_lines(
    work: &mut (impl ListWork + ?Sized),
    scope: &Scope,
    year: i16,
    rules: &Rulebook,
) -> Result<YearLines, AppError> {
    load_lines_by(work, scope, year, rules, None).await
}

/// The same, each line under the row that `key_of` says.
pub async fn load_lines_by(
    work: &mut (impl ListWork + ?Sized),
    scope: &Scope,
    year: i16,
    rules: &Rulebook,
    key_of: Option<RowKeyOf<'_>>,
) -> Result<YearLines, AppError> {
    let years = TwoYears::load(work, scope, year).await?;
    join(work, scope, (rules, key_of), &years).await
}

/// The same from assessments that were loaded before, and are needed again.
pub async fn lines_of(
    work: &mut (impl ListWork + ?Sized),
    scope: &Scope,
    years: &TwoYears,
    rules: &Rulebook,
) -> Result<YearLines, AppError> {
    join(work, scope, (rules, None), years).await
}

async fn join(
    work: &mut (impl ListWork + ?Sized),
    scope: &Scope,
    (rules, key_of): (&Rulebook, Option<RowKeyOf<'_>>),
    years: &TwoYears,
) -> Result<YearLines, AppError> {
    let year = years.year;
    let now: Vec<Reviewed> = years.now.iter().map(reviewed).collect();
    let before: Vec<Reviewed> = years.before.iter().map(reviewed).collect();
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
    Ok(facts.lines_by(scope, rules, key_of))
}

/// A stored assessment as the joining reads it; facts and answers are left behind.
pub(crate) fn reviewed(stored: &StoredAssessment) -> Reviewed {
    Reviewed::of(&stored.assessment, stored.class.as_deref(), stored.class_computed.as_deref())
}

/// Households of last year's list here that are on this year's list of another place.
pub(crate) async fn gone_elsewhere(
    work: &mut (impl ListWork + ?Sized),
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
