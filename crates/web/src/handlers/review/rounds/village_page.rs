//! What a village's page shows: households with their survey, meetings, posting, objections, and the one act that is next.

use app::AppError;
use app::review::requests::requests;
use app::review::rounds::{HouseholdLine, VillageView, is_taken_by, village_view};
use documents::official::PaperKind;
use domain::access::Verb;
use domain::review::round::{Objection, ObjectionFrom, Route, Step};
use kernel::VillageId;
use norms::{DayKind, Rulebook};

use super::words::{default_day, is_unconfirmed, late_words, law_words, place_of_step, route_words, step_marks};
use crate::Web;
use crate::fail::Fail;
use crate::handlers::review::papers::{formats, links};
use crate::handlers::words::{class_tag, number, points};
use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Section;
use crate::pages::parts::{Choice, Link, PaperLinks, Verdict};
use crate::pages::review::rounds::{LineRow, MeetingRow, ObjectionRow, VillagePage};
use crate::visitor::Signed;

pub async fn village_page(signed: &Signed, web: &Web, village: VillageId, route: Route) -> Result<VillagePage, Fail> {
    let (l, year) = (signed.l(), signed.year);
    let view = village_view(&web.house, &signed.actor, village, (year, route)).await?;
    let rules = web.house.rules(year, &view.round.place.province).map_err(AppError::from)?;
    let round = &view.round;
    let act = act_of(signed, &view);
    let may_run = signed.actor.may(Verb::RunRound);
    let posting = round.posting.as_ref().map(|p| l.t2("round-posted-days", "first", p.first, "last", p.last));
    Ok(VillagePage {
        l,
        frame: signed.frame(Section::Review),
        form: Form::new([("day", default_day(&web.house, year))]),
        back: Link::new(
            l.t("round-board"),
            format!("/review/{year}/round?unit=commune:{}&route={}", round.place.commune, route.id()),
        ),
        village: view.village.name.clone(),
        route_words: route_words(l, route),
        steps: step_marks(l, &view.law, place_of_step(round.step)),
        base: format!("/review/{year}/round/{village}"),
        route: route.id(),
        version: round.version.to_string(),
        state: l.t(&format!("step-{}", round.step.id())),
        late: late_words(l, view.late_days),
        act,
        hint: hint(l, &view, act),
        lines: view.lines.iter().map(|line| line_row(l, &rules, line, (year, route))).collect(),
        meetings: meetings(l, &view),
        posting: posting.unwrap_or_default(),
        papers: papers(l, &view),
        objections: round.objections.iter().map(|o| objection_row(signed, &view, o)).collect(),
        households: villagers(web, signed, &view).await?,
        requests: if act == "close-list" { waiting(web, signed, &view).await? } else { Vec::new() },
        may_attach: signed.actor.may(Verb::HoldMeeting) && round.meetings.last().is_some_and(|m| m.scan.is_none()),
        may_answer: may_run && round.step == Step::Posting,
        survey_links: survey_links(signed, &view),
        unconfirmed: is_unconfirmed(web, &view.law).await?,
    })
}

fn act_of(signed: &Signed, view: &VillageView) -> &'static str {
    let (actor, process) = (&signed.actor, &view.law.process.value);
    let may = |verb, step| actor.may(verb) && is_taken_by(actor, step).is_ok();
    match view.round.step {
        Step::Listing if may(Verb::RunRound, &process.listing) => "close-list",
        Step::Survey if may(Verb::SurveyHousehold, &process.survey) => "close-survey",
        Step::Meeting if may(Verb::HoldMeeting, &process.meeting.step) => "meeting",
        Step::Posting if may(Verb::RunRound, &process.posting.step) => {
            if view.round.posting.is_some() {
                "posted"
            } else {
                "post"
            }
        }
        _ => "",
    }
}

/// What the next act needs, with its clause.
fn hint(l: Lang, view: &VillageView, act: &str) -> String {
    let process = &view.law.process.value;
    let left = view.lines.iter().filter(|line| line.surveyed.is_none()).count();
    match act {
        "close-list" => l.t2("hint-close-list", "n", view.lines.len(), "law", law_words(&process.listing)),
        "close-survey" => l.t2("hint-close-survey", "n", left, "law", law_words(&process.survey)),
        "meeting" => {
            let share = process.meeting.agree_percent_at_least;
            l.t2("hint-meeting", "share", share, "law", law_words(&process.meeting.step))
        }
        "post" => {
            let posting = &process.posting;
            let places: Vec<&str> = posting.places.iter().map(|place| l.pick(&place.vi, &place.en)).collect();
            let key = match posting.term.kind {
                DayKind::Working => "term-working",
                DayKind::Calendar => "term-calendar",
            };
            let term = l.t1(key, "n", posting.term.count);
            let values = [("term", term), ("places", places.join("; ")), ("law", law_words(&posting.step))];
            l.tv("hint-post", &values)
        }
        "posted" => l.t1("hint-posted", "law", law_words(&process.posting.step)),
        _ => String::new(),
    }
}

