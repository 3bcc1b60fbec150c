//! What the review asks of the person who signed in: villages at a step, opinions, decisions, requests, reports.

use app::review::reminders::reminders;
use app::review::requests::{requests, unplaced};
use app::review::rounds::{commune_view, marks_of, opinion_body, progress};
use domain::access::{Role, Verb};
use domain::review::round::{CommuneStep, Route, Step};
use domain::units::ScopeLevel;

use super::words::{label, number};
use crate::Web;
use crate::fail::Fail;
use crate::pages::home::Task;
use crate::pages::parts::Verdict;
use crate::visitor::Signed;

pub async fn round_tasks(signed: &Signed, web: &Web) -> Result<Vec<Task>, Fail> {
    let mut tasks = reports(signed, web).await?;
    if signed.scope.level == ScopeLevel::Commune {
        tasks.extend(of_commune(signed, web).await?);
        tasks.extend(open_requests(signed, web).await?);
        tasks.extend(unplaced_requests(signed, web).await?);
    } else {
        tasks.extend(opinions(signed, web).await?);
    }
    Ok(tasks)
}

/// Reports whose day comes near, or has gone by.
async fn reports(signed: &Signed, web: &Web) -> Result<Vec<Task>, Fail> {
    let l = signed.l();
    let found = reminders(&web.house, &signed.actor, signed.year).await?;
    let task = |r: app::review::reminders::Reminder| {
        let (key, days) =
            if r.days_left < 0 { ("task-report-late", -r.days_left) } else { ("task-report-due", r.days_left) };
        Task {
            title: l.t1("task-report", "report", label(l, &r.label)),
            href: format!("/review/{}/reports?unit={}", signed.year, signed.scope.address()),
            detail: l.t2(key, "day", r.due, "n", days),
            state: l.t(if r.days_left < 0 { "round-late" } else { "task-todo" }),
            verdict: if r.days_left < 0 { Verdict::Bad } else { Verdict::Plain },
        }
    };
    Ok(found.into_iter().map(task).collect())
}

/// The villages somebody of the commune works on, one task each for a village head, one for the board otherwise.
async fn of_commune(signed: &Signed, web: &Web) -> Result<Vec<Task>, Fail> {
    let (l, year) = (signed.l(), signed.year);
    let marks = marks_of(&web.house, &signed.actor, year, Route::Yearly).await?;
    if marks.is_empty() {
        return Ok(Vec::new());
    }
    let commune = signed.actor.scope.clone().in_village(None);
    let view = commune_view(&web.house, &signed.actor, &commune, (year, Route::Yearly)).await?;
    if signed.actor.role == Role::VillageHead {
        let own = view.villages.iter().filter(|row| Some(row.village.id) == signed.actor.scope.village);
        return Ok(own.filter_map(|row| Some(village_task(signed, row, row.round.as_ref()?))).collect());
    }
    let step = view.round.as_ref().map_or(CommuneStep::Villages, domain::review::round::CommuneRound::step);
    let open = marks.iter().filter(|m| m.step != Step::Ended).count();
    let late = view.villages.iter().any(|row| row.late_days > 0) || view.late_days > 0;
    let to_sign = step == CommuneStep::Recognition && signed.actor.may(Verb::Recognise);
    let title = if to_sign { "task-recognise" } else { "task-round-board" };
    let words = match step {
        CommuneStep::Villages if open == 0 => "commune-ready",
        CommuneStep::Villages => "commune-villages",
        CommuneStep::Opinion => "commune-opinion",
        CommuneStep::Recognition => "commune-recognition",
        CommuneStep::Recognised => "commune-recognised",
    };
    Ok(vec![Task {
        title: l.t1(title, "year", year),
        href: format!("/review/{year}/round?unit={}", commune.address()),
        detail: l.t(words),
        state: l.t(if step == CommuneStep::Recognised { "task-done" } else { "task-doing" }),
        verdict: match step {
            CommuneStep::Recognised => Verdict::Good,
            _ if late => Verdict::Bad,
            _ => Verdict::Open,
        },
    }])
}

