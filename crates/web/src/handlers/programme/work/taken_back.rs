//! Something recorded wrongly is taken back: the page that asks why, and the page that tells what became of it.

use app::programme::corrections::{
    need, remove_activity, remove_model, remove_need, remove_staff, staff_leave, staff_member, taken_back,
};
use app::programme::definitions_on;
use app::programme::models::model;
use app::programme::work::{NotRecorded, activity};
use app::{AppError, Entry};
use axum::Form as Received;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use domain::access::{Verb, check};
use kernel::Day;

use super::said::{Posted, Refused, again};
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::words::{label, trail_rows};
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::frame::Section;
use crate::pages::parts::Link;
use crate::pages::programme::work::{TakeBack, TakenBack};
use crate::visitor::{Signed, see};

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/programme/activities/{id}/remove", get(ask_activity).post(activity_away))
        .route("/programme/models/{id}/remove", get(ask_model).post(model_away))
        .route("/programme/needs/{id}/remove", get(ask_need).post(need_away))
        .route("/programme/staff/{id}/remove", get(ask_staff).post(staff_away))
        .route("/programme/staff/{id}/leave", get(ask_leave).post(leave))
}

/// What is asked: about what, with which words.
pub(super) struct Asked {
    pub title: String,
    pub facts: Vec<(String, String)>,
    pub action: String,
    /// Texts of the heading and of what it does to the targets.
    pub keys: (&'static str, &'static str),
    pub back: Link,
    pub asks_day: bool,
}

pub(super) fn page(signed: &Signed, asked: Asked, refused: Option<Refused>) -> Response {
    let (form, frame, status) = match refused {
        Some(refused) => (refused.form, refused.frame, refused.status),
        None => (Form::default(), signed.frame(Section::Targets), StatusCode::OK),
    };
    let l = signed.l();
    let (heading, why) = asked.keys;
    let page = TakeBack {
        l,
        frame,
        title: asked.title,
        // keys: activity-remove model-remove need-remove staff-remove staff-leave import-undo
        heading: l.t(heading),
        // keys: activity-remove-why model-remove-why need-remove-why staff-remove-why staff-leave-why import-undo-why
        why: l.t(why),
        facts: asked.facts,
        form,
        action: asked.action,
        back: asked.back,
        asks_day: asked.asks_day,
    };
    answer(status, &page)
}

pub(super) fn refused(signed: &Signed, posted: &Posted, error: AppError) -> Result<Option<Refused>, Fail> {
    Ok(Some(again(signed, posted, NotRecorded::Error(error))?))
}

async fn activity_asked(signed: &Signed, web: &Web, id: &str) -> Result<Asked, Fail> {
    check(&signed.actor, Verb::RecordWork)?;
    let l = signed.l();
    let found = activity(&web.house, &signed.actor, id.parse().map_err(|_| AppError::Missing("activity"))?).await?;
    let kind = found.kind.as_ref().map_or_else(|| found.activity.kind.clone(), |kind| label(l, &kind.label));
    let href = format!("/programme/activities/{id}");
    Ok(Asked {
        facts: vec![
            (l.t("label-kind"), kind),
            (l.t("label-day"), found.activity.day.to_string()),
            (l.t("activity-people"), found.activity.participants.len().to_string()),
        ],
        action: format!("{href}/remove"),
        keys: ("activity-remove", "activity-remove-why"),
        back: Link::new(found.activity.content.clone(), href),
        title: found.activity.content,
        asks_day: false,
    })
}

async fn ask_activity(signed: Signed, State(web): State<Web>, Path(id): Path<String>) -> Result<Response, Fail> {
    Ok(page(&signed, activity_asked(&signed, &web, &id).await?, None))
}

