//! Numbers that stand for answers: what a paper sheet asks of one household, the fields its numbers are typed into, and the
//! answers they stand for. Order and codes are the norms', as on the printed sheet. What is left blank is not known.

use app::registry::AssessmentInput;
use app::review::survey::{SurveyHousehold, SurveySheet};
use kernel::PersonId;
use norms::{Answer, Asked, SheetQuestion, sheet_questions};

use crate::handlers::registry::posted::Posted;
use crate::handlers::words::label;
use crate::language::Lang;

/// One question of the sheet, with where its answer goes.
pub struct Coded<'a> {
    pub field: String,
    /// `3. …`, as printed on the sheet.
    pub label: String,
    pub codes: Vec<(String, String)>,
    asked: Asked<'a>,
}

/// All questions about one household, in the order of the sheet: groups by title.
pub fn questions<'a>(l: Lang, sheet: &'a SurveySheet, found: &SurveyHousehold) -> Vec<(String, Vec<Coded<'a>>)> {
    let all = sheet_questions(&sheet.rules, sheet.pack.as_ref());
    let part = |title: &str, belongs: fn(&Asked<'a>) -> bool| {
        let of_part = all.iter().filter(|q| belongs(&q.asked)).filter_map(|q| coded(l, q, None));
        (l.t(title), of_part.collect())
    };
    let mut groups = vec![
        part("sheet-b1", |asked| matches!(asked, Asked::B1 | Asked::Item(_))),
        part("sheet-household", |asked| matches!(asked, Asked::Household(_))),
        part("sheet-causes", |asked| matches!(asked, Asked::Causes(_) | Asked::OtherCause)),
    ];
    for member in app::registry::members_on_list(&found.household, sheet.round.year) {
        let age = member.person.birth.map(|birth| birth.age_on(sheet.day));
        let fits = |q: &&SheetQuestion<'a>| {
            let Asked::Person(fact) = q.asked else { return false };
            age.is_none_or(|age| fact.from_age.is_none_or(|from| age >= from) && fact.to_age.is_none_or(|to| age <= to))
        };
        let title = match age {
            Some(age) => format!("{}, {}", member.person.name, l.t1("of-age", "n", age)),
            None => member.person.name.clone(),
        };
        let of_member = all.iter().filter(fits).filter_map(|q| coded(l, q, Some(member.person.id)));
        groups.push((title, of_member.collect()));
    }
    groups
}

/// A question as it is entered; what is known of members is printed, but not entered here.
fn coded<'a>(l: Lang, question: &SheetQuestion<'a>, person: Option<PersonId>) -> Option<Coded<'a>> {
    let asked = question.asked;
    let (field, words) = match asked {
        Asked::B1 => ("b1".to_owned(), l.t("label-b1")),
        Asked::Item(item) => (format!("answer.{}", item.id), label(l, &item.label)),
        Asked::Household(fact) => (format!("household.{}", fact.id), label(l, &fact.label)),
        Asked::Person(fact) => (format!("person.{}.{}", person?, fact.id), label(l, &fact.label)),
        Asked::Causes(_) => ("causes".to_owned(), l.t("label-causes")),
        Asked::OtherCause => ("cause_other".to_owned(), l.t("label-cause_other")),
        Asked::Relation(_) | Asked::Sex | Asked::Birth => return None,
    };
    let mut codes: Vec<_> = asked.codes().iter().map(|(code, words)| (code.clone(), label(l, words))).collect();
    if let Some(Answer::Number { unit }) = answer_of(&asked) {
        codes.push(("…".to_owned(), label(l, unit)));
    }
    Some(Coded { field, label: format!("{}. {words}", question.number), codes, asked })
}

fn answer_of<'a>(asked: &Asked<'a>) -> Option<&'a Answer> {
    match asked {
        Asked::Household(fact) | Asked::Person(fact) => Some(&fact.answer),
        _ => None,
    }
}

