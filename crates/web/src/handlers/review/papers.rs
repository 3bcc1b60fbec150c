//! The papers of a review as PDF, Word or a page that prints: `…/papers/posted_list.pdf`. What they say is `app`'s part.

use app::AppError;
use app::review::papers::{
    PaperOf, blank_request, commune_paper, covering_report, income_paper, monthly_report, request_letter,
    request_paper, survey_paper, village_paper,
};
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use documents::official::{Format, PaperKind};
use domain::review::round::Route;
use kernel::{HouseholdId, RequestId, VillageId};
use serde::Deserialize;

use crate::Web;
use crate::fail::Fail;
use crate::language::Lang;
use crate::pages::parts::{Link, PaperLinks};
use crate::visitor::Signed;

/// In the order they are offered: to sign, to change, to look at.
const FORMATS: [(Format, &str); 3] = [(Format::Pdf, "PDF"), (Format::Docx, "Word"), (Format::Html, "HTML")];

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/review/{year}/round/{village}/papers/{file}", get(of_village))
        .route("/review/{year}/round/papers/{file}", get(of_commune))
        .route("/review/requests/{id}/papers/{file}", get(of_request))
        .route("/review/{year}/papers/{file}", get(of_year))
        .route("/papers/{file}", get(blank))
}

/// A paper in each format, under an address that ends with its query.
pub fn links(l: Lang, label: &str, base: &str, kind: PaperKind, query: &str) -> PaperLinks {
    PaperLinks::new(&l.t(label), formats(&format!("{base}/{}", kind.id()), query))
}

/// A paper in each format, by the address that stands before the dot.
pub fn formats(address: &str, query: &str) -> Vec<Link> {
    let tail = if query.is_empty() { String::new() } else { format!("?{query}") };
    FORMATS.map(|(format, word)| Link::new(word, format!("{address}.{}{tail}", format.extension()))).to_vec()
}

/// The forms that households ask with, blank, for anybody.
pub fn blanks(l: Lang) -> Vec<PaperLinks> {
    vec![
        links(l, "paper-form-01", "/papers", PaperKind::ReviewRequest, ""),
        links(l, "paper-form-04", "/papers", PaperKind::EscapeRequest, ""),
    ]
}

#[derive(Deserialize)]
struct Asked {
    route: Option<String>,
    household: Option<HouseholdId>,
    /// The attempt whose meeting is meant.
    meeting: Option<u16>,
    /// Which decision of the review, from 1.
    decision: Option<usize>,
    /// Of the report of a month, 1 to 12.
    month: Option<i8>,
}

impl Asked {
    fn route(&self) -> Route {
        self.route.as_deref().and_then(Route::from_id).unwrap_or(Route::Yearly)
    }
}

async fn of_village(
    signed: Signed,
    State(web): State<Web>,
    Path((year, village, file)): Path<(i16, VillageId, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fail> {
    let (kind, format) = named(&file)?;
    let key = (year, asked.route());
    let paper = match kind {
        PaperKind::SurveySheet => {
            survey_paper(&web.house, &signed.actor, village, key, asked.household, format).await?
        }
        _ => village_paper(&web.house, &signed.actor, village, key, (kind, asked.meeting), format).await?,
    };
    Ok(sent(kind, format, paper))
}

async fn of_commune(
    signed: Signed,
    State(web): State<Web>,
    Path((year, file)): Path<(i16, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fail> {
    let (kind, format) = named(&file)?;
    let scope = signed.scope.clone().in_village(None);
    let of = asked.household.map_or(PaperOf::Decision(asked.decision.unwrap_or(1)), PaperOf::Household);
    let which = (kind, of);
    let paper = commune_paper(&web.house, &signed.actor, &scope, (year, asked.route()), which, format).await?;
    Ok(sent(kind, format, paper))
}

async fn of_request(
    signed: Signed,
    State(web): State<Web>,
    Path((id, file)): Path<(RequestId, String)>,
) -> Result<Response, Fail> {
    let (kind, format) = named(&file)?;
    let paper = match kind {
        PaperKind::IncomeList | PaperKind::IncomeDecision => {
            income_paper(&web.house, &signed.actor, id, kind, format).await?
        }
        PaperKind::RefusalLetter => request_letter(&web.house, &signed.actor, id, format).await?,
        _ => request_paper(&web.house, &signed.actor, id, kind, format).await?,
    };
    Ok(sent(kind, format, paper))
}

/// The report that goes up with the forms of a year.
async fn of_year(
    signed: Signed,
    State(web): State<Web>,
    Path((year, file)): Path<(i16, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fail> {
    let (kind, format) = named(&file)?;
    if let (PaperKind::MonthlyReport, Some(month)) = (kind, asked.month) {
        let report = monthly_report(&web.house, &signed.actor, Some(&signed.scope), (year, month), format).await?;
        return Ok(sent(kind, format, report));
    }
    if kind != PaperKind::CoveringReport {
        return Err(AppError::Missing("paper").into());
    }
    let report = covering_report(&web.house, &signed.actor, (Some(&signed.scope), year), format).await?;
    Ok(sent(kind, format, report))
}

async fn blank(State(web): State<Web>, Path(file): Path<String>) -> Result<Response, Fail> {
    let (kind, format) = named(&file)?;
    Ok(sent(kind, format, blank_request(&web.house, kind, format).await?))
}

fn named(file: &str) -> Result<(PaperKind, Format), Fail> {
    let found = || {
        let (kind, extension) = file.split_once('.')?;
        Some((PaperKind::from_id(kind)?, Format::from_extension(extension)?))
    };
    found().ok_or_else(|| AppError::Missing("paper").into())
}

fn sent(kind: PaperKind, format: Format, paper: Vec<u8>) -> Response {
    sent_as(kind.id(), format, paper)
}

/// A paper as an answer, under a name of its own.
pub fn sent_as(name: &str, format: Format, paper: Vec<u8>) -> Response {
    let place = if format == Format::Docx { "attachment" } else { "inline" };
    let headers = [
        (header::CONTENT_TYPE, format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("{place}; filename=\"{name}.{}\"", format.extension())),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    let mut response = (headers, paper).into_response();
    if format == Format::Html {
        // The page carries its own style and nothing else.
        let policy = HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; img-src data:");
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}
