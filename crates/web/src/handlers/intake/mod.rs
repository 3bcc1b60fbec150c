//! A list comes in: upload or paste, columns, faulty rows, questions, preview, progress, done, undo.
//! Stores nothing itself; every step asks `app::review::intake`. Start with [`show`], which sends to the right step.

mod apply;
mod candidates;
mod changes;
mod columns;
mod done;
mod faults;
mod list;
mod preview;
mod rows;
mod upload;

use app::review::intake::{IntakeView, convert, drop_intake, view};
use app::{AppError, IntakeRecord, IntakeState};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use domain::review::list::{Cell, ListProblem};
use kernel::IntakeId;
use serde::Deserialize;

use crate::fail::{Fail, said, shown};
use crate::language::Lang;
use crate::pages::frame::{Frame, Section};
use crate::pages::parts::{Notice, Pager};
use crate::pages::review::intake::{Consent, Subject};
use crate::visitor::{Signed, see};
use crate::{Step, Web};

/// A page of cells mended at once can hold many fields.
const LARGEST_FORM: usize = 8 * 1024 * 1024;
/// How many names are shown before and after conversion.
const EXAMPLES: usize = 8;

pub fn routes() -> Router<Web> {
    let forms = Router::new()
        .route("/review/intakes", get(list::page))
        .route("/review/intake/all", get(list::page))
        .route("/review/intake/layout.xlsx", get(upload::layout))
        .route("/review/intake/{id}", get(show))
        .route("/review/intake/{id}/convert", post(consent))
        .route("/review/intake/{id}/columns", get(columns::page).post(columns::save))
        .route("/review/intake/{id}/rows", get(rows::page).post(rows::save))
        .route("/review/intake/{id}/candidates", get(candidates::page).post(candidates::save))
        .route("/review/intake/{id}/same", post(candidates::same))
        .route("/review/intake/{id}/apply", post(apply::begin))
        .route("/review/intake/{id}/progress", get(apply::progress))
        .route("/review/intake/{id}/aside.xlsx", get(done::aside))
        .route("/review/intake/{id}/undo", post(done::take_back))
        .route("/review/intake/{id}/drop", post(leave))
        .layer(DefaultBodyLimit::max(LARGEST_FORM));
    Router::new().route("/review/intake", get(upload::page).post(upload::take)).merge(forms)
}

/// `?page=2&failed=REV-005`.
#[derive(Debug, Default, Deserialize)]
struct Asked {
    page: Option<u32>,
    /// Code of what kept the last step from happening.
    failed: Option<String>,
    /// Right after the upload: rows without a fault are skipped.
    #[serde(default)]
    first: String,
}

fn address(id: IntakeId) -> String {
    format!("/review/intake/{id}")
}

fn subject(web: &Web, l: Lang, record: &IntakeRecord) -> Subject {
    Subject {
        href: address(record.id),
        file_name: file_name(l, record),
        year: record.year.to_string(),
        unit_name: web.house.scope_name(&record.scope),
        version: record.version.to_string(),
    }
}

fn file_name(l: Lang, record: &IntakeRecord) -> String {
    if record.file_name.is_empty() { l.t("intake-pasted") } else { record.file_name.clone() }
}

/// The frame of the import's own unit and year, with a sentence where something was refused.
fn frame(signed: &Signed, refused: Option<&AppError>) -> Frame {
    let mut frame = signed.frame(Section::Review);
    if let Some(error) = refused {
        frame.notice = Some(Notice { tone: "v-notice--bad", text: said(signed.l(), error) });
    }
    frame
}

/// Where one is in a list that is already in memory, and its part of that page.
fn page_of<T>(all: &[T], number: Option<u32>, size: usize, address: &str) -> (Vec<usize>, Pager) {
    let last = all.len().div_ceil(size).max(1);
    let number = usize::try_from(number.unwrap_or(1)).unwrap_or(1).clamp(1, last);
    let from = (number - 1) * size;
    let to = (from + size).min(all.len());
    let link = |n: usize| format!("{address}?page={n}");
    let pager = Pager {
        from: super::words::number(if all.is_empty() { 0 } else { from + 1 }),
        to: super::words::number(to),
        total: super::words::number(all.len()),
        is_capped: false,
        previous: (number > 1).then(|| link(number - 1)),
        next: (number < last).then(|| link(number + 1)),
    };
    ((from..to).collect(), pager)
}

