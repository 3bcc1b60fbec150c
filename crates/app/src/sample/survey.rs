//! Full survey answers for the commune whose officer anybody may play: facts from which the twelve rules find the marks
//! drawn before, and B1 answers whose points give the class. Where no such answers exist, the entered scores stay alone.

use domain::registry::{Household, Member};
use domain::review::{Assessment, FactSheet, FactValue};
use kernel::Day;
use norms::{Answer, EducationBand, Indicator, IndicatorRule, Rulebook, ScorePack};

use super::answers::answers;
use super::data::SampleData;
use super::draw::Draw;
use super::scores::{WORKING, rule_for};
use crate::registry::{computed, members_on_list};

/// Answers a household's survey so that nothing that was entered is contradicted.
pub(super) fn answer(
    assessment: &Assessment,
    household: &Household,
    class: &str,
    (data, rules, pack): (&SampleData, &Rulebook, Option<&ScorePack>),
    draw: &mut Draw,
) -> Option<Assessment> {
    let mut answered = assessment.clone();
    answered.facts = facts(assessment, household, rules, draw);
    if let Some(pack) = pack {
        let band = rule_for(class, assessment.area, rules)?.b1;
        answered.facts.answers = answers(&answered, household, band, (data, pack), draw)?;
    }
    let mut answered = computed(answered, household, rules, pack);
    answered.b1_entered = answered.b1_computed.or(answered.b1_entered);
    answered.differences(rules).is_empty().then_some(answered)
}

fn facts(assessment: &Assessment, household: &Household, rules: &Rulebook, draw: &mut Draw) -> FactSheet {
    let members = members_on_list(household, assessment.year);
    let mut survey = Survey { sheet: FactSheet::default(), members, year: assessment.year, rules, draw };
    for indicator in &rules.indicators.value.indicators {
        survey.of_indicator(indicator, assessment.marks_entered.is_deprived(indicator.number));
    }
    survey.sheet
}

struct Survey<'a> {
    sheet: FactSheet,
    members: Vec<&'a Member>,
    year: i16,
    rules: &'a Rulebook,
    draw: &'a mut Draw,
}

impl Survey<'_> {
    fn of_indicator(&mut self, indicator: &Indicator, deprived: bool) {
        match &indicator.rule {
            IndicatorRule::AnyWorker { from_age, deprived_kinds } => self.work(*from_age, deprived_kinds, deprived),
            IndicatorRule::DependentShare { child_under, .. } => {
                for member in self.members.clone() {
                    let old = self.age(member) >= WORKING.end;
                    if self.age(member) >= *child_under {
                        self.person(member, "allowance", FactValue::YesNo(old && deprived));
                    }
                }
            }
            IndicatorRule::ChildMalnourished { under } => self.first_is("malnourished", 0..*under, deprived, deprived),
            IndicatorRule::Uninsured { from_age } => self.first_is("insured", *from_age..i16::MAX, deprived, !deprived),
            IndicatorRule::AdultEducation { bands } => self.education(bands, deprived),
            IndicatorRule::ChildAttendance { from_age, under } => self.schooling(*from_age..*under, deprived),
            IndicatorRule::HousingQuality { parts, not_durable_at_least } => {
                let bad = if deprived { usize::from(*not_durable_at_least) } else { 0 };
                for (place, part) in parts.iter().enumerate() {
                    let material = if place < bad { "not_durable" } else { "durable" };
                    self.household(part, FactValue::One(material.to_owned()));
                }
            }
            IndicatorRule::HousingArea { below_m2 } => self.area(i64::from(*below_m2), deprived),
            IndicatorRule::NoneOf { fact, accepted } => self.source(fact, accepted, deprived),
            IndicatorRule::NoInternet => self.household("internet", FactValue::YesNo(!deprived)),
            IndicatorRule::NoInformation { means } => {
                let owned = if deprived { Vec::new() } else { means.iter().rev().take(1).cloned().collect() };
                self.household("information_means", FactValue::Several(owned));
                self.household("loudspeaker", FactValue::YesNo(!deprived));
            }
            IndicatorRule::EnteredOnly => {}
        }
    }

    fn age(&self, member: &Member) -> i16 {
        member.person.birth.map_or(0, |birth| birth.age_on(Day::last_of(self.year)))
    }

    fn person(&mut self, member: &Member, fact: &str, value: FactValue) {
        self.sheet.persons.entry(member.person.id).or_default().insert(fact.to_owned(), value);
    }

    fn household(&mut self, fact: &str, value: FactValue) {
        self.sheet.household.insert(fact.to_owned(), value);
    }

    /// A yes/no fact of members of an age: everybody the same, but the first decides where the household is deprived.
    fn first_is(&mut self, fact: &str, ages: std::ops::Range<i16>, deprived: bool, first: bool) {
        let mut decided = false;
        for member in self.members.clone() {
            if ages.contains(&self.age(member)) {
                let usual = if deprived { !first } else { first };
                self.person(member, fact, FactValue::YesNo(if decided { usual } else { first }));
                decided = true;
            }
        }
    }

    fn work(&mut self, from_age: i16, deprived_kinds: &[String], deprived: bool) {
        let mut decided = !deprived;
        for member in self.members.clone() {
            let age = self.age(member);
            if age < from_age {
                // The rule asks about workers only; a child's answer would be no answer.
                continue;
            }
            let usual = match age {
                _ if age >= WORKING.end => "unable",
                _ if age < from_age + 2 => "studying",
                _ => "steady",
            };
            let kind =
                if !decided && WORKING.contains(&age) { self.draw.one_of(deprived_kinds).cloned() } else { None };
            decided |= kind.is_some();
            self.person(member, "work", FactValue::One(kind.unwrap_or_else(|| usual.to_owned())));
        }
    }

    fn education(&mut self, bands: &[EducationBand], deprived: bool) {
        let mut decided = !deprived;
        for member in self.members.clone() {
            let age = self.age(member);
            let Some(band) = bands.iter().find(|band| (band.from_age..=band.to_age).contains(&age)) else { continue };
            let level = if decided { band.levels.first().map_or("", String::as_str) } else { "primary" };
            self.person(member, "education", FactValue::One(level.to_owned()));
            self.person(member, "in_training", FactValue::YesNo(false));
            decided = true;
        }
    }

    fn schooling(&mut self, ages: std::ops::Range<i16>, deprived: bool) {
        let mut decided = !deprived;
        for member in self.members.clone() {
            if ages.contains(&self.age(member)) {
                let state = if decided { "right_level" } else { "not_attending" };
                self.person(member, "schooling", FactValue::One(state.to_owned()));
                decided = true;
            }
        }
    }

    fn area(&mut self, below_m2: i64, deprived: bool) {
        let each = if deprived { below_m2 - 2 } else { below_m2 + i64::from(self.draw.between(2, 14)) };
        let members = i64::try_from(self.members.len()).unwrap_or(1);
        self.household("area_m2", FactValue::Tenths(each * members * 10));
    }

    /// A choice of a fact that is accepted, or is not.
    fn source(&mut self, fact: &str, accepted: &[String], deprived: bool) {
        let known = self.rules.facts.value.household.iter().find(|known| known.id == fact);
        let Some(Answer::OneOf { choices }) = known.map(|known| &known.answer) else { return };
        let fitting: Vec<&String> =
            choices.iter().map(|choice| &choice.id).filter(|id| accepted.contains(id) != deprived).collect();
        if let Some(choice) = self.draw.one_of(&fitting) {
            self.household(fact, FactValue::One((*choice).clone()));
        }
    }
}
