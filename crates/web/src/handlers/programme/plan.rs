//! The plan as a paper, clause by clause, with the live state of each.

use std::collections::BTreeMap;

use app::AppError;
use app::programme::{PlanView, plans};
use axum::extract::{Query, State};
use axum::response::Response;
use domain::access::Verb;
use domain::programme::bind::Binding;
use domain::programme::plan::{Clause, ClauseKind};

use super::words::Speaker;
use super::{Addresses, Asked, asked_plan};
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::words::{moment, number};
use crate::pages::frame::Section;
use crate::pages::parts::Link;
use crate::pages::programme::{ClauseRow, ContentsRow, Hung, NoPlan, Plan};
use crate::visitor::Signed;

/// Sections and the points right below them stand in the table of contents.
const IN_CONTENTS: usize = 1;

pub async fn page(signed: Signed, State(web): State<Web>, Query(asked): Query<Asked>) -> Result<Response, Fail> {
    let Some(view) = asked_plan(&web.house, &signed, &asked).await? else {
        return Ok(shown(&no_plan(&web, &signed).await?));
    };
    let addresses = Addresses::of(&signed, &view);
    let speaker = Speaker { house: &web.house, signed: &signed, view: &view, addresses: &addresses };
    let mut hung = hung_by_clause(&speaker).await?;
    let l = signed.l();
    let clauses = &view.plan.clauses;
    let mut rows = |fits: fn(ClauseKind) -> bool| -> Vec<ClauseRow> {
        let of_kind = clauses.iter().filter(|clause| fits(clause.kind));
        of_kind.map(|clause| row(&view, clause, &addresses, hung.remove(&clause.id))).collect()
    };
    let contents = clauses.iter().filter(|clause| in_contents(clause)).map(contents_row).collect();
    let record = view.record.as_ref();
    let told = record.map(|record| {
        let values = [("n", number(record.number)), ("at", moment(record.at_ms)), ("by", record.by_name.clone())];
        l.tv("plan-told", &values)
    });
    Ok(shown(&Plan {
        l,
        frame: signed.frame(Section::Plan),
        unit: signed.scope.address(),
        year: view.year().to_string(),
        version: record.filter(|_| !view.is_newest).map(|record| record.id.to_string()).unwrap_or_default(),
        told: told.unwrap_or_default(),
        is_newest: view.is_newest,
        contents,
        clauses: rows(|kind| !is_end(kind)),
        addressees: rows(|kind| kind == ClauseKind::Addressee),
        signatures: rows(|kind| kind == ClauseKind::Signature),
        unplaced: rows(|kind| kind == ClauseKind::Unplaced),
        waiting: number(view.waiting()),
        bindings_href: addresses.to("/bindings"),
        documents_href: addresses.to("/documents"),
        versions_href: format!("/programme/plans?{}", signed.period()),
    }))
}

async fn hung_by_clause(speaker: &Speaker<'_>) -> Result<BTreeMap<String, Vec<Hung>>, AppError> {
    let view = speaker.view;
    let bound: Vec<&Binding> = view.plan.clauses.iter().flat_map(|clause| view.at(&clause.id)).collect();
    let said = speaker.hung(&bound).await?;
    let mut by_clause: BTreeMap<String, Vec<Hung>> = BTreeMap::new();
    for (binding, hung) in bound.into_iter().zip(said) {
        by_clause.entry(binding.at.clause.clone()).or_default().push(hung);
    }
    Ok(by_clause)
}

fn row(view: &PlanView, clause: &Clause, addresses: &Addresses, hung: Option<Vec<Hung>>) -> ClauseRow {
    let hung = hung.unwrap_or_default();
    ClauseRow {
        id: clause.id.clone(),
        kind: kind_id(clause.kind),
        marker: clause.marker.clone(),
        text: clause.text.clone(),
        href: addresses.clause(&clause.id),
        is_heading: clause.is_heading(),
        is_untracked: hung.is_empty() && clause.kind != ClauseKind::Section && !has_bound_below(view, clause),
        hung,
    }
}

/// Whether something hangs on a clause below this one: its heading needs no state of its own then.
fn has_bound_below(view: &PlanView, clause: &Clause) -> bool {
    view.plan.children(&clause.id).any(|child| view.at(&child.id).next().is_some() || has_bound_below(view, child))
}

fn kind_id(kind: ClauseKind) -> &'static str {
    match kind {
        ClauseKind::Head => "head",
        ClauseKind::Title => "title",
        ClauseKind::SentTo => "sent-to",
        ClauseKind::Preamble => "preamble",
        ClauseKind::Section => "section",
        ClauseKind::Point => "point",
        ClauseKind::Paragraph => "paragraph",
        ClauseKind::Closing => "closing",
        ClauseKind::Addressee => "addressee",
        ClauseKind::Signature => "signature",
        ClauseKind::Unplaced => "unplaced",
    }
}

/// What stands below the closing words.
fn is_end(kind: ClauseKind) -> bool {
    matches!(kind, ClauseKind::Addressee | ClauseKind::Signature | ClauseKind::Unplaced)
}

fn contents_row(clause: &Clause) -> ContentsRow {
    let link = Link::new(heading(clause), format!("#{}", crate::pages::programme::anchor(&clause.id)));
    ContentsRow { link, is_section: clause.kind == ClauseKind::Section }
}

fn in_contents(clause: &Clause) -> bool {
    clause.kind == ClauseKind::Section
        || (clause.kind == ClauseKind::Point && clause.depth <= IN_CONTENTS && clause.is_heading())
}

/// `II. MỤC TIÊU`, cut where it is long.
pub(super) fn heading(clause: &Clause) -> String {
    const SHOWN: usize = 90;
    let text: String = clause.text.chars().take(SHOWN).collect();
    let more = if clause.text.chars().count() > SHOWN { "…" } else { "" };
    format!("{} {text}{more}", clause.marker).trim().to_owned()
}

async fn no_plan(web: &Web, signed: &Signed) -> Result<NoPlan, AppError> {
    let mut years: Vec<i16> = plans(&web.house, &signed.actor).await?.iter().map(|record| record.year).collect();
    years.dedup();
    let unit = signed.scope.address();
    let other = |year: &i16| Link::new(year.to_string(), format!("/programme/plan?unit={unit}&year={year}"));
    Ok(NoPlan {
        l: signed.l(),
        frame: signed.frame(Section::Plan),
        year: signed.year.to_string(),
        others: years.iter().map(other).collect(),
        import_href: signed.actor.may(Verb::ImportPlan).then(|| format!("/programme/plans?{}", signed.period())),
    })
}
