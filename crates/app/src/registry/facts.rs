//! From the answers of a survey form to facts, scores and marks, a fault for each field that is not taken.
//! What can be answered stands in `norms/review/facts.yaml`; a blank answer means: not known.

use std::collections::BTreeMap;

use domain::registry::Household;
use domain::review::{FactSheet, FactValue, Marks};
use kernel::{NumberFault, PersonId, Points, parse_decimal_tenths};
use norms::{Answer, Choice, Fact, Rulebook};

use crate::FieldFault;

/// Everything a survey form of one household holds; every field as typed or chosen.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct AssessmentInput {
    /// Facts about the household: fact id to the chosen values (several only where several may hold).
    pub facts: BTreeMap<String, Vec<String>>,
    /// Facts about members.
    pub person_facts: BTreeMap<PersonId, BTreeMap<String, Vec<String>>>,
    /// B1: item id to answer id.
    pub answers: BTreeMap<String, String>,
    pub b1_entered: String,
    pub b2_entered: String,
    /// Indicator number to `yes`, `no` or nothing.
    pub marks_entered: BTreeMap<u8, String>,
    /// Class id, or how lists write it.
    pub class_entered: String,
    /// Codes of causes.
    pub causes: Vec<u8>,
    pub cause_other: String,
    /// Ids of target groups; the computed ones are left out.
    pub groups: Vec<String>,
}

/// What was entered, as the domain takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReadAssessment {
    pub facts: FactSheet,
    pub b1: Option<Points>,
    pub b2: Option<Points>,
    pub marks: Marks,
    pub class: Option<String>,
    pub causes: u32,
    pub cause_other: Option<String>,
    pub groups: u32,
}

pub(crate) fn read_assessment(
    input: &AssessmentInput,
    household: &Household,
    rules: &Rulebook,
) -> Result<ReadAssessment, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let facts = read_sheet(input, household, rules, &mut faults);
    let b1 = read_points(&input.b1_entered, "b1", None, &mut faults);
    let b2 = read_b2(&input.b2_entered, rules, &mut faults);
    let marks = read_marks(&input.marks_entered, rules, &mut faults);
    let class = read_class(&input.class_entered, rules, &mut faults);
    let causes = read_causes(input, rules, &mut faults);
    let groups = read_groups(&input.groups, rules, &mut faults);
    let cause_other = Some(kernel::text::nfc(&input.cause_other)).filter(|text| !text.is_empty());
    if faults.is_empty() {
        Ok(ReadAssessment { facts, b1, b2, marks, class, causes, cause_other, groups })
    } else {
        Err(faults)
    }
}

fn read_sheet(
    input: &AssessmentInput,
    household: &Household,
    rules: &Rulebook,
    faults: &mut Vec<FieldFault>,
) -> FactSheet {
    let known = &rules.facts.value;
    let answers = input.answers.iter().filter(|(_, answer)| !answer.is_empty());
    let mut sheet = FactSheet {
        household: read_facts(&input.facts, &known.household, "household.", faults),
        persons: BTreeMap::new(),
        answers: answers.map(|(item, answer)| (item.clone(), answer.clone())).collect(),
    };
    for (person, answers) in &input.person_facts {
        if household.member(*person).is_none() {
            faults.push(FieldFault::at(format!("person.{person}"), "field-no-member"));
            continue;
        }
        let facts = read_facts(answers, &known.person, &format!("person.{person}."), faults);
        if !facts.is_empty() {
            sheet.persons.insert(*person, facts);
        }
    }
    sheet
}

fn read_facts(
    answers: &BTreeMap<String, Vec<String>>,
    known: &[Fact],
    prefix: &str,
    faults: &mut Vec<FieldFault>,
) -> BTreeMap<String, FactValue> {
    let mut read = BTreeMap::new();
    for (id, values) in answers {
        let values: Vec<&str> = values.iter().map(|v| v.trim()).filter(|v| !v.is_empty()).collect();
        if values.is_empty() {
            continue;
        }
        let value = known.iter().find(|fact| &fact.id == id).ok_or("field-unknown");
        match value.and_then(|fact| read_answer(&fact.answer, &values)) {
            Ok(value) => {
                read.insert(id.clone(), value);
            }
            Err(problem) => faults.push(FieldFault::at(format!("{prefix}{id}"), problem)),
        }
    }
    read
}