async fn activity_away(
    signed: Signed,
    State(web): State<Web>,
    Path(id): Path<String>,
    Received(posted): Received<Posted>,
) -> Result<Response, Fail> {
    let known = id.parse().map_err(|_| AppError::Missing("activity"))?;
    match remove_activity(&web.house, &signed.actor, known, &posted.text("why")).await {
        Ok(()) => {
            signed.say("activity-removed").await;
            Ok(see(&format!("/programme/activities/{id}")))
        }
        Err(error) => {
            let refused = refused(&signed, &posted, error)?;
            Ok(page(&signed, activity_asked(&signed, &web, &id).await?, refused))
        }
    }
}

async fn model_asked(signed: &Signed, web: &Web, id: &str) -> Result<Asked, Fail> {
    check(&signed.actor, Verb::RecordWork)?;
    let l = signed.l();
    let found = model(&web.house, &signed.actor, id.parse().map_err(|_| AppError::Missing("model"))?).await?.model;
    let href = format!("/programme/models/{id}");
    Ok(Asked {
        facts: vec![
            (l.t("label-project"), found.project.clone()),
            (l.t("label-started"), found.started.map_or_else(|| l.t("none-entered"), |day| day.to_string())),
            (l.t("model-members"), found.members.len().to_string()),
        ],
        action: format!("{href}/remove"),
        keys: ("model-remove", "model-remove-why"),
        back: Link::new(found.name.clone(), href),
        title: found.name,
        asks_day: false,
    })
}

async fn ask_model(signed: Signed, State(web): State<Web>, Path(id): Path<String>) -> Result<Response, Fail> {
    Ok(page(&signed, model_asked(&signed, &web, &id).await?, None))
}

async fn model_away(
    signed: Signed,
    State(web): State<Web>,
    Path(id): Path<String>,
    Received(posted): Received<Posted>,
) -> Result<Response, Fail> {
    let known = id.parse().map_err(|_| AppError::Missing("model"))?;
    match remove_model(&web.house, &signed.actor, known, &posted.text("why")).await {
        Ok(()) => {
            signed.say("model-removed").await;
            Ok(see(&format!("/programme/models/{id}")))
        }
        Err(error) => {
            let refused = refused(&signed, &posted, error)?;
            Ok(page(&signed, model_asked(&signed, &web, &id).await?, refused))
        }
    }
}

async fn need_asked(signed: &Signed, web: &Web, id: &str) -> Result<Asked, Fail> {
    check(&signed.actor, Verb::RecordWork)?;
    let l = signed.l();
    let known = id.parse().map_err(|_| AppError::Missing("need"))?;
    let (found, who) = need(&web.house, &signed.actor, known).await?;
    let definitions = definitions_on(&web.house, found.day)?;
    let kind = definitions.norms.work.value.need(&found.kind);
    let kind = kind.map_or_else(|| found.kind.clone(), |kind| label(l, &kind.label));
    Ok(Asked {
        title: who.map_or_else(|| kind.clone(), |who| who.name),
        facts: vec![(l.t("label-kind"), kind), (l.t("label-day"), found.day.to_string())],
        action: format!("/programme/needs/{id}/remove?{}", signed.period()),
        keys: ("need-remove", "need-remove-why"),
        back: Link::new(l.t("programme-needs"), format!("/programme/needs?{}", signed.period())),
        asks_day: false,
    })
}

async fn ask_need(signed: Signed, State(web): State<Web>, Path(id): Path<String>) -> Result<Response, Fail> {
    Ok(page(&signed, need_asked(&signed, &web, &id).await?, None))
}

async fn need_away(
    signed: Signed,
    State(web): State<Web>,
    Path(id): Path<String>,
    Received(posted): Received<Posted>,
) -> Result<Response, Fail> {
    let known = id.parse().map_err(|_| AppError::Missing("need"))?;
    match remove_need(&web.house, &signed.actor, known, &posted.text("why")).await {
        Ok(()) => {
            signed.say("need-removed").await;
            Ok(see(&format!("/programme/needs?{}", signed.period())))
        }
        Err(error) => {
            let refused = refused(&signed, &posted, error)?;
            Ok(page(&signed, need_asked(&signed, &web, &id).await?, refused))
        }
    }
}

