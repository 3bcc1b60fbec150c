//! The list of a unit's requests, and a new one filed at the counter or from the post.

use app::AppError;
use app::review::requests::{FileInput, RequestView, file, requests};
use axum::Form as Received;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use domain::access::Verb;
use domain::review::request::{Channel, RequestKind};
use kernel::HouseholdId;
use serde::Deserialize;

use super::words::{act_day, default_day, refused, unprocessable, with_notice};
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::registry::posted::{Posted, opened};
use crate::handlers::review::papers::blanks;
use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Section;
use crate::pages::parts::{Choice, Link, Verdict};
use crate::pages::review::rounds::{NewRequest, RequestRow, Requests};
use crate::visitor::{Signed, see};

pub fn routes() -> Router<Web> {
    Router::new().route("/review/{year}/requests", get(list)).route("/review/requests/new", get(new).post(add))
}

pub fn kind_words(l: Lang, kind: RequestKind) -> String {
    // keys: request-kind-*
    l.t(&format!("request-kind-{}", kind.id()))
}

pub fn channel_words(l: Lang, channel: Channel) -> String {
    // keys: request-channel-*
    l.t(&format!("request-channel-{}", channel.id()))
}

pub fn state_words(l: Lang, view: &RequestView) -> (String, Verdict) {
    let request = &view.request;
    match &request.decision {
        Some(decision) if decision.granted => (l.t("request-granted"), Verdict::Good),
        Some(_) => (l.t("request-refused"), Verdict::Plain),
        None if view.late => (l.t("request-late"), Verdict::Bad),
        None if request.round.is_some() => (l.t("request-in-round"), Verdict::Open),
        None if request.posting.is_some() => (l.t("request-posted"), Verdict::Open),
        None => (l.t("request-open"), Verdict::Open),
    }
}

async fn list(signed: Signed, State(web): State<Web>) -> Result<Response, Fail> {
    let (l, year) = (signed.l(), signed.year);
    let found = requests(&web.house, &signed.actor, Some(&signed.scope.clone().in_village(None)), year).await?;
    let row = |view: &RequestView| {
        let (state, verdict) = state_words(l, view);
        let request = &view.request;
        RequestRow {
            head: view.household.head_name().to_owned(),
            href: format!("/review/requests/{}?year={year}", request.id),
            village: view.village.clone(),
            kind: kind_words(l, request.kind),
            channel: channel_words(l, request.channel),
            received: request.received.to_string(),
            due: request.due.map(|d| d.to_string()).unwrap_or_default(),
            state,
            verdict,
        }
    };
    let mut links =
        vec![Link::new(l.t("round-board"), format!("/review/{year}/round?unit={}", signed.scope.address()))];
    if signed.actor.may(Verb::TakeRequest) {
        let unit = signed.scope.address();
        links.push(Link::new(l.t("unplaced-title"), format!("/review/{year}/requests/unplaced?unit={unit}")));
        links.insert(0, Link::new(l.t("request-find"), format!("/registry/households?{}", signed.period())));
    }
    let frame = signed.frame(Section::Review);
    Ok(shown(&Requests {
        l,
        frame,
        year: year.to_string(),
        rows: found.iter().map(row).collect(),
        links,
        blanks: blanks(l),
    }))
}

#[derive(Deserialize)]
struct Of {
    household: String,
}

async fn new(signed: Signed, State(web): State<Web>, Query(of): Query<Of>) -> Result<Response, Fail> {
    domain::access::check(&signed.actor, Verb::TakeRequest).map_err(AppError::from)?;
    let form = Form::new([
        ("household", of.household.as_str()),
        ("channel", "counter"),
        ("received", &default_day(&web.house, signed.year)),
    ]);
    Ok(shown(&new_page(&signed, &web, &of.household, form).await?))
}

async fn new_page(signed: &Signed, web: &Web, household: &str, form: Form) -> Result<NewRequest, Fail> {
    let l = signed.l();
    let view = opened(web, signed, household, None).await?;
    let persons = view.household.present().map(|m| Choice::new(m.person.id.to_string(), m.person.name.clone()));
    Ok(NewRequest {
        l,
        frame: signed.frame(Section::Review),
        form,
        back: Link::new(view.household.head_name(), format!("/registry/households/{household}")),
        head: format!("{} · {}", view.household.head_name(), view.names.village),
        kinds: RequestKind::ALL.iter().map(|k| Choice::new(k.id(), kind_words(l, *k))).collect(),
        channels: [Channel::Counter, Channel::Post].iter().map(|c| Choice::new(c.id(), channel_words(l, *c))).collect(),
        persons: persons.collect(),
    })
}

async fn add(
    signed: Signed,
    State(web): State<Web>,
    Received(posted): Received<Vec<(String, String)>>,
) -> Result<Response, Fail> {
    let posted = Posted(posted);
    match read_and_file(&signed, &web, &posted).await {
        Ok(address) => {
            signed.say("notice-request-filed").await;
            Ok(see(&address))
        }
        Err(error) => {
            let again = new_page(&signed, &web, &posted.text("household"), Form::default()).await?;
            refused(signed.l(), error, &posted, |form, notice| {
                let frame = with_notice(again.frame.clone(), notice);
                Ok(unprocessable(&NewRequest { frame, form, ..again }))
            })
        }
    }
}

async fn read_and_file(signed: &Signed, web: &Web, posted: &Posted) -> Result<String, AppError> {
    let fault = |field: &str| AppError::Form(vec![app::FieldFault::at(field, "field-choice")]);
    let household: HouseholdId = posted.chosen("household").map_err(|f| AppError::Form(vec![f]))?;
    let with_day = Posted(vec![("day".to_owned(), posted.text("received"))]);
    let received = act_day(&web.house, &with_day).map_err(|error| match error {
        AppError::Form(faults) => {
            AppError::Form(faults.into_iter().map(|f| app::FieldFault { field: "received".to_owned(), ..f }).collect())
        }
        other => other,
    })?;
    let input = FileInput {
        kind: RequestKind::from_id(&posted.text("kind")).ok_or_else(|| fault("kind"))?,
        channel: Channel::from_id(&posted.text("channel")).ok_or_else(|| fault("channel"))?,
        household,
        person: posted.get("person").and_then(|p| p.parse().ok()),
        received,
        filed_by: posted.text("filed_by"),
        reason: posted.text("reason"),
    };
    let request = file(&web.house, &signed.actor, &input).await?;
    Ok(format!("/review/requests/{}?year={}", request.id, request.year))
}
