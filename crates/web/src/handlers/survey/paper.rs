//! Paper: blank sheets with a number before each answer, and quick entry of those numbers at a desk, keyboard only.
//! Numbers stand for answers by their place: 1 is the first. What the sheet leaves blank is not known.

use app::AppError;
use app::registry::AssessmentInput;
use app::review::survey::{SentSurvey, SurveyHousehold, SurveySheet, survey_sheet};
use axum::Form as Received;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use domain::review::round::Route;
use domain::review::survey::SurveyStanding;
use kernel::{HouseholdId, VillageId};
use norms::{Answer, Fact};
use serde::Deserialize;

use super::form::new_token;
use super::phone_data::input_of;
use crate::Web;
use crate::fail::{Fail, said, shown};
use crate::handlers::registry::posted::Posted;
use crate::handlers::words::{label, with_faults};
use crate::language::Lang;
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::frame::Section;
use crate::pages::parts::{Link, Notice};
use crate::pages::survey::{BlankGroup, BlankPage, BlankSheet, CodeField, CodeGroup, PaperPage};
use crate::visitor::{Signed, see};

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/survey/{year}/{village}/paper", get(page).post(save))
        .route("/survey/{year}/{village}/blank", get(blank))
}

#[derive(Deserialize)]
struct Asked {
    route: Option<String>,
    household: Option<HouseholdId>,
}

impl Asked {
    fn route(&self) -> Route {
        self.route.as_deref().and_then(Route::from_id).unwrap_or(Route::Yearly)
    }
}

/// One question of the sheet, with where its answer goes.
struct Coded<'a> {
    field: String,
    label: String,
    codes: Vec<(String, String)>,
    kind: Kind<'a>,
}

enum Kind<'a> {
    Fact(&'a Fact),
    Item(&'a norms::PackItem),
    Causes,
    /// The one field of words: a cause that has no number of its own.
    OtherCause,
    B1,
}

/// All questions about one household, in the order of the sheet: groups by title.
fn questions<'a>(l: Lang, sheet: &'a SurveySheet, found: &SurveyHousehold) -> Vec<(String, Vec<Coded<'a>>)> {
    let facts = &sheet.rules.facts.value;
    let mut groups = vec![(l.t("sheet-household"), coded_facts(l, "household.", facts.household.iter()))];
    for member in app::registry::members_on_list(&found.household, sheet.round.year) {
        let age = member.person.birth.map(|birth| birth.age_on(sheet.day));
        let fits = |fact: &&Fact| {
            age.is_none_or(|age| fact.from_age.is_none_or(|from| age >= from) && fact.to_age.is_none_or(|to| age <= to))
        };
        let title = match age {
            Some(age) => format!("{}, {}", member.person.name, l.t1("of-age", "n", age)),
            None => member.person.name.clone(),
        };
        let prefix = format!("person.{}.", member.person.id);
        groups.push((title, coded_facts(l, &prefix, facts.person.iter().filter(fits))));
    }
    let b1 = match &sheet.pack {
        Some(pack) => pack.items.iter().map(|item| coded_item(l, item)).collect(),
        None => vec![Coded { field: "b1".to_owned(), label: l.t("label-b1"), codes: Vec::new(), kind: Kind::B1 }],
    };
    groups.push((l.t("sheet-b1"), b1));
    let causes = sheet.rules.causes.value.causes.iter().map(|c| (c.code.to_string(), label(l, &c.label))).collect();
    let causes = Coded { field: "causes".to_owned(), label: l.t("label-causes"), codes: causes, kind: Kind::Causes };
    let other = Coded {
        field: "cause_other".to_owned(),
        label: l.t("label-cause_other"),
        codes: Vec::new(),
        kind: Kind::OtherCause,
    };
    groups.push((l.t("sheet-causes"), vec![causes, other]));
    groups
}

fn coded_facts<'a>(l: Lang, prefix: &str, facts: impl Iterator<Item = &'a Fact>) -> Vec<Coded<'a>> {
    let numbered = |choices: &[norms::Choice]| -> Vec<(String, String)> {
        choices.iter().enumerate().map(|(at, c)| ((at + 1).to_string(), label(l, &c.label))).collect()
    };
    let codes = |answer: &Answer| match answer {
        Answer::YesNo => vec![("1".to_owned(), l.t("yes")), ("2".to_owned(), l.t("no"))],
        Answer::OneOf { choices } => numbered(choices),
        Answer::AnyOf { choices } => {
            let mut codes = numbered(choices);
            codes.push(("0".to_owned(), l.t("none-of-these")));
            codes
        }
        Answer::Number { unit } => vec![("…".to_owned(), label(l, unit))],
    };
    facts
        .map(|fact| Coded {
            field: format!("{prefix}{}", fact.id),
            label: label(l, &fact.label),
            codes: codes(&fact.answer),
            kind: Kind::Fact(fact),
        })
        .collect()
}

