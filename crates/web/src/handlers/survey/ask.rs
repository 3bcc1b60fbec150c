//! A household without a code asks on line, and an officer of its commune finds it in the register or answers. So many tries
//! a minute from one address; nothing of the register is told to whoever asks.

use app::AppError;
use app::review::requests::{
    AskInput, UnplacedView, answer_unplaced, ask_without_code, communes_to_ask, number_of, place_request, unplaced,
    villages_to_ask,
};
use axum::Form as Received;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use domain::access::{Verb, check};
use domain::review::request::RequestKind;
use kernel::{HouseholdId, RequestId};
use serde::Deserialize;

use crate::Web;
use crate::fail::{Fail, said, shown};
use crate::handlers::registry::posted::Posted;
use crate::handlers::review::rounds::{commune_in, kind_words, refused, unprocessable, version_in, with_notice};
use crate::handlers::words::with_faults;
use crate::language::Lang;
use crate::limit::Peer;
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::frame::Section;
use crate::pages::parts::{Choice, Link, Notice};
use crate::pages::survey::{AskPage, UnplacedPage, UnplacedRow};
use crate::visitor::{Signed, Visitor, see};

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/household/ask", get(page).post(ask))
        .route("/review/{year}/requests/unplaced", get(waiting))
        .route("/review/{year}/requests/unplaced/{id}/place", post(place))
        .route("/review/{year}/requests/unplaced/{id}/answer", post(reply))
}

#[derive(Deserialize)]
struct Of {
    commune: Option<String>,
}

async fn page(visitor: Visitor, State(web): State<Web>, Query(of): Query<Of>) -> Result<Response, Fail> {
    let form = Form::new([("commune", of.commune.unwrap_or_default())]);
    Ok(shown(&ask_page(&visitor, &web, form, None).await?))
}

async fn ask_page(visitor: &Visitor, web: &Web, form: Form, notice: Option<Notice>) -> Result<AskPage, Fail> {
    let l = visitor.frame.l;
    let commune = form.value("commune").to_owned();
    let villages = if commune.is_empty() { Vec::new() } else { villages_to_ask(&web.house, &commune).await? };
    // A commune without villages cannot be asked: said at its field.
    let form =
        if villages.is_empty() && !commune.is_empty() { form.with_fault("commune", "ask-no-village") } else { form };
    let communes = communes_to_ask(&web.house).await?;
    Ok(AskPage {
        l,
        frame: with_notice(visitor.frame.clone(), notice),
        form,
        communes: communes.into_iter().map(|(code, name)| Choice::new(code, name)).collect(),
        villages: villages.into_iter().map(|village| Choice::new(village.id.to_string(), village.name)).collect(),
        kinds: [RequestKind::Enter, RequestKind::AverageLiving].map(|k| Choice::new(k.id(), kind_words(l, k))).into(),
        number: None,
    })
}

async fn ask(
    visitor: Visitor,
    peer: Peer,
    State(web): State<Web>,
    Received(posted): Received<Vec<(String, String)>>,
) -> Result<Response, Fail> {
    peer.may_try(&web)?;
    let posted = Posted(posted);
    let input = AskInput {
        kind: RequestKind::from_id(&posted.text("kind")),
        village: posted.chosen("village").ok(),
        head: posted.text("head"),
        birth: posted.text("birth"),
        phone: posted.text("phone"),
        reason: posted.text("reason"),
    };
    let form = Form::new(posted.0.clone());
    match ask_without_code(&web.house, &posted.text("commune"), &input).await {
        Ok(request) => {
            let page = ask_page(&visitor, &web, form, None).await?;
            Ok(shown(&AskPage { number: Some(number_of(request.id)), ..page }))
        }
        Err(AppError::Form(faults)) => {
            let page = ask_page(&visitor, &web, with_faults(form, &faults), None).await?;
            Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(error @ AppError::Refused { .. }) => {
            let notice = Notice { tone: "v-notice--bad", text: said(visitor.frame.l, &error) };
            Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &ask_page(&visitor, &web, form, Some(notice)).await?))
        }
        Err(other) => Err(other.into()),
    }
}

