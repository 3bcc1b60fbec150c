//! One household: who lives there, its class with the reason for each part, its years, events and trail.

use app::registry::{HouseholdView, YearStanding, area_of};
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use domain::access::Verb;
use domain::registry::{Handover, HandoverState, JoinReason, LeaveReason, Member};
use domain::units::{Scope, ScopeLevel};
use kernel::Day;

use super::choices::{commune_of, relation_words};
use super::posted::{address, opened, subject};
use super::reasons::{b1_score, b2_score, class_reason, mark_rows, paper_key};
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::words::{class_tag, label, number, trail_rows};
use crate::language::Lang;
use crate::pages::frame::Section;
use crate::pages::parts::{Link, Tag};
use crate::pages::registry::{EventRow, Household, MemberRow, YearCell};
use crate::visitor::{Signed, period};

pub fn routes() -> Router<Web> {
    Router::new().route("/registry/households/{id}", get(household))
}

async fn household(signed: Signed, State(web): State<Web>, Path(id): Path<String>) -> Result<Response, Fail> {
    let view = opened(&web, &signed, &id, Some(signed.year)).await?;
    let may = |verb| signed.actor.may(verb) && view.household.closed.is_none();
    let is_open = !view.is_locked;
    let (l, stored) = (signed.l(), view.assessment.as_ref());
    Ok(shown(&Household {
        l,
        frame: signed.frame(Section::Registry),
        subject: subject(&view),
        address: view.household.address.clone().unwrap_or_default(),
        size: number(view.household.size()),
        area: area(&web, l, &view),
        closed: closed(l, &view),
        locked: locked(&signed, &view),
        members: view.household.members.iter().map(|member| member_row(l, &view, member)).collect(),
        class: stored.map(|stored| class_reason(l, &view, stored)),
        b1: stored.map(|stored| b1_score(l, &view, stored)),
        b2: stored.map(|stored| b2_score(l, &view, stored)),
        marks: if stored.is_some() { mark_rows(l, &view) } else { Vec::new() },
        causes: causes(l, &view),
        groups: groups(l, &view),
        history: view.years.iter().rev().map(|standing| year_cell(l, &view, standing)).collect(),
        events: events(l, &view),
        trail: trail_rows(l, &view.trail),
        may_edit: may(Verb::EditRegistry) && is_open,
        move_href: (may(Verb::MoveHousehold) && is_open).then(|| format!("{}/move", address(view.household.id))),
        on_its_way: view.handover.as_ref().map(|handover| on_its_way(&web, l, handover)),
        may_assess: may(Verb::AssessHousehold) && is_open,
        may_decide: may(Verb::RecordDecision) && stored.is_some(),
        review_href: format!("/review/{}/households/{}", view.year, view.household.id),
        why_href: format!("{}/why?year={}", address(view.household.id), view.year),
        request_href: (may(Verb::TakeRequest) && view.household.closed.is_none())
            .then(|| format!("/review/requests/new?household={}", view.household.id)),
        list_href: format!("/registry/households?{}", period(&commune_of(&view), view.year)),
    }))
}

/// Where the household was offered to, and the hand-over.
fn on_its_way(web: &Web, l: Lang, handover: &Handover) -> Link {
    let to = Scope::new(handover.to.units_from, ScopeLevel::Commune, handover.to.commune.clone());
    let key = if handover.state == HandoverState::Declined { "handover-was-declined" } else { "handover-waits" };
    Link::new(l.t1(key, "to", web.house.scope_name(&to)), super::handover::address(handover.id))
}

/// Urban or rural, as the norms call it.
fn area(web: &Web, l: Lang, view: &HouseholdView) -> String {
    let stored = view.assessment.as_ref().map(|stored| stored.assessment.area);
    let areas = &view.rules.areas.value;
    match stored.or_else(|| area_of(&web.house, &view.household.place, &view.rules)) {
        Some(norms::Area::Urban) => label(l, &areas.urban.label),
        Some(norms::Area::Rural) => label(l, &areas.rural.label),
        None => l.t("not-known"),
    }
}

/// The event that closed it, and the day.
fn closed(l: Lang, view: &HouseholdView) -> String {
    let Some(day) = view.household.closed else { return String::new() };
    let event = view.events.iter().rev().find(|event| event.event.day == day);
    let what = event.map(|event| label(l, &event.label)).unwrap_or_default();
    l.t2("event-on-day", "what", what, "day", day)
}

fn locked(signed: &Signed, view: &HouseholdView) -> String {
    let l = signed.l();
    if view.household.closed.is_some() {
        l.t("locked-closed")
    } else if view.is_locked && signed.actor.may(Verb::EditRegistry) {
        l.t("locked-sent")
    } else {
        String::new()
    }
}