/// The answers that the typed numbers stand for; a number that stands for nothing is a fault at its field.
pub fn decode(groups: &[(String, Vec<Coded<'_>>)], posted: &Posted) -> Result<AssessmentInput, Vec<app::FieldFault>> {
    let mut input = AssessmentInput::default();
    let mut faults = Vec::new();
    for question in groups.iter().flat_map(|(_, questions)| questions) {
        let typed = posted.text(&question.field);
        if !typed.is_empty() && !put(&mut input, question, &typed) {
            faults.push(app::FieldFault::at(question.field.clone(), "field-code"));
        }
    }
    if faults.is_empty() { Ok(input) } else { Err(faults) }
}

fn put(input: &mut AssessmentInput, question: &Coded<'_>, typed: &str) -> bool {
    match question.asked {
        Asked::B1 => typed.clone_into(&mut input.b1_entered),
        Asked::OtherCause => typed.clone_into(&mut input.cause_other),
        Asked::Causes(_) => match digits(typed) {
            Some(codes) => input.causes = codes,
            None => return false,
        },
        Asked::Item(item) => {
            let Some(answer) = nth(typed).and_then(|at| item.answers.get(at)) else { return false };
            input.answers.insert(item.id.clone(), answer.id.clone());
        }
        Asked::Household(fact) | Asked::Person(fact) => {
            let Some(values) = fact_values(&fact.answer, typed) else { return false };
            match question.field.strip_prefix("person.").and_then(|rest| rest.split_once('.')) {
                Some((person, _)) => {
                    let Ok(person) = person.parse() else { return false };
                    input.person_facts.entry(person).or_default().insert(fact.id.clone(), values);
                }
                None => {
                    input.facts.insert(fact.id.clone(), values);
                }
            }
        }
        Asked::Relation(_) | Asked::Sex | Asked::Birth => return false,
    }
    true
}

/// `3` is the third.
fn nth(typed: &str) -> Option<usize> {
    typed.parse::<usize>().ok()?.checked_sub(1)
}

/// `137`: one, three and seven; each digit is a code.
fn digits(typed: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = typed
        .chars()
        .filter(|c| !matches!(c, ' ' | ','))
        .map(|c| c.to_digit(10).and_then(|d| u8::try_from(d).ok()))
        .collect();
    digits
}

fn fact_values(answer: &Answer, typed: &str) -> Option<Vec<String>> {
    match answer {
        Answer::YesNo => match typed {
            "1" => Some(vec!["yes".to_owned()]),
            "2" => Some(vec!["no".to_owned()]),
            _ => None,
        },
        Answer::OneOf { choices } => Some(vec![choices.get(nth(typed)?)?.id.clone()]),
        Answer::AnyOf { .. } if typed == "0" => Some(vec!["none".to_owned()]),
        Answer::AnyOf { choices } => {
            let chosen = digits(typed)?.into_iter().map(|d| choices.get(usize::from(d).checked_sub(1)?));
            chosen.map(|choice| Some(choice?.id.clone())).collect()
        }
        Answer::Number { .. } => Some(vec![typed.to_owned()]),
    }
}

/// The numbers of what is known, so that a correction begins from it.
pub fn encode(question: &Coded<'_>, input: &AssessmentInput) -> String {
    match question.asked {
        Asked::B1 => input.b1_entered.clone(),
        Asked::OtherCause => input.cause_other.clone(),
        Asked::Causes(_) => input.causes.iter().map(ToString::to_string).collect(),
        Asked::Item(item) => {
            let given = input.answers.get(&item.id);
            let at = item.answers.iter().position(|a| Some(&a.id) == given);
            at.map(|at| (at + 1).to_string()).unwrap_or_default()
        }
        Asked::Household(fact) | Asked::Person(fact) => {
            let values = match question.field.strip_prefix("person.").and_then(|rest| rest.split_once('.')) {
                Some((person, _)) => person.parse().ok().and_then(|id| input.person_facts.get(&id)?.get(&fact.id)),
                None => input.facts.get(&fact.id),
            };
            values.map(|values| encoded(&fact.answer, values)).unwrap_or_default()
        }
        Asked::Relation(_) | Asked::Sex | Asked::Birth => String::new(),
    }
}

fn encoded(answer: &Answer, values: &[String]) -> String {
    let first = values.first().map(String::as_str);
    match (answer, first) {
        (Answer::YesNo, Some("yes")) => "1".to_owned(),
        (Answer::YesNo, Some(_)) => "2".to_owned(),
        (Answer::AnyOf { .. }, Some("none")) => "0".to_owned(),
        (Answer::OneOf { choices } | Answer::AnyOf { choices }, Some(_)) => {
            let place = |value: &String| choices.iter().position(|c| &c.id == value).map(|at| (at + 1).to_string());
            values.iter().filter_map(place).collect()
        }
        (Answer::Number { .. }, Some(number)) => number.to_owned(),
        (_, None) => String::new(),
    }
}

/// How wide the field is: one digit, several, or a number.
pub fn width_of(question: &Coded<'_>) -> u8 {
    match (&question.asked, answer_of(&question.asked)) {
        (Asked::OtherCause, _) => 120,
        (Asked::Item(item), _) => {
            if item.answers.len() < 10 {
                1
            } else {
                2
            }
        }
        (_, Some(Answer::YesNo)) => 1,
        (_, Some(Answer::OneOf { choices })) => {
            if choices.len() < 10 {
                1
            } else {
                2
            }
        }
        _ => 8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_for_answers_by_their_place() {
        let choice = |id: &str| norms::Choice {
            id: id.to_owned(),
            label: norms::Label { vi: id.to_owned(), en: id.to_owned() },
        };
        let several = Answer::AnyOf { choices: vec![choice("tv"), choice("radio"), choice("phone")] };
        let one = Answer::OneOf { choices: vec![choice("tap"), choice("well")] };
        let table = [
            (&Answer::YesNo, "1", Some(vec!["yes"])),
            (&Answer::YesNo, "2", Some(vec!["no"])),
            (&Answer::YesNo, "3", None),
            (&one, "2", Some(vec!["well"])),
            (&one, "0", None),
            (&one, "3", None),
            (&several, "13", Some(vec!["tv", "phone"])),
            (&several, "0", Some(vec!["none"])),
            (&several, "4", None),
        ];
        for (answer, typed, expected) in table {
            let expected = expected.map(|v| v.into_iter().map(str::to_owned).collect::<Vec<_>>());
            assert_eq!(fact_values(answer, typed), expected, "{typed}");
            if let Some(values) = expected {
                assert_eq!(encoded(answer, &values), typed, "and back");
            }
        }
    }
}
