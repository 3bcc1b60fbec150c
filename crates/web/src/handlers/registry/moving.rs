//! A whole household goes: to another village of the register, or out of its area, which closes it.

use app::AppError;
use app::registry::{HouseholdView, close_household, move_household};
use axum::Form as Received;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use kernel::HouseholdId;

use super::choices::villages;
use super::posted::{At, Filled, Posted, address, again, opened_to_edit, subject};
use crate::Web;
use crate::fail::Fail;
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::parts::Choice;
use crate::pages::registry::Moving;
use crate::visitor::{Signed, see};

/// The event of `norms/review/events.yaml` for a household that leaves the register's area.
const MOVED_AWAY: &str = "moved_away";

pub fn routes() -> Router<Web> {
    Router::new().route("/registry/households/{id}/move", get(blank).post(save))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Inside,
    Outside,
}

impl Target {
    const ALL: [Self; 2] = [Self::Inside, Self::Outside];

    fn id(self) -> &'static str {
        match self {
            Self::Inside => "inside",
            Self::Outside => "outside",
        }
    }
}

impl std::str::FromStr for Target {
    type Err = ();

    fn from_str(id: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|target| target.id() == id).ok_or(())
    }
}

async fn blank(signed: Signed, State(web): State<Web>, Path(id): Path<String>) -> Result<Response, Fail> {
    let view = opened_to_edit(&web, &signed, &id).await?;
    page(&web, &signed, &view, Filled::fresh(&signed, Form::new([("to", Target::Inside.id())]))).await
}

/// Only villages of the actor's own area can be chosen: nobody writes into the list of another commune.
async fn page(web: &Web, signed: &Signed, view: &HouseholdView, filled: Filled) -> Result<Response, Fail> {
    let l = signed.l();
    let mut villages = villages(web, signed, &signed.actor.scope).await?;
    villages.retain(|village| village.value != view.household.place.village.to_string());
    let page = Moving {
        l,
        frame: filled.frame,
        form: filled.form,
        subject: subject(view),
        villages,
        // keys: move-*
        targets: Target::ALL.map(|to| Choice::new(to.id(), l.t(&format!("move-{}", to.id())))).to_vec(),
    };
    Ok(answer(filled.status, &page))
}

async fn save(
    signed: Signed,
    State(web): State<Web>,
    Path(id): Path<String>,
    Received(posted): Received<Vec<(String, String)>>,
) -> Result<Response, Fail> {
    let (view, posted) = (opened_to_edit(&web, &signed, &id).await?, Posted(posted));
    match store(&web, &signed, &view, &posted).await {
        Ok((moved, notice)) => {
            signed.say(notice).await;
            Ok(see(&address(moved)))
        }
        Err(error) => {
            let filled = again(&signed, Some(&view), &posted, error, at)?;
            page(&web, &signed, &view, filled).await
        }
    }
}

async fn store(
    web: &Web,
    signed: &Signed,
    view: &HouseholdView,
    posted: &Posted,
) -> Result<(HouseholdId, &'static str), AppError> {
    let as_form = |fault| AppError::Form(vec![fault]);
    let (house, actor, seen) = (&web.house, &signed.actor, posted.seen(view.household.id));
    let day = posted.text("day");
    match posted.chosen("to").map_err(as_form)? {
        Target::Inside => {
            let village = posted.chosen("village").map_err(as_form)?;
            let moved = move_household(house, actor, seen, village, &day).await?;
            Ok((moved, "notice-household-moved"))
        }
        Target::Outside => {
            let departure = (MOVED_AWAY, day.as_str(), &*posted.text("note"));
            Ok((close_household(house, actor, seen, departure).await?, "notice-household-closed"))
        }
    }
}

/// The event is said by where the household goes.
fn at(field: &str) -> At {
    (if field == "event" { "to" } else { field }.to_owned(), None)
}