/// What has to be settled before rows can be looked at: being stored, already stored, old letters, unknown columns.
async fn elsewhere(signed: &Signed, web: &Web, view: &IntakeView) -> Option<String> {
    let id = view.record.id;
    if matches!(web.progress.get(&id.to_string()), Some(Step::Running { .. })) {
        return Some(format!("{}/progress", address(id)));
    }
    if view.record.state != IntakeState::Staged || asks_consent(signed, view).await {
        return Some(address(id));
    }
    view.read.is_err().then(|| format!("{}/columns", address(id)))
}

/// A staged import whose rows can be looked at; else where the reader has to go first.
async fn ready(signed: &Signed, web: &Web, id: IntakeId) -> Result<Result<IntakeView, Response>, Fail> {
    let view = view(&web.house, &signed.actor, id).await?;
    match elsewhere(signed, web, &view).await {
        Some(there) => Ok(Err(see(&there))),
        None => Ok(Ok(view)),
    }
}

/// The import, at the step where it stands.
async fn show(
    signed: Signed,
    State(web): State<Web>,
    Path(id): Path<IntakeId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fail> {
    if matches!(web.progress.get(&id.to_string()), Some(Step::Running { .. })) {
        return Ok(see(&format!("{}/progress", address(id))));
    }
    let view = view(&web.house, &signed.actor, id).await?;
    match view.record.state {
        IntakeState::Applied | IntakeState::Undone => Ok(shown(&done::build(&signed, &web, &view.record, None))),
        IntakeState::Dropped => Ok(see("/review/intakes")),
        IntakeState::Staged if asks_consent(&signed, &view).await => Ok(shown(&consent_page(&signed, &web, &view))),
        IntakeState::Staged if matches!(view.read, Err(ListProblem::Empty)) => {
            drop_intake(&web.house, &signed.actor, id).await?;
            Err(AppError::ListFile(ListProblem::Empty).into())
        }
        IntakeState::Staged if view.read.is_err() => Ok(see(&format!("{}/columns", address(id)))),
        IntakeState::Staged => preview::page(&signed, &web, &view, &asked).await,
    }
}

/// Under this key the session remembers that the letters are to stay as they are.
fn as_they_are(id: IntakeId) -> String {
    format!("letters-{id}")
}

async fn asks_consent(signed: &Signed, view: &IntakeView) -> bool {
    if view.legacy.is_none() {
        return false;
    }
    let declined: Option<bool> = signed.session.get(&as_they_are(view.record.id)).await.ok().flatten();
    declined != Some(true)
}

fn consent_page(signed: &Signed, web: &Web, view: &IntakeView) -> Consent {
    let l = signed.l();
    let mut examples = Vec::new();
    if let Some(encoding) = view.legacy {
        let cells = view.staged.sheets.iter().flat_map(|s| &s.rows).flatten();
        for cell in cells {
            let Cell::Text(text) = cell else { continue };
            let after = kernel::legacy::to_unicode(text, encoding);
            let pair = (text.to_string(), after);
            if !text.is_ascii() && pair.0 != pair.1 && !examples.contains(&pair) {
                examples.push(pair);
            }
            if examples.len() == EXAMPLES {
                break;
            }
        }
    }
    Consent {
        l,
        frame: frame(signed, None),
        subject: subject(web, l, &view.record),
        encoding: view.legacy.map(|e| e.name().to_owned()).unwrap_or_default(),
        examples,
    }
}

#[derive(Deserialize)]
struct Letters {
    #[serde(default)]
    convert: String,
}

/// The person's word about old letters: converted, or left as they are.
async fn consent(
    signed: Signed,
    State(web): State<Web>,
    Path(id): Path<IntakeId>,
    axum::Form(posted): axum::Form<Letters>,
) -> Result<Response, Fail> {
    if posted.convert == "yes" {
        convert(&web.house, &signed.actor, id).await?;
    } else {
        let _ = signed.session.insert(&as_they_are(id), true).await;
    }
    Ok(see(&format!("{}/rows?first=yes", address(id))))
}

/// Leaves an import that was never confirmed.
async fn leave(signed: Signed, State(web): State<Web>, Path(id): Path<IntakeId>) -> Result<Response, Fail> {
    drop_intake(&web.house, &signed.actor, id).await?;
    signed.say("notice-intake-dropped").await;
    Ok(see("/review/intakes"))
}
