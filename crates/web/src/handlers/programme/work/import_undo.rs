//! An import of work is taken back as a whole, with a reason.

use app::AppError;
use app::programme::import_undo::{standing_import, undo_import};
use axum::Form as Received;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use kernel::IntakeId;

use super::said::Posted;
use super::taken_back::{Asked, page, refused};
use crate::Web;
use crate::fail::Fail;
use crate::handlers::words::{moment, number};
use crate::pages::parts::Link;
use crate::visitor::{Signed, see};

pub fn routes() -> Router<Web> {
    Router::new().route("/programme/imports/{id}/undo", get(ask).post(away))
}

fn id_of(id: &str) -> Result<IntakeId, AppError> {
    id.parse().map_err(|_| AppError::Missing("import"))
}

async fn asked(signed: &Signed, web: &Web, id: IntakeId) -> Result<Asked, Fail> {
    let l = signed.l();
    let entry = standing_import(&web.house, &signed.actor, id).await?;
    let counted = |name: &str| number(entry.detail.get(name).and_then(serde_json::Value::as_i64).unwrap_or(0));
    Ok(Asked {
        title: moment(entry.at_ms),
        facts: vec![
            (l.t("trail-who"), entry.actor_name.clone()),
            (l.t("programme-activities"), counted("activities")),
            (l.t("programme-needs"), counted("needs")),
        ],
        action: format!("/programme/imports/{id}/undo?{}", signed.period()),
        keys: ("import-undo", "import-undo-why"),
        back: Link::new(l.t("programme-activities"), format!("/programme/activities?{}", signed.period())),
        asks_day: false,
    })
}

async fn ask(signed: Signed, State(web): State<Web>, Path(id): Path<String>) -> Result<Response, Fail> {
    Ok(page(&signed, asked(&signed, &web, id_of(&id)?).await?, None))
}

async fn away(
    signed: Signed,
    State(web): State<Web>,
    Path(id): Path<String>,
    Received(posted): Received<Posted>,
) -> Result<Response, Fail> {
    let id = id_of(&id)?;
    match undo_import(&web.house, &signed.actor, id, &posted.text("why")).await {
        Ok(removed) => {
            signed.say_text(&signed.l().t1("import-undone", "n", number(removed))).await;
            Ok(see(&format!("/programme/activities?{}", signed.period())))
        }
        Err(error) => {
            let refused = refused(&signed, &posted, error)?;
            Ok(page(&signed, asked(&signed, &web, id).await?, refused))
        }
    }
}
