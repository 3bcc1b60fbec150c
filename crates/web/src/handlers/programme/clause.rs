//! One clause: its words, what hangs on it, its numbers, what it cites, and what people said.

use app::AppError;
use app::programme::{PlanView, history};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::programme::bind::Binding;
use domain::programme::plan::{Clause as PlanClause, NumberFound, NumberKind};
use norms::Bound;

use super::plan::heading;
use super::words::{Speaker, document_name};
use super::{Addresses, Asked, plan_id, some_plan};
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::words::trail_rows;
use crate::language::Lang;
use crate::pages::frame::Section;
use crate::pages::parts::Link;
use crate::pages::programme::{Clause, NumberRow};
use crate::visitor::Signed;

pub async fn page(
    signed: Signed,
    State(web): State<Web>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fail> {
    let view = some_plan(&web.house, &signed, &asked).await?;
    let addresses = Addresses::of(&signed, &view);
    let clause = view.plan.clause(&id).ok_or(AppError::Missing("clause"))?;
    let l = signed.l();
    let bound: Vec<&Binding> = view.at(&clause.id).collect();
    let mut entries = Vec::new();
    if let Some(plan) = plan_id(&view) {
        for binding in &bound {
            entries.extend(history(&web.house, &signed.actor, plan, &binding.id).await?);
        }
    }
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.at_ms));
    let speaker = Speaker { house: &web.house, signed: &signed, view: &view, addresses: &addresses };
    let to = |clause: &PlanClause| Link::new(heading(clause), addresses.clause(&clause.id));
    let (previous, next) = beside(&view, clause);
    let short = |clause: &PlanClause| Link::new(clause.id.clone(), addresses.clause(&clause.id));
    Ok(shown(&Clause {
        l,
        frame: signed.frame(Section::Plan),
        id: clause.id.clone(),
        also: clause.also.clone().unwrap_or_default(),
        marker: clause.marker.clone(),
        text: clause.text.clone(),
        line: clause.line.to_string(),
        path: view.plan.path(clause).into_iter().skip(1).rev().map(to).collect(),
        below: view.plan.children(&clause.id).map(to).collect(),
        previous: previous.map(short),
        next: next.map(short),
        back_href: addresses.in_place(&clause.id),
        hung: speaker.hung(&bound).await?,
        numbers: view.numbers_of(&clause.id).iter().map(|number| number_row(l, number)).collect(),
        documents: cited(l, &view, clause, &addresses),
        history: trail_rows(l, &entries),
    }))
}

fn beside<'a>(view: &'a PlanView, clause: &PlanClause) -> (Option<&'a PlanClause>, Option<&'a PlanClause>) {
    let clauses = &view.plan.clauses;
    let at = clauses.iter().position(|other| other.id == clause.id).unwrap_or_default();
    (at.checked_sub(1).and_then(|before| clauses.get(before)), clauses.get(at + 1))
}

fn cited(l: Lang, view: &PlanView, clause: &PlanClause, addresses: &Addresses) -> Vec<Link> {
    let here = view.documents().into_iter().filter(|document| document.clauses.contains(&clause.id));
    here.map(|document| Link::new(document_name(l, &document), addresses.document(&document.key()))).collect()
}

fn number_row(l: Lang, number: &NumberFound) -> NumberRow {
    let sort = match number.kind {
        NumberKind::Quantity => "sort-quantity",
        NumberKind::Year => "sort-year",
        NumberKind::Period => "sort-period",
        NumberKind::Day => "sort-day",
        NumberKind::Name => "sort-name",
    };
    let bound = match number.bound {
        Bound::Exact => "",
        Bound::Range => "bound-range",
        Bound::Above => "bound-above",
        Bound::AtLeast => "bound-at_least",
        Bound::Below => "bound-below",
        Bound::AtMost => "bound-at_most",
    };
    // keys: sort-* bound-*
    NumberRow {
        text: number.text.clone(),
        sort: l.t(sort),
        bound: if bound.is_empty() { String::new() } else { l.t(bound) },
        unit: number.unit.clone().unwrap_or_default(),
    }
}
