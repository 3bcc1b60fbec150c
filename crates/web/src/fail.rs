//! What a person reads when something is refused, missing or broken: what, why, what next, and a code for support.
//! Faults of ours are logged once, here, with a number; the page shows the number and nothing inside.

use std::any::Any;

use app::AppError;
use askama::Template;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::{StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::programme::money::MoneyRefusal;
use domain::programme::work::WorkRefusal;
use domain::registry::ChangeRefusal;
use domain::reporting::ReportRefusal;
use domain::review::ListRefusal;
use domain::review::request::{RequestRefusal, RequestStop};
use domain::review::results::ResultsRefusal;
use domain::review::round::{RoundRefusal, Stop};
use domain::units::BoundaryRefusal;
use norms::Citation;
use snapshots::SnapshotFault;

use crate::Web;
use crate::language::Lang;
use crate::pages::answer;
use crate::pages::fault::Refusal;
use crate::pages::frame::Frame;
use crate::pages::parts::Link;
use crate::visitor::{Visitor, language_of};

/// What a handler returns when it cannot show its page.
#[derive(Debug)]
pub struct Fail(pub AppError);

impl<E: Into<AppError>> From<E> for Fail {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

/// What the dressed page says; travels with the bare response.
#[derive(Debug, Clone)]
struct Said {
    status: StatusCode,
    code: String,
    values: Vec<(&'static str, String)>,
    /// Number of the log entry, for faults of ours.
    number: Option<String>,
}

impl IntoResponse for Fail {
    fn into_response(self) -> Response {
        let error = self.0;
        let status = status_of(&error);
        let number = (status == StatusCode::INTERNAL_SERVER_ERROR).then(|| {
            let number = uuid_short(&error);
            tracing::error!(number, error = %error, "a request failed");
            number
        });
        let said = Said { status, code: error.code().to_owned(), values: values_of(&error), number };
        let mut response = status.into_response();
        response.extensions_mut().insert(said);
        response
    }
}

/// A short number for the log and the page: from the message, so the same fault has the same number.
fn uuid_short(error: &AppError) -> String {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    error.to_string().hash(&mut hasher);
    format!("{:08x}", hasher.finish() >> 32)
}

fn status_of(error: &AppError) -> StatusCode {
    match error {
        AppError::Missing(_) | AppError::Snapshot(SnapshotFault::Missing(_)) => StatusCode::NOT_FOUND,
        AppError::Access(_) => StatusCode::FORBIDDEN,
        AppError::Conflict(_) => StatusCode::CONFLICT,
        AppError::Fault(_) | AppError::Paper(_) => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// Days and numbers that belong into the sentence.
fn values_of(error: &AppError) -> Vec<(&'static str, String)> {
    match error {
        AppError::Change(ChangeRefusal::HouseholdClosed { closed }) => vec![("day", closed.to_string())],
        AppError::Change(ChangeRefusal::DayInFuture { day }) => vec![("day", day.to_string())],
        AppError::Change(ChangeRefusal::LeavesBeforeJoining { joined }) => vec![("day", joined.to_string())],
        AppError::List(ListRefusal::AlreadySent { day }) => {
            vec![("day", day.map(|d| d.to_string()).unwrap_or_default())]
        }
        AppError::Work(refusal) => work_values(refusal),
        AppError::Money(refusal) => money_values(refusal),
        AppError::List(ListRefusal::Unclassified { households }) => vec![("n", households.to_string())],
        AppError::Report(ReportRefusal::NotAllSent { communes } | ReportRefusal::NotRecognised { communes })
        | AppError::Results(ResultsRefusal::NotRecognised { communes }) => vec![("n", communes.to_string())],
        AppError::Report(ReportRefusal::NotReady { form }) => vec![("form", form.clone())],
        AppError::Boundary(refusal) => boundary_values(refusal),
        AppError::CannotUndo { later, count, .. } => {
            let file = later.as_ref().map(|(_, file)| file.clone()).unwrap_or_default();
            vec![("n", count.to_string()), ("file", file)]
        }
        AppError::Round(refusal) => round_values(refusal),
        AppError::Request(refusal) => request_values(refusal),
        AppError::Results(ResultsRefusal::ApprovedBefore { day } | ResultsRefusal::PublishedBefore { day }) => {
            vec![("day", day.to_string())]
        }
        AppError::Gap(gap) => both_languages(gap.says()),
        AppError::Pack(faults) => faults.first().map(|fault| both_languages(fault.says())).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// The unit and the day a refused change of boundaries speaks of.
fn boundary_values(refusal: &BoundaryRefusal) -> Vec<(&'static str, String)> {
    let day = match refusal {
        BoundaryRefusal::DecidedLater { decided: day }
        | BoundaryRefusal::TooEarly { first: day }
        | BoundaryRefusal::Disturbs { on: day, .. } => Some(day.to_string()),
        _ => None,
    };
    let unit = refusal.unit().map(|unit| ("unit", unit.to_owned()));
    unit.into_iter().chain(day.map(|day| ("day", day))).collect()
}

/// `khoản 3 Điều 4 Quyết định 24/2021/QĐ-TTg`, as every refusal that stands on a clause ends.
fn law_of(law: Option<&Citation>) -> (&'static str, String) {
    let words = law.map(|law| format!("{} {}", law.article.as_deref().unwrap_or_default(), law.act).trim().to_owned());
    ("law", words.unwrap_or_default())
}

fn round_values(refusal: &RoundRefusal) -> Vec<(&'static str, String)> {
    let mut values = vec![law_of(refusal.law.as_ref())];
    match &refusal.stop {
        Stop::DayInFuture { day } | Stop::DayTooEarly { after: day } | Stop::NotOpen { opens: day } => {
            values.push(("day", day.to_string()));
        }
        Stop::StillPosted { until } | Stop::ObjectionTooLate { until } => values.push(("day", until.to_string())),
        Stop::RecognisedBefore { day } => values.push(("day", day.to_string())),
        Stop::NotSurveyed { households: n }
        | Stop::NoClass { households: n }
        | Stop::RequestsWait { requests: n }
        | Stop::Unanswered { objections: n }
        | Stop::VillagesNotReady { villages: n } => {
            values.push(("n", n.to_string()));
        }
        Stop::NoCalendar(gap) => values.push(("year", gap.year.to_string())),
        _ => {}
    }
    values
}

fn request_values(refusal: &RequestRefusal) -> Vec<(&'static str, String)> {
    let mut values = vec![law_of(refusal.law.as_ref())];
    match &refusal.stop {
        RequestStop::DecidedBefore { day }
        | RequestStop::DayInFuture { day }
        | RequestStop::DayTooEarly { after: day }
        | RequestStop::StillPosted { until: day }
        | RequestStop::ObjectionTooLate { until: day }
        | RequestStop::NotOpen { opens: day } => values.push(("day", day.to_string())),
        RequestStop::NoCalendar(gap) => values.push(("year", gap.year.to_string())),
        _ => {}
    }
    values
}

/// Days and names of a refused record of work.
fn money_values(refusal: &MoneyRefusal) -> Vec<(&'static str, String)> {
    match refusal {
        MoneyRefusal::NotEnough { left, asked } => {
            vec![("left", kernel::group_thousands(*left)), ("asked", kernel::group_thousands(*asked))]
        }
        MoneyRefusal::UnknownSource { year, .. } => vec![("year", year.to_string())],
        MoneyRefusal::DayInFuture { day } => vec![("day", day.to_string())],
        MoneyRefusal::TooLate { until, basis } => vec![("until", until.to_string()), ("basis", basis.clone())],
        MoneyRefusal::NoAmount => Vec::new(),
    }
}

fn work_values(refusal: &WorkRefusal) -> Vec<(&'static str, String)> {
    match refusal {
        WorkRefusal::OutsidePeriod { period } => {
            let mut values = both_languages(period.label.clone());
            values.extend([("from", period.from.to_string()), ("to", period.to.to_string())]);
            values.push(law_of(period.citation.as_ref()));
            values
        }
        WorkRefusal::DayInFuture { day } => vec![("day", day.to_string())],
        WorkRefusal::OutsideClasses { names, law } => vec![("names", names.join(", ")), law_of(law.as_ref())],
        WorkRefusal::NeedRecorded { names } => vec![("names", names.join(", "))],
        WorkRefusal::LeavesBeforeJoining { since, left } => {
            vec![("since", since.to_string()), ("left", left.to_string())]
        }
        WorkRefusal::UnknownKind { kind } => vec![("kind", kind.clone())],
        WorkRefusal::FileTooLarge { most } => vec![("most", (most / 1024 / 1024).to_string())],
        _ => Vec::new(),
    }
}

/// The variable under which a sentence of the norms stands in a text, and the one its English travels under.
const SAYS: &str = "what";
const OTHER: &str = "what_en";

/// What the norms say themselves, for the texts of both languages.
fn both_languages(says: norms::Label) -> Vec<(&'static str, String)> {
    vec![(SAYS, says.vi), (OTHER, says.en)]
}

/// The sentence of a code in a language: what happened, and what to do next.
pub fn sentences(l: Lang, code: &str, values: &[(&'static str, String)]) -> (String, String) {
    // What the norms say comes in both languages; a text takes the one it is written in.
    let english = values.iter().find(|(name, _)| *name == OTHER).filter(|_| l == Lang::En);
    let value = |name: &str, value: &'_ String| match english {
        Some((_, said)) if name == SAYS => said.clone(),
        _ => value.clone(),
    };
    let values: Vec<(&str, String)> = values.iter().map(|(name, said)| (*name, value(name, said))).collect();
    // keys: refusal-* next-*
    (l.tv(&format!("refusal-{code}"), &values), l.tv(&format!("next-{code}"), &values))
}

/// What is said of an error, for pages that show it beside a form.
pub fn said(l: Lang, error: &AppError) -> String {
    let (what, next) = sentences(l, error.code(), &values_of(error));
    format!("{what} {next}")
}

/// Puts the frame of the program round bare errors.
pub async fn dress(State(web): State<Web>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let mut kept = parts.clone();
    let response = next.run(Request::from_parts(parts, body)).await;
    let Some(said) = response.extensions().get::<Said>().cloned() else { return response };
    kept.uri = Uri::from_static("/");
    let l = language_of(&kept);
    let frame = match Visitor::from_request_parts(&mut kept, &web).await {
        Ok(visitor) => visitor.frame,
        Err(_) => Frame::outside(l),
    };
    let (title, next) = sentences(l, &said.code, &said.values);
    let links = vec![Link::new(l.t("home-title"), "/")];
    let page = Refusal { l, frame, title, why: String::new(), next, code: said.code, event: said.number, links };
    answer(said.status, &page)
}

/// No such address.
pub async fn not_found() -> Fail {
    Fail(AppError::Missing("page"))
}

/// A panic is our fault; the person sees a sentence, the log the rest.
#[expect(clippy::needless_pass_by_value, reason = "the layer hands the payload over")]
pub fn panicked(payload: Box<dyn Any + Send>) -> Response {
    let what = payload.downcast_ref::<String>().map(String::as_str).or(payload.downcast_ref::<&str>().copied());
    tracing::error!(what, "a handler panicked");
    (StatusCode::INTERNAL_SERVER_ERROR, Lang::Vi.t("refusal-FLT-001")).into_response()
}

/// A page that is shown.
pub fn shown(page: &impl Template) -> Response {
    answer(StatusCode::OK, page)
}
