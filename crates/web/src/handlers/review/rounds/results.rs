//! Results above the commune: compiled, approved, published; preliminary and official side by side.

use std::collections::BTreeMap;

use app::AppError;
use app::review::results::{approve, compile, publish, results};
use axum::Form as Received;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use domain::access::Verb;
use domain::review::results::{Results, ResultsKind, Stamp};
use kernel::ResultsId;
use norms::Rulebook;

use super::results_table::frozen;
use super::words::{refused, unprocessable, with_notice};
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::registry::posted::Posted;
use crate::handlers::words::{class_tag, number};
use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Section;
use crate::pages::parts::{Link, Verdict};
use crate::pages::review::rounds::{ResultsPage, ResultsRow};
use crate::visitor::{Signed, see};

pub fn routes() -> Router<Web> {
    Router::new().route("/review/{year}/results", get(page)).route("/review/{year}/results/{act}", post(act).get(table))
}

async fn page(signed: Signed, State(web): State<Web>) -> Result<Response, Fail> {
    Ok(shown(&results_page(&signed, &web, Form::default()).await?))
}

async fn table(
    signed: Signed,
    State(web): State<Web>,
    Path((year, name)): Path<(i16, String)>,
) -> Result<Response, Fail> {
    frozen(&signed, &web, year, &name).await
}

async fn results_page(signed: &Signed, web: &Web, form: Form) -> Result<ResultsPage, Fail> {
    let (l, year) = (signed.l(), signed.year);
    let rules = web.house.rules(year, &web.house.province_of(&signed.scope)).map_err(AppError::from)?;
    let found = results(&web.house, &signed.actor, Some(&signed.scope), year).await?;
    let may = signed.actor.may(Verb::CompileResults) && signed.scope == signed.actor.scope;
    let row = |r: &Results| {
        let is_own = r.unit == signed.actor.scope;
        let is_compiler = r.was_compiled_by(signed.actor.id, &signed.actor.name);
        results_row(l, &rules, (r, &web.house.scope_name(&r.unit)), (may && is_own, is_compiler))
    };
    // What was published above stands below one's own and is not compared with it.
    let own: Vec<Results> = found.iter().filter(|r| r.unit == signed.scope).cloned().collect();
    Ok(ResultsPage {
        l,
        frame: signed.frame(Section::Review),
        form,
        back: Link::new(l.t("round-progress"), format!("/review/{year}/round?unit={}", signed.scope.address())),
        year: year.to_string(),
        rows: found.iter().map(row).collect(),
        may_compile: may,
        differences: differences(l, &rules, &own),
    })
}

/// Households by class over all units.
fn totals(results: &Results) -> BTreeMap<String, i64> {
    let mut totals = BTreeMap::new();
    for line in &results.lines {
        for (class, households, _) in &line.classes {
            *totals.entry(class.clone()).or_insert(0) += households;
        }
    }
    totals
}

fn counts(l: Lang, rules: &Rulebook, results: &Results) -> Vec<(String, String)> {
    let totals = totals(results);
    let classes = rules.classes.value.classes.iter();
    let known = classes.filter_map(|c| Some((class_tag(l, rules, Some(&c.id)).label, number(*totals.get(&c.id)?))));
    let open: i64 = results.lines.iter().map(|line| line.unclassified).sum();
    let mut counts: Vec<(String, String)> = known.collect();
    if open > 0 {
        counts.push((l.t("class-none-yet"), number(open)));
    }
    counts
}

/// When it was compiled, approved and published, and by whom.
pub fn steps(l: Lang, results: &Results) -> Vec<String> {
    let step = |key: &str, stamp: &Stamp| {
        let words = l.t2("results-step", "day", stamp.day, "by", &stamp.by);
        let number = if stamp.number.is_empty() { String::new() } else { format!(", {}", stamp.number) };
        format!("{} {words}{number}", l.t(key))
    };
    let mut steps = vec![step("results-compiled", &results.compiled)];
    steps.extend(results.approved.as_ref().map(|stamp| step("results-approved", stamp)));
    steps.extend(results.published.as_ref().map(|stamp| step("results-published", stamp)));
    steps
}

fn results_row(
    l: Lang,
    rules: &Rulebook,
    (results, unit): (&Results, &str),
    (may, is_compiler): (bool, bool),
) -> ResultsRow {
    let is_open = may && results.approved.is_none();
    let (state, verdict) = match (&results.approved, &results.published) {
        (_, Some(_)) => ("results-published", Verdict::Good),
        (Some(_), None) => ("results-approved", Verdict::Open),
        (None, None) => ("results-compiled", Verdict::Plain),
    };
    ResultsRow {
        id: results.id.to_string(),
        // keys: results-kind-*
        kind: l.t(&format!("results-kind-{}", results.kind.id())),
        unit: unit.to_owned(),
        table: Link::new(l.t("results-table"), format!("/review/{}/results/{}", results.year, results.id)),
        state: l.t(state),
        verdict,
        steps: steps(l, results),
        counts: counts(l, rules, results),
        hash: results.hash.get(..16).unwrap_or_default().to_owned(),
        may_approve: is_open && !is_compiler,
        needs_another: is_open && is_compiler,
        may_publish: may && results.approved.is_some() && results.published.is_none(),
    }
}

/// What moved between the newest preliminary and the newest official results.
fn differences(l: Lang, rules: &Rulebook, found: &[Results]) -> Vec<(String, String)> {
    let newest = |kind| found.iter().find(|r: &&Results| r.kind == kind);
    let (Some(early), Some(last)) = (newest(ResultsKind::Preliminary), newest(ResultsKind::Official)) else {
        return Vec::new();
    };
    let (before, now) = (totals(early), totals(last));
    let of = |class: &str, totals: &BTreeMap<String, i64>| totals.get(class).copied().unwrap_or(0);
    let classes = rules.classes.value.classes.iter();
    classes
        .map(|c| (class_tag(l, rules, Some(&c.id)).label, of(&c.id, &now) - of(&c.id, &before)))
        .filter(|(_, change)| *change != 0)
        .map(|(label, change)| (label, if change > 0 { format!("+{}", number(change)) } else { number(change) }))
        .collect()
}

async fn act(
    signed: Signed,
    State(web): State<Web>,
    Path((year, act)): Path<(i16, String)>,
    Received(posted): Received<Vec<(String, String)>>,
) -> Result<Response, Fail> {
    let posted = Posted(posted);
    match take(&signed, &web, year, &act, &posted).await {
        Ok(()) => {
            signed.say("notice-saved").await;
            Ok(see(&format!("/review/{year}/results?unit={}", signed.actor.scope.address())))
        }
        Err(error) => {
            let again = results_page(&signed, &web, Form::default()).await?;
            refused(signed.l(), error, &posted, |form, notice| {
                let frame = with_notice(again.frame.clone(), notice);
                Ok(unprocessable(&ResultsPage { frame, form, ..again }))
            })
        }
    }
}

async fn take(signed: &Signed, web: &Web, year: i16, act: &str, posted: &Posted) -> Result<(), AppError> {
    let (house, actor) = (&web.house, &signed.actor);
    let id = || posted.chosen::<ResultsId>("id").map_err(|f| AppError::Form(vec![f]));
    match act {
        "compile" => {
            let kind = ResultsKind::from_id(&posted.text("kind")).ok_or(AppError::Missing("results"))?;
            compile(house, actor, year, kind).await.map(drop)
        }
        "approve" => approve(house, actor, id()?, &posted.text("number")).await,
        "publish" => publish(house, actor, id()?).await,
        _ => Err(AppError::Missing("page")),
    }
}
