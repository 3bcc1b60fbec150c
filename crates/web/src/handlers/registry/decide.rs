//! The commune chairman's decision on one household. What the rules give stands beside it and is kept.

use app::AppError;
use app::registry::{DecisionInput, HouseholdView, record_decision};
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

use super::posted::{At, Decides, Filled, OnHousehold, Posted, address, again, subject};
use super::reasons::class_sentence;
use crate::Web;
use crate::fail::Fail;
use crate::handlers::words::{class_choices, class_tag};
use crate::language::Lang;
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::review::Decide;
use crate::visitor::{Signed, see};

pub fn routes() -> Router<Web> {
    Router::new().route("/review/{year}/households/{id}/decide", get(decide).post(save))
}

/// The class that counts now is offered; a recorded decision can be corrected.
async fn decide(OnHousehold { signed, view, .. }: OnHousehold<Decides>) -> Response {
    let stored = view.assessment.as_ref();
    let decision = stored.and_then(|stored| stored.assessment.decision.as_ref());
    let day = decision.and_then(|decision| decision.day).map(|day| day.to_string());
    let form = Form::new([
        ("class", stored.and_then(|stored| stored.class.clone()).unwrap_or_default()),
        ("number", decision.map(|decision| decision.number.clone()).unwrap_or_default()),
        ("day", day.unwrap_or_default()),
    ]);
    page(&signed, &view, Filled::fresh(&signed, form))
}

fn page(signed: &Signed, view: &HouseholdView, filled: Filled) -> Response {
    let l = signed.l();
    let computed = view.verdict.as_ref().map(|verdict| class_tag(l, &view.rules, Some(&verdict.class)));
    let page = Decide {
        l,
        frame: filled.frame,
        form: filled.form,
        subject: subject(view),
        action: format!("/review/{}/households/{}/decide", view.year, view.household.id),
        computed,
        sentence: view.assessment.as_ref().map(|stored| class_sentence(l, view, stored)).unwrap_or_default(),
        classes: class_choices(l, &view.rules),
    };
    answer(filled.status, &page)
}

async fn save(
    State(web): State<Web>,
    OnHousehold { signed, view, .. }: OnHousehold<Decides>,
    posted: Posted,
) -> Result<Response, Fail> {
    match store(&web, &signed, &view, &posted).await {
        Ok(()) => {
            signed.say("notice-decision-recorded").await;
            Ok(see(&format!("{}?year={}", address(view.household.id), view.year)))
        }
        Err(error) => {
            Ok(page(&signed, &view, again(&signed, Some(&view), &posted, error, |field| at(signed.l(), field))?))
        }
    }
}

async fn store(web: &Web, signed: &Signed, view: &HouseholdView, posted: &Posted) -> Result<(), AppError> {
    // A decision is on what its reader saw: somebody else's save in between is shown first.
    if posted.seen(view.household.id).version != view.household.version {
        return Err(AppError::Conflict("household"));
    }
    let class = posted.chosen::<String>("class").map_err(|fault| AppError::Form(vec![fault]))?;
    let classes = vec![(view.household.id, class)];
    let input = DecisionInput { number: posted.text("number"), day: posted.text("day"), classes };
    record_decision(&web.house, &signed.actor, view.year, &input).await?;
    Ok(())
}

/// The fields of a decision are called otherwise than a row's number, a day and a class elsewhere.
fn at(l: Lang, field: &str) -> At {
    let (field, key) = match field {
        "number" => ("number", "label-number-of-decision"),
        "day" => ("day", "label-day-of-decision"),
        _ => ("class", "label-decided-class"),
    };
    (field.to_owned(), Some(l.t(key)))
}