async fn waiting(signed: Signed, State(web): State<Web>) -> Result<Response, Fail> {
    check(&signed.actor, Verb::TakeRequest).map_err(AppError::from)?;
    Ok(shown(&unplaced_page(&signed, &web, Form::default()).await?))
}

async fn unplaced_page(signed: &Signed, web: &Web, form: Form) -> Result<UnplacedPage, Fail> {
    let (l, year) = (signed.l(), signed.year);
    let commune = signed.scope.clone().in_village(None);
    let found = unplaced(&web.house, &signed.actor, &commune).await?;
    let unit = commune.address();
    Ok(UnplacedPage {
        l,
        frame: signed.frame(Section::Review),
        form,
        back: Link::new(l.t("requests-title"), format!("/review/{year}/requests?unit={unit}")),
        year: year.to_string(),
        rows: found.iter().map(|view| row(l, view)).collect(),
        unit,
    })
}

fn row(l: Lang, view: &UnplacedView) -> UnplacedRow {
    let request = &view.request;
    let candidate = |household: &domain::registry::Household| {
        let birth = household.head().and_then(|m| m.person.birth).map(|birth| birth.to_string());
        let parts = [Some(household.head_name().to_owned()), birth, household.address.clone()];
        let words = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>();
        Choice::new(household.id.to_string(), words.join(", "))
    };
    let phone = Some(request.phone.clone()).filter(|phone| !phone.is_empty());
    let parts = [Some(request.birth.clone()), Some(view.village.clone()), phone, Some(kind_words(l, request.kind))];
    UnplacedRow {
        id: request.id.to_string(),
        version: request.version.to_string(),
        head: request.head.clone(),
        words: format!(
            "{} · {}",
            parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
            l.t1("unplaced-received", "day", request.received)
        ),
        reason: request.reason.clone(),
        candidates: view.candidates.iter().map(candidate).collect(),
    }
}

async fn place(
    signed: Signed,
    State(web): State<Web>,
    Path((year, id)): Path<(i16, RequestId)>,
    Received(posted): Received<Vec<(String, String)>>,
) -> Result<Response, Fail> {
    let posted = Posted(posted);
    let household = posted.chosen::<HouseholdId>("household").map_err(|fault| AppError::Form(vec![fault]));
    let done = match household {
        Ok(household) => place_request(&web.house, &signed.actor, (id, version_in(&posted)), household).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(request) => {
            signed.say("notice-request-filed").await;
            Ok(see(&format!("/review/requests/{}?year={year}", request.id)))
        }
        Err(error) => again(signed, &web, posted, error).await,
    }
}

async fn reply(
    signed: Signed,
    State(web): State<Web>,
    Path((year, id)): Path<(i16, RequestId)>,
    Received(mut posted): Received<Vec<(String, String)>>,
) -> Result<Response, Fail> {
    posted.push(("id".to_owned(), id.to_string()));
    let posted = Posted(posted);
    let commune = commune_in(&signed, &posted)?;
    let said = posted.text("reply");
    match answer_unplaced(&web.house, &signed.actor, (id, version_in(&posted)), &said).await {
        Ok(()) => {
            signed.say("notice-unplaced-answered").await;
            Ok(see(&format!("/review/{year}/requests/unplaced?unit={}", commune.address())))
        }
        Err(error) => again(signed, &web, posted, error).await,
    }
}

/// The page again with what stopped it.
async fn again(signed: Signed, web: &Web, posted: Posted, error: AppError) -> Result<Response, Fail> {
    let scope = commune_in(&signed, &posted)?;
    let signed = Signed { scope, ..signed };
    let page = unplaced_page(&signed, web, Form::default()).await?;
    refused(signed.l(), error, &posted, |form, notice| {
        let frame = with_notice(page.frame.clone(), notice);
        Ok(unprocessable(&UnplacedPage { frame, form, ..page }))
    })
}
