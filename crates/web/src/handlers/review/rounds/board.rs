//! The board of a commune's villages, and of the communes of an area.

use app::AppError;
use app::review::rounds::{CommuneView, VillageRow, commune_view, opinion_body, progress, years_routes};
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use domain::access::Verb;
use domain::review::round::{CommuneRound, CommuneStep, Route, Step, VillageRound};
use domain::units::ScopeLevel;
use serde::Deserialize;

use super::words::{
    default_day, is_unconfirmed, late_words, place_of_commune, place_of_step, route_words, step_marks, step_verdict,
    with_notice,
};
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::words::number;
use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Section;
use crate::pages::parts::{Choice, Count, Link, Notice, Verdict};
use crate::pages::review::rounds::{CommuneBoard, ProgressPage, ProgressRow, VillageCell};
use crate::visitor::Signed;

pub fn routes() -> Router<Web> {
    Router::new().route("/review/{year}/round", get(board))
}

#[derive(Deserialize)]
pub struct Asked {
    route: Option<String>,
    /// `recognised`, `opinion` …, or `none`: the communes that stand there alone.
    step: Option<String>,
    /// Which decision of the review, from 1.
    decision: Option<usize>,
}

impl Asked {
    pub fn decision(&self) -> usize {
        self.decision.unwrap_or(1)
    }

    pub fn route(&self) -> Route {
        self.route.as_deref().and_then(Route::from_id).unwrap_or(Route::Yearly)
    }
}

async fn board(signed: Signed, State(web): State<Web>, Query(asked): Query<Asked>) -> Result<Response, Fail> {
    if signed.scope.level == ScopeLevel::Commune {
        let form = Form::new([("day", default_day(&web.house, signed.year))]);
        return Ok(shown(&commune_page(&signed, &web, asked.route(), form, None).await?));
    }
    progress_page(&signed, &web, asked.step.as_deref()).await
}

pub async fn commune_page(
    signed: &Signed,
    web: &Web,
    route: Route,
    form: Form,
    notice: Option<Notice>,
) -> Result<CommuneBoard, Fail> {
    let (l, year) = (signed.l(), signed.year);
    let commune = signed.scope.clone().in_village(None);
    let view = commune_view(&web.house, &signed.actor, &commune, (year, route)).await?;
    let others = years_routes(&web.house, &signed.actor, &commune, year).await?;
    let unit = commune.address();
    let step = view.step.unwrap_or(CommuneStep::Villages);
    let slowest = slowest(&view);
    let ready = is_ready(&view, route, slowest);
    let act = act_of(signed, web, &view, (step, ready)).await?;
    let link =
        |key: &str, path: &str| Link::new(l.t(key), format!("/review/{year}/{path}?unit={unit}&route={}", route.id()));
    let mut links = Vec::new();
    if view.round.as_ref().is_some_and(|round| round.recognition.is_some()) {
        links.push(link("decision-title", "round/decision"));
    }
    links.push(link("requests-title", "requests"));
    Ok(CommuneBoard {
        l,
        frame: with_notice(signed.frame(Section::Review), notice),
        form,
        year: year.to_string(),
        route: route.id(),
        route_words: route_words(l, route),
        steps: step_marks(l, &view.law, place_of_commune(step, slowest)),
        rows: view.villages.iter().map(|row| village_cell(l, row, (year, route))).collect(),
        version: view.round.as_ref().map(|r| r.version.to_string()).unwrap_or_default(),
        state: state_words(l, &view, (step, ready)),
        due: due_words(l, &view),
        closing: closing_words(l, &view),
        act,
        households: choices(&view),
        remarks: remarks(&view, step),
        links,
        routes: others
            .into_iter()
            .filter(|other| *other != route)
            .map(|other| {
                let href = format!("/review/{year}/round?unit={unit}&route={}", other.id());
                Link::new(route_words(l, other), href)
            })
            .collect(),
        unconfirmed: is_unconfirmed(web, &view.law).await?,
        unit,
    })
}

