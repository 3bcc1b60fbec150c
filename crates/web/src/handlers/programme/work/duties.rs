//! Duties and reports with their days, what became of them, and the files that show it.

use std::collections::HashMap;

use app::AppError;
use app::law::unconfirmed_of;
use app::programme::duties::{Duty, DutyInput, close_duty, duties, enter_event};
use app::programme::evidence::{attach, evidence, file};
use app::programme::{DayGap, day_gaps};
use axum::Form as Received;
use axum::Router;
use axum::extract::{Multipart, Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use domain::access::Verb;
use domain::programme::due::DueState;
use domain::programme::work::WorkRefusal;
use kernel::Day;

use super::said::{Posted, labels};
use crate::Web;
use crate::fail::Fail;
use crate::handlers::words::{basis, label, moment, number};
use crate::language::Lang;
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::frame::Section;
use crate::pages::parts::{Link, Verdict};
use crate::pages::programme::work::{Duties, DutyLine, FileLine, Rooms, Typed};
use crate::visitor::{Signed, see, urlencode};

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/programme/duties", get(list).post(close))
        .route("/programme/duties/evidence", post(bring))
        .route("/programme/duties/event", post(event))
        .route("/programme/evidence/{id}", get(give))
}

/// How a duty stands, in words.
pub fn state(l: Lang, state: DueState) -> (Verdict, String) {
    match state {
        DueState::Late { days } => (Verdict::Bad, l.t1("duty-late", "n", number(days))),
        DueState::Near { days } => (Verdict::Open, l.t1("duty-near", "n", number(days))),
        DueState::Ahead { days } => (Verdict::Plain, l.t1("duty-ahead", "n", number(days))),
        DueState::Undated => (Verdict::Plain, l.t("duty-undated")),
        DueState::Done { on } => (Verdict::Good, l.t1("duty-done-on", "day", on)),
    }
}

async fn list(
    signed: Signed,
    State(web): State<Web>,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, Fail> {
    let wants_all = asked.get("show").is_some_and(|show| show == "all");
    build(&web, &signed, wants_all, None).await
}

/// What was typed at one duty and not taken, with why.
struct Untaken {
    anchor: String,
    done: String,
    note: String,
    event: String,
    /// `done` or `event`, and the key of the sentence.
    fault: (&'static str, &'static str),
}

impl Untaken {
    fn new(posted: &Posted, fault: (&'static str, &'static str)) -> Self {
        let (duty, due) = (posted.text("duty"), posted.text("due"));
        Self {
            anchor: anchor(&duty, &due),
            done: posted.text("done"),
            note: posted.text("note"),
            event: posted.text("event"),
            fault,
        }
    }
}

/// `Từ 01/01/2026 đến 31/12/2026: …`
fn gap_words(l: Lang, gap: &DayGap) -> String {
    let why = label(l, &gap.why.says());
    l.tv("duties-gap", &[("from", gap.from.to_string()), ("to", gap.to.to_string()), ("why", why)])
}

/// `K25-2023-12-31`, an id on the page.
fn anchor(duty: &str, due_iso: &str) -> String {
    if due_iso.is_empty() { duty.to_owned() } else { format!("{duty}-{due_iso}") }
}

async fn build(web: &Web, signed: &Signed, wants_all: bool, untaken: Option<&Untaken>) -> Result<Response, Fail> {
    let (l, period) = (signed.l(), signed.period());
    let found = duties(&web.house, &signed.actor, Some(&signed.scope), signed.year).await?;
    let bases: Vec<norms::Basis> = found.iter().flat_map(|duty| &duty.bases).cloned().collect();
    let open = unconfirmed_of(&web.house, &bases).await?;
    let mut rows = Vec::new();
    for duty in found.iter().filter(|duty| wants_all || duty.is_own) {
        rows.push(line(web, signed, duty, untaken, &open).await?);
    }
    let other = if wants_all {
        Link::new(l.t("duties-own"), format!("/programme/duties?{period}"))
    } else {
        Link::new(l.t("duties-all"), format!("/programme/duties?{period}&show=all"))
    };
    let form = untaken.map_or_else(Form::default, |untaken| {
        let (field, problem) = untaken.fault;
        Form::default().with_named_fault(format!("{field}-{}", untaken.anchor), problem, untaken.anchor.clone())
    });
    let status = if untaken.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = Duties {
        l,
        frame: signed.frame(Section::Targets),
        rooms: Rooms::new(&period, "duties"),
        rows,
        may_close: signed.actor.may(Verb::CloseDuty),
        form,
        action: format!("/programme/duties?{period}"),
        evidence_action: format!("/programme/duties/evidence?{period}"),
        event_action: format!("/programme/duties/event?{period}"),
        gaps: day_gaps(&web.house, signed.year).iter().map(|gap| gap_words(l, gap)).collect(),
        other,
    };
    Ok(answer(status, &page))
}

/// `open` is what nobody has confirmed yet of what the days stand on.
async fn line(
    web: &Web,
    signed: &Signed,
    duty: &Duty,
    untaken: Option<&Untaken>,
    open: &[norms::Basis],
) -> Result<DutyLine, Fail> {
    let l = signed.l();
    let (verdict, word) = state(l, duty.state);
    let files = evidence(&web.house, &signed.actor, Some(&signed.scope), ("duty", &duty.id), signed.year).await?;
    let due = match (duty.due, &duty.when) {
        (Some(day), _) => l.t1("duty-due", "day", day),
        (None, Some(when)) => label(l, when),
        (None, None) => l.t("duty-undated"),
    };
    let due_iso = duty.due.map(Day::iso).unwrap_or_default();
    let anchor = anchor(&duty.id, &due_iso);
    let untaken = untaken.filter(|untaken| untaken.anchor == anchor);
    let fault = |field: &str| untaken.filter(|u| u.fault.0 == field).map(|u| l.t(u.fault.1));
    let noted = duty.record.as_ref().map(|record| record.note.clone()).unwrap_or_default();
    Ok(DutyLine {
        id: duty.id.clone(),
        label: label(l, &duty.label),
        clause: duty.clause.clone().unwrap_or_default(),
        agencies: labels(l, &duty.agencies),
        due,
        verdict,
        state: word,
        typed: Typed {
            done: untaken.map(|u| u.done.clone()).unwrap_or_default(),
            note: untaken.map_or_else(|| noted.clone(), |u| u.note.clone()),
            event: untaken.map(|u| u.event.clone()).unwrap_or_default(),
            done_fault: fault("done"),
            event_fault: fault("event"),
        },
        note: noted,
        basis: basis(&duty.basis, open),
        unconfirmed: open_of(duty, open).into_iter().map(|own| (label(l, &own.label), basis(own, open))).collect(),
        files: files
            .iter()
            .map(|file| FileLine {
                link: Link::new(file.file_name.clone(), format!("/programme/evidence/{}", file.id)),
                said: format!("{} · {}", file.by_name, moment(file.at_ms)),
            })
            .collect(),
        is_own: duty.is_own,
        anchor,
        due_iso,
        version: duty.record.as_ref().map_or(0, |record| record.version).to_string(),
        is_done: matches!(duty.state, DueState::Done { .. }),
        event: duty.when.as_ref().filter(|_| duty.counts_from_event).map(|when| label(l, when)).unwrap_or_default(),
    })
}

/// What else a day stands on that nobody has confirmed, each norm once: a calendar and its year are one calendar to a reader.
fn open_of<'a>(duty: &'a Duty, open: &[norms::Basis]) -> Vec<&'a norms::Basis> {
    let mut found: Vec<&norms::Basis> = Vec::new();
    for own in duty.bases.iter().filter(|own| own.key() != duty.basis.key()) {
        let is_open = open.iter().any(|open| open.key() == own.key());
        if is_open && !found.iter().any(|known| known.norm == own.norm) {
            found.push(own);
        }
    }
    found
}

