//! Two versions of one household's survey beside one another, answer by answer, and the choice of one.

use app::review::survey::{Twin, Twins, choose, twins};
use app::{AppError, registry::AssessmentInput};
use axum::Form as Received;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::get;
use domain::access::Verb;
use domain::review::survey::SurveyStanding;
use kernel::{HouseholdId, SurveyId};
use norms::{Answer, Fact, Rulebook};

use super::phone::OfRoute;
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::registry::posted::Posted;
use crate::handlers::words::{class_tag, label, moment, points};
use crate::language::Lang;
use crate::pages::frame::Section;
use crate::pages::parts::Link;
use crate::pages::survey::{BothPage, BothRow, VersionHead};
use crate::visitor::{Signed, see};

pub fn routes() -> Router<Web> {
    Router::new().route("/survey/{year}/households/{id}/both", get(page).post(pick))
}

async fn page(
    signed: Signed,
    State(web): State<Web>,
    Path((year, id)): Path<(i16, HouseholdId)>,
    Query(asked): Query<OfRoute>,
) -> Result<Response, Fail> {
    let l = signed.l();
    let found = twins(&web.house, &signed.actor, id, (year, asked.route())).await?;
    let rules = web.house.rules(year, &found.household.place.province).map_err(AppError::from)?;
    let route = asked.route().id();
    let heads = found.versions.iter().map(|v| version_head(l, &rules, v)).collect();
    Ok(shown(&BothPage {
        l,
        frame: signed.frame(Section::Review),
        head: found.household.head_name().to_owned(),
        back: Link::new(
            l.t("round-households"),
            format!("/review/{year}/round/{}?route={route}", found.household.place.village),
        ),
        action: format!("/survey/{year}/households/{id}/both?route={route}"),
        may_choose: found.versions.iter().filter(|v| v.may_be_chosen()).count() > 1
            && signed.actor.may(Verb::SurveyHousehold),
        heads,
        rows: rows(l, &web, &found, &rules).await?,
    }))
}

fn version_head(l: Lang, rules: &Rulebook, version: &Twin) -> VersionHead {
    let record = &version.record;
    VersionHead {
        id: record.id.to_string(),
        by: record.by_name.clone(),
        saved: moment(record.saved_ms),
        state: l.t(match record.standing {
            SurveyStanding::Counted => "survey-counted",
            SurveyStanding::Aside => "survey-aside",
            SurveyStanding::Replaced => "survey-replaced",
        }),
        may_be_chosen: version.may_be_chosen(),
        class: class_tag(l, rules, record.class.as_deref()),
        b1: points(record.b1),
        b2: points(record.b2),
        note: version.note.clone(),
        view: if version.view.is_empty() { String::new() } else { l.t1("survey-view", "text", &version.view) },
        confirmed: confirmed(l, version),
        photos: version.photos.iter().map(|hash| Link::new(l.t("survey-photo"), format!("/files/{hash}"))).collect(),
    }
}

/// A paper is signed by the household; on a phone somebody of it confirms by name.
fn confirmed(l: Lang, version: &Twin) -> String {
    match (version.confirmed_by.as_str(), version.record.channel.as_str()) {
        ("", "phone") => l.t("survey-unconfirmed"),
        ("", _) => String::new(),
        (by, _) => l.t1("survey-confirmed", "by", by),
    }
}

/// Every answer that some version gives; those that differ stand first.
async fn rows(l: Lang, web: &Web, found: &Twins, rules: &Rulebook) -> Result<Vec<BothRow>, AppError> {
    let pack = app::law::active_pack(&web.house).await?;
    let mut rows = Vec::new();
    let mut push = |label: String, values: Vec<String>| {
        if values.iter().any(|value| !value.is_empty()) {
            let differs = values.windows(2).any(|pair| pair.first() != pair.last());
            rows.push(BothRow { label, values, differs });
        }
    };
    let versions: Vec<&AssessmentInput> = found.versions.iter().map(|v| &v.input).collect();
    for fact in &rules.facts.value.household {
        let values = versions.iter().map(|input| words(l, fact, input.facts.get(&fact.id))).collect();
        push(label(l, &fact.label), values);
    }
    for member in &found.household.members {
        for fact in &rules.facts.value.person {
            let of = |input: &&AssessmentInput| {
                let facts = input.person_facts.get(&member.person.id);
                words(l, fact, facts.and_then(|facts| facts.get(&fact.id)))
            };
            push(format!("{}: {}", member.person.name, label(l, &fact.label)), versions.iter().map(of).collect());
        }
    }
    for item in pack.iter().flat_map(|pack| &pack.items) {
        let of = |input: &&AssessmentInput| {
            let given = input.answers.get(&item.id);
            let answer = item.answers.iter().find(|a| Some(&a.id) == given);
            answer.map(|a| label(l, &a.label)).unwrap_or_default()
        };
        push(label(l, &item.label), versions.iter().map(of).collect());
    }
    push(l.t("label-b1"), versions.iter().map(|input| input.b1_entered.clone()).collect());
    push(l.t("label-b2-entered"), versions.iter().map(|input| input.b2_entered.clone()).collect());
    rows.sort_by_key(|row| !row.differs);
    Ok(rows)
}

/// An answer in words; empty when none was given.
pub fn words(l: Lang, fact: &Fact, values: Option<&Vec<String>>) -> String {
    let Some(values) = values else { return String::new() };
    let word = |value: &String| match (&fact.answer, value.as_str()) {
        (Answer::YesNo, "yes") => l.t("yes"),
        (Answer::YesNo, "no") => l.t("no"),
        (Answer::AnyOf { .. }, "none") => l.t("none-of-these"),
        (Answer::OneOf { choices } | Answer::AnyOf { choices }, id) => {
            choices.iter().find(|c| c.id == id).map(|c| label(l, &c.label)).unwrap_or_default()
        }
        (Answer::Number { unit }, number) => format!("{number} {}", label(l, unit)),
        (Answer::YesNo, _) => String::new(),
    };
    values.iter().map(word).collect::<Vec<_>>().join(", ")
}

async fn pick(
    signed: Signed,
    State(web): State<Web>,
    Path((year, id)): Path<(i16, HouseholdId)>,
    Query(asked): Query<OfRoute>,
    Received(posted): Received<Vec<(String, String)>>,
) -> Result<Response, Fail> {
    let chosen: SurveyId = Posted(posted).chosen("chosen").map_err(|f| AppError::Form(vec![f]))?;
    choose(&web.house, &signed.actor, id, (year, asked.route()), chosen).await?;
    signed.say("notice-survey-chosen").await;
    let view = app::registry::open(&web.house, &signed.actor, id, Some(year)).await?;
    let route = asked.route().id();
    Ok(see(&format!("/review/{year}/round/{}?route={route}", view.household.place.village)))
}
