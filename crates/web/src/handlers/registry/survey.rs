//! The questions of a score sheet, from the norms and the pack in use, and the answers on their way to and from its form.
//! Field names: `household.<fact>`, `person.<id>.<fact>`, `answer.<item>`, `marks.<n>`. Start with [`Survey::of`].

use std::collections::BTreeMap;

use app::registry::{AssessmentInput, B1View, HouseholdView, members_on_list};
use domain::registry::Member;
use domain::review::FactValue;
use kernel::{Day, PersonId, Points};
use norms::{Answer, Fact};

use super::choices::relation_words;
use super::household::has_bit;
use super::posted::Posted;
use crate::handlers::words::label;
use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::parts::Choice;
use crate::pages::review::{PersonPart, Question, QuestionKind};

/// How a form says "none of these"; a blank says "not known".
const NONE: &str = "none";

/// Everything that is asked about one household in one year.
pub struct Survey {
    pub household: Vec<Question>,
    pub persons: Vec<PersonPart>,
    pub marks: Vec<Question>,
    pub items: Vec<Question>,
}

impl Survey {
    pub fn of(l: Lang, view: &HouseholdView) -> Self {
        let facts = &view.rules.facts.value;
        let members = members_on_list(&view.household, view.year);
        Self {
            household: facts.household.iter().map(|fact| question(l, format!("household.{}", fact.id), fact)).collect(),
            persons: members.into_iter().map(|member| person_part(l, view, member)).collect(),
            marks: marks(l, view),
            items: view.b1.as_ref().map(|b1| items(l, b1)).unwrap_or_default(),
        }
    }

    /// How a field is called on the sheet.
    pub fn label_of(&self, field: &str) -> Option<String> {
        let of_persons = self.persons.iter().find_map(|person| {
            let asked = person.questions.iter().find(|question| question.field == field)?;
            Some(format!("{}: {}", person.title, asked.label))
        });
        let mut others = self.household.iter().chain(&self.marks).chain(&self.items);
        of_persons.or_else(|| others.find(|question| question.field == field).map(|question| question.label.clone()))
    }
}

pub(crate) fn question(l: Lang, field: String, fact: &Fact) -> Question {
    let words = |choices: &[norms::Choice]| -> Vec<Choice> {
        choices.iter().map(|choice| Choice::new(choice.id.clone(), label(l, &choice.label))).collect()
    };
    let (kind, choices, unit) = match &fact.answer {
        Answer::YesNo => (QuestionKind::Radios, yes_no(l, "yes", "no", "not-known"), String::new()),
        Answer::OneOf { choices } => (QuestionKind::Select, words(choices), String::new()),
        Answer::AnyOf { choices } => {
            let mut choices = words(choices);
            choices.push(Choice::new(NONE, l.t("none-of-these")));
            (QuestionKind::Boxes, choices, String::new())
        }
        Answer::Number { unit } => (QuestionKind::Number, Vec::new(), label(l, unit)),
    };
    Question { field, label: label(l, &fact.label), hint: String::new(), kind, choices, unit }
}

/// An answer can be taken back: not known is one of the choices.
fn yes_no(l: Lang, yes: &str, no: &str, open: &str) -> Vec<Choice> {
    vec![Choice::new("yes", l.t(yes)), Choice::new("no", l.t(no)), Choice::new("", l.t(open))]
}

/// The questions for a member's age; all of them where the birth is not known.
fn person_part(l: Lang, view: &HouseholdView, member: &Member) -> PersonPart {
    let person = &member.person;
    let age = person.birth.map(|birth| birth.age_on(Day::last_of(view.year)));
    let fits = |fact: &&Fact| {
        age.is_none_or(|age| fact.from_age.is_none_or(|from| age >= from) && fact.to_age.is_none_or(|to| age <= to))
    };
    let of_age = age.map(|age| l.t1("of-age", "n", age));
    let relation = relation_words(l, &view.rules, &member.relation);
    let parts = [Some(person.name.clone()), of_age, Some(relation)];
    let asked = view.rules.facts.value.person.iter().filter(fits);
    PersonPart {
        title: parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
        questions: asked.map(|fact| question(l, format!("person.{}.{}", person.id, fact.id), fact)).collect(),
    }
}

fn marks(l: Lang, view: &HouseholdView) -> Vec<Question> {
    let mark = |indicator: &norms::Indicator| Question {
        field: format!("marks.{}", indicator.number),
        label: format!("{}. {}", indicator.number, label(l, &indicator.label)),
        hint: String::new(),
        kind: QuestionKind::Radios,
        choices: yes_no(l, "mark-deprived", "mark-not-deprived", "mark-unknown"),
        unit: String::new(),
    };
    view.rules.indicators.value.indicators.iter().map(mark).collect()
}

fn items(l: Lang, b1: &B1View) -> Vec<Question> {
    let item = |(item, line): (&norms::PackItem, &app::registry::B1Line)| {
        let answers = item.answers.iter().map(|answer| Choice::new(answer.id.clone(), label(l, &answer.label)));
        Question {
            field: format!("answer.{}", item.id),
            label: label(l, &item.label),
            hint: if line.is_skipped { l.t("sheet-item-skipped") } else { String::new() },
            kind: QuestionKind::Select,
            choices: answers.collect(),
            unit: String::new(),
        }
    };
    b1.pack.items.iter().zip(&b1.lines).map(item).collect()
}

