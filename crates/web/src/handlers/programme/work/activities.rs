//! Activities: the list, and one with those it reached and what became of it.

use std::collections::HashMap;

use app::AppError;
use app::programme::definitions_on;
use app::programme::work::{ActivityView, activities, activity, sums};
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::get;
use domain::access::Verb;
use kernel::{Day, Page, group_thousands};
use norms::WorkAnswer;

use super::activity_form::id_of;
use super::said::row;
use super::taken_back::tell;
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::words::{basis, label, number, pager, trail_rows};
use crate::pages::form::Form;
use crate::pages::frame::Section;
use crate::pages::parts::{Choice, Link};
use crate::pages::programme::work::{Activities, ActivityLine, ActivityPage, Figure, Rooms, SumLine};
use crate::visitor::{Signed, urlencode};

const PAGE: u32 = 50;

pub fn routes() -> Router<Web> {
    Router::new().route("/programme/activities", get(list)).route("/programme/activities/{id}", get(one))
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
        let place = row.activity.place.unit();
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

async fn one(signed: Signed, State(web): State<Web>, Path(id): Path<String>) -> Result<Response, Fail> {
    let back = Link::new(signed.l().t("programme-activities"), format!("/programme/activities?{}", signed.period()));
    match activity(&web.house, &signed.actor, id_of(&id)?).await {
        Ok(view) => Ok(page(&web, &signed, &view, back)),
        Err(AppError::Missing(_)) => tell(&signed, &web, ("activity", id), back).await,
        Err(other) => Err(other.into()),
    }
}

fn page(web: &Web, signed: &Signed, view: &ActivityView, back: Link) -> Response {
    let l = signed.l();
    let found = &view.activity;
    let own = format!("/programme/activities/{}", found.id);
    let mut facts = vec![
        (l.t("label-kind"), view.kind.as_ref().map_or_else(|| found.kind.clone(), |kind| label(l, &kind.label))),
        (l.t("label-day"), found.day.to_string()),
        (l.t("label-where"), web.house.scope_name(&found.place.unit())),
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
    shown(&ActivityPage {
        l,
        frame: signed.frame(Section::Targets),
        title: found.content.clone(),
        facts,
        participants: view.participants.iter().map(|named| row(web, signed, named, false)).collect(),
        basis: basis(&view.basis, &[]),
        past: trail_rows(l, &view.past),
        back_href: back.href,
        edit_href: may_record.then(|| format!("{own}/edit")),
        remove_href: may_record.then(|| format!("{own}/remove")),
        undo_href: undo,
    })
}
