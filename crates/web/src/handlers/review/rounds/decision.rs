//! The chairman's decision on a commune's list, line by line, with what was amended since.

use app::AppError;
use app::review::rounds::{AmendInput, CommuneView, amend, commune_view};
use axum::Form as Received;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use documents::official::PaperKind;
use domain::access::Verb;
use domain::review::round::{AmendmentKind, CommuneRound, Recognised, Recognition, Route};
use norms::Rulebook;

use super::board::Asked;
use super::words::{act_day, commune_in, default_day, refused, route_in, unprocessable, version_in, with_notice};
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::registry::posted::Posted;
use crate::handlers::review::papers::{formats, links};
use crate::handlers::words::{class_choices, class_tag, number, points};
use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Section;
use crate::pages::parts::{Choice, Link, PaperLinks};
use crate::pages::review::rounds::{AmendmentRow, DecisionPage, DecisionRow};
use crate::visitor::{Signed, see};

type Fields = Received<Vec<(String, String)>>;

pub fn routes() -> Router<Web> {
    Router::new().route("/review/{year}/round/decision", get(page)).route("/review/{year}/round/amend", post(change))
}

async fn page(signed: Signed, State(web): State<Web>, Query(asked): Query<Asked>) -> Result<Response, Fail> {
    let form = Form::new([("day", default_day(&web.house, signed.year))]);
    Ok(shown(&decision_page(&signed, &web, (asked.route(), asked.decision()), form).await?))
}

async fn decision_page(
    signed: &Signed,
    web: &Web,
    (route, place): (Route, usize),
    form: Form,
) -> Result<DecisionPage, Fail> {
    let (l, year) = (signed.l(), signed.year);
    let view = commune_view(&web.house, &signed.actor, &signed.scope.clone().in_village(None), (year, route)).await?;
    let round = view.round.clone().ok_or(AppError::Missing("round"))?;
    let recognition = round.decisions().nth(place.saturating_sub(1)).cloned().ok_or(AppError::Missing("round"))?;
    let rules = web.house.rules(year, &round.place.province).map_err(AppError::from)?;
    let unit = view.scope.address();
    let query = format!("unit={unit}&route={}&decision={place}", route.id());
    let head = |id| view.heads.get(id).cloned().unwrap_or_default();
    let households =
        recognition.lines.iter().map(|line| Choice::new(line.household.to_string(), head(&line.household)));
    let mut households: Vec<Choice> = households.collect();
    households.sort_by_cached_key(|choice| kernel::text::person_sort_key(&choice.label));
    Ok(DecisionPage {
        l,
        frame: signed.frame(Section::Review),
        form,
        back: Link::new(l.t("round-board"), format!("/review/{year}/round?unit={unit}&route={}", route.id())),
        title: l.t2("decision-heading", "number", &recognition.number, "day", recognition.day),
        certificate_note: l.t1("decision-certificates", "year", recognition.certificate_year),
        others: others(l, &round, (place, &format!("unit={unit}"))),
        summary: summary(l, &recognition),
        rows: rows(l, &rules, &view, &round, &recognition),
        papers: decisions(l, (year, &query), &recognition),
        certificates: (route == Route::Yearly && signed.actor.may(Verb::ReadForms))
            .then(|| Link::new(l.t("certificates-all"), format!("/review/{year}/certificates?unit={unit}"))),
        amendments: round
            .amendments
            .iter()
            .map(|a| amendment_row(l, &rules, (year, &query), (a, head(&a.household))))
            .collect(),
        may_amend: signed.actor.may(Verb::Recognise),
        action: format!("/review/{year}/round/amend?unit={unit}"),
        unit,
        route: route.id(),
        version: round.version.to_string(),
        households,
        classes: class_choices(l, &rules),
        kinds: vec![Choice::new("corrected", l.t("amend-corrected")), Choice::new("revoked", l.t("amend-revoked"))],
    })
}

fn summary(l: Lang, recognition: &Recognition) -> Vec<(String, String)> {
    let count = |test: fn(&Recognised) -> bool| number(recognition.lines.iter().filter(|line| test(line)).count());
    vec![
        (l.t("decision-lines"), number(recognition.lines.len())),
        (l.t("paper-certificate"), count(|line| line.certificate)),
        (l.t("paper-escape"), count(|line| line.escaped)),
        (l.t("paper-refusal"), count(|line| line.refused)),
        (l.t("round-signer"), recognition.signer.clone()),
    ]
}

