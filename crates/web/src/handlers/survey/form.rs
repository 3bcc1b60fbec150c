//! The survey of one household as a plain form: for a browser without scripts, and for rechecks at a desk.

use app::AppError;
use app::registry::HouseholdView;
use app::review::survey::SentSurvey;
use axum::Form as Received;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::get;
use domain::access::{Verb, check};
use domain::review::survey::SurveyStanding;

use super::phone::OfRoute;
use crate::Web;
use crate::fail::Fail;
use crate::handlers::registry::posted::{Filled, Posted, again, opened};
use crate::handlers::registry::sheet::{at, sheet_page};
use crate::handlers::registry::survey::{Survey, input, written};
use crate::pages::form::Form;
use crate::visitor::{Signed, see};

pub fn routes() -> Router<Web> {
    Router::new().route("/survey/{year}/households/{id}/form", get(page).post(save))
}

async fn page(
    signed: Signed,
    State(web): State<Web>,
    Path((year, id)): Path<(i16, String)>,
    Query(asked): Query<OfRoute>,
) -> Result<Response, Fail> {
    check(&signed.actor, Verb::SurveyHousehold).map_err(AppError::from)?;
    let view = opened(&web, &signed, &id, Some(year)).await?;
    let counted = counted_token(&web, &signed, &view, &asked).await?;
    let mut values = written(&view).into_values();
    values.push(("token".to_owned(), new_token(&web)));
    values.push(("based_on".to_owned(), counted));
    show(&web, &signed, &view, &asked, Filled::fresh(&signed, Form::new(values))).await
}

/// A token as phones make them: drawn when the form is opened, so that sending it twice stores it once.
pub fn new_token(web: &Web) -> String {
    web.house.ids.next().simple().to_string()
}

/// The survey that counts now, which the form is made from.
async fn counted_token(web: &Web, signed: &Signed, view: &HouseholdView, asked: &OfRoute) -> Result<String, Fail> {
    let key = (view.year, asked.route());
    let both = app::review::survey::twins(&web.house, &signed.actor, view.household.id, key).await?;
    let counted = both.versions.iter().find(|v| v.record.standing == SurveyStanding::Counted);
    Ok(counted.map(|v| v.record.token.clone()).unwrap_or_default())
}

async fn show(
    web: &Web,
    signed: &Signed,
    view: &HouseholdView,
    asked: &OfRoute,
    filled: Filled,
) -> Result<Response, Fail> {
    let action = format!("/survey/{}/households/{}/form?route={}", view.year, view.household.id, asked.route().id());
    let hidden = ["token", "based_on"].map(|name| (name.to_owned(), filled.form.value(name).to_owned()));
    sheet_page(web, signed, view, filled, (action, hidden.to_vec())).await
}

async fn save(
    signed: Signed,
    State(web): State<Web>,
    Path((year, id)): Path<(i16, String)>,
    Query(asked): Query<OfRoute>,
    Received(posted): Received<Vec<(String, String)>>,
) -> Result<Response, Fail> {
    let (view, posted) = (opened(&web, &signed, &id, Some(year)).await?, Posted(posted));
    let sent = SentSurvey {
        token: posted.text("token"),
        household: view.household.id,
        year,
        route: asked.route(),
        based_on: Some(posted.text("based_on")).filter(|t| !t.is_empty()),
        saved_ms: web.house.clock.now_ms(),
        channel: "desk".to_owned(),
        input: input(&view, &posted),
        note: String::new(),
        view: String::new(),
        confirmed_by: String::new(),
        photos: Vec::new(),
    };
    match web.house.surveys.take(&web.house, &signed.actor, sent).await {
        Ok(receipt) if receipt.standing == SurveyStanding::Aside => {
            signed.say("notice-survey-aside").await;
            let route = asked.route().id();
            Ok(see(&format!("/survey/{year}/households/{}/both?route={route}", view.household.id)))
        }
        Ok(_) => {
            signed.say("notice-survey-taken").await;
            let route = asked.route().id();
            Ok(see(&format!("/review/{year}/round/{}?route={route}", view.household.place.village)))
        }
        Err(error) => {
            let survey = Survey::of(signed.l(), &view);
            let filled = again(&signed, Some(&view), &posted, error, |field| at(&survey, field))?;
            show(&web, &signed, &view, &asked, filled).await
        }
    }
}
