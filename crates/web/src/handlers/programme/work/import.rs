//! Work from a spreadsheet: looked at first, stored on a second press, taken back as a whole.

use std::collections::HashMap;
use std::io::Cursor;

use app::AppError;
use app::programme::work_import::{self, Brought, LayoutKind, Preview, RowFault, RowProblem, apply, preview};
use axum::Form as Received;
use axum::Router;
use axum::extract::{Multipart, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use documents::write::{PlainTable, write_tables};
use domain::access::{Verb, check};
use norms::{WorkAnswer, WorkField};

use super::said::found;
use crate::Web;
use crate::fail::{Fail, said, shown};
use crate::handlers::intake::spreadsheet;
use crate::handlers::words::{label, moment, number};
use crate::language::Lang;
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::frame::Section;
use crate::pages::parts::Notice;
use crate::pages::programme::work::{Import, ImportDone, ImportFault, Rooms};
use crate::visitor::Signed;

/// Faults shown at once; the rest is a number.
const SHOWN: usize = 200;

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/programme/import", get(page).post(look))
        .route("/programme/import/apply", post(store))
        .route("/programme/import/layout.xlsx", get(layout))
}

fn build(signed: &Signed, form: Form, found: Option<&Preview>) -> Import {
    let (l, period) = (signed.l(), signed.period());
    Import {
        l,
        frame: signed.frame(Section::Targets),
        rooms: Rooms::new(&period, "activities"),
        form,
        action: format!("/programme/import?{period}"),
        apply_action: format!("/programme/import/apply?{period}"),
        layout_href: format!("/programme/import/layout.xlsx?{period}"),
        summary: found.map(|found| summary(l, found)),
        may_apply: found.is_some_and(|found| found.activities + found.needs > 0),
        known: found
            .and_then(|found| found.known.as_ref())
            .map(|known| l.t2("import-known", "day", moment(known.at_ms), "who", &known.by_name)),
        text: found.map(|found| found.text.clone()).unwrap_or_default(),
        faults: found.map(|found| faults(l, &found.faults)).unwrap_or_default(),
    }
}

fn summary(l: Lang, found: &Preview) -> String {
    l.tv(
        "import-summary",
        &[
            ("rows", number(found.rows)),
            ("activities", number(found.activities)),
            ("people", number(found.participants)),
            ("needs", number(found.needs)),
            ("aside", number(found.faults.len())),
        ],
    )
}

fn faults(l: Lang, of: &[RowFault]) -> Vec<ImportFault> {
    let line = |fault: &RowFault| ImportFault {
        row: fault.row.to_string(),
        name: fault.name.clone(),
        href: match &fault.problem {
            RowProblem::Recorded(id) => format!("/programme/activities/{id}"),
            _ => String::new(),
        },
        why: match &fault.problem {
            RowProblem::Kind(text) => l.t1("row-kind", "text", text),
            RowProblem::Day(text) => l.t1("row-day", "text", text),
            RowProblem::Unit(text) => l.t1("row-unit", "text", text),
            RowProblem::Money(text) => l.t1("row-money", "text", text),
            RowProblem::Paper(text) => l.t1("row-paper", "text", text),
            RowProblem::Content => l.t("row-content"),
            RowProblem::Field { field, text } => l.t2("row-field", "field", label(l, field), "text", text),
            RowProblem::NotAsked { field, text } => l.t2("row-not-asked", "field", label(l, field), "text", text),
            RowProblem::Differs { column, texts } => {
                l.t2("row-differs", "field", label(l, column), "texts", texts.join("; "))
            }
            RowProblem::Recorded(_) => l.t("row-recorded"),
            RowProblem::Who(who) => found(l, who),
            RowProblem::NobodyListed => l.t("row-nobody-listed"),
            RowProblem::Refused(refusal) => {
                format!("{} {}", refusal.code(), said(l, &AppError::Work(refusal.clone())))
            }
        },
    };
    of.iter().take(SHOWN).map(line).collect()
}

async fn page(signed: Signed) -> Result<Response, Fail> {
    check(&signed.actor, Verb::RecordWork)?;
    Ok(shown(&build(&signed, Form::default(), None)))
}

