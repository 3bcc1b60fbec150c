//! Some members of a household found one of their own.

use app::AppError;
use app::registry::{HouseholdView, split};
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use kernel::{HouseholdId, PersonId};

use super::choices::present;
use super::posted::{Edits, Filled, OnHousehold, Posted, address, again, same, subject};
use crate::Web;
use crate::fail::Fail;
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::registry::Split;
use crate::visitor::{Signed, see};

pub fn routes() -> Router<Web> {
    Router::new().route("/registry/households/{id}/split", get(blank).post(save))
}

async fn blank(OnHousehold { signed, view, .. }: OnHousehold<Edits>) -> Response {
    page(&signed, &view, Filled::fresh(&signed, Form::default()))
}

fn page(signed: &Signed, view: &HouseholdView, filled: Filled) -> Response {
    let (subject, members) = (subject(view), present(view));
    let page = Split { l: signed.l(), frame: filled.frame, form: filled.form, subject, members };
    answer(filled.status, &page)
}

async fn save(
    State(web): State<Web>,
    OnHousehold { signed, view, .. }: OnHousehold<Edits>,
    posted: Posted,
) -> Result<Response, Fail> {
    match store(&web, &signed, &view, &posted).await {
        Ok(founded) => {
            signed.say("notice-household-split").await;
            Ok(see(&address(founded)))
        }
        Err(error) => Ok(page(&signed, &view, again(&signed, Some(&view), &posted, error, same)?)),
    }
}

async fn store(web: &Web, signed: &Signed, view: &HouseholdView, posted: &Posted) -> Result<HouseholdId, AppError> {
    let going: Vec<PersonId> = posted.all("going").filter_map(|id| id.parse().ok()).collect();
    let head = posted.chosen("head").map_err(|fault| AppError::Form(vec![fault]))?;
    let (seen, day) = (posted.seen(view.household.id), posted.text("day"));
    split(&web.house, &signed.actor, seen, (&going, head), &day).await
}