fn member_row(l: Lang, view: &HouseholdView, member: &Member) -> MemberRow {
    let person = &member.person;
    let on = Day::last_of(view.year);
    let doubt = view.paper_faults.iter().find(|(id, _)| *id == person.id && member.is_present());
    let ethnicity = person.ethnicity.and_then(|code| view.rules.ethnic.value.name(code));
    let is_present = member.is_present();
    MemberRow {
        href: format!("{}/members/{}", address(view.household.id), person.id),
        name: person.name.clone(),
        relation: relation_words(l, &view.rules, &member.relation),
        is_head: member.is_head && is_present,
        // keys: sex-*
        sex: person.sex.map(|sex| l.t(&format!("sex-{}", sex.id()))).unwrap_or_default(),
        birth: person.birth.map(|birth| birth.to_string()).unwrap_or_default(),
        age: person.birth.filter(|_| is_present).map(|birth| birth.age_on(on).to_string()).unwrap_or_default(),
        paper: person.paper.clone().unwrap_or_default(),
        paper_warning: doubt.map(|(_, fault)| l.t(paper_key(*fault))).unwrap_or_default(),
        ethnicity: ethnicity.map(str::to_owned).unwrap_or_default(),
        period: stay(l, member),
        is_present,
    }
}

/// Since when, until when, and why.
fn stay(l: Lang, member: &Member) -> String {
    let joined = member.joined.map(|(day, reason)| {
        let key = match reason {
            JoinReason::Born => "joined-born",
            JoinReason::MovedIn => "joined-moved-in",
            JoinReason::Rearranged => "joined-rearranged",
            JoinReason::OnList => "joined-on-list",
        };
        l.t1(key, "day", day)
    });
    let left = member.left.map(|(day, reason)| {
        let key = match reason {
            LeaveReason::Died => "left-died",
            LeaveReason::MovedAway => "left-moved-away",
            LeaveReason::Rearranged => "left-rearranged",
            LeaveReason::OffList => "left-off-list",
        };
        l.t1(key, "day", day)
    });
    [joined, left].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn causes(l: Lang, view: &HouseholdView) -> Vec<String> {
    let Some(assessment) = view.assessment.as_ref().map(|stored| &stored.assessment) else { return Vec::new() };
    let is_set = |code: u8| has_bit(assessment.causes, usize::from(code.saturating_sub(1)));
    let known = view.rules.causes.value.causes.iter().filter(|cause| is_set(cause.code));
    let written = assessment.cause_other.as_deref();
    known
        .map(|cause| match written {
            Some(other) if cause.free_text => format!("{}: {other}", label(l, &cause.label)),
            _ => label(l, &cause.label),
        })
        .collect()
}

fn groups(l: Lang, view: &HouseholdView) -> Vec<String> {
    let Some(mask) = view.assessment.as_ref().map(|stored| stored.assessment.groups) else { return Vec::new() };
    let known = view.rules.groups.value.groups.iter().enumerate();
    known.filter(|(place, _)| has_bit(mask, *place)).map(|(_, group)| label(l, &group.label)).collect()
}

/// Whether a place of a mask is set.
pub fn has_bit(mask: u32, place: usize) -> bool {
    u32::try_from(place).ok().and_then(|place| 1u32.checked_shl(place)).is_some_and(|bit| mask & bit != 0)
}

fn year_cell(l: Lang, view: &HouseholdView, standing: &YearStanding) -> YearCell {
    let class = match &standing.class_label {
        Some(words) => {
            let rank = class_tag(l, &view.rules, standing.stored.class.as_deref()).rank;
            Tag::new(label(l, words), rank)
        }
        None => Tag::new(l.t("class-none-yet"), 0),
    };
    let off_list = !standing.stored.assessment.listed;
    YearCell {
        year: standing.year.to_string(),
        class,
        movement: if off_list { l.t("not-on-list") } else { String::new() },
        href: format!("{}?year={}", address(view.household.id), standing.year),
        is_shown: standing.year == view.year,
    }
}

fn events(l: Lang, view: &HouseholdView) -> Vec<EventRow> {
    let row = |found: &app::registry::EventView| {
        let other = found.event.other.map(|id| {
            let head = found.other_head.clone().unwrap_or_else(|| l.t("household-elsewhere"));
            Link::new(head, address(id))
        });
        EventRow {
            day: found.event.day.to_string(),
            what: label(l, &found.label),
            // A household outside the reader's area cannot be opened, so nothing leads there.
            other: other.filter(|_| found.other_head.is_some()),
            note: found.event.note.clone().unwrap_or_default(),
        }
    };
    view.events.iter().map(row).collect()
}
