//! Several households of the register could be the one in the list; a person says which.

use app::review::intake::{Choice, IntakeView, Outcome, PlanItem, choose};
use app::{AppError, registry};
use axum::Form as Posted;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::review::list::ReadList;
use kernel::{HouseholdId, IntakeId};
use serde::Deserialize;

use super::faults::ByRow;
use super::rows::place_of;
use super::{Asked, address, frame, page_of, ready, subject};
use crate::Web;
use crate::fail::{Fail, shown};
use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::review::intake::{Candidate, Candidates, Doubt};
use crate::visitor::{Signed, see};

const PAGE: usize = 20;

pub async fn page(
    signed: Signed,
    State(web): State<Web>,
    Path(id): Path<IntakeId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fail> {
    let view = match ready(&signed, &web, id).await? {
        Ok(view) => view,
        Err(there) => return Ok(there),
    };
    let (Ok(read), Some(plan)) = (&view.read, &view.plan) else { return Ok(see(&address(id))) };
    let open: Vec<&PlanItem> = plan.items.iter().filter(|i| matches!(i.outcome, Outcome::Ask { .. })).collect();
    if open.is_empty() {
        return Ok(see(&address(id)));
    }
    let l = signed.l();
    let (wanted, pager) = page_of(&open, asked.page, PAGE, &format!("{}/candidates", address(id)));
    let mut doubts = Vec::new();
    for item in wanted.iter().filter_map(|at| open.get(*at)) {
        doubts.push(doubt(&signed, &web, &view, read, item).await?);
    }
    let subject = subject(&web, l, &view.record);
    Ok(shown(&Candidates { l, frame: frame(&signed, None), form: Form::default(), subject, doubts, pager }))
}

async fn doubt(
    signed: &Signed,
    web: &Web,
    view: &IntakeView,
    read: &ReadList,
    item: &PlanItem,
) -> Result<Doubt, AppError> {
    let l = signed.l();
    let household = ByRow::new(read).of(item.at);
    let head = household.and_then(|h| h.head());
    let size = household.map_or(0, |h| h.members.len());
    let mut candidates = Vec::new();
    if let Outcome::Ask { candidates: ids } = &item.outcome {
        for id in ids {
            candidates.push(candidate(signed, web, view, *id).await?);
        }
    }
    candidates.push(Candidate { value: "new".to_owned(), label: l.t("candidate-new"), detail: String::new() });
    let birth = head.and_then(|h| h.birth).map(|b| b.to_string());
    let paper = head.and_then(|h| h.paper.clone());
    let row = l.t2("rows-where", "sheet", item.at.0, "row", item.at.1);
    Ok(Doubt {
        field: format!("household.{}.{}", item.at.0, item.at.1),
        title: joined(", ", [Some(item.head_name.clone()), Some(item.village.clone())]),
        detail: joined(" · ", [Some(row), born(l, birth), paper, Some(persons(l, size))]),
        candidates,
    })
}

async fn candidate(signed: &Signed, web: &Web, view: &IntakeView, id: HouseholdId) -> Result<Candidate, AppError> {
    let l = signed.l();
    let known = registry::open(&web.house, &signed.actor, id, Some(view.record.year)).await?;
    let head = known.household.head().map(|m| &m.person);
    let birth = head.and_then(|p| p.birth).map(|b| b.to_string());
    let paper = head.and_then(|p| p.paper.clone());
    let address = known.household.address.clone();
    let size = persons(l, known.household.present().count());
    Ok(Candidate {
        value: id.to_string(),
        label: head.map(|p| p.name.clone()).unwrap_or_default(),
        detail: joined(" · ", [Some(known.names.village.clone()), born(l, birth), paper, address, Some(size)]),
    })
}

fn born(l: Lang, birth: Option<String>) -> Option<String> {
    birth.map(|birth| l.t1("candidate-born", "birth", birth))
}

fn persons(l: Lang, n: usize) -> String {
    l.t1("candidate-persons", "n", n)
}

fn joined<const N: usize>(between: &str, parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
}

pub async fn save(
    signed: Signed,
    State(web): State<Web>,
    Path(id): Path<IntakeId>,
    Posted(posted): Posted<Vec<(String, String)>>,
) -> Result<Response, Fail> {
    for (name, value) in &posted {
        let Some(at) = name.strip_prefix("household.").and_then(place_of) else { continue };
        let choice = if value == "new" {
            Choice::New
        } else {
            Choice::Existing(value.parse().map_err(|_| AppError::Missing("household"))?)
        };
        choose(&web.house, &signed.actor, id, at, choice).await?;
    }
    Ok(see(&format!("{}/candidates", address(id))))
}

#[derive(Deserialize)]
pub struct Same {
    at: String,
    household: HouseholdId,
    are: String,
}

/// Whether the rows that are like members of a household are those members, or other people.
pub async fn same(
    signed: Signed,
    State(web): State<Web>,
    Path(id): Path<IntakeId>,
    Posted(posted): Posted<Same>,
) -> Result<Response, Fail> {
    let at = place_of(&posted.at).ok_or(AppError::Missing("household"))?;
    let choice = match posted.are.as_str() {
        "two" => Choice::WithStrangers(posted.household),
        _ => Choice::Existing(posted.household),
    };
    choose(&web.house, &signed.actor, id, at, choice).await?;
    Ok(see(&address(id)))
}
