//! What the rules make of an assessment: marks from facts, B1 from answers, size, ages, area and computed groups.
//! Called when somebody assesses a household and whenever the household itself changes. Never asks who may.

use std::collections::BTreeMap;

use domain::registry::{Household, Member};
use domain::review::list::area_of_type;
use domain::review::{Assessment, FactSheet, FactValue, Finding, Marks, PersonFacts, find_deprivations, score};
use domain::units::{Place, Scope, ScopeLevel};
use kernel::{BirthDate, Day};
use norms::{Area, Level, Rulebook, ScorePack};

use super::assessing::{computed_groups, entered_groups, evaluated, members_on_list, size_and_ages};
use super::change::Change;
use crate::law::pack_in_use;
use crate::{AppError, House};

static NO_FACTS: BTreeMap<String, FactValue> = BTreeMap::new();

/// Urban or rural, by the type of the commune a place lies in.
pub fn area_of(house: &House, place: &Place, rules: &Rulebook) -> Option<Area> {
    let units = house.norms.units_on(place.units_from);
    units.get(Level::Commune, &place.commune).and_then(|unit| area_of_type(&unit.kind, rules))
}

/// An assessment with nothing entered yet.
pub(crate) fn blank(household: &Household, year: i16, area: Area) -> Assessment {
    Assessment {
        household: household.id,
        year,
        place: household.place.clone(),
        area,
        listed: true,
        left_class: None,
        size: 0,
        ages: Vec::new(),
        ethnicity: None,
        b1_entered: None,
        b2_entered: None,
        class_entered: None,
        b1_computed: None,
        pack: None,
        marks_entered: Marks::default(),
        marks_computed: Marks::default(),
        facts: FactSheet::default(),
        causes: 0,
        cause_other: None,
        groups: 0,
        decision: None,
        intake: None,
    }
}

/// Fills everything that is computed. Without a pack a B1 computed earlier stays.
pub(crate) fn computed(
    mut assessment: Assessment,
    household: &Household,
    rules: &Rulebook,
    pack: Option<&ScorePack>,
) -> Assessment {
    let year = assessment.year;
    assessment.place = household.place.clone();
    (assessment.size, assessment.ages) = size_and_ages(household, year);
    assessment.ethnicity = household.head().and_then(|head| head.person.ethnicity).or(assessment.ethnicity);
    assessment.groups = entered_groups(assessment.groups, rules) | computed_groups(household, rules);
    assessment.marks_computed = findings(&assessment.facts, household, year, rules).0;
    if let Some(pack) = pack {
        let births = births_on_list(household, year);
        let place = (assessment.area, assessment.place.province.as_str());
        let total = score(pack, place, &assessment.facts.answers, &births, Day::last_of(year)).ok();
        assessment.pack = total.as_ref().map(|_| pack_name(pack));
        assessment.b1_computed = total.map(|b1| b1.total);
    }
    assessment
}

/// The marks the rules give and why. A household nobody answered anything about has none.
pub(crate) fn findings(facts: &FactSheet, household: &Household, year: i16, rules: &Rulebook) -> (Marks, Vec<Finding>) {
    if facts.household.is_empty() && facts.persons.is_empty() {
        return (Marks::default(), Vec::new());
    }
    let members = members_on_list(household, year);
    let persons: Vec<PersonFacts<'_>> = members.iter().map(|member| person_facts(member, facts)).collect();
    find_deprivations(&rules.indicators.value, &facts.household, &persons, Day::last_of(year))
}

fn person_facts<'a>(member: &'a Member, facts: &'a FactSheet) -> PersonFacts<'a> {
    let person = &member.person;
    PersonFacts { name: &person.name, birth: person.birth, facts: facts.persons.get(&person.id).unwrap_or(&NO_FACTS) }
}

pub(crate) fn births_on_list(household: &Household, year: i16) -> Vec<Option<BirthDate>> {
    members_on_list(household, year).iter().map(|member| member.person.birth).collect()
}

/// `<id>@<version>`: how a pack is named in settings, confirmations and assessments.
pub(crate) fn pack_name(pack: &ScorePack) -> String {
    format!("{}@{}", pack.id, pack.version)
}

/// Brings the assessment of the year along with a household that changed; one that closed leaves the list.
pub(crate) async fn follow_household(
    house: &House,
    change: &mut Change,
    household: &Household,
) -> Result<(), AppError> {
    let year = change.year;
    let found = change.work.assessments_by_household(year, &[household.id]).await?;
    let Some(stored) = found.into_iter().next() else { return Ok(()) };
    if household.closed.is_some() {
        let place = &stored.assessment.place;
        let commune = Scope::new(place.units_from, ScopeLevel::Commune, place.commune.clone());
        change.work.remove_assessments(&commune, year, &[household.id]).await?;
        return Ok(());
    }
    let mut assessment = stored.assessment;
    assessment.area = area_of(house, &household.place, &change.rules).unwrap_or(assessment.area);
    let pack = pack_in_use(house, change.work.as_mut(), year).await?;
    let assessment = computed(assessment, household, &change.rules, pack.as_ref());
    change.work.save_assessments(&[evaluated(assessment, &change.rules)]).await?;
    Ok(())
}
