//! Work from a spreadsheet: looked at first, stored on a second press, taken back as a whole.

use std::io::Cursor;

use app::AppError;
use app::programme::work_import::{Brought, HEADERS, Preview, RowFault, RowProblem, apply, kinds_for_layout, preview};
use axum::Form as Received;
use axum::Router;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use documents::write::{PlainTable, write_tables};
use domain::access::{Verb, check};

use super::said::found;
use crate::Web;
use crate::fail::{Fail, said, shown};
use crate::handlers::intake::spreadsheet;
use crate::handlers::words::number;
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
        why: match &fault.problem {
            RowProblem::Kind(text) => l.t1("row-kind", "text", text),
            RowProblem::Day(text) => l.t1("row-day", "text", text),
            RowProblem::Unit(text) => l.t1("row-unit", "text", text),
            RowProblem::Money(text) => l.t1("row-money", "text", text),
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
            page.frame.notice = Some(Notice { tone: "v-notice--bad", text: said(signed.l(), &refused) });
            Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(other) => Err(other.into()),
    }
}

#[derive(serde::Deserialize)]
struct Cells {
    text: String,
}

async fn store(signed: Signed, State(web): State<Web>, Received(cells): Received<Cells>) -> Result<Response, Fail> {
    let l = signed.l();
    let (id, done) = apply(&web.house, &signed.actor, Some(&signed.scope), cells.text).await?;
    Ok(shown(&ImportDone {
        l,
        frame: signed.frame(Section::Targets),
        summary: summary(l, &done),
        faults: faults(l, &done.faults),
        undo_action: format!("/programme/imports/{id}/undo"),
        activities_href: format!("/programme/activities?{}", signed.period()),
    }))
}

/// The empty layout, with a second sheet that names every kind.
async fn layout(signed: Signed, State(web): State<Web>) -> Result<Response, Fail> {
    let l = signed.l();
    let kinds = kinds_for_layout(&web.house, signed.year)?;
    let rows = kinds.into_iter().map(|(name, takes)| {
        // keys: participants-*
        vec![name, takes.map(|subject| l.t(&format!("participants-{}", subject.id()))).unwrap_or_default()]
    });
    let tables = [
        PlainTable {
            name: l.t("programme-activities"),
            headers: HEADERS.map(str::to_owned).to_vec(),
            ..PlainTable::default()
        },
        PlainTable {
            name: l.t("label-kind"),
            headers: vec![l.t("label-kind"), l.t("activity-people")],
            rows: rows.collect(),
            ..PlainTable::default()
        },
    ];
    let mut out = Cursor::new(Vec::new());
    write_tables(&tables, &mut out).map_err(|error| AppError::Paper(error.to_string()))?;
    Ok(spreadsheet(out.into_inner(), "hoat-dong-trong.xlsx"))
}
