//! Two officers surveyed the same household without knowing of each other: both versions beside one another, and a choice.

use domain::access::{Actor, Verb, check};
use domain::registry::Household;
use domain::review::round::Route;
use domain::review::survey::SurveyStanding;
use kernel::{HouseholdId, SurveyId};
use serde_json::json;
use storage::SurveyRecord;

use super::admit::round_for;
use super::sent::Content;
use super::take::scored;
use crate::law::pack_in_use;
use crate::registry::{AssessmentInput, read_assessment};
use crate::{AppError, House};

/// One version.
#[derive(Debug, Clone)]
pub struct Twin {
    pub record: SurveyRecord,
    pub input: AssessmentInput,
    pub note: String,
    pub view: String,
    pub confirmed_by: String,
    pub photos: Vec<String>,
}

impl Twin {
    /// What was replaced once is kept and stays replaced.
    pub fn may_be_chosen(&self) -> bool {
        self.record.standing != SurveyStanding::Replaced
    }
}

/// Every version of the household's survey in the present attempt: the counted one, those that wait for a choice, those
/// that another took the place of.
#[derive(Debug, Clone)]
pub struct Twins {
    pub household: Household,
    pub year: i16,
    pub route: Route,
    pub versions: Vec<Twin>,
}

fn read(record: SurveyRecord) -> Result<Twin, AppError> {
    let content: Content = serde_json::from_str(&record.content).map_err(|error| AppError::Paper(error.to_string()))?;
    let Content { input, note, view, confirmed_by, photos } = content;
    Ok(Twin { record, input, note, view, confirmed_by, photos })
}

pub async fn twins(
    house: &House,
    actor: &Actor,
    household: HouseholdId,
    (year, route): (i16, Route),
) -> Result<Twins, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let mut work = house.store.read().await?;
    let household = work.household(&actor.scope, household).await?.ok_or(AppError::Missing("household"))?;
    let round = work.village_round(&actor.scope, household.place.village, year, route).await?;
    let round = round.ok_or(AppError::Missing("round"))?;
    let mut records = work.surveys_of(&actor.scope, &[household.id], (year, route)).await?;
    records.retain(|r| r.attempt == round.attempt);
    records.sort_by_key(|r| SurveyStanding::ALL.iter().position(|standing| *standing == r.standing));
    let versions = records.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(Twins { household, year, route, versions })
}

/// One version counts from now on; the others are kept as replaced.
pub async fn choose(
    house: &House,
    actor: &Actor,
    household: HouseholdId,
    (year, route): (i16, Route),
    chosen: SurveyId,
) -> Result<(), AppError> {
    check(actor, Verb::SurveyHousehold)?;
    let found = twins(house, actor, household, (year, route)).await?;
    let wanted = found.versions.iter().find(|v| v.record.id == chosen && v.may_be_chosen());
    let wanted = wanted.ok_or(AppError::Missing("survey"))?;
    let mut work = house.store.write().await?;
    let household = work.household(&actor.scope, household).await?.ok_or(AppError::Missing("household"))?;
    round_for(house, work.as_mut(), actor, &household, (year, route)).await?;
    let rules = house.rules(year, &household.place.province)?;
    let read = read_assessment(&wanted.input, &household, &rules).map_err(AppError::Form)?;
    let pack = pack_in_use(house, work.as_mut(), year).await?;
    let stored = scored(house, work.as_mut(), &household, year, read, (&rules, pack.as_ref())).await?;
    for version in &found.versions {
        let standing = if version.record.id == chosen { SurveyStanding::Counted } else { SurveyStanding::Replaced };
        work.set_survey_standing(version.record.id, standing).await?;
    }
    work.step_household(&household).await?;
    work.save_assessments(&[stored]).await?;
    let detail = json!({"year": year, "token": wanted.record.token});
    let subject = ("household", household.id.to_string());
    work.record(&house.entry(actor, "survey_chosen", subject, Some(household.place.clone()), detail)).await?;
    work.commit().await?;
    Ok(())
}
