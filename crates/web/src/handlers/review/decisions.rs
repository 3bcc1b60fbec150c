//! One decision of the chairman for a commune's whole list: filled in, looked at household by household, recorded, taken back.

use app::AppError;
use app::ListDecision;
use app::review::decisions::{
    DecisionPlan, ListDecisionInput, list_decisions, plan_decision, record_list_decision, undo_list_decision,
};
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use domain::access::{Verb, check};
use domain::units::ScopeLevel;
use kernel::ListDecisionId;
use norms::Rulebook;

use crate::Web;
use crate::fail::Fail;
use crate::handlers::registry::{At, Filled, Posted, again, household_address};
use crate::handlers::words::{class_choices, class_tag, moment, number};
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::frame::Section;
use crate::pages::parts::{Link, Notice};
use crate::pages::review::{DecidedList, Decisions, Recognised, WouldDecide};
use crate::visitor::{Signed, see};

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/review/{year}/decisions", get(show).post(record))
        .route("/review/{year}/decisions/{id}/undo", post(undo))
}

type Pairs = Vec<(String, String)>;

fn may_here(signed: &Signed) -> Result<(), Fail> {
    check(&signed.actor, Verb::RecordDecision)?;
    if signed.scope.level == ScopeLevel::Commune { Ok(()) } else { Err(AppError::Missing("commune").into()) }
}

/// The form; with `look=yes` in the address also what the decision would do.
async fn show(signed: Signed, State(web): State<Web>, Query(asked): Query<Pairs>) -> Result<Response, Fail> {
    may_here(&signed)?;
    let asked = Posted(asked);
    let rules = web.house.rules(signed.year, &web.house.province_of(&signed.scope)).map_err(AppError::from)?;
    if asked.get("look") != Some("yes") {
        let listed = rules.classes.value.classes.iter().filter(|class| class.listed);
        let form = Form::new(listed.map(|class| ("classes", class.id.clone())));
        return page(&web, &signed, &rules, filled(&signed, form), None).await;
    }
    match plan_decision(&web.house, &signed.actor, (&signed.scope, signed.year), &input(&asked)).await {
        Ok(plan) => page(&web, &signed, &rules, filled(&signed, Form::new(asked.0.clone())), Some(&plan)).await,
        Err(error) => {
            let filled = again(&signed, None, &asked, error, |field| at(&signed, field))?;
            page(&web, &signed, &rules, filled, None).await
        }
    }
}

fn filled(signed: &Signed, form: Form) -> Filled {
    let mut filled = Filled::fresh(signed, form);
    filled.frame.section = Section::Review;
    filled
}

fn input(posted: &Posted) -> ListDecisionInput {
    ListDecisionInput {
        number: posted.text("number"),
        day: posted.text("day"),
        classes: posted.all("classes").map(str::to_owned).collect(),
        replaces: posted.get("replaces") == Some("yes"),
    }
}

/// The fields of a decision are called otherwise than a row's number and a day elsewhere.
fn at(signed: &Signed, field: &str) -> At {
    let key = match field {
        "number" => "label-number-of-decision",
        "day" => "label-day-of-decision",
        _ => "label-decided-class",
    };
    (field.to_owned(), Some(signed.l().t(key)))
}

async fn page(
    web: &Web,
    signed: &Signed,
    rules: &Rulebook,
    filled: Filled,
    plan: Option<&DecisionPlan>,
) -> Result<Response, Fail> {
    let (l, year, unit) = (signed.l(), signed.year, signed.scope.address());
    let recorded = list_decisions(&web.house, &signed.actor, (&signed.scope, year)).await?;
    let would = match plan {
        Some(plan) => Some(would(web, signed, rules, plan).await?),
        None => None,
    };
    let page = Decisions {
        l,
        frame: filled.frame,
        form: filled.form,
        unit: unit.clone(),
        list_href: format!("/review/{year}?unit={unit}"),
        classes: class_choices(l, rules),
        would,
        recorded: recorded.iter().map(|decision| decided(signed, decision)).collect(),
    };
    Ok(answer(filled.status, &page))
}