/// `none` is how a form says "none of these", which is an answer; a blank is not.
fn read_answer(answer: &Answer, values: &[&str]) -> Result<FactValue, &'static str> {
    let is_choice = |choices: &[Choice], value: &str| choices.iter().any(|choice| choice.id == value);
    match (answer, values) {
        (Answer::YesNo, ["yes"]) => Ok(FactValue::YesNo(true)),
        (Answer::YesNo, ["no"]) => Ok(FactValue::YesNo(false)),
        (Answer::Number { .. }, [text]) => match parse_decimal_tenths(text) {
            Ok(tenths) if tenths >= 0 => Ok(FactValue::Tenths(tenths)),
            Ok(_) => Err("field-negative"),
            Err(fault) => Err(number_problem(fault)),
        },
        (Answer::OneOf { choices }, [value]) if is_choice(choices, value) => Ok(FactValue::One((*value).to_owned())),
        (Answer::AnyOf { .. }, ["none"]) => Ok(FactValue::Several(Vec::new())),
        (Answer::AnyOf { choices }, values) if values.iter().all(|value| is_choice(choices, value)) => {
            Ok(FactValue::Several(values.iter().map(|value| (*value).to_owned()).collect()))
        }
        _ => Err("field-choice"),
    }
}

pub(crate) fn number_problem(fault: NumberFault) -> &'static str {
    match fault {
        NumberFault::NotANumber => "field-number",
        NumberFault::Doubtful => "field-number-doubtful",
        NumberFault::TooLarge => "field-number-too-large",
    }
}

fn read_points(text: &str, field: &str, max: Option<i32>, faults: &mut Vec<FieldFault>) -> Option<Points> {
    if text.trim().is_empty() {
        return None;
    }
    let problem = match parse_decimal_tenths(text).map(i32::try_from) {
        Ok(Ok(tenths)) if tenths < 0 => "field-negative",
        Ok(Ok(tenths)) if max.is_none_or(|max| tenths <= Points::whole(max).0) => return Some(Points(tenths)),
        Ok(_) => "field-number-too-large",
        Err(fault) => number_problem(fault),
    };
    faults.push(FieldFault::at(field, problem));
    None
}

/// B2 goes by whole deprivations: the step and the maximum are of the class rules.
fn read_b2(text: &str, rules: &Rulebook, faults: &mut Vec<FieldFault>) -> Option<Points> {
    let class_rules = &rules.class_rules.value;
    let points = read_points(text, "b2", Some(class_rules.b2_max), faults)?;
    let step = Points::whole(class_rules.b2_points_per_deprivation).0.max(1);
    if points.0 % step == 0 {
        return Some(points);
    }
    faults.push(FieldFault::at("b2", "field-b2-step"));
    None
}

fn read_marks(entered: &BTreeMap<u8, String>, rules: &Rulebook, faults: &mut Vec<FieldFault>) -> Marks {
    let mut marks = Marks::default();
    for (number, answer) in entered {
        let known = rules.indicators.value.indicators.iter().any(|indicator| indicator.number == *number);
        match answer.as_str() {
            "" => {}
            "yes" if known => marks = marks.with(*number, true),
            "no" if known => marks = marks.with(*number, false),
            _ => faults.push(FieldFault::at(format!("marks.{number}"), "field-choice")),
        }
    }
    marks
}

pub(crate) fn read_class(text: &str, rules: &Rulebook, faults: &mut Vec<FieldFault>) -> Option<String> {
    if text.trim().is_empty() {
        return None;
    }
    let classes = &rules.classes.value;
    let class = classes.get(text).or_else(|| classes.read(text)).map(|class| class.id.clone());
    if class.is_none() {
        faults.push(FieldFault::at("class", "field-choice"));
    }
    class
}

fn read_causes(input: &AssessmentInput, rules: &Rulebook, faults: &mut Vec<FieldFault>) -> u32 {
    let mut mask = 0;
    for code in &input.causes {
        let Some(cause) = rules.causes.value.causes.iter().find(|cause| cause.code == *code) else {
            faults.push(FieldFault::at("causes", "field-choice"));
            continue;
        };
        if cause.free_text && input.cause_other.trim().is_empty() {
            faults.push(FieldFault::at("cause_other", "field-missing"));
        }
        mask |= 1u32.checked_shl(u32::from(code.saturating_sub(1))).unwrap_or(0);
    }
    mask
}

fn read_groups(ids: &[String], rules: &Rulebook, faults: &mut Vec<FieldFault>) -> u32 {
    let groups = &rules.groups.value.groups;
    let mut mask = 0;
    for id in ids {
        match groups.iter().position(|group| &group.id == id).map(u32::try_from) {
            Some(Ok(place)) => mask |= 1u32.checked_shl(place).unwrap_or(0),
            _ => faults.push(FieldFault::at("groups", "field-choice")),
        }
    }
    mask
}
