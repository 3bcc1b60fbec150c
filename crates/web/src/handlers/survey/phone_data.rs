//! What the phone's page carries: questions, rules and households as JSON, in words of the reader's language.

use app::registry::AssessmentInput;
use app::review::survey::{SurveyHousehold, SurveySheet};
use domain::registry::Member;
use norms::{Answer, Choice, Fact, Rulebook};
use serde_json::{Value, json};

use crate::handlers::registry::choices::relation_words;
use crate::handlers::registry::survey::in_form;
use crate::handlers::words::label;
use crate::language::Lang;

/// Pictures are made this small on the phone, in bytes.
const PHOTO_LIMIT: usize = 300 * 1024;

/// The phone's own sentences, by the names its script uses.
const TEXTS: &[&str] = &[
    "queue",
    "queue_empty",
    "kept_at",
    "sent",
    "todo",
    "two",
    "refused",
    "households",
    "members",
    "send_now",
    "back",
    "about_house",
    "b1",
    "b1_entered",
    "points",
    "causes",
    "last",
    "yes",
    "no",
    "none",
    "note",
    "photo",
    "photos",
    "photo_bad",
    "preview",
    "preview_word",
    "no_class",
    "next",
    "previous",
    "save",
    "carried",
    "open",
    "signed_out",
    "not_now",
    "cause_other",
    "draft_at",
    "draft_resumed",
    "start_again",
    "lacking",
    "view",
    "confirm",
    "confirm_name",
    "confirm_other",
    "confirm_none",
    "confirm_missing",
    "photo_refused",
    "not_kept",
    "not_read",
    "sign_in",
];

pub fn data(l: Lang, sheet: &SurveySheet) -> Value {
    let rules = &sheet.rules;
    let round = &sheet.round;
    // keys: phone-*
    let texts: serde_json::Map<String, Value> = TEXTS
        .iter()
        .map(|name| ((*name).to_owned(), Value::String(l.t(&format!("phone-{}", name.replace('_', "-"))))))
        .collect();
    let set = &rules.indicators.value;
    let class_rules = rules.class_rules.value.rules.iter().filter(|rule| rule.area == sheet.area);
    let classes: serde_json::Map<String, Value> =
        rules.classes.value.classes.iter().map(|c| (c.id.clone(), Value::String(label(l, &c.label)))).collect();
    json!({
        "year": round.year,
        "route": round.route.id(),
        "route_value": round.route,
        "attempt": round.attempt,
        "village": round.place.village,
        "back": format!("/review/{}/round/{}?route={}", round.year, round.place.village, round.route.id()),
        "photo_limit": PHOTO_LIMIT,
        "texts": texts,
        "household": rules.facts.value.household.iter().map(|fact| question(l, fact)).collect::<Vec<_>>(),
        "person": rules.facts.value.person.iter().map(|fact| question(l, fact)).collect::<Vec<_>>(),
        "items": items(l, sheet),
        "causes": rules.causes.value.causes.iter().map(|c| json!({"id": c.code, "label": label(l, &c.label), "free": c.free_text})).collect::<Vec<_>>(),
        "indicators": set.indicators.iter().map(|i| json!({"label": label(l, &i.label), "rule": i.rule})).collect::<Vec<_>>(),
        "b2_points": rules.class_rules.value.b2_points_per_deprivation,
        "class_rules": class_rules.map(|r| json!({"class": r.class, "b1": r.b1, "b2": r.b2})).collect::<Vec<_>>(),
        "classes": classes,
        "households": sheet.households.iter().map(|h| household(l, sheet, h)).collect::<Vec<_>>(),
    })
}

fn choices(l: Lang, choices: &[Choice]) -> Vec<Value> {
    choices.iter().map(|c| json!({"id": c.id, "label": label(l, &c.label)})).collect()
}