async fn staff_asked(signed: &Signed, web: &Web, id: &str, leaves: bool) -> Result<Asked, Fail> {
    check(&signed.actor, Verb::RecordWork)?;
    let l = signed.l();
    let known = id.parse().map_err(|_| AppError::Missing("staff"))?;
    let found = staff_member(&web.house, &signed.actor, known).await?;
    let definitions = definitions_on(&web.house, Day::last_of(signed.year))?;
    let levels = &definitions.norms.work.value.staff_levels;
    let level = levels.iter().find(|level| level.id == found.level);
    let step = if leaves { "leave" } else { "remove" };
    Ok(Asked {
        title: found.name,
        facts: vec![
            (l.t("label-level"), level.map_or(found.level, |level| label(l, &level.label))),
            (l.t("label-office"), found.office),
            (l.t("label-since"), found.since.to_string()),
        ],
        action: format!("/programme/staff/{id}/{step}?{}", signed.period()),
        keys: if leaves { ("staff-leave", "staff-leave-why") } else { ("staff-remove", "staff-remove-why") },
        back: Link::new(l.t("staff-title"), format!("/programme/staff?{}", signed.period())),
        asks_day: leaves,
    })
}

async fn ask_staff(signed: Signed, State(web): State<Web>, Path(id): Path<String>) -> Result<Response, Fail> {
    Ok(page(&signed, staff_asked(&signed, &web, &id, false).await?, None))
}

async fn staff_away(
    signed: Signed,
    State(web): State<Web>,
    Path(id): Path<String>,
    Received(posted): Received<Posted>,
) -> Result<Response, Fail> {
    let known = id.parse().map_err(|_| AppError::Missing("staff"))?;
    match remove_staff(&web.house, &signed.actor, known, &posted.text("why")).await {
        Ok(()) => {
            signed.say("staff-removed").await;
            Ok(see(&format!("/programme/staff?{}", signed.period())))
        }
        Err(error) => {
            let refused = refused(&signed, &posted, error)?;
            Ok(page(&signed, staff_asked(&signed, &web, &id, false).await?, refused))
        }
    }
}

async fn ask_leave(signed: Signed, State(web): State<Web>, Path(id): Path<String>) -> Result<Response, Fail> {
    Ok(page(&signed, staff_asked(&signed, &web, &id, true).await?, None))
}

async fn leave(
    signed: Signed,
    State(web): State<Web>,
    Path(id): Path<String>,
    Received(posted): Received<Posted>,
) -> Result<Response, Fail> {
    let known = id.parse().map_err(|_| AppError::Missing("staff"))?;
    let (day, reason) = (posted.text("left"), posted.text("why"));
    match staff_leave(&web.house, &signed.actor, known, (&day, &reason)).await {
        Ok(()) => {
            signed.say("staff-left").await;
            Ok(see(&format!("/programme/staff?{}", signed.period())))
        }
        Err(error) => {
            let refused = refused(&signed, &posted, error)?;
            Ok(page(&signed, staff_asked(&signed, &web, &id, true).await?, refused))
        }
    }
}

/// What became of a record that is no longer there; a stranger's address stays missing.
pub async fn tell(signed: &Signed, web: &Web, subject: (&str, String), back: Link) -> Result<Response, Fail> {
    let l = signed.l();
    let entries: Vec<Entry> = taken_back(&web.house, &signed.actor, subject).await?;
    let detail = entries.first().map(|entry| &entry.detail);
    let name = detail.and_then(|detail| detail.get("content").or_else(|| detail.get("name")));
    Ok(shown(&TakenBack {
        l,
        frame: signed.frame(Section::Targets),
        title: name.and_then(|name| name.as_str()).unwrap_or_default().to_owned(),
        past: trail_rows(l, &entries),
        back,
    }))
}