fn village_task(
    signed: &Signed,
    row: &app::review::rounds::VillageRow,
    round: &domain::review::round::VillageRound,
) -> Task {
    let l = signed.l();
    let due = round.due().map(|day| l.t1("task-round-due", "day", day)).unwrap_or_default();
    Task {
        title: l.t1("task-round", "village", &row.village.name),
        href: format!("/review/{}/round/{}?route=yearly", round.year, row.village.id),
        detail: format!("{} {due}", l.t(&format!("step-{}", round.step.id()))).trim().to_owned(),
        state: l.t(if round.step == Step::Ended { "task-done" } else { "task-doing" }),
        verdict: match round.step {
            Step::Ended => Verdict::Good,
            _ if row.late_days > 0 => Verdict::Bad,
            _ => Verdict::Open,
        },
    }
}

/// Communes that wait for this person's opinion.
async fn opinions(signed: &Signed, web: &Web) -> Result<Vec<Task>, Fail> {
    let (l, year) = (signed.l(), signed.year);
    if !signed.actor.may(Verb::GiveOpinion) {
        return Ok(Vec::new());
    }
    let day = kernel::Day::last_of(year).min(web.house.clock.today());
    if opinion_body(&web.house, day).await?.role != Some(signed.actor.role) {
        return Ok(Vec::new());
    }
    let rows = progress(&web.house, &signed.actor, Some(&signed.scope), (year, Route::Yearly)).await?;
    let waiting: Vec<_> = rows.iter().filter(|row| row.step == Some(CommuneStep::Opinion)).collect();
    if waiting.is_empty() {
        return Ok(Vec::new());
    }
    let late = waiting.iter().any(|row| row.late_days > 0);
    Ok(vec![Task {
        title: l.t1("task-opinion", "n", number(waiting.len())),
        href: format!("/review/{year}/round?unit={}", signed.scope.address()),
        detail: waiting.iter().take(5).map(|row| row.name.clone()).collect::<Vec<_>>().join(", "),
        state: l.t("task-todo"),
        verdict: if late { Verdict::Bad } else { Verdict::Open },
    }])
}

/// Requests that came without a code.
async fn unplaced_requests(signed: &Signed, web: &Web) -> Result<Vec<Task>, Fail> {
    let l = signed.l();
    let commune = signed.actor.scope.clone().in_village(None);
    if !signed.actor.may(Verb::TakeRequest) || commune.level != ScopeLevel::Commune {
        return Ok(Vec::new());
    }
    let open = unplaced(&web.house, &signed.actor, &commune).await?.len();
    let task = Task {
        title: l.t1("task-unplaced", "n", number(open)),
        href: format!("/review/{}/requests/unplaced?unit={}", signed.year, commune.address()),
        detail: String::new(),
        state: l.t("task-todo"),
        verdict: Verdict::Open,
    };
    Ok(if open > 0 { vec![task] } else { Vec::new() })
}

async fn open_requests(signed: &Signed, web: &Web) -> Result<Vec<Task>, Fail> {
    let (l, year) = (signed.l(), signed.year);
    if !signed.actor.may(Verb::TakeRequest) && !signed.actor.may(Verb::Recognise) {
        return Ok(Vec::new());
    }
    let found = requests(&web.house, &signed.actor, None, year).await?;
    let open: Vec<_> = found.iter().filter(|r| r.request.decision.is_none()).collect();
    let late = open.iter().filter(|r| r.late).count();
    let (key, n) = if late > 0 { ("task-request-late", late) } else { ("task-request", open.len()) };
    if open.is_empty() {
        return Ok(Vec::new());
    }
    Ok(vec![Task {
        title: l.t1(key, "n", number(n)),
        href: format!("/review/{year}/requests?unit={}", signed.actor.scope.clone().in_village(None).address()),
        detail: String::new(),
        state: l.t("task-todo"),
        verdict: if late > 0 { Verdict::Bad } else { Verdict::Plain },
    }])
}
