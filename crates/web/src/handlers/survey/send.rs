//! What phones send: surveys by the dozen, photos one by one. Answers are JSON; whoever is not signed in hears 401 and keeps
//! everything on the phone.

use std::collections::BTreeSet;

use app::AppError;
use app::review::files::{Upload, keep};
use app::review::rounds::village_view;
use app::review::survey::SentSurvey;
use axum::body::Bytes;
use axum::extract::{FromRequestParts, Path, Query, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use domain::access::Actor;
use kernel::VillageId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tower_sessions::Session;

use super::phone::OfRoute;
use crate::Web;
use crate::fail::said;
use crate::language::Lang;
use crate::visitor::{holder_of, language_of};

pub fn routes() -> Router<Web> {
    Router::new().route("/survey/send", post(send)).route("/survey/{year}/{village}/photo", post(photo))
}

/// Somebody signed in, asked for as cheaply as can be: no frame, no page.
struct Caller {
    actor: Actor,
    l: Lang,
}

impl FromRequestParts<Web> for Caller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Self::Rejection> {
        let refused = || (StatusCode::UNAUTHORIZED, Json(json!({"refused": "ACC-001"}))).into_response();
        let session = Session::from_request_parts(parts, web).await.map_err(IntoResponse::into_response)?;
        let actor = holder_of(&web.house, &session).await.ok_or_else(refused)?;
        Ok(Self { actor, l: language_of(parts) })
    }
}

/// More at once is no phone of ours.
const MOST: usize = 200;

#[derive(Deserialize)]
struct Sent {
    surveys: Vec<SentSurvey>,
}

#[derive(Serialize)]
struct Told {
    token: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    what: Option<String>,
    #[serde(flatten)]
    receipt: Option<Value>,
}

async fn send(caller: Caller, State(web): State<Web>, Json(sent): Json<Sent>) -> Response {
    if sent.surveys.len() > MOST {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    let mut receipts = Vec::with_capacity(sent.surveys.len());
    let mut later = BTreeSet::new();
    for survey in sent.surveys {
        // A correction never overtakes what it corrects.
        if later.contains(&survey.household) {
            continue;
        }
        let household = survey.household;
        let token = survey.token.clone();
        match web.house.surveys.take(&web.house, &caller.actor, survey).await {
            Ok(receipt) => {
                let receipt = serde_json::to_value(&receipt).ok();
                receipts.push(Told { token, refused: None, what: None, receipt });
            }
            // Nothing is said of this one, so that the phone sends it again; the others go on.
            Err(error) if is_ours(&error) => {
                later.insert(household);
            }
            Err(error) => {
                let what = Some(words(caller.l, &error));
                receipts.push(Told { token, refused: Some(error.code()), what, receipt: None });
            }
        }
    }
    if receipts.is_empty() && !later.is_empty() {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    Json(json!({ "receipts": receipts })).into_response()
}

/// Our own trouble, or somebody else's turn: the same may be sent again.
fn is_ours(error: &AppError) -> bool {
    matches!(error, AppError::Fault(_) | AppError::Conflict(_) | AppError::Paper(_))
}

/// What was not taken, field by field where it is a form's.
fn words(l: Lang, error: &AppError) -> String {
    match error {
        AppError::Form(faults) => {
            let fault = |f: &app::FieldFault| format!("{}: {}", f.field, l.t(f.problem));
            faults.iter().map(fault).collect::<Vec<_>>().join("; ")
        }
        other => said(l, other),
    }
}

async fn photo(
    caller: Caller,
    State(web): State<Web>,
    Path((year, village)): Path<(i16, VillageId)>,
    Query(asked): Query<OfRoute>,
    body: Bytes,
) -> Response {
    let kept = async {
        let view = village_view(&web.house, &caller.actor, village, (year, asked.route())).await?;
        let upload = Upload { name: "survey.jpg".to_owned(), content: body.to_vec() };
        keep(&web.house, &caller.actor, &view.round.place, upload).await
    };
    match kept.await {
        Ok(hash) => Json(json!({ "hash": hash })).into_response(),
        Err(error) if is_ours(&error) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Err(error) => {
            let told = json!({"refused": error.code(), "what": words(caller.l, &error)});
            (StatusCode::UNPROCESSABLE_ENTITY, Json(told)).into_response()
        }
    }
}
