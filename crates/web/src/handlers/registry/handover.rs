//! A household on its way between two communes: what the receiving commune accepts or declines, what the other takes back.

use app::AppError;
use app::registry::{accept_household, decline_household, handover, withdraw_household};
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use domain::access::Verb;
use domain::registry::{Handover as OnItsWay, HandoverState};
use domain::units::{Place, Scope, ScopeLevel};
use kernel::HandoverId;

use super::choices::villages;
use super::posted::{Filled, Posted, again, same};
use crate::Web;
use crate::fail::Fail;
use crate::handlers::words::{moment, number};
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::parts::Verdict;
use crate::pages::registry::Handover;
use crate::visitor::{Signed, see};

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/registry/handovers/{id}", get(show))
        .route("/registry/handovers/{id}/accept", post(accept))
        .route("/registry/handovers/{id}/decline", post(decline))
        .route("/registry/handovers/{id}/withdraw", post(withdraw))
}

pub fn address(id: HandoverId) -> String {
    format!("/registry/handovers/{id}")
}

/// How a hand-over stands, in a word.
pub fn state_key(state: HandoverState) -> (&'static str, Verdict) {
    match state {
        HandoverState::Offered => ("handover-offered", Verdict::Open),
        HandoverState::Accepted => ("handover-accepted", Verdict::Good),
        HandoverState::Declined => ("handover-declined", Verdict::Bad),
        HandoverState::Withdrawn => ("handover-withdrawn", Verdict::Plain),
    }
}

async fn show(signed: Signed, State(web): State<Web>, Path(id): Path<HandoverId>) -> Result<Response, Fail> {
    let found = handover(&web.house, &signed.actor, id).await?;
    page(&web, &signed, &found, Filled::fresh(&signed, Form::default())).await
}

async fn page(web: &Web, signed: &Signed, found: &OnItsWay, filled: Filled) -> Result<Response, Fail> {
    let l = signed.l();
    let name = |place: &Place| web.house.scope_name(&commune(place));
    let may = |end: &Place| signed.actor.may(Verb::EditRegistry) && signed.actor.scope.holds(end);
    let may_answer = found.state == HandoverState::Offered && may(&found.to);
    let (state, verdict) = state_key(found.state);
    let sees_household = match found.state {
        HandoverState::Accepted => signed.actor.scope.holds(&found.to),
        _ => signed.actor.scope.holds(&found.from),
    };
    let page = Handover {
        l,
        frame: filled.frame,
        form: filled.form,
        href: address(found.id),
        head: found.head_name.clone(),
        household_href: sees_household.then(|| super::posted::address(found.household)),
        size: number(found.size),
        from: name(&found.from),
        to: name(&found.to),
        day: found.day.to_string(),
        note: found.note.clone().unwrap_or_default(),
        offered: l.t2("handover-by", "by", &found.by_name, "at", moment(found.at_ms)),
        state: l.t(state),
        verdict,
        remark: found.remark.clone().unwrap_or_default(),
        villages: if may_answer { villages(web, signed, &commune(&found.to)).await? } else { Vec::new() },
        may_answer,
        may_withdraw: found.state.is_open() && may(&found.from),
    };
    Ok(answer(filled.status, &page))
}

fn commune(place: &Place) -> Scope {
    Scope::new(place.units_from, ScopeLevel::Commune, place.commune.clone())
}

async fn accept(
    signed: Signed,
    State(web): State<Web>,
    Path(id): Path<HandoverId>,
    posted: Posted,
) -> Result<Response, Fail> {
    let accepted = match posted.chosen("village") {
        Ok(village) => accept_household(&web.house, &signed.actor, id, village).await,
        Err(fault) => Err(AppError::Form(vec![fault])),
    };
    match accepted {
        Ok(household) => {
            signed.say("notice-household-accepted").await;
            Ok(see(&super::posted::address(household)))
        }
        Err(error) => refused(&web, &signed, id, &posted, error).await,
    }
}

async fn decline(
    signed: Signed,
    State(web): State<Web>,
    Path(id): Path<HandoverId>,
    posted: Posted,
) -> Result<Response, Fail> {
    match decline_household(&web.house, &signed.actor, id, &posted.text("remark")).await {
        Ok(()) => {
            signed.say("notice-household-declined").await;
            Ok(see("/"))
        }
        Err(error) => refused(&web, &signed, id, &posted, error).await,
    }
}

async fn withdraw(signed: Signed, State(web): State<Web>, Path(id): Path<HandoverId>) -> Result<Response, Fail> {
    match withdraw_household(&web.house, &signed.actor, id).await {
        Ok(household) => {
            signed.say("notice-household-withdrawn").await;
            Ok(see(&super::posted::address(household)))
        }
        Err(error) => refused(&web, &signed, id, &Posted(Vec::new()), error).await,
    }
}

/// The same page with the reason, and what was typed.
async fn refused(
    web: &Web,
    signed: &Signed,
    id: HandoverId,
    posted: &Posted,
    error: AppError,
) -> Result<Response, Fail> {
    let filled = again(signed, None, posted, error, same)?;
    let found = handover(&web.house, &signed.actor, id).await?;
    page(web, signed, &found, filled).await
}
