//! One household's review by hand, and the chairman's decision on a class. Entered and computed values are both kept.

use domain::access::{Actor, Verb};
use domain::registry::{ChangeRefusal, Household};
use domain::review::round::{Route, Stop};
use domain::review::{Decision, ListRefusal};
use domain::units::{Scope, ScopeLevel};
use kernel::text::nfc;
use kernel::{Day, HouseholdId};
use serde_json::json;
use storage::StoredAssessment;

use super::assessing::evaluated;
use super::change::{Change, HOUSEHOLD, Seen, must_be_changeable};
use super::facts::{AssessmentInput, ReadAssessment, read_assessment, read_class};
use super::reassess::{area_of, blank, computed};
use crate::law::pack_in_use;
use crate::review::rounds::must_have_no_round;
use crate::{AppError, FieldFault, House};

/// Saves the review of a household in a year and says what the rules make of it.
pub async fn assess(
    house: &House,
    actor: &Actor,
    seen: Seen,
    year: i16,
    input: &AssessmentInput,
) -> Result<StoredAssessment, AppError> {
    let mut change = Change::begin(house, actor, Verb::AssessHousehold).await?.of_year(house, actor, year)?;
    let household = change.household(actor, seen).await?;
    if let Some(closed) = household.closed {
        return Err(ChangeRefusal::HouseholdClosed { closed }.into());
    }
    must_not_be_under_review(&mut change, actor, &household, year).await?;
    let read = read_assessment(input, &household, &change.rules).map_err(AppError::Form)?;
    let known = change.work.assessments_by_household(year, &[household.id]).await?.into_iter().next();
    let area = area_of(house, &household.place, &change.rules).ok_or(AppError::Refused { code: "REG-010" })?;
    let mut assessment = known.map_or_else(|| blank(&household, year, area), |stored| stored.assessment);
    assessment.area = area;
    assessment.listed = true;
    enter(&mut assessment, read);
    let pack = pack_in_use(house, change.work.as_mut(), year).await?;
    let stored = evaluated(computed(assessment, &household, &change.rules, pack.as_ref()), &change.rules);
    save_assessed(house, actor, &mut change, &household, &stored, "household_assessed").await?;
    change.commit().await?;
    Ok(stored)
}

/// While a village is under review its answers come as surveys, so that none is lost and the round knows of each.
async fn must_not_be_under_review(
    change: &mut Change,
    actor: &Actor,
    household: &Household,
    year: i16,
) -> Result<(), AppError> {
    let village = household.place.village;
    match change.work.village_round(&actor.scope, village, year, Route::Yearly).await? {
        Some(_) => Err(Stop::RoundOpen.plain().into()),
        None => Ok(()),
    }
}

pub(crate) fn enter(assessment: &mut domain::review::Assessment, read: ReadAssessment) {
    assessment.facts = read.facts;
    assessment.b1_entered = read.b1;
    assessment.b2_entered = read.b2;
    assessment.marks_entered = read.marks;
    assessment.class_entered = read.class;
    assessment.causes = read.causes;
    assessment.cause_other = read.cause_other;
    assessment.groups = read.groups;
}

/// The household steps on too: its version is what two officers meet at, and what an import's undo looks at.
pub(crate) async fn save_assessed(
    house: &House,
    actor: &Actor,
    change: &mut Change,
    household: &Household,
    stored: &StoredAssessment,
    verb: &str,
) -> Result<(), AppError> {
    change.work.step_household(household).await?;
    change.work.save_assessments(std::slice::from_ref(stored)).await?;
    let assessment = &stored.assessment;
    let detail = json!({
        "year": assessment.year,
        "class": stored.class,
        "class_computed": stored.class_computed,
        "b1": assessment.b1(),
        "b2": assessment.b2(&change.rules),
        "decision": assessment.decision,
    });
    change.record(house, actor, household, verb, detail).await
}

/// A decision as a form holds it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DecisionInput {
    pub number: String,
    /// As typed.
    pub day: String,
    /// The class decided for each household.
    pub classes: Vec<(HouseholdId, String)>,
}

/// Records the chairman's decision on households of a year. On a list that was sent up only the classes it was sent with
/// can be decided (QĐ 24/2021: recognition follows the report); another class needs the list back.
pub async fn record_decision(
    house: &House,
    actor: &Actor,
    year: i16,
    input: &DecisionInput,
) -> Result<usize, AppError> {
    let mut change = Change::begin(house, actor, Verb::RecordDecision).await?.of_year(house, actor, year)?;
    let (number, day, classes) = read_decision(input, house.clock.today(), &change)?;
    let ids: Vec<HouseholdId> = classes.iter().map(|(id, _)| *id).collect();
    let households = change.work.households_by_id(&actor.scope, &ids).await?;
    let assessments = change.work.assessments_by_household(year, &ids).await?;
    for household in &households {
        let place = &household.place;
        let commune = Scope::new(place.units_from, ScopeLevel::Commune, place.commune.clone());
        must_have_no_round(change.work.as_mut(), &commune, year).await?;
    }
    for (id, class) in &classes {
        let household = households.iter().find(|h| h.id == *id).ok_or(AppError::Missing(HOUSEHOLD))?;
        let stored = assessments.iter().find(|stored| stored.assessment.household == *id);
        let stored = stored.ok_or(AppError::Refused { code: "REG-011" })?;
        if stored.class.as_ref() != Some(class) {
            must_be_changeable(change.work.as_mut(), &stored.assessment.place, year).await?;
        }
        let mut assessment = stored.assessment.clone();
        assessment.decision = Some(Decision { number: number.clone(), day: Some(day), class: class.clone() });
        let stored = evaluated(assessment, &change.rules);
        save_assessed(house, actor, &mut change, household, &stored, "decision_recorded").await?;
    }
    change.commit().await?;
    Ok(classes.len())
}

type ReadDecision = (String, Day, Vec<(HouseholdId, String)>);

fn read_decision(input: &DecisionInput, today: Day, change: &Change) -> Result<ReadDecision, AppError> {
    let mut faults = Vec::new();
    let signed = read_number_and_day(&input.number, &input.day, today).map_err(|found| faults.extend(found));
    let mut classes = Vec::with_capacity(input.classes.len());
    for (id, class) in &input.classes {
        match read_class(class, &change.rules, &mut faults) {
            Some(class) => classes.push((*id, class)),
            None => faults.push(FieldFault::at(format!("classes.{id}"), "field-choice")),
        }
    }
    if input.classes.is_empty() {
        return Err(ListRefusal::Empty.into());
    }
    match signed {
        Ok((number, day)) if faults.is_empty() => Ok((number, day, classes)),
        _ => Err(AppError::Form(faults)),
    }
}

/// What every decision bears; the faults of both fields are given at once.
pub(crate) fn read_number_and_day(number: &str, day: &str, today: Day) -> Result<(String, Day), Vec<FieldFault>> {
    let number = nfc(number);
    let missing = number.is_empty().then(|| FieldFault::at("number", "field-missing"));
    match (missing, super::input::read_day(day, "day", today)) {
        (None, Ok(day)) => Ok((number, day)),
        (missing, day) => Err(missing.into_iter().chain(day.err()).collect()),
    }
}
