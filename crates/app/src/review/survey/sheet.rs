//! What a phone needs to survey a village without the net: its households with members and the last answers, the
//! questions, and the rules in force, so that the score it shows is the one the server will compute.

use std::collections::HashMap;

use domain::access::{Actor, Verb, check};
use domain::registry::Household;
use domain::review::FactSheet;
use domain::review::round::{Route, Step, VillageRound};
use domain::review::survey::SurveyStanding;
use kernel::{Day, HouseholdId, VillageId};
use norms::{Area, Rulebook, ScorePack};
use storage::{StoredAssessment, SurveyRecord};

use crate::law::pack_in_use;
use crate::registry::area_of;
use crate::{AppError, House};
use std::sync::Arc;

/// One household as the phone shows it.
#[derive(Debug, Clone)]
pub struct SurveyHousehold {
    pub household: Household,
    /// This year's answers where there are some, else last year's.
    pub answers: FactSheet,
    pub causes: u32,
    pub cause_other: Option<String>,
    pub groups: u32,
    pub b1_entered: Option<kernel::Points>,
    pub b2_entered: Option<kernel::Points>,
    /// The answers are those of the year before.
    pub carried_over: bool,
    /// The counted survey of this attempt.
    pub counted: Option<SurveyRecord>,
    pub undecided: bool,
    pub before: Option<String>,
}

/// A village's survey.
#[derive(Debug, Clone)]
pub struct SurveySheet {
    pub round: VillageRound,
    pub village: String,
    pub area: Area,
    /// Ages count on this day.
    pub day: Day,
    pub rules: Arc<Rulebook>,
    pub pack: Option<ScorePack>,
    pub households: Vec<SurveyHousehold>,
}

pub async fn survey_sheet(
    house: &House,
    actor: &Actor,
    village: VillageId,
    (year, route): (i16, Route),
) -> Result<SurveySheet, AppError> {
    check(actor, Verb::SurveyHousehold)?;
    let mut work = house.store.read().await?;
    let round = work.village_round(&actor.scope, village, year, route).await?.ok_or(AppError::Missing("round"))?;
    let rules = house.rules(year, &round.place.province)?;
    let name = work.villages(&actor.scope).await?.into_iter().find(|v| v.id == village);
    let area = area_of(house, &round.place, &rules).ok_or(AppError::Refused { code: "REG-010" })?;
    let ids = to_survey(&round);
    let households = work.households_by_id(&actor.scope, &ids).await?;
    let now = by_household(work.assessments_by_household(year, &ids).await?);
    let before = by_household(work.assessments_by_household(year - 1, &ids).await?);
    let records = work.surveys_of(&actor.scope, &ids, (year, route)).await?;
    let pack = pack_in_use(house, work.as_mut(), year).await?;
    let mut sheets: Vec<SurveyHousehold> =
        households.into_iter().map(|household| of_household(household, &round, &records, (&now, &before))).collect();
    sheets.sort_by_cached_key(|sheet| kernel::text::person_sort_key(sheet.household.head_name()));
    Ok(SurveySheet {
        round,
        village: name.map(|v| v.name).unwrap_or_default(),
        area,
        day: Day::last_of(year),
        rules,
        pack,
        households: sheets,
    })
}

/// While surveying everybody on the list; afterwards those whose objections are open.
fn to_survey(round: &VillageRound) -> Vec<HouseholdId> {
    if round.step == Step::Posting {
        return round.open_objections().map(|o| o.household).collect();
    }
    round.households.iter().map(|h| h.household).collect()
}

type ByHousehold = HashMap<HouseholdId, StoredAssessment>;

fn by_household(stored: Vec<StoredAssessment>) -> ByHousehold {
    stored.into_iter().map(|s| (s.assessment.household, s)).collect()
}

fn of_household(
    household: Household,
    round: &VillageRound,
    records: &[SurveyRecord],
    (now, before): (&ByHousehold, &ByHousehold),
) -> SurveyHousehold {
    let id = household.id;
    let own = || records.iter().filter(move |r| r.household == id && r.attempt == round.attempt);
    let has_answers = |s: &&StoredAssessment| s.assessment.facts != FactSheet::default();
    let this_year = now.get(&id).filter(has_answers);
    let last = this_year.or_else(|| before.get(&id)).or_else(|| now.get(&id));
    let assessment = last.map(|s| &s.assessment);
    SurveyHousehold {
        answers: assessment.map(|a| a.facts.clone()).unwrap_or_default(),
        causes: assessment.map_or(0, |a| a.causes),
        cause_other: assessment.and_then(|a| a.cause_other.clone()),
        groups: assessment.map_or(0, |a| a.groups),
        b1_entered: assessment.and_then(|a| a.b1_entered),
        b2_entered: assessment.and_then(|a| a.b2_entered),
        carried_over: this_year.is_none() && last.is_some(),
        counted: own().rfind(|r| r.standing == SurveyStanding::Counted).cloned(),
        undecided: own().any(|r| r.standing == SurveyStanding::Aside),
        before: round.reviews(id).and_then(|h| h.before.clone()),
        household,
    }
}
