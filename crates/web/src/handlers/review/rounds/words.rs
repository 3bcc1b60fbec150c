//! What boards and steps are called, and what every act of a round posts.

use app::review::rounds::{At, Law};
use app::{AppError, House};
use axum::http::StatusCode;
use axum::response::Response;
use domain::review::round::{CommuneStep, Route, Step};
use domain::units::Scope;
use kernel::{Day, VillageId};
use norms::StepLaw;

use crate::Web;
use crate::fail::{Fail, said};
use crate::handlers::registry::posted::Posted;
use crate::handlers::words::with_faults;
use crate::language::Lang;
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::frame::Frame;
use crate::pages::parts::{Notice, Verdict};
use crate::pages::review::rounds::StepMark;
use crate::visitor::Signed;

/// `khoản 3 Điều 4 Quyết định 24/2021/QĐ-TTg`.
pub fn law_words(step: &StepLaw) -> String {
    let article = step.citation.article.as_deref().unwrap_or_default();
    format!("{article} {}", step.citation.act).trim().to_owned()
}

/// The six steps of the law; `at` is the place of the one that is next, from 0.
pub fn step_marks(l: Lang, law: &Law, at: usize) -> Vec<StepMark> {
    let process = &law.process.value;
    let steps = [
        process.listing.as_ref(),
        process.survey.as_ref(),
        &process.meeting.step,
        &process.posting.step,
        &process.opinion.step,
        &process.recognition.step,
    ];
    let mark = |(place, step): (usize, &&StepLaw)| StepMark {
        label: l.pick(&step.label.vi, &step.label.en).to_owned(),
        state: match place.cmp(&at) {
            std::cmp::Ordering::Less => "done",
            std::cmp::Ordering::Equal => "now",
            std::cmp::Ordering::Greater => "next",
        },
        law: law_words(step),
    };
    steps.iter().enumerate().map(mark).collect()
}

/// Where a village's step stands among the six.
pub fn place_of_step(step: Step) -> usize {
    match step {
        Step::Listing => 0,
        Step::Survey => 1,
        Step::Meeting => 2,
        Step::Posting => 3,
        Step::Ended => 4,
    }
}

/// Where a commune stands among the six.
pub fn place_of_commune(step: CommuneStep, slowest: usize) -> usize {
    match step {
        CommuneStep::Villages => slowest,
        CommuneStep::Opinion => 4,
        CommuneStep::Recognition => 5,
        CommuneStep::Recognised => 6,
    }
}

pub fn step_verdict(step: Step, late: i64) -> Verdict {
    match step {
        _ if late > 0 => Verdict::Bad,
        Step::Ended => Verdict::Good,
        Step::Listing => Verdict::Plain,
        _ => Verdict::Open,
    }
}

pub fn late_words(l: Lang, days: i64) -> String {
    if days > 0 { l.t1("round-late-days", "n", days) } else { String::new() }
}

pub fn route_words(l: Lang, route: Route) -> String {
    match route {
        Route::Yearly => l.t("route-yearly"),
        Route::Monthly(month) => l.t1("route-monthly", "month", month),
    }
}

/// The day an act's field begins with: today, when the review is of this year.
pub fn default_day(house: &House, year: i16) -> String {
    let today = house.clock.today();
    if today.year() == year { today.to_string() } else { String::new() }
}

pub fn act_day(house: &House, posted: &Posted) -> Result<Day, AppError> {
    app::review::rounds::read_act_day(house, posted.get("day").unwrap_or_default())
}

pub fn route_in(posted: &Posted) -> Route {
    posted.get("route").and_then(Route::from_id).unwrap_or(Route::Yearly)
}

/// The round of a village as the form was opened on it.
pub fn at_in(posted: &Posted, village: VillageId, year: i16) -> At {
    At { village, year, route: route_in(posted), version: version_in(posted) }
}

pub fn version_in(posted: &Posted) -> i64 {
    posted.get("version").and_then(|v| v.parse().ok()).unwrap_or_default()
}

pub fn commune_in(signed: &Signed, posted: &Posted) -> Result<Scope, Fail> {
    let unit = posted.get("unit").unwrap_or_default();
    Scope::from_address(unit, signed.actor.scope.units_from).ok_or(Fail(AppError::Missing("commune")))
}

/// A refused act: the same page with what was typed, the reason above it or at its field. What no page can say passes on.
pub fn refused(
    l: Lang,
    error: AppError,
    posted: &Posted,
    page: impl FnOnce(Form, Option<Notice>) -> Result<Response, Fail>,
) -> Result<Response, Fail> {
    let form = Form::new(posted.0.clone());
    match error {
        AppError::Form(faults) => page(with_faults(form, &faults), None),
        stopped @ (AppError::Round(_) | AppError::Request(_) | AppError::Results(_) | AppError::Conflict(_)) => {
            let text = format!("{} ({})", said(l, &stopped), stopped.code());
            page(form, Some(Notice { tone: "v-notice--bad", text }))
        }
        other => Err(other.into()),
    }
}

/// The page of a refusal, with its status.
pub fn unprocessable(page: &impl askama::Template) -> Response {
    answer(StatusCode::UNPROCESSABLE_ENTITY, page)
}

/// A frame that says what was refused.
pub fn with_notice(frame: Frame, notice: Option<Notice>) -> Frame {
    match notice {
        Some(notice) => Frame { notice: Some(notice), ..frame },
        None => frame,
    }
}

/// Whether something the page stands on waits for the province.
pub async fn is_unconfirmed(web: &Web, law: &Law) -> Result<bool, AppError> {
    let open = app::law::standing(&web.house).await?;
    let own = |s: &app::law::Standing| s.basis.norm == law.process.basis.norm && s.basis.from == law.process.basis.from;
    Ok(open.iter().any(|s| own(s) && s.confirmation.is_none()))
}