/// The commune can go on: every village is through, or, in a review on request, one that has no decision yet.
fn is_ready(view: &CommuneView, route: Route, slowest: usize) -> bool {
    let is_through = |village: &VillageRound| {
        village.step == Step::Ended && view.round.as_ref().is_some_and(|round| round.is_undecided(village))
    };
    match route {
        Route::Yearly => slowest >= place_of_step(Step::Ended),
        Route::Monthly(_) => view.villages.iter().filter_map(|row| row.round.as_ref()).any(is_through),
    }
}

/// The place among the six of the village that is furthest behind.
fn slowest(view: &CommuneView) -> usize {
    let place = |row: &VillageRow| row.round.as_ref().map_or(0, |r| place_of_step(r.step));
    view.villages.iter().map(place).min().unwrap_or(0)
}

async fn act_of(
    signed: &Signed,
    web: &Web,
    view: &CommuneView,
    (step, ready): (CommuneStep, bool),
) -> Result<&'static str, AppError> {
    let actor = &signed.actor;
    let without_round = view.round.is_none() || view.villages.iter().any(|row| row.round.is_none());
    let needs_opinion = view.round.as_ref().is_none_or(|r| r.route.needs_opinion());
    Ok(match step {
        CommuneStep::Villages if without_round && actor.may(Verb::RunRound) && needs_opinion => "open",
        CommuneStep::Villages if ready && needs_opinion && actor.may(Verb::RunRound) => "ask",
        CommuneStep::Villages if ready && !needs_opinion && actor.may(Verb::Recognise) => "recognise",
        CommuneStep::Opinion if actor.may(Verb::GiveOpinion) => {
            let body = opinion_body(&web.house, view.law.day).await?;
            if body.role == Some(actor.role) { "answer" } else { "" }
        }
        CommuneStep::Recognition if actor.may(Verb::Recognise) => "recognise",
        _ => "",
    })
}

fn state_words(l: Lang, view: &CommuneView, (step, ready): (CommuneStep, bool)) -> String {
    if view.round.is_none() {
        return l.t("round-not-open");
    }
    match step {
        CommuneStep::Villages if ready => l.t("commune-ready"),
        CommuneStep::Villages => l.t("commune-villages"),
        CommuneStep::Opinion => l.t("commune-opinion"),
        CommuneStep::Recognition => l.t("commune-recognition"),
        CommuneStep::Recognised => l.t("commune-recognised"),
    }
}

fn due_words(l: Lang, view: &CommuneView) -> String {
    let asked = view.step == Some(CommuneStep::Opinion);
    let due = view.round.as_ref().and_then(CommuneRound::due).filter(|_| asked);
    let words = due.map(|day| l.t1("round-due", "day", day)).unwrap_or_default();
    format!("{words} {}", late_words(l, if asked { view.late_days } else { 0 })).trim().to_owned()
}

/// What is said around the last day of the review.
fn closing_words(l: Lang, view: &CommuneView) -> String {
    match view.closing {
        Some((day, left)) if left < 0 => l.t2("round-closed", "day", day, "n", -left),
        Some((day, left)) => l.t2("round-closing", "day", day, "n", left),
        None => String::new(),
    }
}

fn choices(view: &CommuneView) -> Vec<Choice> {
    let rounds = view.villages.iter().filter_map(|row| Some((row, row.round.as_ref()?)));
    let mut choices: Vec<Choice> = rounds
        .flat_map(|(row, round)| round.households.iter().map(move |h| (row, h.household)))
        .filter_map(|(row, id)| {
            Some(Choice::new(id.to_string(), format!("{} ({})", view.heads.get(&id)?, row.village.name)))
        })
        .collect();
    choices.sort_by_cached_key(|choice| kernel::text::sort_key(&choice.label));
    choices
}

/// What the level above gave back last, while it is being mended.
fn remarks(view: &CommuneView, step: CommuneStep) -> Vec<(String, String)> {
    let Some(round) = view.round.as_ref().filter(|_| step == CommuneStep::Villages) else { return Vec::new() };
    let answer = round.asked.last().and_then(|asked| asked.answer.as_ref());
    let returned = answer.map(|a| a.returned.as_slice()).unwrap_or_default();
    returned.iter().map(|r| (view.heads.get(&r.household).cloned().unwrap_or_default(), r.text.clone())).collect()
}