fn coded_item(l: Lang, item: &norms::PackItem) -> Coded<'_> {
    let codes = item.answers.iter().enumerate().map(|(at, a)| ((at + 1).to_string(), label(l, &a.label)));
    Coded {
        field: format!("answer.{}", item.id),
        label: label(l, &item.label),
        codes: codes.collect(),
        kind: Kind::Item(item),
    }
}

/// The answers that the typed numbers stand for; a number that stands for nothing is a fault at its field.
fn decode(groups: &[(String, Vec<Coded<'_>>)], posted: &Posted) -> Result<AssessmentInput, Vec<app::FieldFault>> {
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
    match question.kind {
        Kind::B1 => typed.clone_into(&mut input.b1_entered),
        Kind::OtherCause => typed.clone_into(&mut input.cause_other),
        Kind::Causes => match digits(typed) {
            Some(codes) => input.causes = codes,
            None => return false,
        },
        Kind::Item(item) => {
            let Some(answer) = nth(typed).and_then(|at| item.answers.get(at)) else { return false };
            input.answers.insert(item.id.clone(), answer.id.clone());
        }
        Kind::Fact(fact) => {
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
fn encode(question: &Coded<'_>, input: &AssessmentInput) -> String {
    match question.kind {
        Kind::B1 => input.b1_entered.clone(),
        Kind::OtherCause => input.cause_other.clone(),
        Kind::Causes => input.causes.iter().map(ToString::to_string).collect(),
        Kind::Item(item) => {
            let given = input.answers.get(&item.id);
            let at = item.answers.iter().position(|a| Some(&a.id) == given);
            at.map(|at| (at + 1).to_string()).unwrap_or_default()
        }
        Kind::Fact(fact) => {
            let values = match question.field.strip_prefix("person.").and_then(|rest| rest.split_once('.')) {
                Some((person, _)) => person.parse().ok().and_then(|id| input.person_facts.get(&id)?.get(&fact.id)),
                None => input.facts.get(&fact.id),
            };
            values.map(|values| encoded(&fact.answer, values)).unwrap_or_default()
        }
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
fn width_of(question: &Coded<'_>) -> u8 {
    match &question.kind {
        Kind::Item(item) if item.answers.len() < 10 => 1,
        Kind::Fact(Fact { answer: Answer::YesNo, .. }) => 1,
        Kind::Fact(Fact { answer: Answer::OneOf { choices }, .. }) if choices.len() < 10 => 1,
        Kind::Item(_) | Kind::Fact(Fact { answer: Answer::OneOf { .. }, .. }) => 2,
        Kind::OtherCause => 120,
        Kind::Causes | Kind::B1 | Kind::Fact(_) => 8,
    }
}

async fn page(
    signed: Signed,
    State(web): State<Web>,
    Path((year, village)): Path<(i16, VillageId)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fail> {
    let sheet = survey_sheet(&web.house, &signed.actor, village, (year, asked.route())).await?;
    let wanted = |h: &&SurveyHousehold| match asked.household {
        Some(id) => h.household.id == id,
        None => h.counted.is_none(),
    };
    let found = sheet.households.iter().find(wanted).or(sheet.households.first());
    let Some(found) = found else { return Err(AppError::Missing("household").into()) };
    let form = first_form(&web, signed.l(), &sheet, found);
    Ok(shown(&paper_page(&signed, &sheet, found, form, None)))
}

/// A recheck begins from what is known; a first survey begins blank, so that nothing old is taken for an answer.
fn first_form(web: &Web, l: Lang, sheet: &SurveySheet, found: &SurveyHousehold) -> Form {
    let input = input_of(found, &sheet.rules);
    let groups = questions(l, sheet, found);
    let known = groups.iter().flat_map(|(_, questions)| questions).filter(|_| found.counted.is_some());
    let mut values: Vec<(String, String)> = known.map(|q| (q.field.clone(), encode(q, &input))).collect();
    values.push(("token".to_owned(), new_token(web)));
    values.push(("based_on".to_owned(), found.counted.as_ref().map(|c| c.token.clone()).unwrap_or_default()));
    Form::new(values)
}

fn paper_page(
    signed: &Signed,
    sheet: &SurveySheet,
    found: &SurveyHousehold,
    form: Form,
    notice: Option<Notice>,
) -> PaperPage {
    let l = signed.l();
    let (year, village, route) = (sheet.round.year, sheet.round.place.village, sheet.round.route.id());
    let groups = questions(l, sheet, found);
    let group = |(title, questions): &(String, Vec<Coded<'_>>)| CodeGroup {
        title: title.clone(),
        fields: questions
            .iter()
            .map(|q| CodeField {
                name: q.field.clone(),
                label: q.label.clone(),
                codes: q.codes.iter().map(|(code, word)| format!("{code} {word}")).collect::<Vec<_>>().join(" · "),
                width: width_of(q),
            })
            .collect(),
    };
    let done = sheet.households.iter().filter(|h| h.counted.is_some()).count();
    PaperPage {
        l,
        frame: super::super::review::rounds::with_notice(signed.frame(Section::Review), notice),
        form,
        back: Link::new(sheet.village.clone(), format!("/review/{year}/round/{village}?route={route}")),
        head: found.household.head_name().to_owned(),
        progress: l.t2("paper-progress", "done", done, "n", sheet.households.len()),
        action: format!("/survey/{year}/{village}/paper?route={route}&household={}", found.household.id),
        groups: groups.iter().map(group).collect(),
        others: sheet
            .households
            .iter()
            .map(|h| {
                let mark = if h.counted.is_some() { "✓ " } else { "" };
                let href = format!("/survey/{year}/{village}/paper?route={route}&household={}", h.household.id);
                Link::new(format!("{mark}{}", h.household.head_name()), href)
            })
            .collect(),
    }
}

async fn save(
    signed: Signed,
    State(web): State<Web>,
    Path((year, village)): Path<(i16, VillageId)>,
    Query(asked): Query<Asked>,
    Received(posted): Received<Vec<(String, String)>>,
) -> Result<Response, Fail> {
    let posted = Posted(posted);
    let sheet = survey_sheet(&web.house, &signed.actor, village, (year, asked.route())).await?;
    let found = sheet.households.iter().find(|h| Some(h.household.id) == asked.household);
    let found = found.ok_or(AppError::Missing("household"))?;
    let next = format!("/survey/{year}/{village}/paper?route={}", asked.route().id());
    match store(&signed, &web, &sheet, found, &posted).await {
        Ok(SurveyStanding::Aside) => {
            signed.say("notice-survey-aside").await;
            Ok(see(&next))
        }
        Ok(_) => {
            signed.say_text(&signed.l().t1("notice-survey-of", "head", found.household.head_name())).await;
            Ok(see(&next))
        }
        Err(AppError::Form(faults)) => {
            let form = with_faults(Form::new(posted.0.clone()), &faults);
            Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &paper_page(&signed, &sheet, found, form, None)))
        }
        Err(error @ (AppError::Round(_) | AppError::List(_))) => {
            let notice = Notice { tone: "v-notice--bad", text: said(signed.l(), &error) };
            let form = Form::new(posted.0.clone());
            Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &paper_page(&signed, &sheet, found, form, Some(notice))))
        }
        Err(other) => Err(other.into()),
    }
}

async fn store(
    signed: &Signed,
    web: &Web,
    sheet: &SurveySheet,
    found: &SurveyHousehold,
    posted: &Posted,
) -> Result<SurveyStanding, AppError> {
    let mut input = decode(&questions(signed.l(), sheet, found), posted).map_err(AppError::Form)?;
    // What the sheet does not ask for stays as it is known.
    let known = input_of(found, &sheet.rules);
    input.groups = known.groups;
    let sent = SentSurvey {
        token: posted.text("token"),
        household: found.household.id,
        year: sheet.round.year,
        route: sheet.round.route,
        based_on: Some(posted.text("based_on")).filter(|t| !t.is_empty()),
        saved_ms: web.house.clock.now_ms(),
        channel: "paper".to_owned(),
        input,
        note: String::new(),
        view: String::new(),
        confirmed_by: String::new(),
        photos: Vec::new(),
    };
    Ok(web.house.surveys.take(&web.house, &signed.actor, sent).await?.standing)
}

/// Blank sheets of a village, one household a page, with the same numbers as the entry.
async fn blank(
    signed: Signed,
    State(web): State<Web>,
    Path((year, village)): Path<(i16, VillageId)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fail> {
    let l = signed.l();
    let sheet = survey_sheet(&web.house, &signed.actor, village, (year, asked.route())).await?;
    let group = |(title, questions): (String, Vec<Coded<'_>>)| BlankGroup {
        title,
        questions: questions
            .into_iter()
            .map(|q| {
                let codes = q.codes.iter().map(|(code, word)| format!("{code} {word}")).collect::<Vec<_>>();
                (q.label, codes.join(" · "))
            })
            .collect(),
    };
    let of_household = |h: &SurveyHousehold| BlankSheet {
        head: h.household.head_name().to_owned(),
        address: h.household.address.clone().unwrap_or_default(),
        code: app::review::requests::code_of(h.household.id),
        groups: questions(l, &sheet, h).into_iter().map(group).collect(),
    };
    Ok(shown(&BlankPage {
        l,
        frame: signed.frame(Section::Review),
        village: sheet.village.clone(),
        year: year.to_string(),
        sheets: sheet.households.iter().map(of_household).collect(),
        back: Link::new(sheet.village.clone(), format!("/review/{year}/round/{village}?route={}", asked.route().id())),
        is_unconfirmed: sheet.pack.is_some(),
    }))
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