async fn close(signed: Signed, State(web): State<Web>, Received(posted): Received<Posted>) -> Result<Response, Fail> {
    let written = posted.text("done");
    let done = if written.is_empty() { Ok(web.house.clock.today()) } else { written.parse::<Day>() };
    let Ok(done) = done else {
        return build(&web, &signed, true, Some(&Untaken::new(&posted, ("done", "field-date")))).await;
    };
    let input = DutyInput {
        duty: posted.text("duty"),
        due: Day::from_iso(&posted.text("due")),
        done: Some(done),
        note: posted.text("note"),
        version: posted.text("version").parse().unwrap_or(0),
    };
    match close_duty(&web.house, &signed.actor, Some(&signed.scope), (signed.year, &input)).await {
        Ok(()) => {
            signed.say("duty-saved").await;
            Ok(see(&format!("/programme/duties?{}&show=all", signed.period())))
        }
        Err(AppError::Work(WorkRefusal::DayInFuture { .. })) => {
            build(&web, &signed, true, Some(&Untaken::new(&posted, ("done", "field-future")))).await
        }
        // What was saved in between stands on the page; what was typed stays in the form, over its version.
        Err(AppError::Conflict(_)) => {
            build(&web, &signed, true, Some(&Untaken::new(&posted, ("done", "field-meanwhile")))).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn event(signed: Signed, State(web): State<Web>, Received(posted): Received<Posted>) -> Result<Response, Fail> {
    let Ok(day) = posted.text("event").parse::<Day>() else {
        return build(&web, &signed, true, Some(&Untaken::new(&posted, ("event", "field-date")))).await;
    };
    let duty = posted.text("duty");
    let asked = (signed.year, duty.as_str(), day);
    let due = enter_event(&web.house, &signed.actor, Some(&signed.scope), asked).await?;
    signed.say_text(&signed.l().t1("duty-counted", "day", due)).await;
    Ok(see(&format!("/programme/duties?{}&show=all#{duty}-{}", signed.period(), due.iso())))
}

async fn bring(signed: Signed, State(web): State<Web>, mut body: Multipart) -> Result<Response, Fail> {
    let (mut duty, mut name, mut content) = (String::new(), String::new(), Vec::new());
    while let Ok(Some(field)) = body.next_field().await {
        match field.name().unwrap_or_default() {
            "duty" => duty = field.text().await.unwrap_or_default(),
            "file" => {
                field.file_name().unwrap_or_default().clone_into(&mut name);
                content = field.bytes().await.unwrap_or_default().to_vec();
            }
            _ => {}
        }
    }
    let about = (("duty", duty.as_str()), signed.year);
    attach(&web.house, &signed.actor, Some(&signed.scope), about, (&name, &content)).await?;
    signed.say("evidence-attached").await;
    Ok(see(&format!("/programme/duties?{}&show=all", signed.period())))
}

async fn give(signed: Signed, State(web): State<Web>, Path(id): Path<String>) -> Result<Response, Fail> {
    let id = id.parse().map_err(|_| AppError::Missing("file"))?;
    let (record, content) = file(&web.house, &signed.actor, id).await?;
    // Always a download: what somebody brought is never shown as a page of ours.
    let disposition = format!("attachment; filename*=UTF-8''{}", urlencode(&record.file_name));
    let headers = [(header::CONTENT_TYPE, record.media_type), (header::CONTENT_DISPOSITION, disposition)];
    Ok((StatusCode::OK, headers, content).into_response())
}
