//! One request on its way to an answer: into a monthly round, or by income; granted, or refused with reasons.

use app::AppError;
use app::review::papers::form_of;
use app::review::requests::{
    DecideInput, IncomeInput, RequestView, TakenIn, answer, determine, grant, object, post as hang_out, refuse,
    request_view, take_into_monthly,
};
use app::review::rounds::release;
use axum::Form as Received;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use documents::official::PaperKind;
use domain::access::Verb;
use domain::review::request::MoveReason;
use kernel::{RequestId, group_thousands};

use super::requests::{channel_words, kind_words, state_words};
use super::words::{act_day, default_day, refused, unprocessable, version_in, with_notice};
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::registry::posted::Posted;
use crate::handlers::review::papers::links;
use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Section;
use crate::pages::parts::{Choice, Link, PaperLinks};
use crate::pages::review::rounds::RequestPage;
use crate::visitor::{Signed, see};

pub fn routes() -> Router<Web> {
    Router::new().route("/review/requests/{id}", get(page)).route("/review/requests/{id}/{act}", post(act))
}

async fn page(signed: Signed, State(web): State<Web>, Path(id): Path<RequestId>) -> Result<Response, Fail> {
    let form = Form::new([("day", default_day(&web.house, signed.year))]);
    Ok(shown(&request_page(&signed, &web, id, form).await?))
}

async fn request_page(signed: &Signed, web: &Web, id: RequestId, form: Form) -> Result<RequestPage, Fail> {
    let l = signed.l();
    let view = request_view(&web.house, &signed.actor, id).await?;
    let (state, verdict) = state_words(l, &view);
    let request = &view.request;
    Ok(RequestPage {
        l,
        frame: signed.frame(Section::Review),
        form,
        back: Link::new(
            l.t("requests-title"),
            format!("/review/{}/requests?unit=commune:{}", request.year, request.place.commune),
        ),
        title: kind_words(l, request.kind),
        head: Link::new(view.household.head_name(), format!("/registry/households/{}", request.household)),
        state,
        verdict,
        facts: facts(l, &view),
        basis: None,
        papers: papers(l, &view),
        base: format!("/review/requests/{id}"),
        version: request.version.to_string(),
        objections: open_objections(&view),
        acts: acts(signed, &view),
    })
}

/// The request on its form; the letter where it was refused.
fn papers(l: Lang, view: &RequestView) -> Vec<PaperLinks> {
    let base = format!("/review/requests/{}/papers", view.request.id);
    let mut papers = match form_of(view.request.kind) {
        Some(PaperKind::EscapeRequest) => vec![links(l, "paper-form-04", &base, PaperKind::EscapeRequest, "")],
        Some(form) => vec![links(l, "paper-form-01", &base, form, "")],
        None => Vec::new(),
    };
    if view.request.posting.is_some() {
        papers.push(links(l, "paper-income-list", &base, PaperKind::IncomeList, ""));
    }
    match &view.request.decision {
        Some(decision) if !decision.granted => {
            papers.push(links(l, "paper-refusal", &base, PaperKind::RefusalLetter, ""));
        }
        Some(_) if view.request.kind.by_income() => {
            papers.push(links(l, "paper-income-decision", &base, PaperKind::IncomeDecision, ""));
        }
        _ => {}
    }
    papers
}

fn facts(l: Lang, view: &RequestView) -> Vec<(String, String)> {
    let request = &view.request;
    let mut facts = vec![
        (l.t("request-channel"), channel_words(l, request.channel)),
        (l.t("request-received"), request.received.to_string()),
        (l.t("request-opens"), request.opens.to_string()),
        (l.t("request-due"), request.due.map_or_else(|| l.t("request-no-due"), |d| d.to_string())),
        (l.t("request-filed-by"), request.filed_by.clone()),
        (l.t("label-reason"), request.reason.clone()),
    ];
    for moved in &request.moves {
        let words = match moved.why {
            MoveReason::ListClosed => l.t2("request-moved-closed", "from", moved.from, "to", moved.to),
            MoveReason::Released => moved.text.clone(),
        };
        let why = match moved.why {
            MoveReason::ListClosed => "request-moved",
            MoveReason::Released => "request-released",
        };
        facts.push((l.t(why), format!("{}: {words}", moved.day)));
    }
    let money = |n| format!("{} {}", group_thousands(n), l.t("unit-dong"));
    for income in &request.earlier_incomes {
        facts.push((l.t1("request-income-earlier", "day", income.day), money(income.per_month)));
    }
    if let Some(income) = &request.income {
        facts.push((l.t("request-income"), money(income.per_month)));
        let (above, up_to) = (money(income.limits.0.max(0)), money(income.limits.1));
        facts.push((l.t("request-limits"), l.t2("request-limits-words", "above", above, "to", up_to)));
        facts.push((l.t("request-fits"), l.t(if income.fits { "yes" } else { "no" })));
    }
    if let Some(posting) = &request.posting {
        facts.push((l.t("round-posting"), format!("{} – {}", posting.first, posting.last)));
        for objection in &posting.objections {
            facts.push((
                l.t("round-objections"),
                format!("{}. {}: {}", objection.number, objection.day, objection.text),
            ));
            match &objection.answer {
                Some((day, text)) => facts.push((l.t("round-answer"), format!("{day}: {text}"))),
                None => facts.push((l.t("round-answer"), l.t1("round-recheck-by", "day", objection.recheck_by))),
            }
        }
    }
    if let Some(decision) = &request.decision {
        facts.push((l.t("label-number-of-decision"), format!("{} ({})", decision.number, decision.day)));
        facts.push((l.t("round-signer"), decision.signer.clone()));
        if !decision.reasons.is_empty() {
            facts.push((l.t("request-reasons"), decision.reasons.clone()));
        }
    }
    facts
}

