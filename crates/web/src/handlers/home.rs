//! Việc cần làm: what waits for the person who signed in, late first; each links to the place where it is done.

use app::IntakeState;
use app::registry::open_handovers;
use app::review::intake::intakes;
use app::review::lists::{BoardRow, board};
use app::units::totals;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use domain::access::Verb;
use domain::programme::due::DueState;
use domain::registry::{Handover, HandoverState};
use domain::review::ListState;
use domain::units::{Place, Scope, ScopeLevel};

use super::programme::work::duty_state;
use super::words::number;
use crate::Web;
use crate::fail::{Fail, shown};
use crate::pages::frame::Section;
use crate::pages::home::{Task, Tasks};
use crate::pages::parts::Verdict;
use crate::visitor::Signed;

/// The most pressing duties; the rest is on their own page.
const DUTIES: usize = 5;

pub fn routes() -> Router<Web> {
    Router::new().route("/", get(home))
}

async fn home(signed: Signed, State(web): State<Web>) -> Result<Response, Fail> {
    let l = signed.l();
    let rows = board(&web.house, &signed.actor, Some(&signed.scope), signed.year).await?;
    let mut tasks = Vec::new();
    if signed.scope.level == ScopeLevel::Commune {
        tasks.extend(rows.first().map(|row| list_task(&signed, row)));
    } else {
        tasks.push(waiting_lists(&signed, &rows));
    }
    tasks.extend(handovers(&signed, &web).await?);
    tasks.extend(super::round_tasks::round_tasks(&signed, &web).await?);
    tasks.extend(open_intakes(&signed, &web).await?);
    tasks.extend(missing_totals(&signed, &web).await?);
    tasks.extend(open_norms(&signed, &web).await?);
    tasks.extend(own_duties(&signed, &web).await?);
    tasks.sort_by_key(|task| match task.verdict {
        Verdict::Bad => 0,
        Verdict::Open => 1,
        Verdict::Plain => 2,
        Verdict::Good => 3,
    });
    let empty_next = l.t("home-empty-next-import");
    Ok(shown(&Tasks { l, frame: signed.frame(Section::Home), tasks, empty_next }))
}

/// What the plan and its calendar ask of the person's own office: late or near. Reports of the review are told once, as such.
async fn own_duties(signed: &Signed, web: &Web) -> Result<Vec<Task>, Fail> {
    let l = signed.l();
    if !signed.actor.may(Verb::ReadProgramme) {
        return Ok(Vec::new());
    }
    let found = app::programme::duties::duties(&web.house, &signed.actor, Some(&signed.scope), signed.year).await?;
    let pressing = found
        .into_iter()
        .filter(|duty| duty.report.is_none())
        .filter(|duty| duty.is_own && matches!(duty.state, DueState::Late { .. } | DueState::Near { .. }));
    Ok(pressing
        .take(DUTIES)
        .map(|duty| {
            let (verdict, state) = duty_state(l, duty.state);
            let due = duty.due.map(|day| l.t1("duty-due", "day", day)).unwrap_or_default();
            Task {
                title: l.t2("task-duty", "id", &duty.id, "name", l.pick(&duty.label.vi, &duty.label.en)),
                href: format!("/programme/duties?{}", signed.period()),
                detail: due,
                state,
                verdict,
            }
        })
        .collect())
}

/// A commune's own list: returned, to be sent, or with the level above.
fn list_task(signed: &Signed, row: &BoardRow) -> Task {
    let l = signed.l();
    let year = signed.year.to_string();
    let households = row.households();
    let (title, verdict, state) = match row.state {
        ListState::Returned => ("task-list-returned", Verdict::Bad, "task-returned"),
        ListState::Sent => ("task-list-sent", Verdict::Good, "task-done"),
        ListState::Open if households == 0 => ("task-list-empty", Verdict::Plain, "task-todo"),
        ListState::Open => ("task-list-open", Verdict::Open, "task-doing"),
    };
    let said = row.remark.clone().unwrap_or_else(|| l.t1("task-list-households", "n", number(households)));
    Task {
        title: l.t1(title, "year", &year),
        href: format!("/review/{year}?unit={}", row.scope.address()),
        detail: said,
        state: l.t(state),
        verdict,
    }
}