async fn would(web: &Web, signed: &Signed, rules: &Rulebook, plan: &DecisionPlan) -> Result<WouldDecide, Fail> {
    let l = signed.l();
    let villages = app::units::villages(&web.house, &signed.actor, Some(&signed.scope)).await?;
    let village = |id| villages.iter().find(|village| village.id == id).map(|v| v.name.clone()).unwrap_or_default();
    let row = |found: &app::review::decisions::Recognised| Recognised {
        household: Link::new(found.head_name.clone(), household_address(found.household)),
        village: village(found.village),
        class: class_tag(l, rules, Some(&found.class)),
        before: found.before.as_ref().map(|decision| decision.number.clone()).unwrap_or_default(),
    };
    let count = |id: &str| plan.recognised.iter().filter(|found| found.class == id).count();
    let counts = rules.classes.value.classes.iter().filter(|class| count(&class.id) > 0);
    Ok(WouldDecide {
        total: number(plan.recognised.len()),
        counts: counts.map(|class| (class_tag(l, rules, Some(&class.id)), number(count(&class.id)))).collect(),
        decided: (plan.decided > 0).then(|| l.t1("decisions-left-decided", "n", number(plan.decided))),
        unclassified: (plan.unclassified > 0)
            .then(|| l.t1("decisions-left-unclassified", "n", number(plan.unclassified))),
        rows: plan.recognised.iter().map(row).collect(),
        fingerprint: plan.fingerprint(),
    })
}

fn decided(signed: &Signed, decision: &ListDecision) -> DecidedList {
    let (l, unit) = (signed.l(), signed.scope.address());
    DecidedList {
        number: decision.number.clone(),
        day: decision.day.to_string(),
        households: number(decision.households.len()),
        by: l.t2("handover-by", "by", &decision.by_name, "at", moment(decision.at_ms)),
        is_undone: decision.is_undone,
        undo_action: format!("/review/{}/decisions/{}/undo?unit={unit}", signed.year, decision.id),
    }
}

async fn record(signed: Signed, State(web): State<Web>, posted: Posted) -> Result<Response, Fail> {
    may_here(&signed)?;
    let l = signed.l();
    let (here, seen) = ((&signed.scope, signed.year), posted.text("fingerprint"));
    match record_list_decision(&web.house, &signed.actor, here, &input(&posted), &seen).await {
        Ok(households) => {
            signed.say_text(&l.t1("notice-list-decided", "n", number(households))).await;
            Ok(see(&here_again(&signed)))
        }
        // Somebody changed the list in between: it is looked at again.
        Err(AppError::Conflict(_)) => {
            let rules = web.house.rules(signed.year, &web.house.province_of(&signed.scope)).map_err(AppError::from)?;
            let plan = plan_decision(&web.house, &signed.actor, here, &input(&posted)).await?;
            let mut filled = filled(&signed, Form::new(posted.0));
            filled.frame.notice = Some(Notice::warn(l.t("decisions-changed")));
            page(&web, &signed, &rules, filled, Some(&plan)).await
        }
        Err(error) => {
            let rules = web.house.rules(signed.year, &web.house.province_of(&signed.scope)).map_err(AppError::from)?;
            let filled = again(&signed, None, &posted, error, |field| at(&signed, field))?;
            page(&web, &signed, &rules, filled, None).await
        }
    }
}

fn here_again(signed: &Signed) -> String {
    format!("/review/{}/decisions?unit={}", signed.year, signed.scope.address())
}

async fn undo(
    signed: Signed,
    State(web): State<Web>,
    Path((_, id)): Path<(i16, ListDecisionId)>,
) -> Result<Response, Fail> {
    may_here(&signed)?;
    let l = signed.l();
    let done = undo_list_decision(&web.house, &signed.actor, (&signed.scope, signed.year), id).await?;
    let mut text = l.t1("notice-decision-undone", "n", number(done.households));
    if done.kept > 0 {
        text = format!("{text} {}", l.t1("notice-decision-kept", "n", number(done.kept)));
    }
    signed.say_text(&text).await;
    Ok(see(&here_again(&signed)))
}