fn question(l: Lang, fact: &Fact) -> Value {
    let mut question = json!({"id": fact.id, "label": label(l, &fact.label)});
    let (kind, more) = match &fact.answer {
        Answer::YesNo => ("yes_no", json!({})),
        Answer::OneOf { choices: all } => ("one_of", json!({"choices": choices(l, all)})),
        Answer::AnyOf { choices: all } => ("any_of", json!({"choices": choices(l, all)})),
        Answer::Number { unit } => ("number", json!({"unit": label(l, unit)})),
    };
    if let Some(object) = question.as_object_mut() {
        object.insert("kind".to_owned(), Value::String(kind.to_owned()));
        for (name, age) in [("from_age", fact.from_age), ("to_age", fact.to_age)] {
            if let Some(age) = age {
                object.insert(name.to_owned(), json!(age));
            }
        }
        if let Value::Object(more) = more {
            object.extend(more);
        }
    }
    question
}

/// The items of the pack in use, with the points of this area's column alone.
fn items(l: Lang, sheet: &SurveySheet) -> Vec<Value> {
    let Some(pack) = &sheet.pack else { return Vec::new() };
    let province = &sheet.round.place.province;
    let of_area = || pack.columns.iter().filter(|c| c.area == sheet.area);
    let column = of_area().find(|c| c.provinces.iter().any(|p| p == province));
    let Some(column) = column.or_else(|| of_area().find(|c| c.provinces.is_empty())) else { return Vec::new() };
    let item = |item: &norms::PackItem| {
        let answers = item.answers.iter().map(|a| {
            json!({"id": a.id, "label": label(l, &a.label), "points": a.points.get(&column.id).copied().unwrap_or(0)})
        });
        json!({"id": item.id, "label": label(l, &item.label), "skip_if": item.skip_if, "answers": answers.collect::<Vec<_>>()})
    };
    pack.items.iter().map(item).collect()
}

fn household(l: Lang, sheet: &SurveySheet, found: &SurveyHousehold) -> Value {
    let members = app::registry::members_on_list(&found.household, sheet.round.year);
    let member = |m: &Member| {
        let age = m.person.birth.map(|birth| birth.age_on(sheet.day));
        let of_age = age.map(|age| l.t1("of-age", "n", age));
        let parts = [Some(m.person.name.clone()), of_age, Some(relation_words(l, &sheet.rules, &m.relation))];
        let title = parts.into_iter().flatten().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", ");
        json!({"id": m.person.id, "name": m.person.name, "title": title, "age": age})
    };
    json!({
        "id": found.household.id,
        "head": found.household.head_name(),
        "members": members.into_iter().map(member).collect::<Vec<_>>(),
        "token": found.counted.as_ref().map(|record| record.token.clone()),
        "undecided": found.undecided,
        "carried": found.carried_over,
        "input": input_of(found, &sheet.rules),
    })
}

/// What is known, in the shape in which answers are sent.
pub fn input_of(found: &SurveyHousehold, rules: &Rulebook) -> AssessmentInput {
    let facts = &found.answers;
    let points = |p: Option<kernel::Points>| p.map(|p| p.to_string()).unwrap_or_default();
    let bit =
        |mask: u32, place: usize| u32::try_from(place).is_ok_and(|place| mask.checked_shr(place).unwrap_or(0) & 1 == 1);
    let causes = rules.causes.value.causes.iter().map(|c| c.code);
    let groups = rules.groups.value.groups.iter().enumerate();
    AssessmentInput {
        facts: facts.household.iter().map(|(id, value)| (id.clone(), in_form(value))).collect(),
        person_facts: facts
            .persons
            .iter()
            .map(|(id, facts)| (*id, facts.iter().map(|(id, value)| (id.clone(), in_form(value))).collect()))
            .collect(),
        answers: facts.answers.clone(),
        b1_entered: points(found.b1_entered),
        b2_entered: points(found.b2_entered),
        causes: causes.filter(|code| bit(found.causes, usize::from(code.saturating_sub(1)))).collect(),
        cause_other: found.cause_other.clone().unwrap_or_default(),
        groups: groups
            .filter(|(place, group)| group.computed.is_none() && bit(found.groups, *place))
            .map(|(_, group)| group.id.clone())
            .collect(),
        ..AssessmentInput::default()
    }
}
