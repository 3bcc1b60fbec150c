//! The one form for every kind of work: new, and put right with a reason.

use std::collections::{BTreeMap, HashMap};

use app::AppError;
use app::programme::corrections::correct_activity;
use app::programme::definitions_on;
use app::programme::work::{ActivityInput, ActivityView, NotRecorded, activity, record_activity};
use axum::Form as Received;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::get;
use conditions::{Condition, Language};
use domain::access::{Verb, check};
use domain::programme::target::Definitions;
use kernel::{ActivityId, Day, group_thousands};
use norms::{ActivityKind, WorkAnswer};

use super::meanwhile::meanwhile;
use super::said::{Posted, Shown, again, kept};
use crate::Web;
use crate::fail::Fail;
use crate::handlers::words::{basis, label};
use crate::language::Lang;
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::frame::Section;
use crate::pages::parts::Choice;
use crate::pages::programme::work::{ActivityForm, KindField};
use crate::visitor::{Signed, see, urlencode};

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/programme/activities/new", get(new).post(save))
        .route("/programme/activities/{id}/edit", get(edit).post(correct))
}

async fn new(
    signed: Signed,
    State(web): State<Web>,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, Fail> {
    check(&signed.actor, Verb::RecordWork)?;
    let kind = asked.get("kind").cloned().unwrap_or_default();
    build(&web, &signed, (&kind, None), Shown::default())
}

/// The form of a kind; of an activity that is put right, where there is one.
fn build(
    web: &Web,
    signed: &Signed,
    (kind, recorded): (&str, Option<&ActivityView>),
    shown: Shown,
) -> Result<Response, Fail> {
    let l = signed.l();
    let year = recorded.map_or(signed.year, |view| view.activity.day.year());
    let definitions = definitions_on(&web.house, Day::last_of(year))?;
    let chosen = definitions.norms.work.value.kind(kind);
    let own = recorded.map(|view| format!("/programme/activities/{}", view.activity.id));
    let list = format!("/programme/activities?{}", signed.period());
    let page = ActivityForm {
        l,
        frame: shown.frame.unwrap_or_else(|| signed.frame(Section::Targets)),
        form: shown.form,
        action: match &own {
            Some(own) => format!("{own}/edit"),
            None => format!("/programme/activities/new?{}", signed.period()),
        },
        back_href: own.unwrap_or(list),
        kinds: if chosen.is_none() { by_project(l, &definitions) } else { Vec::new() },
        kind: chosen.map(|kind| kind.id.clone()).unwrap_or_default(),
        kind_label: chosen.map(|kind| label(l, &kind.label)).unwrap_or_default(),
        project: chosen.map(|kind| project_name(l, &definitions, kind)).unwrap_or_default(),
        who: chosen.map(|kind| who(l, &definitions, kind)).unwrap_or_default(),
        // keys: participants-*
        takes: chosen.and_then(|kind| kind.takes).map(|s| l.t(&format!("participants-{}", s.id()))).unwrap_or_default(),
        feeds: chosen.map(|kind| kind.feeds.join(", ")).unwrap_or_default(),
        period: chosen.map(|kind| period(&definitions, kind)).unwrap_or_default(),
        fields: chosen.map(|kind| fields(l, kind)).unwrap_or_default(),
        line_faults: shown.lines,
        basis: chosen.map(|_| basis(&definitions.norms.work.basis, &[])),
        layout_href: format!("/programme/import/layout.xlsx?{}&kind={}", signed.period(), urlencode(kind)),
        kept: recorded.map(|view| kept(l, &view.activity.participants, &view.participants)).unwrap_or_default(),
        is_correction: recorded.is_some(),
        meanwhile: shown.meanwhile,
    };
    Ok(answer(shown.status, &page))
}

fn by_project(l: Lang, definitions: &Definitions) -> Vec<(String, Vec<Choice>)> {
    let work = &definitions.norms.work.value;
    let mut groups: BTreeMap<String, Vec<Choice>> = BTreeMap::new();
    for kind in &work.kinds {
        groups
            .entry(project_name(l, definitions, kind))
            .or_default()
            .push(Choice::new(kind.id.clone(), label(l, &kind.label)));
    }
    groups.into_iter().collect()
}

fn project_name(l: Lang, definitions: &Definitions, kind: &ActivityKind) -> String {
    let period = kind.project.as_deref().and_then(|project| definitions.norms.work.value.period(project));
    period.map_or_else(|| l.t("project-none"), |period| label(l, &period.label))
}

fn period(definitions: &Definitions, kind: &ActivityKind) -> String {
    let period = kind.project.as_deref().and_then(|project| definitions.norms.work.value.period(project));
    period.map(|period| format!("{}–{}", period.from, period.to)).unwrap_or_default()
}

fn who(l: Lang, definitions: &Definitions, kind: &ActivityKind) -> String {
    let (Some(subject), Some(text)) = (kind.takes, &kind.who) else { return String::new() };
    let schema = definitions.schema(subject.record());
    let language = if l == Lang::En { Language::English } else { Language::Vietnamese };
    Condition::read(text, schema).map(|condition| condition.explain(schema, language)).unwrap_or_default()
}

fn fields(l: Lang, kind: &ActivityKind) -> Vec<KindField> {
    let field = |field: &norms::WorkField| {
        let (unit, choices) = match &field.answer {
            WorkAnswer::Text => (String::new(), Vec::new()),
            WorkAnswer::Number { unit } => (label(l, unit), Vec::new()),
            WorkAnswer::OneOf { choices } => {
                (String::new(), choices.iter().map(|c| Choice::new(c.id.clone(), label(l, &c.label))).collect())
            }
        };
        KindField { name: format!("field.{}", field.id), label: label(l, &field.label), unit, choices }
    };
    kind.fields.iter().map(field).collect()
}

fn input(posted: &Posted) -> ActivityInput {
    ActivityInput {
        kind: posted.text("kind"),
        day: posted.text("day"),
        content: posted.text("content"),
        agency: posted.text("agency"),
        money: posted.text("money"),
        fields: posted.under("field."),
        participants: posted.text("participants"),
        kept: posted.all("kept"),
        version: posted.text("version").parse().unwrap_or(0),
    }
}

async fn save(signed: Signed, State(web): State<Web>, Received(posted): Received<Posted>) -> Result<Response, Fail> {
    let input = input(&posted);
    match record_activity(&web.house, &signed.actor, Some(&signed.scope), &input).await {
        Ok(id) => {
            signed.say("activity-recorded").await;
            Ok(see(&format!("/programme/activities/{id}")))
        }
        Err(refused) => {
            let again = again(&signed, &posted, refused)?;
            build(&web, &signed, (&input.kind, None), again.into())
        }
    }
}

/// An activity as its form holds it.
fn filled(view: &ActivityView) -> Form {
    let found = &view.activity;
    let mut values = vec![
        ("day".to_owned(), found.day.to_string()),
        ("content".to_owned(), found.content.clone()),
        ("agency".to_owned(), found.agency.clone()),
        ("money".to_owned(), group_thousands(found.money)),
        ("version".to_owned(), found.version.to_string()),
    ];
    values.extend(found.fields.iter().map(|(id, value)| (format!("field.{id}"), value.clone())));
    values.extend(found.participants.iter().map(|who| ("kept".to_owned(), who.id().to_string())));
    Form::new(values)
}

async fn edit(signed: Signed, State(web): State<Web>, Path(id): Path<String>) -> Result<Response, Fail> {
    check(&signed.actor, Verb::RecordWork)?;
    let view = activity(&web.house, &signed.actor, id_of(&id)?).await?;
    let shown = Shown { form: filled(&view), ..Shown::default() };
    build(&web, &signed, (&view.activity.kind, Some(&view)), shown)
}

async fn correct(
    signed: Signed,
    State(web): State<Web>,
    Path(id): Path<String>,
    Received(posted): Received<Posted>,
) -> Result<Response, Fail> {
    let known = id_of(&id)?;
    match correct_activity(&web.house, &signed.actor, known, (&input(&posted), &posted.text("why"))).await {
        Ok(()) => {
            signed.say("activity-corrected").await;
            Ok(see(&format!("/programme/activities/{id}")))
        }
        Err(refused) => {
            let view = activity(&web.house, &signed.actor, known).await?;
            let shown = match refused {
                NotRecorded::Error(AppError::Conflict(_)) => saved_meanwhile(&signed, &posted, &view),
                other => again(&signed, &posted, other)?.into(),
            };
            build(&web, &signed, (&view.activity.kind, Some(&view)), shown)
        }
    }
}

fn saved_meanwhile(signed: &Signed, posted: &Posted, view: &ActivityView) -> Shown {
    let l = signed.l();
    let words = |field: &str, value: &str| match field.strip_prefix("field.") {
        Some(own) => {
            let field = view.kind.as_ref()?.fields.iter().find(|field| field.id == own)?;
            let chosen = match &field.answer {
                WorkAnswer::OneOf { choices } => choices.iter().find(|choice| choice.id == value),
                _ => None,
            };
            Some((label(l, &field.label), chosen.map_or_else(|| value.to_owned(), |choice| label(l, &choice.label))))
        }
        // keys: label-day label-content label-agency label-money
        None if ["day", "content", "agency", "money"].contains(&field) => {
            Some((l.t(&format!("label-{field}")), value.to_owned()))
        }
        None => None,
    };
    let (refused, rows) = meanwhile(signed, posted, (&filled(view), &view.past), words);
    Shown { meanwhile: rows, ..refused.into() }
}

pub(super) fn id_of(id: &str) -> Result<ActivityId, Fail> {
    Ok(id.parse().map_err(|_| AppError::Missing("activity"))?)
}
