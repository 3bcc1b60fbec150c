//! Approving a review and marking forms official: two buttons, each leaving a snapshot.

use app::AppError;
use app::reporting::{approve_review, mark_official};
use axum::Form as Posted;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::post;
use domain::units::Scope;
use serde::Deserialize;

use crate::Web;
use crate::fail::Fail;
use crate::visitor::{Signed, see};

pub fn routes() -> Router<Web> {
    Router::new().route("/review/{year}/approve", post(approve)).route("/review/{year}/official", post(official))
}

#[derive(Deserialize)]
struct Unit {
    unit: String,
}

impl Unit {
    fn scope(&self, signed: &Signed) -> Result<Scope, Fail> {
        Scope::from_address(&self.unit, signed.actor.scope.units_from).ok_or(Fail(AppError::Missing("unit")))
    }
}

async fn approve(
    signed: Signed,
    State(web): State<Web>,
    Path(year): Path<i16>,
    Posted(unit): Posted<Unit>,
) -> Result<Response, Fail> {
    let record = approve_review(&web.house, &signed.actor, &unit.scope(&signed)?, year).await?;
    signed.say("notice-review-approved").await;
    Ok(see(&format!("/reporting/snapshots/{}", record.name)))
}

async fn official(
    signed: Signed,
    State(web): State<Web>,
    Path(year): Path<i16>,
    Posted(unit): Posted<Unit>,
) -> Result<Response, Fail> {
    let record = mark_official(&web.house, &signed.actor, &unit.scope(&signed)?, year).await?;
    signed.say("notice-forms-official").await;
    Ok(see(&format!("/reporting/snapshots/{}", record.name)))
}