/// The sheet's form with everything that is known.
pub fn written(view: &HouseholdView) -> Form {
    let indicators = view.rules.indicators.value.indicators.iter();
    let mut values: Vec<(String, String)> = Vec::new();
    let assessment = view.assessment.as_ref().map(|stored| &stored.assessment);
    for indicator in indicators {
        let entered = assessment.and_then(|assessment| assessment.marks_entered.get(indicator.number));
        let word = entered.map_or("", |deprived| if deprived { "yes" } else { "no" });
        values.push((format!("marks.{}", indicator.number), word.to_owned()));
    }
    let Some(assessment) = assessment else { return Form::new(values) };
    let facts = &assessment.facts;
    let household = facts.household.iter().map(|(id, value)| (format!("household.{id}"), value));
    let persons = facts
        .persons
        .iter()
        .flat_map(|(person, facts)| facts.iter().map(move |(id, value)| (format!("person.{person}.{id}"), value)));
    for (field, value) in household.chain(persons) {
        values.extend(in_form(value).into_iter().map(|value| (field.clone(), value)));
    }
    values.extend(facts.answers.iter().map(|(item, answer)| (format!("answer.{item}"), answer.clone())));
    values.push(("b1".to_owned(), entered_points(assessment.b1_entered)));
    values.push(("b2".to_owned(), entered_points(assessment.b2_entered)));
    let causes = view.rules.causes.value.causes.iter().map(|cause| cause.code);
    let causes = causes.filter(|code| has_bit(assessment.causes, usize::from(code.saturating_sub(1))));
    values.extend(causes.map(|code| ("cause".to_owned(), code.to_string())));
    values.push(("cause_other".to_owned(), assessment.cause_other.clone().unwrap_or_default()));
    let groups = view.rules.groups.value.groups.iter().enumerate();
    let groups = groups.filter(|(place, _)| has_bit(assessment.groups, *place));
    values.extend(groups.map(|(_, group)| ("group".to_owned(), group.id.clone())));
    Form::new(values)
}

fn entered_points(points: Option<Points>) -> String {
    points.map(|points| points.to_string()).unwrap_or_default()
}

/// A fact as its field holds it.
pub(crate) fn in_form(value: &FactValue) -> Vec<String> {
    match value {
        FactValue::YesNo(yes) => vec![if *yes { "yes" } else { "no" }.to_owned()],
        FactValue::Tenths(tenths) if tenths % 10 == 0 => vec![(tenths / 10).to_string()],
        FactValue::Tenths(tenths) => vec![format!("{},{}", tenths / 10, (tenths % 10).abs())],
        FactValue::One(one) => vec![one.clone()],
        FactValue::Several(several) if several.is_empty() => vec![NONE.to_owned()],
        FactValue::Several(several) => several.clone(),
    }
}

/// What the form says. What the sheet did not ask for (the total beside a pack, the answers without one, the class of an
/// imported list) stays as it is.
pub fn input(view: &HouseholdView, posted: &Posted) -> AssessmentInput {
    let known = view.assessment.as_ref().map(|stored| &stored.assessment);
    let mut input = AssessmentInput {
        b1_entered: posted.get("b1").map_or_else(
            || known.map(|assessment| entered_points(assessment.b1_entered)).unwrap_or_default(),
            str::to_owned,
        ),
        b2_entered: posted.text("b2"),
        class_entered: known.and_then(|assessment| assessment.class_entered.clone()).unwrap_or_default(),
        causes: posted.all("cause").filter_map(|code| code.parse().ok()).collect(),
        cause_other: posted.text("cause_other"),
        groups: posted.all("group").map(str::to_owned).collect(),
        ..AssessmentInput::default()
    };
    if view.b1.is_none() {
        input.answers = known.map(|assessment| assessment.facts.answers.clone()).unwrap_or_default();
    }
    for (field, value) in &posted.0 {
        sort_in(&mut input, field, value.trim());
    }
    input
}

pub(crate) fn sort_in(input: &mut AssessmentInput, field: &str, value: &str) {
    let Some((family, rest)) = field.split_once('.') else { return };
    match family {
        "household" => add(&mut input.facts, rest, value),
        "person" => {
            let named = rest.split_once('.').and_then(|(id, fact)| Some((id.parse::<PersonId>().ok()?, fact)));
            if let Some((person, fact)) = named {
                add(input.person_facts.entry(person).or_default(), fact, value);
            }
        }
        "answer" => {
            input.answers.insert(rest.to_owned(), value.to_owned());
        }
        "marks" => {
            if let Ok(number) = rest.parse() {
                input.marks_entered.insert(number, value.to_owned());
            }
        }
        _ => {}
    }
}

fn add(facts: &mut BTreeMap<String, Vec<String>>, fact: &str, value: &str) {
    facts.entry(fact.to_owned()).or_default().push(value.to_owned());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_comes_back_from_its_field_as_it_was() {
        assert_eq!(in_form(&FactValue::Tenths(125)), ["12,5"]);
        assert_eq!(in_form(&FactValue::Tenths(400)), ["40"]);
        assert_eq!(in_form(&FactValue::Several(Vec::new())), ["none"]);
        assert_eq!(in_form(&FactValue::YesNo(false)), ["no"]);
    }

    #[test]
    fn fields_go_to_the_person_they_name() {
        let mut input = AssessmentInput::default();
        let person = "0191c0de-0000-7000-8000-000000000001";
        sort_in(&mut input, &format!("person.{person}.work"), "steady");
        sort_in(&mut input, "household.information_means", "phone");
        sort_in(&mut input, "household.information_means", "radio");
        sort_in(&mut input, "marks.9", "yes");
        let facts = person.parse().ok().and_then(|id: PersonId| input.person_facts.get(&id).cloned());
        assert_eq!(facts.and_then(|facts| facts.get("work").cloned()), Some(vec!["steady".to_owned()]));
        assert_eq!(input.facts.get("information_means").map(Vec::len), Some(2));
        assert_eq!(input.marks_entered.get(&9).map(String::as_str), Some("yes"));
    }
}
