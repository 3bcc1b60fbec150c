//! The reports a unit owes: when, on which paper, and whether they were sent.

use app::AppError;
use app::review::reminders::{Reminder, mark_sent, report_calendar};
use axum::Form as Received;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use documents::official::PaperKind;
use domain::access::Verb;
use kernel::Day;

use super::words::{act_day, default_day, refused, unprocessable, with_notice};
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::registry::posted::Posted;
use crate::handlers::review::papers::links;
use crate::handlers::words::label;
use crate::pages::form::Form;
use crate::pages::frame::Section;
use crate::pages::parts::{PaperLinks, Verdict};
use crate::pages::review::rounds::{ReportRow, ReportsPage};
use crate::visitor::{Signed, see};

pub fn routes() -> Router<Web> {
    Router::new().route("/review/{year}/reports", get(page).post(mark))
}

async fn page(signed: Signed, State(web): State<Web>) -> Result<Response, Fail> {
    Ok(shown(&reports_page(&signed, &web, Form::default()).await?))
}

async fn reports_page(signed: &Signed, web: &Web, form: Form) -> Result<ReportsPage, Fail> {
    let year = signed.year;
    let found = report_calendar(&web.house, &signed.actor, year).await?;
    Ok(ReportsPage {
        l: signed.l(),
        frame: signed.frame(Section::Review),
        form,
        year: year.to_string(),
        today: default_day(&web.house, year),
        rows: found.iter().map(|reminder| row(signed, reminder)).collect(),
    })
}

fn row(signed: &Signed, reminder: &Reminder) -> ReportRow {
    let (l, actor) = (signed.l(), &signed.actor);
    let month = reminder.month();
    let title = label(l, &reminder.label);
    let (state, verdict) = match reminder.sent {
        Some(_) => ("reports-sent", Verdict::Good),
        None if reminder.days_left < 0 => ("round-late", Verdict::Bad),
        None => ("task-todo", Verdict::Plain),
    };
    let due = l.t1("round-due", "day", reminder.due);
    let sent = reminder.sent.map(|day| l.t1("reports-sent-on", "day", day)).unwrap_or_default();
    let may = [Verb::CompileResults, Verb::GiveOpinion, Verb::TakeRequest].into_iter().any(|verb| actor.may(verb));
    ReportRow {
        id: reminder.id.clone(),
        due: reminder.due.iso(),
        title: month.map_or_else(|| title.clone(), |(year, month)| format!("{title} {month:02}/{year}")),
        detail: format!("{due} {sent}").trim().to_owned(),
        state: l.t(state),
        verdict,
        papers: if actor.may(Verb::ReadForms) { papers(signed, month) } else { Vec::new() },
        unconfirmed: reminder.basis.mark != norms::Mark::Quoted,
        may_mark: may && reminder.sent.is_none(),
    }
}

/// The report of the month, or the one that goes with the forms of the year.
fn papers(signed: &Signed, month: Option<(i16, i8)>) -> Vec<PaperLinks> {
    let (l, unit) = (signed.l(), signed.actor.scope.address());
    if let Some((year, month)) = month {
        let base = format!("/review/{year}/papers");
        let query = format!("unit={unit}&month={month}");
        return vec![links(l, "paper-monthly", &base, PaperKind::MonthlyReport, &query)];
    }
    let base = format!("/review/{}/papers", signed.year);
    vec![links(l, "paper-report", &base, PaperKind::CoveringReport, &format!("unit={unit}"))]
}

async fn mark(
    signed: Signed,
    State(web): State<Web>,
    Path(year): Path<i16>,
    Received(posted): Received<Vec<(String, String)>>,
) -> Result<Response, Fail> {
    let posted = Posted(posted);
    let due = Day::from_iso(&posted.text("due")).ok_or(AppError::Missing("report"))?;
    let id = posted.text("report");
    let done = match act_day(&web.house, &posted) {
        Ok(day) => mark_sent(&web.house, &signed.actor, (&id, due), day).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => {
            signed.say("notice-saved").await;
            Ok(see(&format!("/review/{year}/reports")))
        }
        Err(error) => {
            let again = reports_page(&signed, &web, Form::default()).await?;
            refused(signed.l(), error, &posted, |form, notice| {
                let frame = with_notice(again.frame.clone(), notice);
                Ok(unprocessable(&ReportsPage { frame, form, ..again }))
            })
        }
    }
}