async fn look(signed: Signed, State(web): State<Web>, mut body: Multipart) -> Result<Response, Fail> {
    let (mut bytes, mut paste) = (Vec::new(), String::new());
    while let Ok(Some(field)) = body.next_field().await {
        match field.name().unwrap_or_default() {
            "paste" => paste = field.text().await.unwrap_or_default(),
            "file" => bytes = field.bytes().await.unwrap_or_default().to_vec(),
            _ => {}
        }
    }
    let form = Form::new([("paste", paste.clone())]);
    if bytes.is_empty() && paste.trim().is_empty() {
        let form = form.with_fault("file", "field-file-or-paste");
        return Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &build(&signed, form, None)));
    }
    let brought = if bytes.is_empty() { Brought::Paste(paste) } else { Brought::File(bytes) };
    match preview(&web.house, &signed.actor, Some(&signed.scope), brought).await {
        Ok(found) => Ok(shown(&build(&signed, form, Some(&found)))),
        Err(refused @ (AppError::File(_) | AppError::Refused { .. } | AppError::Gap(_))) => {
            let mut page = build(&signed, form, None);
            page.frame.notice = Some(refusal(signed.l(), &refused));
            Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(other) => Err(other.into()),
    }
}

#[derive(serde::Deserialize)]
struct Cells {
    text: String,
}

/// Stores what was looked at. Whatever is refused, the rows come back to the page.
async fn store(signed: Signed, State(web): State<Web>, Received(cells): Received<Cells>) -> Result<Response, Fail> {
    let (house, actor, scope) = (&web.house, &signed.actor, Some(&signed.scope));
    let l = signed.l();
    let refused = match apply(house, actor, scope, &cells.text).await {
        Ok((id, done)) => {
            return Ok(shown(&ImportDone {
                l,
                frame: signed.frame(Section::Targets),
                summary: summary(l, &done),
                faults: faults(l, &done.faults),
                undo_href: format!("/programme/imports/{id}/undo?{}", signed.period()),
                activities_href: format!("/programme/activities?{}", signed.period()),
            }));
        }
        Err(refused @ (AppError::Access(_) | AppError::Fault(_) | AppError::Paper(_))) => return Err(refused.into()),
        Err(refused) => refused,
    };
    let again = preview(house, actor, scope, Brought::Paste(cells.text.clone())).await.ok();
    let mut page = build(&signed, Form::new([("paste", cells.text)]), again.as_ref());
    page.frame.notice = Some(refusal(l, &refused));
    Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

fn refusal(l: Lang, refused: &AppError) -> Notice {
    Notice { tone: "v-notice--bad", text: format!("{} {}", refused.code(), said(l, refused)) }
}

/// The empty layout: the columns of every kind and those of the kinds' own fields, and a second sheet that names the kinds.
/// Asked for one kind, its own columns only.
async fn layout(
    signed: Signed,
    State(web): State<Web>,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, Fail> {
    let l = signed.l();
    let only = asked.get("kind").map(String::as_str).filter(|kind| !kind.is_empty());
    let layout = work_import::layout(&web.house, signed.year, only)?;
    let kind_row = |kind: &LayoutKind| {
        // keys: participants-*
        let takes = kind.takes.map(|subject| l.t(&format!("participants-{}", subject.id())));
        let own = kind.fields.iter().map(|field| asked_field(l, field)).collect::<Vec<_>>().join("; ");
        vec![label(l, &kind.label), takes.unwrap_or_default(), own]
    };
    let first_cell = only.and_then(|_| layout.kinds.first()).map(|kind| vec![label(l, &kind.label)]);
    let tables = [
        PlainTable {
            name: l.t("programme-activities"),
            headers: layout.columns.iter().map(|column| label(l, column)).collect(),
            rows: first_cell.into_iter().collect(),
            ..PlainTable::default()
        },
        PlainTable {
            name: l.t("label-kind"),
            headers: vec![l.t("label-kind"), l.t("activity-people"), l.t("import-own-columns")],
            rows: layout.kinds.iter().map(kind_row).collect(),
            ..PlainTable::default()
        },
    ];
    let mut out = Cursor::new(Vec::new());
    write_tables(&tables, &mut out).map_err(|error| AppError::Paper(error.to_string()))?;
    let name = only.map_or_else(|| "hoat-dong-trong.xlsx".to_owned(), |kind| format!("hoat-dong-{kind}.xlsx"));
    Ok(spreadsheet(out.into_inner(), &name))
}

/// `Số ngày (ngày)`, `Dịch vụ (Tư vấn / Sàn giao dịch việc làm)`.
fn asked_field(l: Lang, field: &WorkField) -> String {
    let name = label(l, &field.label);
    match &field.answer {
        WorkAnswer::Text => name,
        WorkAnswer::Number { unit } => format!("{name} ({})", label(l, unit)),
        WorkAnswer::OneOf { choices } => {
            let choices = choices.iter().map(|choice| label(l, &choice.label)).collect::<Vec<_>>();
            format!("{name} ({})", choices.join(" / "))
        }
    }
}
