//! The deprivation rules: from facts about a household and its members to a mark for each indicator.
//! A rule answers yes as soon as one fact says so, no only when every fact it needs is known, otherwise nothing.

use std::collections::BTreeMap;

use kernel::{BirthDate, Day, PersonId};
use norms::{Basis, EducationBand, Indicator, IndicatorRule, IndicatorSet, Rulebook};
use serde::{Deserialize, Serialize};

use super::marks::Marks;

/// One answer about a person or a household.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum FactValue {
    YesNo(bool),
    /// In tenths of the unit.
    Tenths(i64),
    One(String),
    Several(Vec<String>),
}

/// All answers about a household in one year, by fact id.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FactSheet {
    #[serde(default)]
    pub household: BTreeMap<String, FactValue>,
    #[serde(default)]
    pub persons: BTreeMap<PersonId, BTreeMap<String, FactValue>>,
    /// B1: item id → answer id.
    #[serde(default)]
    pub answers: BTreeMap<String, String>,
}

/// One member as the rules see them.
#[derive(Debug, Clone, Copy)]
pub struct PersonFacts<'a> {
    pub name: &'a str,
    pub birth: Option<BirthDate>,
    pub facts: &'a BTreeMap<String, FactValue>,
}

impl PersonFacts<'_> {
    fn age(&self, on: Day) -> Option<i16> {
        self.birth.map(|b| b.age_on(on))
    }

    fn yes(&self, fact: &str) -> Option<bool> {
        as_bool(self.facts.get(fact)?)
    }

    fn one(&self, fact: &str) -> Option<&str> {
        as_one(self.facts.get(fact)?)
    }
}

/// What a rule found, and which member made it so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub number: u8,
    /// `None`: a fact that the rule needs is not known.
    pub deprived: Option<bool>,
    /// The member that decided it.
    pub because_of: Option<String>,
}