fn line_row(l: Lang, rules: &Rulebook, line: &HouseholdLine, (year, route): (i16, Route)) -> LineRow {
    let outcome = line.outcome.as_ref().or(line.surveyed.as_ref());
    let (state, verdict) = match (line.undecided, &line.surveyed) {
        (true, _) => ("survey-two", Verdict::Bad),
        (false, Some(_)) => ("survey-done", Verdict::Good),
        (false, None) => ("survey-open", Verdict::Plain),
    };
    let both = format!("/survey/{year}/households/{}/both?route={}", line.id, route.id());
    LineRow {
        head: line.head.clone(),
        href: format!("/registry/households/{}?year={year}", line.id),
        size: number(line.size),
        before: line.before.as_ref().map(|class| class_tag(l, rules, Some(class))),
        reason: if line.requested { l.t("round-requested") } else { l.t("round-objected") },
        state: l.t(state),
        verdict,
        class: outcome.map(|o| class_tag(l, rules, o.class.as_deref())),
        b1: points(outcome.and_then(|o| o.b1)),
        b2: points(outcome.and_then(|o| o.b2)),
        both_href: if line.undecided || line.surveyed.is_some() { both } else { String::new() },
    }
}

fn meetings(l: Lang, view: &VillageView) -> Vec<MeetingRow> {
    let row = |m: &domain::review::round::Meeting| MeetingRow {
        day: m.day.to_string(),
        words: l.tv("round-votes", &[("present", m.present), ("agree", m.agree), ("disagree", m.disagree)]),
        discussion: m.discussion.clone(),
        verdict: if m.passed { Verdict::Good } else { Verdict::Bad },
        state: l.t(if m.passed { "meeting-passed" } else { "meeting-failed" }),
        scan: m.scan.as_ref().map(|hash| Link::new(l.t("round-scan"), format!("/files/{hash}"))),
    };
    view.round.meetings.iter().map(row).collect()
}

/// A blank of the minutes before a meeting, then those of each, failed ones too; the list from the day it hangs.
fn papers(l: Lang, view: &VillageView) -> Vec<PaperLinks> {
    let round = &view.round;
    let base = format!("/review/{}/round/{}/papers", round.year, view.village.id);
    let query = format!("route={}", round.route.id());
    let mut papers = Vec::new();
    for meeting in &round.meetings {
        let query = format!("{query}&meeting={}", meeting.attempt);
        let label = l.t1("paper-minutes-of", "day", meeting.day);
        papers.push(PaperLinks::new(&label, formats(&format!("{base}/{}", PaperKind::MeetingMinutes.id()), &query)));
    }
    if round.step == Step::Meeting {
        papers.push(links(l, "paper-minutes-blank", &base, PaperKind::MeetingMinutes, &query));
    }
    if round.posting.is_some() {
        papers.push(links(l, "paper-posted", &base, PaperKind::PostedList, &query));
    }
    papers
}

fn objection_row(signed: &Signed, view: &VillageView, objection: &Objection) -> ObjectionRow {
    let l = signed.l();
    let on_list = view.lines.iter().find(|line| line.id == objection.household);
    let head = on_list.map(|line| line.head.clone()).or_else(|| view.others.get(&objection.household).cloned());
    let who = match objection.from {
        ObjectionFrom::People => objection.by.clone(),
        ObjectionFrom::Above => l.t1("round-from-above", "by", &objection.by),
    };
    let rechecked = on_list.and_then(|line| line.surveyed.as_ref()).is_some_and(|s| s.at_ms >= objection.at_ms);
    let may_survey = signed.actor.may(Verb::SurveyHousehold) && objection.answer.is_none();
    let survey =
        format!("/survey/{}/households/{}/form?route={}", view.round.year, objection.household, view.round.route.id());
    ObjectionRow {
        number: objection.number.to_string(),
        head: head.unwrap_or_default(),
        who: format!("{} ({})", who, objection.day),
        text: objection.text.clone(),
        due: l.t1("round-recheck-by", "day", objection.recheck_by),
        answer: objection.answer.as_ref().map(|a| format!("{}: {}", a.day, a.text)).unwrap_or_default(),
        survey_href: if may_survey { survey } else { String::new() },
        rechecked,
    }
}

/// Everybody of the village: also a household that is not on the list may be objected about.
async fn villagers(web: &Web, signed: &Signed, view: &VillageView) -> Result<Vec<Choice>, AppError> {
    if view.round.step != Step::Posting {
        return Ok(Vec::new());
    }
    let wanted = app::registry::Wanted { village: Some(view.village.id), ..app::registry::Wanted::default() };
    let found = app::registry::search(&web.house, &signed.actor, &wanted, kernel::Page::new(1, 1000)).await?;
    Ok(found.rows.rows.into_iter().map(|row| Choice::new(row.id.to_string(), row.head_name)).collect())
}

/// Requests of the village that no round has taken in.
async fn waiting(web: &Web, signed: &Signed, view: &VillageView) -> Result<Vec<Choice>, AppError> {
    let l = signed.l();
    let found = requests(&web.house, &signed.actor, None, signed.year).await?;
    let open = found.into_iter().filter(|r| r.request.is_awaited_by(&view.round, web.house.clock.today()));
    let words = |r: &app::review::requests::RequestView| {
        l.t2("round-request-choice", "head", r.household.head_name(), "day", r.request.received)
    };
    Ok(open.map(|r| Choice::new(r.request.id.to_string(), words(&r))).collect())
}

fn survey_links(signed: &Signed, view: &VillageView) -> Vec<Link> {
    let l = signed.l();
    let open = view.round.step == Step::Survey || view.round.open_objections().next().is_some();
    if !signed.actor.may(Verb::SurveyHousehold) || !open {
        return Vec::new();
    }
    let base = format!("/survey/{}/{}", view.round.year, view.village.id);
    let route = view.round.route.id();
    vec![
        Link::new(l.t("survey-phone"), format!("{base}?route={route}")),
        Link::new(l.t("survey-paper"), format!("{base}/paper?route={route}")),
        Link::new(l.t("survey-blank"), format!("{base}/blank?route={route}")),
    ]
}
