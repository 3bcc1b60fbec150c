//! Models: the list, the form, and one with every rule tried.

use app::AppError;
use app::programme::models::{CheckView, ModelInput, model, models, record_model, rules_of};
use axum::Form as Received;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use domain::access::{Verb, check};
use domain::programme::work::Outcome;
use kernel::{ModelId, group_thousands};
use norms::ModelChoice;

use super::said::{again, posted_map, row};
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::words::{basis, label, number};
use crate::language::Lang;
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section};
use crate::pages::parts::{Choice, Verdict};
use crate::pages::programme::work::{CheckLine, Figure, ModelForm, ModelLine, ModelPage, Models, Rooms};
use crate::visitor::{Signed, see};

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/programme/models", get(list))
        .route("/programme/models/new", get(new).post(save))
        .route("/programme/models/{id}", get(one))
}

fn named(l: Lang, of: &[ModelChoice], id: &str) -> String {
    of.iter().find(|choice| choice.id == id).map_or_else(|| id.to_owned(), |choice| label(l, &choice.label))
}

async fn list(signed: Signed, State(web): State<Web>) -> Result<Response, Fail> {
    let l = signed.l();
    let rules = rules_of(&web.house, signed.year)?.value;
    let (found, distinct) = models(&web.house, &signed.actor, Some(&signed.scope), signed.year).await?;
    let rows = found.iter().map(|model| {
        let href = format!("/programme/models/{}", model.id);
        let households = i64::try_from(model.members.len()).unwrap_or(0) + model.others;
        ModelLine {
            name: model.name.clone(),
            project: model.project.clone(),
            mode: named(l, &rules.modes, &model.mode),
            place: web.house.scope_name(&app::programme::unit_of(&model.place)),
            households: Figure::new(number(households), format!("{href}#members")),
            money: Figure::new(group_thousands(model.state_money), format!("{href}#checks")),
            started: model.started.map(|day| day.to_string()).unwrap_or_default(),
            href,
        }
    });
    Ok(shown(&Models {
        l,
        frame: signed.frame(Section::Targets),
        rooms: Rooms::new(&signed.period(), "models"),
        rows: rows.collect(),
        distinct: Figure::new(number(distinct), format!("/programme/models?{}", signed.period())),
        may_record: signed.actor.may(Verb::RecordWork),
        new_href: format!("/programme/models/new?{}", signed.period()),
    }))
}

async fn new(signed: Signed, State(web): State<Web>) -> Result<Response, Fail> {
    check(&signed.actor, Verb::RecordWork)?;
    build(&web, &signed, (Form::default(), signed.frame(Section::Targets), Vec::new(), StatusCode::OK))
}

type Shown = (Form, Frame, Vec<String>, StatusCode);

fn build(web: &Web, signed: &Signed, (form, frame, line_faults, status): Shown) -> Result<Response, Fail> {
    let l = signed.l();
    let rules = rules_of(&web.house, signed.year)?.value;
    let choices =
        |of: &[ModelChoice]| of.iter().map(|c| Choice::new(c.id.clone(), label(l, &c.label))).collect::<Vec<_>>();
    let page = ModelForm {
        l,
        frame,
        form,
        action: format!("/programme/models/new?{}", signed.period()),
        back_href: format!("/programme/models?{}", signed.period()),
        projects: rules.projects.iter().map(|project| Choice::new(project.clone(), project.clone())).collect(),
        modes: choices(&rules.modes),
        sectors: choices(&rules.sectors),
        leads: choices(&rules.leads),
        reasons: choices(&rules.reasons),
        line_faults,
    };
    Ok(answer(status, &page))
}

async fn save(
    signed: Signed,
    State(web): State<Web>,
    Received(posted): Received<Vec<(String, String)>>,
) -> Result<Response, Fail> {
    let values = posted_map(&posted);
    let text = |name: &str| (*values.get(name).unwrap_or(&"")).to_owned();
    let input = ModelInput {
        name: text("name"),
        project: text("project"),
        mode: text("mode"),
        sector: text("sector"),
        lead: text("lead"),
        lead_name: text("lead_name"),
        reason: text("reason"),
        approved: text("approved"),
        started: text("started"),
        state_money: text("state_money"),
        direct_money: text("direct_money"),
        members: text("members"),
        others: text("others"),
        version: 0,
    };
    match record_model(&web.house, &signed.actor, Some(&signed.scope), &input).await {
        Ok(id) => {
            signed.say("model-recorded").await;
            Ok(see(&format!("/programme/models/{id}")))
        }
        Err(refused) => {
            let again = again(&signed, &posted, refused)?;
            build(&web, &signed, (again.form, again.frame, again.lines, again.status))
        }
    }
}

async fn one(signed: Signed, State(web): State<Web>, Path(id): Path<String>) -> Result<Response, Fail> {
    let l = signed.l();
    let id: ModelId = id.parse().map_err(|_| AppError::Missing("model"))?;
    let view = model(&web.house, &signed.actor, id).await?;
    let found = &view.model;
    let rules = rules_of(&web.house, found.started.or(found.approved).map_or(signed.year, kernel::Day::year))?.value;
    let money = |dong: i64| format!("{} {}", group_thousands(dong), l.t("unit-dong"));
    let day = |day: Option<kernel::Day>| day.map_or_else(|| l.t("none-entered"), |day| day.to_string());
    let facts = vec![
        (l.t("label-project"), found.project.clone()),
        (l.t("label-mode"), named(l, &rules.modes, &found.mode)),
        (l.t("label-sector"), named(l, &rules.sectors, &found.sector)),
        (l.t("label-where"), web.house.scope_name(&app::programme::unit_of(&found.place))),
        (l.t("label-lead_name"), found.lead_name.clone()),
        (l.t("label-approved"), day(found.approved)),
        (l.t("label-started"), day(found.started)),
        (l.t("label-state_money"), money(found.state_money)),
        (l.t("label-direct_money"), found.direct_money.map_or_else(|| l.t("none-entered"), money)),
        (l.t("label-others"), number(found.others)),
    ];
    Ok(shown(&ModelPage {
        l,
        frame: signed.frame(Section::Targets),
        title: found.name.clone(),
        facts,
        checks: view.checks.iter().map(|check| check_line(l, check)).collect(),
        members: view.members.iter().map(|named| row(&web, &signed, named, false)).collect(),
        back_href: format!("/programme/models?{}", signed.period()),
    }))
}

fn check_line(l: Lang, check: &CheckView) -> CheckLine {
    let (verdict, key) = match check.outcome {
        Outcome::Kept => (Verdict::Good, "rule-kept"),
        Outcome::Broken => (Verdict::Bad, "rule-broken"),
        Outcome::Open => (Verdict::Open, "rule-open"),
        Outcome::NotPriority => (Verdict::Plain, "rule-no-priority"),
    };
    let share = check.share.map(|rate| {
        format!("{} / {} · {} %", group_thousands(rate.numerator), group_thousands(rate.denominator), rate.percent())
    });
    let money = check.money.map(|dong| format!("{} {}", group_thousands(dong), l.t("unit-dong")));
    CheckLine {
        label: label(l, &check.rule.label),
        verdict,
        state: l.t(key),
        detail: share.or(money).unwrap_or_default(),
        basis: basis(&check.basis, &[]),
    }
}