/// Applies every rule of the set; the day is the one on which ages count.
pub fn find_deprivations(
    set: &IndicatorSet,
    household: &BTreeMap<String, FactValue>,
    persons: &[PersonFacts<'_>],
    on: Day,
) -> (Marks, Vec<Finding>) {
    let mut marks = Marks::default();
    let mut findings = Vec::with_capacity(set.indicators.len());
    for indicator in &set.indicators {
        let (deprived, because_of) = decide(indicator, household, persons, on);
        if let Some(deprived) = deprived {
            marks = marks.with(indicator.number, deprived);
        }
        findings.push(Finding { number: indicator.number, deprived, because_of });
    }
    (marks, findings)
}

type Verdict = (Option<bool>, Option<String>);

fn decide(
    indicator: &Indicator,
    household: &BTreeMap<String, FactValue>,
    persons: &[PersonFacts<'_>],
    on: Day,
) -> Verdict {
    match &indicator.rule {
        IndicatorRule::AnyWorker { deprived_kinds, from_age } => {
            let is_deprived =
                |p: &PersonFacts<'_>, _| p.one("work").map(|kind| deprived_kinds.iter().any(|d| d == kind));
            aged(persons, on, |age| age >= *from_age, is_deprived)
        }
        IndicatorRule::DependentShare { share_percent_over, child_under } => {
            (dependent_share(persons, *share_percent_over, *child_under, on), None)
        }
        IndicatorRule::ChildMalnourished { under } => {
            aged(persons, on, |age| age < *under, |p, _| p.yes("malnourished"))
        }
        IndicatorRule::Uninsured { from_age } => {
            aged(persons, on, |age| age >= *from_age, |p, _| p.yes("insured").map(|insured| !insured))
        }
        IndicatorRule::AdultEducation { bands } => aged(
            persons,
            on,
            |age| band_for(bands, age).is_some(),
            |p, age| band_for(bands, age).and_then(|band| lacks_education(p, band)),
        ),
        IndicatorRule::ChildAttendance { from_age, under } => {
            let of_age = |age| age >= *from_age && age < *under;
            aged(persons, on, of_age, |p, _| p.one("schooling").map(|s| s != "right_level"))
        }
        IndicatorRule::HousingQuality { parts, not_durable_at_least } => {
            (housing_quality(household, parts, *not_durable_at_least), None)
        }
        IndicatorRule::HousingArea { below_m2 } => (housing_area(household, persons.len(), *below_m2), None),
        IndicatorRule::NoneOf { fact, accepted } => {
            let kind = household.get(fact).and_then(as_one);
            (kind.map(|kind| !accepted.iter().any(|a| a == kind)), None)
        }
        IndicatorRule::NoInternet => (household.get("internet").and_then(as_bool).map(|uses| !uses), None),
        IndicatorRule::NoInformation { means } => (no_information(household, means), None),
        IndicatorRule::EnteredOnly => (None, None),
    }
}

/// Yes when some member is; no when each is known not to be.
fn any_member(persons: &[PersonFacts<'_>], test: impl Fn(&PersonFacts<'_>) -> Option<bool>) -> Verdict {
    if persons.is_empty() {
        return (None, None);
    }
    let mut all_known = true;
    for person in persons {
        match test(person) {
            Some(true) => return (Some(true), Some(person.name.to_owned())),
            Some(false) => {}
            None => all_known = false,
        }
    }
    (all_known.then_some(false), None)
}

/// As [`any_member`], among members of an age; a member of unknown age leaves the question open.
fn aged(
    persons: &[PersonFacts<'_>],
    on: Day,
    of_age: impl Fn(i16) -> bool,
    test: impl Fn(&PersonFacts<'_>, i16) -> Option<bool>,
) -> Verdict {
    any_member(persons, |person| match person.age(on) {
        Some(age) if of_age(age) => test(person, age),
        Some(_) => Some(false),
        None => None,
    })
}

fn dependent_share(persons: &[PersonFacts<'_>], over_percent: u8, child_under: i16, on: Day) -> Option<bool> {
    if persons.is_empty() {
        return None;
    }
    let mut dependents = 0usize;
    for person in persons {
        let is_child = person.age(on).map(|age| age < child_under);
        let is_dependent = match (is_child, person.yes("allowance")) {
            (Some(true), _) | (_, Some(true)) => true,
            (Some(false), Some(false)) => false,
            _ => return None,
        };
        dependents += usize::from(is_dependent);
    }
    Some(dependents * 100 > persons.len() * usize::from(over_percent))
}

fn band_for(bands: &[EducationBand], age: i16) -> Option<&EducationBand> {
    bands.iter().find(|band| (band.from_age..=band.to_age).contains(&age))
}

fn lacks_education(person: &PersonFacts<'_>, band: &EducationBand) -> Option<bool> {
    let holds = person.one("education").map(|level| band.levels.iter().any(|l| l == level));
    match (holds, person.yes("in_training")) {
        (Some(true), _) | (_, Some(true)) => Some(false),
        (Some(false), Some(false)) => Some(true),
        _ => None,
    }
}

fn housing_quality(household: &BTreeMap<String, FactValue>, parts: &[String], limit: u8) -> Option<bool> {
    let known: Vec<bool> =
        parts.iter().filter_map(|part| household.get(part).and_then(as_one)).map(|m| m != "durable").collect();
    let not_durable = known.iter().filter(|bad| **bad).count();
    let unknown = parts.len() - known.len();
    if not_durable >= usize::from(limit) {
        Some(true)
    } else if not_durable + unknown < usize::from(limit) {
        Some(false)
    } else {
        None
    }
}

fn housing_area(household: &BTreeMap<String, FactValue>, members: usize, below_m2: u16) -> Option<bool> {
    let FactValue::Tenths(tenths) = household.get("area_m2")? else { return None };
    let members = i64::try_from(members).ok().filter(|m| *m > 0)?;
    Some(*tenths < i64::from(below_m2) * 10 * members)
}

fn no_information(household: &BTreeMap<String, FactValue>, means: &[String]) -> Option<bool> {
    let owned = household.get("information_means").and_then(as_several);
    let loudspeaker = household.get("loudspeaker").and_then(as_bool);
    match (owned, loudspeaker) {
        (Some(owned), _) if owned.iter().any(|o| means.contains(o)) => Some(false),
        (_, Some(true)) => Some(false),
        (Some(_), Some(false)) => Some(true),
        _ => None,
    }
}

fn as_bool(value: &FactValue) -> Option<bool> {
    if let FactValue::YesNo(yes) = value { Some(*yes) } else { None }
}

fn as_one(value: &FactValue) -> Option<&str> {
    if let FactValue::One(one) = value { Some(one) } else { None }
}

fn as_several(value: &FactValue) -> Option<&[String]> {
    if let FactValue::Several(several) = value { Some(several) } else { None }
}

/// What each indicator stands on; an indicator carries its own mark of confidence.
pub fn indicator_bases(rules: &Rulebook) -> Vec<Basis> {
    let set = &rules.indicators;
    let basis = |indicator: &Indicator| Basis {
        item: Some(indicator.id.clone()),
        label: indicator.label.clone(),
        mark: indicator.mark,
        citation: indicator.citation.clone().or_else(|| set.basis.citation.clone()),
        ..set.basis.clone()
    };
    set.value.indicators.iter().map(basis).collect()
}
