//! What the plan cites, and which clauses cite it.

use app::AppError;
use axum::extract::{Path, Query, State};
use axum::response::Response;

use super::words::document_name;
use super::{Addresses, Asked, some_plan};
use crate::Web;
use crate::fail::{Fail, shown};
use crate::pages::frame::Section;
use crate::pages::parts::Link;
use crate::pages::programme::{CitingRow, Document, DocumentRow, Documents};
use crate::visitor::Signed;

pub async fn list(signed: Signed, State(web): State<Web>, Query(asked): Query<Asked>) -> Result<Response, Fail> {
    let l = signed.l();
    let view = some_plan(&web.house, &signed, &asked).await?;
    let addresses = Addresses::of(&signed, &view);
    let rows = view.documents().into_iter().map(|document| DocumentRow {
        name: Link::new(document_name(l, &document), addresses.document(&document.key())),
        day: document.day.map(|day| day.to_string()).unwrap_or_default(),
        clauses: document.clauses.iter().map(|id| Link::new(id.clone(), addresses.clause(id))).collect(),
        issuer: document.issuer.unwrap_or_default(),
    });
    let frame = signed.frame(Section::Plan);
    Ok(shown(&Documents { l, frame, rows: rows.collect(), back_href: addresses.to("") }))
}

pub async fn page(
    signed: Signed,
    State(web): State<Web>,
    Path(key): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fail> {
    let l = signed.l();
    let view = some_plan(&web.house, &signed, &asked).await?;
    let addresses = Addresses::of(&signed, &view);
    let document = view.document(&key).ok_or(AppError::Missing("document"))?;
    let citing = document.clauses.iter().filter_map(|id| view.plan.clause(id));
    let rows = citing.map(|clause| CitingRow {
        clause: Link::new(clause.id.clone(), addresses.clause(&clause.id)),
        text: format!("{} {}", clause.marker, clause.text).trim().to_owned(),
    });
    Ok(shown(&Document {
        l,
        frame: signed.frame(Section::Plan),
        name: document_name(l, &document),
        day: document.day.map(|day| day.to_string()).unwrap_or_default(),
        rows: rows.collect(),
        issuer: document.issuer.clone().unwrap_or_default(),
        back_href: addresses.to("/documents"),
    }))
}
