//! Self-assessment for anybody: the answers, the scores they give and what that would mean. Nothing is stored, nobody is
//! asked for; only the commune decides.

use std::sync::Arc;

use domain::registry::{Household, Member, Person};
use domain::review::{Finding, PersonFacts, classify, find_deprivations, score};
use domain::units::Place;
use kernel::{BirthDate, Day, HouseholdId, PersonId, Points, VillageId};
use norms::{Area, Rulebook, ScorePack};
use uuid::Uuid;

use crate::access::{province_scope, year_of_work};
use crate::law::pack_in_use;
use crate::registry::{AssessmentInput, read_assessment};
use crate::{AppError, House};

/// Somebody assessing their own household may say that so many live in it.
pub const MOST_PERSONS: usize = 12;

/// The questions and what they are scored by.
#[derive(Debug, Clone)]
pub struct SelfCheck {
    pub year: i16,
    pub day: Day,
    pub province: String,
    pub rules: Arc<Rulebook>,
    pub pack: Option<ScorePack>,
}

/// What the answers would mean.
#[derive(Debug, Clone)]
pub struct SelfResult {
    pub b1: Option<Points>,
    pub b2: Option<Points>,
    pub class: Option<String>,
    pub rule: Option<norms::ClassRule>,
    pub findings: Vec<Finding>,
}

pub async fn self_check(house: &House) -> Result<SelfCheck, AppError> {
    let mut work = house.store.read().await?;
    let year = year_of_work(house, work.as_mut()).await?;
    let province = province_scope(house, work.as_mut()).await?.map(|s| s.code).unwrap_or_default();
    let rules = house.rules(year, &province)?;
    let pack = pack_in_use(house, work.as_mut(), year).await?;
    Ok(SelfCheck { year, day: Day::last_of(year), province, rules, pack })
}

/// Persons of the form, in their order: ids are their places and live as long as the answer.
pub fn person_id(place: usize) -> PersonId {
    PersonId(Uuid::from_u128(place as u128 + 1))
}

/// Scores answers; an unread birth leaves a member's age open.
pub fn assess_self(
    check: &SelfCheck,
    area: Area,
    births: &[String],
    input: &AssessmentInput,
) -> Result<SelfResult, AppError> {
    let household = household_of(births.iter().take(MOST_PERSONS));
    let read = read_assessment(input, &household, &check.rules).map_err(AppError::Form)?;
    let no_facts = std::collections::BTreeMap::new();
    let persons: Vec<PersonFacts<'_>> = household
        .members
        .iter()
        .map(|m| PersonFacts {
            name: &m.person.name,
            birth: m.person.birth,
            facts: read.facts.persons.get(&m.person.id).unwrap_or(&no_facts),
        })
        .collect();
    let set = &check.rules.indicators.value;
    let (marks, findings) = find_deprivations(set, &read.facts.household, &persons, check.day);
    let births: Vec<Option<BirthDate>> = household.members.iter().map(|m| m.person.birth).collect();
    let b1 = check.pack.as_ref().and_then(|pack| {
        score(pack, (area, &check.province), &read.facts.answers, &births, check.day).ok().map(|total| total.total)
    });
    let points = check.rules.class_rules.value.b2_points_per_deprivation;
    let complete = marks.is_complete(set.indicators.len());
    let b2 = complete.then(|| Points::whole(i32::try_from(marks.count()).unwrap_or(0) * points));
    let found = classify(area, b1, b2, &check.rules);
    Ok(SelfResult {
        b1,
        b2,
        class: found.as_ref().map(|c| c.class.to_owned()),
        rule: found.map(|c| c.rule.clone()),
        findings,
    })
}

/// A household of nobody: only ages count.
fn household_of<'a>(births: impl Iterator<Item = &'a String>) -> Household {
    let member = |(place, birth): (usize, &String)| Member {
        person: Person {
            id: person_id(place),
            name: (place + 1).to_string(),
            sex: None,
            birth: birth.trim().parse().ok(),
            paper: None,
            ethnicity: None,
        },
        relation: String::new(),
        is_head: place == 0,
        joined: None,
        left: None,
    };
    let nowhere = VillageId(Uuid::nil());
    let (province, district, commune) = (String::new(), String::new(), String::new());
    Household {
        id: HouseholdId(Uuid::nil()),
        place: Place { units_from: Day::first_of(1), province, district, commune, village: nowhere },
        address: None,
        members: births.enumerate().map(member).collect(),
        events: Vec::new(),
        closed: None,
        version: 0,
    }
}