fn rows(
    l: Lang,
    rules: &Rulebook,
    view: &CommuneView,
    round: &CommuneRound,
    recognition: &Recognition,
) -> Vec<DecisionRow> {
    let query = format!("unit={}&route={}", view.scope.address(), round.route.id());
    let mut rows: Vec<DecisionRow> = recognition
        .lines
        .iter()
        .map(|line| DecisionRow {
            head: view.heads.get(&line.household).cloned().unwrap_or_default(),
            href: format!("/registry/households/{}?year={}", line.household, round.year),
            before: line.before.as_ref().map(|class| class_tag(l, rules, Some(class))),
            class: class_tag(l, rules, round.class_of(line.household).as_deref()),
            b1: points(line.outcome.b1),
            b2: points(line.outcome.b2),
            papers: papers(l, (round.year, &query), line),
        })
        .collect();
    rows.sort_by_cached_key(|row| kernel::text::person_sort_key(&row.head));
    rows
}

/// The other decisions of a review on request, whose villages did not wait for each other.
fn others(l: Lang, round: &CommuneRound, (place, unit): (usize, &str)) -> Vec<Link> {
    let query = format!("{unit}&route={}", round.route.id());
    let all = round.decisions().enumerate().map(|(n, decision)| (n + 1, decision)).filter(|(n, _)| *n != place);
    all.map(|(n, decision)| {
        let words = l.t2("decision-other", "number", &decision.number, "day", decision.day);
        Link::new(words, format!("/review/{}/round/decision?{query}&decision={n}", round.year))
    })
    .collect()
}

/// The commune's decisions: on who is poor or near-poor, and on who escaped.
fn decisions(l: Lang, (year, query): (i16, &str), recognition: &Recognition) -> Vec<PaperLinks> {
    let base = format!("/review/{year}/round/papers");
    let mut papers = vec![links(l, "paper-recognition", &base, PaperKind::RecognitionDecision, query)];
    if recognition.lines.iter().any(|line| line.escaped) {
        papers.push(links(l, "paper-escape", &base, PaperKind::EscapeDecision, query));
    }
    papers
}

/// What the household is given.
fn papers(l: Lang, (year, query): (i16, &str), line: &Recognised) -> Vec<PaperLinks> {
    let base = format!("/review/{year}/round/papers");
    let query = format!("{query}&household={}", line.household);
    let mut papers = Vec::new();
    if line.certificate {
        papers.push(links(l, "paper-certificate", &base, PaperKind::Certificate, &query));
    }
    if line.escaped {
        papers.push(PaperLinks::new(&l.t("paper-escape"), Vec::new()));
    }
    if line.refused {
        papers.push(links(l, "paper-refusal", &base, PaperKind::RefusalLetter, &query));
    }
    papers
}

fn amendment_row(
    l: Lang,
    rules: &Rulebook,
    (year, query): (i16, &str),
    (a, head): (&domain::review::round::Amendment, String),
) -> AmendmentRow {
    let kind = match a.kind {
        AmendmentKind::Corrected => "amend-corrected",
        AmendmentKind::Revoked => "amend-revoked",
    };
    let class = |id: Option<&str>| class_tag(l, rules, id).label;
    let base = format!("/review/{year}/round/papers");
    let query = format!("{query}&household={}", a.household);
    AmendmentRow {
        day: a.day.to_string(),
        number: a.number.clone(),
        head,
        words: format!("{}: {} → {}", l.t(kind), class(a.before.as_deref()), class(Some(&a.class))),
        reason: a.reason.clone(),
        papers: formats(&format!("{base}/{}", PaperKind::ChangeDecision.id()), &query),
    }
}

async fn change(
    mut signed: Signed,
    State(web): State<Web>,
    Path(year): Path<i16>,
    Received(posted): Fields,
) -> Result<Response, Fail> {
    let posted = Posted(posted);
    let scope = commune_in(&signed, &posted)?;
    let route = route_in(&posted);
    match read_and_amend(&signed, &web, &scope, (year, route), &posted).await {
        Ok(()) => {
            signed.say("notice-round-amended").await;
            let unit = scope.address();
            Ok(see(&format!("/review/{year}/round/decision?unit={unit}&route={}", route.id())))
        }
        Err(error) => {
            signed.scope = scope;
            let again = decision_page(&signed, &web, (route, 1), Form::default()).await?;
            refused(signed.l(), error, &posted, |form, notice| {
                let frame = with_notice(again.frame.clone(), notice);
                Ok(unprocessable(&DecisionPage { frame, form, ..again }))
            })
        }
    }
}

async fn read_and_amend(
    signed: &Signed,
    web: &Web,
    scope: &domain::units::Scope,
    key: (i16, Route),
    posted: &Posted,
) -> Result<(), AppError> {
    let day = act_day(&web.house, posted)?;
    let input = AmendInput {
        kind: if posted.text("kind") == "revoked" { AmendmentKind::Revoked } else { AmendmentKind::Corrected },
        household: posted.chosen("household").map_err(|f| AppError::Form(vec![f]))?,
        number: posted.text("number"),
        signer: posted.text("signer"),
        reason: posted.text("reason"),
        class: posted.text("class"),
    };
    amend(&web.house, &signed.actor, scope, key, (version_in(posted), day), &input).await?;
    Ok(())
}
