//! Models: the list, and one with every rule tried and what became of it.

use app::AppError;
use app::programme::models::{CheckView, ModelView, model, models, rules_of};
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use domain::access::Verb;
use domain::programme::work::Outcome;
use kernel::group_thousands;
use norms::ModelChoice;

use super::model_form::{id_of, year_of};
use super::said::row;
use super::taken_back::tell;
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::words::{basis, label, number, trail_rows};
use crate::language::Lang;
use crate::pages::frame::Section;
use crate::pages::parts::{Link, Verdict};
use crate::pages::programme::work::{CheckLine, Figure, ModelLine, ModelPage, Models, Rooms};
use crate::visitor::Signed;

pub fn routes() -> Router<Web> {
    Router::new().route("/programme/models", get(list)).route("/programme/models/{id}", get(one))
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
            place: web.house.scope_name(&model.place.unit()),
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

async fn one(signed: Signed, State(web): State<Web>, Path(id): Path<String>) -> Result<Response, Fail> {
    let back = Link::new(signed.l().t("programme-models"), format!("/programme/models?{}", signed.period()));
    match model(&web.house, &signed.actor, id_of(&id)?).await {
        Ok(view) => page(&web, &signed, &view, back),
        Err(AppError::Missing(_)) => tell(&signed, &web, ("model", id), back).await,
        Err(other) => Err(other.into()),
    }
}

fn page(web: &Web, signed: &Signed, view: &ModelView, back: Link) -> Result<Response, Fail> {
    let l = signed.l();
    let found = &view.model;
    let rules = rules_of(&web.house, year_of(view, signed.year))?.value;
    let own = format!("/programme/models/{}", found.id);
    let may_record = signed.actor.may(Verb::RecordWork);
    let money = |dong: i64| format!("{} {}", group_thousands(dong), l.t("unit-dong"));
    let day = |day: Option<kernel::Day>| day.map_or_else(|| l.t("none-entered"), |day| day.to_string());
    let facts = vec![
        (l.t("label-project"), found.project.clone()),
        (l.t("label-mode"), named(l, &rules.modes, &found.mode)),
        (l.t("label-sector"), named(l, &rules.sectors, &found.sector)),
        (l.t("label-where"), web.house.scope_name(&found.place.unit())),
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
        members: view.members.iter().map(|named| row(web, signed, named, false)).collect(),
        past: trail_rows(l, &view.past),
        back_href: back.href,
        edit_href: may_record.then(|| format!("{own}/edit")),
        remove_href: may_record.then(|| format!("{own}/remove")),
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
