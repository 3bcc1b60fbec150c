//! Activities: the list, one, and the one form for every kind.

use std::collections::{BTreeMap, HashMap};

use app::AppError;
use app::programme::definitions_on;
use app::programme::work::{ActivityInput, activities, activity, record_activity, remove_activity, sums, undo_import};
use axum::Form as Received;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use conditions::{Condition, Language};
use domain::access::{Verb, check};
use domain::programme::target::Definitions;
use kernel::{ActivityId, Day, IntakeId, Page, group_thousands};
use norms::{ActivityKind, WorkAnswer};

use super::said::{again, posted_map, row};
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::words::{basis, label, number, pager};
use crate::language::Lang;
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section};
use crate::pages::parts::Choice;
use crate::pages::programme::work::{
    Activities, ActivityForm, ActivityLine, ActivityPage, Figure, KindField, Rooms, SumLine,
};
use crate::visitor::{Signed, see, urlencode};

const PAGE: u32 = 50;

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/programme/activities", get(list))
        .route("/programme/activities/new", get(new).post(save))
        .route("/programme/activities/{id}", get(one))
        .route("/programme/activities/{id}/remove", post(remove))
        .route("/programme/imports/{id}/undo", post(undo))
}

async fn list(
    signed: Signed,
    State(web): State<Web>,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, Fail> {
    let (l, period) = (signed.l(), signed.period());
    let definitions = definitions_on(&web.house, Day::last_of(signed.year))?;
    let kinds = &definitions.norms.work.value;
    let kind = asked.get("kind").filter(|kind| !kind.is_empty()).cloned();
    let page = Page::new(asked.get("page").and_then(|page| page.parse().ok()).unwrap_or(1), PAGE);
    let project = asked.get("project").filter(|project| !project.is_empty());
    let wanted = (signed.year, kinds_of(kinds, kind.as_ref(), project));
    let found = activities(&web.house, &signed.actor, Some(&signed.scope), wanted, page).await?;
    let named = |id: &str| kinds.kind(id).map_or_else(|| id.to_owned(), |kind| label(l, &kind.label));
    let rows = found.rows.iter().map(|row| {
        let href = format!("/programme/activities/{}", row.activity.id);
        let place = app::programme::unit_of(&row.activity.place);
        ActivityLine {
            day: row.activity.day.to_string(),
            kind: named(&row.activity.kind),
            content: row.activity.content.clone(),
            place: web.house.scope_name(&place),
            agency: row.activity.agency.clone(),
            participants: Figure::new(number(row.participants), format!("{href}#participants")),
            money: Figure::new(group_thousands(row.activity.money), href.clone()),
            href,
        }
    });
    let rows = rows.collect();
    let sums = sums(&web.house, &signed.actor, Some(&signed.scope), signed.year).await?;
    let sums = sums.into_iter().map(|(kind, activities, people, money)| {
        let href = format!("/programme/activities?{period}&kind={kind}");
        let project = kinds.kind(&kind).and_then(|kind| kind.project.clone());
        SumLine {
            kind: named(&kind),
            project: project.unwrap_or_else(|| l.t("project-none")),
            activities: Figure::new(number(activities), href.clone()),
            people: Figure::new(number(people), href.clone()),
            money: Figure::new(group_thousands(money), href),
        }
    });
    let choices = kinds.kinds.iter().map(|kind| Choice::new(kind.id.clone(), label(l, &kind.label)));
    let mut filter = kind.as_ref().map(|kind| format!("&kind={kind}")).unwrap_or_default();
    filter.push_str(&project.map(|project| format!("&project={}", urlencode(project))).unwrap_or_default());
    Ok(shown(&Activities {
        l,
        frame: signed.frame(Section::Targets),
        rooms: Rooms::new(&period, "activities"),
        form: Form::new([("kind", kind.unwrap_or_default())]),
        unit: signed.scope.address(),
        kinds: choices.collect(),
        sums: sums.collect(),
        rows,
        pager: pager(&found, |page| format!("/programme/activities?{period}{filter}&page={page}")),
        may_record: signed.actor.may(Verb::RecordWork),
        new_href: format!("/programme/activities/new?{period}"),
        import_href: format!("/programme/import?{period}"),
    }))
}

/// The kinds asked for: one, or all of a project with its sub-projects.
fn kinds_of(kinds: &norms::ActivityKinds, kind: Option<&String>, project: Option<&String>) -> Option<Vec<String>> {
    if let Some(kind) = kind {
        return Some(vec![kind.clone()]);
    }
    let project = project?;
    let is_within = |own: &str| own.strip_prefix(project.as_str()).is_some_and(|r| r.is_empty() || r.starts_with('.'));
    let within = kinds.kinds.iter().filter(|kind| kind.project.as_deref().is_some_and(is_within));
    Some(within.map(|kind| kind.id.clone()).collect())
}

async fn new(
    signed: Signed,
    State(web): State<Web>,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, Fail> {
    check(&signed.actor, Verb::RecordWork)?;
    let kind = asked.get("kind").cloned().unwrap_or_default();
    let frame = signed.frame(Section::Targets);
    build(&web, &signed, &kind, (Form::default(), frame, Vec::new(), StatusCode::OK))
}

type Shown = (Form, Frame, Vec<String>, StatusCode);

fn build(web: &Web, signed: &Signed, kind: &str, (form, frame, line_faults, status): Shown) -> Result<Response, Fail> {
    let l = signed.l();
    let definitions = definitions_on(&web.house, Day::last_of(signed.year))?;
    let chosen = definitions.norms.work.value.kind(kind);
    let page = ActivityForm {
        l,
        frame,
        form,
        action: format!("/programme/activities/new?{}", signed.period()),
        back_href: format!("/programme/activities?{}", signed.period()),
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
        line_faults,
        basis: chosen.map(|_| basis(&definitions.norms.work.basis, &[])),
    };
    Ok(answer(status, &page))
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

async fn save(
    signed: Signed,
    State(web): State<Web>,
    Received(posted): Received<Vec<(String, String)>>,
) -> Result<Response, Fail> {
    let values = posted_map(&posted);
    let text = |name: &str| (*values.get(name).unwrap_or(&"")).to_owned();
    let fields =
        posted.iter().filter_map(|(name, value)| Some((name.strip_prefix("field.")?.to_owned(), value.clone())));
    let input = ActivityInput {
        kind: text("kind"),
        day: text("day"),
        content: text("content"),
        agency: text("agency"),
        money: text("money"),
        fields: fields.collect(),
        participants: text("participants"),
        version: 0,
    };
    match record_activity(&web.house, &signed.actor, Some(&signed.scope), &input).await {
        Ok(id) => {
            signed.say("activity-recorded").await;
            Ok(see(&format!("/programme/activities/{id}")))
        }
        Err(refused) => {
            let again = again(&signed, &posted, refused)?;
            build(&web, &signed, &input.kind, (again.form, again.frame, again.lines, again.status))
        }
    }
}

fn id_of(id: &str) -> Result<ActivityId, Fail> {
    Ok(id.parse().map_err(|_| AppError::Missing("activity"))?)
}

async fn one(signed: Signed, State(web): State<Web>, Path(id): Path<String>) -> Result<Response, Fail> {
    let l = signed.l();
    let view = activity(&web.house, &signed.actor, id_of(&id)?).await?;
    let found = &view.activity;
    let mut facts = vec![
        (l.t("label-kind"), view.kind.as_ref().map_or_else(|| found.kind.clone(), |kind| label(l, &kind.label))),
        (l.t("label-day"), found.day.to_string()),
        (l.t("label-where"), web.house.scope_name(&app::programme::unit_of(&found.place))),
        (l.t("label-agency"), found.agency.clone()),
        (l.t("label-money"), format!("{} {}", group_thousands(found.money), l.t("unit-dong"))),
    ];
    for field in view.kind.iter().flat_map(|kind| &kind.fields) {
        let Some(value) = found.fields.get(&field.id) else { continue };
        let shown = match &field.answer {
            WorkAnswer::OneOf { choices } => choices.iter().find(|c| c.id == *value).map(|c| label(l, &c.label)),
            _ => None,
        };
        facts.push((label(l, &field.label), shown.unwrap_or_else(|| value.clone())));
    }
    facts.push((l.t("activity-people"), number(found.participants.len())));
    let may_record = signed.actor.may(Verb::RecordWork);
    let undo = found.intake.filter(|_| may_record).map(|intake| format!("/programme/imports/{intake}/undo"));
    Ok(shown(&ActivityPage {
        l,
        frame: signed.frame(Section::Targets),
        title: found.content.clone(),
        facts,
        participants: view.participants.iter().map(|named| row(&web, &signed, named, false)).collect(),
        basis: basis(&view.basis, &[]),
        back_href: format!("/programme/activities?{}", signed.period()),
        remove_href: may_record.then(|| format!("/programme/activities/{id}/remove")),
        undo_href: undo,
    }))
}

async fn remove(signed: Signed, State(web): State<Web>, Path(id): Path<String>) -> Result<Response, Fail> {
    remove_activity(&web.house, &signed.actor, id_of(&id)?).await?;
    signed.say("activity-removed").await;
    Ok(see(&format!("/programme/activities?{}", signed.period())))
}

async fn undo(signed: Signed, State(web): State<Web>, Path(id): Path<String>) -> Result<Response, Fail> {
    let id: IntakeId = id.parse().map_err(|_| AppError::Missing("import"))?;
    let removed = undo_import(&web.house, &signed.actor, id).await?;
    signed.say_text(&signed.l().t1("import-undone", "n", number(removed))).await;
    Ok(see(&format!("/programme/activities?{}", signed.period())))
}
