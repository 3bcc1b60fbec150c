//! What an import did; the rows set aside as a spreadsheet; taking the import back as a whole.

use std::io::Cursor;

use app::review::intake::{intakes, undo, view};
use app::{AppError, IntakeRecord, IntakeState};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use documents::write::write_aside;
use kernel::IntakeId;
use serde_json::Value;

use super::upload::spreadsheet;
use super::{address, frame, subject};
use crate::Web;
use crate::fail::{Fail, said};
use crate::handlers::registry::household_address;
use crate::handlers::words::number;
use crate::language::Lang;
use crate::pages::answer;
use crate::pages::parts::Link;
use crate::pages::review::intake::Done;
use crate::visitor::{Signed, see};

/// One count of the summary that was stored with the import.
pub fn count(record: &IntakeRecord, name: &str) -> i64 {
    let summary: Value = serde_json::from_str(&record.summary).unwrap_or_default();
    summary.get(name).and_then(Value::as_i64).unwrap_or(0)
}

pub fn build(signed: &Signed, web: &Web, record: &IntakeRecord, hindrance: Option<&AppError>) -> Done {
    let l = signed.l();
    let aside = count(record, "aside");
    Done {
        l,
        frame: frame(signed, None),
        subject: subject(web, l, record),
        new: number(count(record, "created")),
        changed: number(count(record, "changed")),
        unchanged: number(count(record, "unchanged")),
        aside: number(aside),
        has_aside: aside > 0,
        aside_xlsx_href: format!("{}/aside.xlsx", address(record.id)),
        list_href: format!("/review/{}?unit={}", record.year, record.scope.address()),
        is_undone: record.state == IntakeState::Undone,
        undo_hindrance: hindrance.map(|error| said(l, error)).unwrap_or_default(),
        undo_links: hindrance.map(|error| links(l, error)).unwrap_or_default(),
    }
}

/// The way to what stands in the way: the later import, or the households somebody worked on.
fn links(l: Lang, error: &AppError) -> Vec<Link> {
    match error {
        AppError::CannotUndo { later: Some((id, file)), .. } => {
            let name = if file.is_empty() { l.t("intake-pasted") } else { file.clone() };
            vec![Link::new(name, address(*id))]
        }
        AppError::CannotUndo { later: None, households, .. } => {
            households.iter().map(|(id, head)| Link::new(head.clone(), household_address(*id))).collect()
        }
        _ => Vec::new(),
    }
}

/// Rows set aside, as they came, each with its reasons; mended, the file comes in again.
pub async fn aside(signed: Signed, State(web): State<Web>, Path(id): Path<IntakeId>) -> Result<Response, Fail> {
    let view = view(&web.house, &signed.actor, id).await?;
    let read = view.read.map_err(AppError::from)?;
    let mut out = Cursor::new(Vec::new());
    write_aside(&view.staged.sheets, &read, &mut out).map_err(|error| AppError::Paper(error.to_string()))?;
    Ok(spreadsheet(out.into_inner(), "de-rieng.xlsx"))
}

pub async fn take_back(signed: Signed, State(web): State<Web>, Path(id): Path<IntakeId>) -> Result<Response, Fail> {
    match undo(&web.house, &signed.actor, id).await {
        Ok(()) => {
            signed.say("intake-undone").await;
            Ok(see(&address(id)))
        }
        Err(refused @ (AppError::Refused { .. } | AppError::CannotUndo { .. } | AppError::List(_))) => {
            let known = intakes(&web.house, &signed.actor).await?;
            let record = known.iter().find(|r| r.id == id).ok_or(AppError::Missing("intake"))?;
            if !matches!(record.state, IntakeState::Applied | IntakeState::Undone) {
                return Ok(see(&address(id)));
            }
            let page = build(&signed, &web, record, Some(&refused));
            Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(other) => Err(other.into()),
    }
}
