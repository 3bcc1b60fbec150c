//! Takes one survey into the register: is it known, may they, find the household and its round, read, score, save, record.

use domain::access::{Actor, Verb, check};
use domain::registry::Household;
use domain::review::Assessment;
use domain::review::survey::{SurveyStanding, standing_of};
use norms::{Rulebook, ScorePack};
use serde_json::json;
use storage::{StoredAssessment, SurveyRecord, Work};

use super::admit::{must_be_open, takes_survey};
use super::batch::Shared;
use super::known::{Known, known};
use super::sent::{Content, Receipt, SentSurvey, record_of};
use crate::registry::{area_of, blank, computed, enter, evaluated, read_assessment};
use crate::{AppError, House};

/// Tokens are made by phones; a longer one is no token of ours.
const LONGEST_TOKEN: usize = 64;

/// Stores it, or says why not; `shared` is what the surveys of one transaction share.
pub(super) async fn take(
    house: &House,
    work: &mut dyn Work,
    actor: &Actor,
    sent: &SentSurvey,
    shared: &mut Shared,
) -> Result<Receipt, AppError> {
    check(actor, Verb::SurveyHousehold)?;
    if sent.token.is_empty() || sent.token.len() > LONGEST_TOKEN {
        return Err(AppError::Refused { code: "SUR-001" });
    }
    let content = Content::of(sent);
    let corrected = match known(work, actor, sent, &content).await? {
        Known::Stored(record) => return Ok(Receipt { token: sent.token.clone(), ..Receipt::of(&record, true) }),
        Known::Otherwise(correction) => Some(correction),
        Known::Not => None,
    };
    let given = sent;
    let sent = corrected.as_ref().unwrap_or(given);
    let household = work.household(&actor.scope, sent.household).await?.ok_or(AppError::Missing("household"))?;
    must_be_open(&household)?;
    let round = shared.round(house, work, actor, (household.place.village, sent.year, sent.route)).await?;
    takes_survey(house, &round, household.id)?;
    let pack = shared.pack(house, work, sent.year).await?;
    let rules = house.rules(sent.year, &household.place.province)?;
    let read = read_assessment(&sent.input, &household, &rules).map_err(AppError::Form)?;
    let stored = scored(house, work, &household, sent.year, read, (&rules, pack.as_ref())).await?;
    let earlier = work.surveys_of(&actor.scope, &[household.id], (sent.year, sent.route)).await?;
    let of_attempt = |s: &&SurveyRecord| s.attempt == round.attempt && s.standing == SurveyStanding::Counted;
    let counted = earlier.iter().rfind(of_attempt);
    let standing = standing_of(sent.based_on.as_deref(), counted.map(|s| s.token.as_str()));
    let record = record_of(house, actor, sent, content.written()?, &round, &stored, (standing, &rules));
    if !work.add_survey(&record).await? {
        return Ok(Receipt::of(&record, true));
    }
    // Who corrects a version that waits for a choice has one version there, not two.
    let own = earlier.iter().find(|s| s.standing == SurveyStanding::Aside && Some(&s.token) == sent.based_on.as_ref());
    if let Some(own) = own {
        work.set_survey_standing(own.id, SurveyStanding::Replaced).await?;
    }
    if standing == SurveyStanding::Counted {
        if let Some(counted) = counted {
            work.set_survey_standing(counted.id, SurveyStanding::Replaced).await?;
        }
        work.step_household(&household).await?;
        work.save_assessments(std::slice::from_ref(&stored)).await?;
    }
    let detail = json!({"year": sent.year, "token": sent.token, "standing": standing, "class": stored.class_computed});
    let subject = ("household", household.id.to_string());
    work.record(&house.entry(actor, "survey_taken", subject, Some(household.place.clone()), detail)).await?;
    Ok(Receipt { token: given.token.clone(), ..Receipt::of(&record, false) })
}

/// The household's assessment of the year with the new answers, scored.
pub(super) async fn scored(
    house: &House,
    work: &mut dyn Work,
    household: &Household,
    year: i16,
    read: crate::registry::ReadAssessment,
    (rules, pack): (&Rulebook, Option<&ScorePack>),
) -> Result<StoredAssessment, AppError> {
    let known = work.assessments_by_household(year, &[household.id]).await?.into_iter().next();
    let area = area_of(house, &household.place, rules).ok_or(AppError::Refused { code: "REG-010" })?;
    let mut assessment: Assessment = known.map_or_else(|| blank(household, year, area), |stored| stored.assessment);
    assessment.area = area;
    assessment.listed = true;
    enter(&mut assessment, read);
    Ok(evaluated(computed(assessment, household, rules, pack), rules))
}