/// How many lists wait above a commune.
fn waiting_lists(signed: &Signed, rows: &[BoardRow]) -> Task {
    let l = signed.l();
    let sent = rows.iter().filter(|r| r.state == ListState::Sent).count();
    let open = rows.len() - sent;
    let verdict = if open == 0 { Verdict::Good } else { Verdict::Open };
    Task {
        title: l.t1("task-board", "year", signed.year),
        href: format!("/review/{}?unit={}", signed.year, signed.scope.address()),
        detail: l.tv("task-board-detail", &[("sent", number(sent)), ("all", number(rows.len()))]),
        state: l.t(if open == 0 { "task-done" } else { "task-doing" }),
        verdict,
    }
}

/// Households that wait for this commune's answer, and what became of those it offered.
async fn handovers(signed: &Signed, web: &Web) -> Result<Vec<Task>, Fail> {
    let l = signed.l();
    if !signed.actor.may(Verb::EditRegistry) {
        return Ok(Vec::new());
    }
    let name =
        |place: &Place| web.house.scope_name(&Scope::new(place.units_from, ScopeLevel::Commune, place.commune.clone()));
    let task = |handover: &Handover| {
        let comes = signed.actor.scope.holds(&handover.to);
        let (title, other, verdict, state) = match (comes, handover.state) {
            (true, HandoverState::Declined) => return None,
            (true, _) => ("task-handover-comes", name(&handover.from), Verdict::Open, "task-todo"),
            (false, HandoverState::Declined) => {
                ("task-handover-declined", name(&handover.to), Verdict::Bad, "task-returned")
            }
            (false, _) => ("task-handover-goes", name(&handover.to), Verdict::Plain, "task-waiting"),
        };
        let said = handover.remark.clone().or_else(|| handover.note.clone()).unwrap_or_default();
        Some(Task {
            title: l.t2(title, "head", &handover.head_name, "unit", other),
            href: super::registry::handover_address(handover.id),
            detail: said,
            state: l.t(state),
            verdict,
        })
    };
    Ok(open_handovers(&web.house, &signed.actor).await?.iter().filter_map(task).collect())
}

async fn open_intakes(signed: &Signed, web: &Web) -> Result<Vec<Task>, Fail> {
    if !signed.actor.may(Verb::ImportList) {
        return Ok(Vec::new());
    }
    let l = signed.l();
    let staged = intakes(&web.house, &signed.actor).await?;
    let of_actor = staged.into_iter().filter(|i| i.state == IntakeState::Staged && i.by == signed.actor.id);
    Ok(of_actor
        .map(|intake| Task {
            title: l.t("task-intake"),
            href: format!("/review/intake/{}", intake.id),
            detail: if intake.file_name.is_empty() { l.t("intake-pasted") } else { intake.file_name },
            state: l.t("task-doing"),
            verdict: Verdict::Open,
        })
        .collect())
}

async fn missing_totals(signed: &Signed, web: &Web) -> Result<Option<Task>, Fail> {
    if !signed.actor.may(Verb::EnterPopulation) {
        return Ok(None);
    }
    let l = signed.l();
    let found = totals(&web.house, &signed.actor, Some(&signed.scope), signed.year).await?;
    Ok((found.missing > 0).then(|| Task {
        title: l.t1("task-totals", "n", number(found.missing)),
        href: format!("/units/villages?{}", signed.period()),
        detail: l.t("task-totals-detail"),
        state: l.t("task-todo"),
        verdict: Verdict::Plain,
    }))
}

async fn open_norms(signed: &Signed, web: &Web) -> Result<Option<Task>, Fail> {
    if !signed.actor.may(Verb::ConfirmNorm) {
        return Ok(None);
    }
    let l = signed.l();
    let open = app::law::standing(&web.house).await?.into_iter().filter(|s| s.confirmation.is_none()).count();
    Ok((open > 0).then(|| Task {
        title: l.t1("task-norms", "n", number(open)),
        href: "/norms".to_owned(),
        detail: l.t("task-norms-detail"),
        state: l.t("task-todo"),
        verdict: Verdict::Plain,
    }))
}