fn village_cell(l: Lang, row: &VillageRow, (year, route): (i16, Route)) -> VillageCell {
    let Some(round) = &row.round else {
        return VillageCell {
            name: row.village.name.clone(),
            href: String::new(),
            step: l.t("round-not-open"),
            verdict: Verdict::Plain,
            households: String::new(),
            surveyed: String::new(),
            undecided: String::new(),
            meeting: String::new(),
            posting: String::new(),
            objections: String::new(),
            due: String::new(),
            late: late_words(l, row.late_days),
        };
    };
    let failed = round.meetings.iter().filter(|m| !m.passed).count();
    let meeting = match round.meetings.last() {
        Some(m) if m.passed => l.t1("round-meeting-passed", "day", m.day),
        Some(_) => l.t1("round-meeting-failed", "n", failed),
        None => String::new(),
    };
    let posting = round.posting.as_ref().map(|p| format!("{} – {}", p.first, p.last)).unwrap_or_default();
    VillageCell {
        name: row.village.name.clone(),
        href: format!("/review/{year}/round/{}?route={}", row.village.id, route.id()),
        // keys: step-*
        step: l.t(&format!("step-{}", round.step.id())),
        verdict: step_verdict(round.step, row.late_days),
        households: number(round.households.len()),
        surveyed: number(row.surveyed),
        undecided: if row.undecided > 0 { l.t1("round-undecided", "n", row.undecided) } else { String::new() },
        meeting,
        posting,
        objections: number(round.open_objections().count()),
        due: round.due().map(|day| day.to_string()).unwrap_or_default(),
        late: late_words(l, row.late_days),
    }
}

/// How the address names a commune that has no round yet.
const NO_ROUND: &str = "none";

async fn progress_page(signed: &Signed, web: &Web, step: Option<&str>) -> Result<Response, Fail> {
    let (l, year) = (signed.l(), signed.year);
    let found = progress(&web.house, &signed.actor, Some(&signed.scope), (year, Route::Yearly)).await?;
    let unit = signed.scope.address();
    let stands_at = |p: &app::review::rounds::Progress| p.step.map_or(NO_ROUND, CommuneStep::id);
    let count = |word: &str, step: &str| {
        let n = found.iter().filter(|p| stands_at(p) == step).count();
        Count::new(l.t(word), number(n), format!("/review/{year}/round?unit={unit}&step={step}"))
    };
    let row = |p: &app::review::rounds::Progress| {
        let (state, verdict) = match p.step {
            None => ("round-not-open", Verdict::Plain),
            Some(CommuneStep::Villages) => ("commune-villages", Verdict::Open),
            Some(CommuneStep::Opinion) => ("commune-opinion", Verdict::Open),
            Some(CommuneStep::Recognition) => ("commune-recognition", Verdict::Open),
            Some(CommuneStep::Recognised) => ("commune-recognised", Verdict::Good),
        };
        ProgressRow {
            name: p.name.clone(),
            href: format!("/review/{year}/round?unit={}", p.scope.address()),
            above: p.above.clone(),
            state: l.t(state),
            verdict: if p.late_days > 0 { Verdict::Bad } else { verdict },
            households: number(p.households),
            villages: Step::ALL.iter().map(|step| number(p.villages.get(step).copied().unwrap_or(0))).collect(),
            late: late_words(l, p.late_days),
        }
    };
    Ok(shown(&ProgressPage {
        l,
        frame: signed.frame(Section::Review),
        year: year.to_string(),
        shows_above: signed.scope.level == ScopeLevel::Province,
        steps: Step::ALL.iter().map(|step| l.t(&format!("step-{}", step.id()))).collect(),
        rows: found.iter().filter(|p| step.is_none_or(|step| stands_at(p) == step)).map(row).collect(),
        summary: vec![
            count("commune-recognised", CommuneStep::Recognised.id()),
            count("commune-opinion", CommuneStep::Opinion.id()),
            count("round-not-open", NO_ROUND),
            Count::new(l.t("units-all"), number(found.len()), format!("/review/{year}/round?unit={unit}")),
        ],
        links: vec![
            Link::new(l.t("results-title"), format!("/review/{year}/results?unit={unit}")),
            Link::new(l.t("requests-title"), format!("/review/{year}/requests?unit={unit}")),
            Link::new(l.t("certificates-title"), format!("/review/{year}/certificates?unit={unit}")),
        ],
    }))
}