fn open_objections(view: &RequestView) -> Vec<Choice> {
    let open = view.request.posting.iter().flat_map(domain::review::request::IncomePosting::open);
    open.map(|o| Choice::new(o.number.to_string(), format!("{}. {}: {}", o.number, o.day, o.text))).collect()
}

/// Which acts the reader may try now; whether the law lets them is for the use case to say.
fn acts(signed: &Signed, view: &RequestView) -> Vec<&'static str> {
    let (actor, request) = (&signed.actor, &view.request);
    if request.decision.is_some() {
        return Vec::new();
    }
    if request.round.is_some() {
        return if actor.may(Verb::RunRound) { vec!["release"] } else { Vec::new() };
    }
    let mut acts = Vec::new();
    if actor.may(Verb::TakeRequest) {
        match (request.kind.by_income(), &request.income, &request.posting) {
            (false, ..) => acts.push("take-in"),
            (true, Some(income), None) if income.fits => acts.extend(["post", "determine"]),
            (true, None, _) | (true, Some(_), None) => acts.push("determine"),
            (true, Some(_), Some(posting)) if posting.open().next().is_some() => {
                acts.extend(["answer", "determine", "object"]);
            }
            (true, Some(_), Some(_)) => acts.push("object"),
        }
    }
    if actor.may(Verb::Recognise) {
        if request.kind.by_income() && request.posting.is_some() {
            acts.push("grant");
        }
        acts.push("refuse");
    }
    acts
}

async fn act(
    signed: Signed,
    State(web): State<Web>,
    Path((id, act)): Path<(RequestId, String)>,
    Received(posted): Received<Vec<(String, String)>>,
) -> Result<Response, Fail> {
    let posted = Posted(posted);
    match take(&signed, &web, id, &act, &posted).await {
        Ok(address) => Ok(see(&address)),
        Err(error) => {
            let again = request_page(&signed, &web, id, Form::default()).await?;
            refused(signed.l(), error, &posted, |form, notice| {
                let frame = with_notice(again.frame.clone(), notice);
                Ok(unprocessable(&RequestPage { frame, form, ..again }))
            })
        }
    }
}

async fn take(signed: &Signed, web: &Web, id: RequestId, act: &str, posted: &Posted) -> Result<String, AppError> {
    let (house, actor, at) = (&web.house, &signed.actor, (id, version_in(posted)));
    let day = act_day(house, posted)?;
    let text = posted.text("text");
    let decide =
        DecideInput { number: posted.text("number"), signer: posted.text("signer"), reasons: posted.text("reasons") };
    match act {
        "take-in" => {
            return Ok(match take_into_monthly(house, actor, id, day).await? {
                TakenIn::Round(round) => {
                    signed.say("notice-saved").await;
                    format!("/review/{}/round/{}?route={}", round.year, round.place.village, round.route.id())
                }
                TakenIn::Later(_) => {
                    signed.say("notice-request-moved").await;
                    format!("/review/requests/{id}")
                }
            });
        }
        "determine" => {
            let input = IncomeInput { total: posted.text("total"), allowances: posted.text("allowances") };
            determine(house, actor, at, day, &input).await?
        }
        "post" => hang_out(house, actor, at, day).await?,
        "object" => object(house, actor, at, day, &text).await?,
        "answer" => {
            let number: u32 = posted.chosen("number").map_err(|f| AppError::Form(vec![f]))?;
            answer(house, actor, at, day, (number, &text)).await?
        }
        "grant" => grant(house, actor, at, day, &decide).await?,
        "refuse" => refuse(house, actor, at, day, &decide).await?,
        "release" => release(house, actor, at, (day, &text)).await?,
        _ => return Err(AppError::Missing("page")),
    };
    signed.say("notice-saved").await;
    Ok(format!("/review/requests/{id}"))
}
