//! What a commune and the level above do with a whole round: open, send up, agree, give back, recognise.

use app::review::rounds::{RecogniseInput, agree, ask_opinion, configure_opinion, give_back, open_round, recognise};
use app::{AppError, FieldFault};
use axum::Form as Received;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::post;
use domain::review::round::{Remark, Route};
use domain::units::Scope;

use super::board::commune_page;
use super::words::{act_day, commune_in, refused, route_in, unprocessable, version_in};
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::registry::posted::Posted;
use crate::pages::form::Form;
use crate::pages::review::rounds::line_fields;
use crate::visitor::{Signed, see};

type Fields = Received<Vec<(String, String)>>;

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/review/{year}/round/open", post(open))
        .route("/review/{year}/round/ask", post(ask))
        .route("/review/{year}/round/agree", post(give_agreement))
        .route("/review/{year}/round/give-back", post(return_lines))
        .route("/review/{year}/round/recognise", post(decide))
        .route("/norms/opinion-body", post(choose_body))
}

/// Back to the board with what was done, or the board again with what stopped it.
async fn after<T>(
    mut signed: Signed,
    web: &Web,
    (scope, route): (Scope, Route),
    posted: &Posted,
    done: Result<T, AppError>,
    notice: &str,
) -> Result<Response, Fail> {
    let address = format!("/review/{}/round?unit={}&route={}", signed.year, scope.address(), route.id());
    match done {
        Ok(_) => {
            signed.say(notice).await;
            Ok(see(&address))
        }
        Err(error) => {
            signed.scope = scope;
            let l = signed.l();
            let again = commune_page(&signed, web, route, crate::pages::form::Form::default(), None).await?;
            refused(l, error, posted, |form, notice| {
                let frame = super::words::with_notice(again.frame.clone(), notice);
                Ok(unprocessable(&crate::pages::review::rounds::CommuneBoard { frame, form, ..again }))
            })
        }
    }
}

async fn open(
    signed: Signed,
    State(web): State<Web>,
    Path(year): Path<i16>,
    Received(posted): Fields,
) -> Result<Response, Fail> {
    let posted = Posted(posted);
    let scope = commune_in(&signed, &posted)?;
    let done = match act_day(&web.house, &posted) {
        Ok(day) => open_round(&web.house, &signed.actor, &scope, year, day).await,
        Err(error) => Err(error),
    };
    after(signed, &web, (scope, Route::Yearly), &posted, done, "notice-round-opened").await
}

async fn ask(
    signed: Signed,
    State(web): State<Web>,
    Path(year): Path<i16>,
    Received(posted): Fields,
) -> Result<Response, Fail> {
    let posted = Posted(posted);
    let scope = commune_in(&signed, &posted)?;
    let done = match act_day(&web.house, &posted) {
        Ok(day) => ask_opinion(&web.house, &signed.actor, &scope, year, (version_in(&posted), day)).await,
        Err(error) => Err(error),
    };
    after(signed, &web, (scope, Route::Yearly), &posted, done, "notice-round-asked").await
}

async fn give_agreement(
    signed: Signed,
    State(web): State<Web>,
    Path(year): Path<i16>,
    Received(posted): Fields,
) -> Result<Response, Fail> {
    let posted = Posted(posted);
    let scope = commune_in(&signed, &posted)?;
    let text = posted.text("text");
    let done = match act_day(&web.house, &posted) {
        Ok(day) => agree(&web.house, &signed.actor, &scope, year, (version_in(&posted), day, &text)).await,
        Err(error) => Err(error),
    };
    after(signed, &web, (scope, Route::Yearly), &posted, done, "notice-round-agreed").await
}

async fn return_lines(
    signed: Signed,
    State(web): State<Web>,
    Path(year): Path<i16>,
    Received(posted): Fields,
) -> Result<Response, Fail> {
    let posted = Posted(posted);
    let scope = commune_in(&signed, &posted)?;
    // «Thêm một hộ» only asks for one line more.
    if posted.get("more").is_some() {
        let more = line_fields(&posted.text("lines")).len() + 1;
        let mut values: Vec<_> = posted.0.into_iter().filter(|(name, _)| name != "lines").collect();
        values.push(("lines".to_owned(), more.to_string()));
        let signed = Signed { scope, ..signed };
        return Ok(shown(&commune_page(&signed, &web, Route::Yearly, Form::new(values), None).await?));
    }
    let done = match act_day(&web.house, &posted).and_then(|day| Ok((day, remarks(&posted)?))) {
        Ok((day, remarks)) => {
            give_back(&web.house, &signed.actor, &scope, year, (version_in(&posted), day), remarks).await
        }
        Err(error) => Err(error),
    };
    after(signed, &web, (scope, Route::Yearly), &posted, done, "notice-round-given-back").await
}

/// The lines given back; one that is half filled is a fault, one with nothing in it is none.
fn remarks(posted: &Posted) -> Result<Vec<Remark>, AppError> {
    let (mut remarks, mut faults) = (Vec::new(), Vec::new());
    for (household, remark) in line_fields(&posted.text("lines")) {
        let text = posted.text(&remark);
        match posted.chosen(&household) {
            Err(_) if text.is_empty() && posted.text(&household).is_empty() => {}
            Err(fault) => faults.push(fault),
            Ok(_) if text.is_empty() => faults.push(FieldFault::at(remark, "field-missing")),
            Ok(household) => remarks.push(Remark { household, text }),
        }
    }
    if faults.is_empty() { Ok(remarks) } else { Err(AppError::Form(faults)) }
}

async fn decide(
    signed: Signed,
    State(web): State<Web>,
    Path(year): Path<i16>,
    Received(posted): Fields,
) -> Result<Response, Fail> {
    let posted = Posted(posted);
    let scope = commune_in(&signed, &posted)?;
    let route = route_in(&posted);
    let input = RecogniseInput { number: posted.text("number"), signer: posted.text("signer") };
    let done = match act_day(&web.house, &posted) {
        Ok(day) => {
            recognise(&web.house, &signed.actor, &scope, (year, route), (version_in(&posted), day), &input).await
        }
        Err(error) => Err(error),
    };
    after(signed, &web, (scope, route), &posted, done, "notice-round-recognised").await
}

/// The province says who gives the opinion where the law names nobody.
async fn choose_body(signed: Signed, State(web): State<Web>, Received(posted): Fields) -> Result<Response, Fail> {
    let posted = Posted(posted);
    let from = act_day(&web.house, &posted).unwrap_or_else(|_| web.house.clock.today());
    configure_opinion(&web.house, &signed.actor, &posted.text("role"), from).await?;
    signed.say("notice-saved").await;
    Ok(see("/norms/review.process"))
}
