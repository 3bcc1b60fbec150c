//! The form of a model: new, and put right with a reason.

use app::AppError;
use app::programme::corrections::correct_model;
use app::programme::models::{ModelInput, ModelView, model, record_model, rules_of};
use app::programme::work::NotRecorded;
use axum::Form as Received;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use domain::access::{Verb, check};
use domain::programme::work::Who;
use kernel::{Day, ModelId, group_thousands};
use norms::ModelChoice;

use super::meanwhile::meanwhile;
use super::said::{Posted, Shown, again, kept};
use crate::Web;
use crate::fail::Fail;
use crate::handlers::words::label;
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::frame::Section;
use crate::pages::parts::Choice;
use crate::pages::programme::work::ModelForm;
use crate::visitor::{Signed, see};

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/programme/models/new", get(new).post(save))
        .route("/programme/models/{id}/edit", get(edit).post(correct))
}

async fn new(signed: Signed, State(web): State<Web>) -> Result<Response, Fail> {
    check(&signed.actor, Verb::RecordWork)?;
    build(&web, &signed, None, Shown::default())
}

/// The empty form, or that of a model that is put right.
fn build(web: &Web, signed: &Signed, recorded: Option<&ModelView>, shown: Shown) -> Result<Response, Fail> {
    let l = signed.l();
    let rules = rules_of(&web.house, recorded.map_or(signed.year, |view| year_of(view, signed.year)))?.value;
    let choices =
        |of: &[ModelChoice]| of.iter().map(|c| Choice::new(c.id.clone(), label(l, &c.label))).collect::<Vec<_>>();
    let own = recorded.map(|view| format!("/programme/models/{}", view.model.id));
    let listed = recorded.map(|view| {
        let who: Vec<Who> = view.model.members.iter().map(|household| Who::Household(*household)).collect();
        kept(l, &who, &view.members)
    });
    let page = ModelForm {
        l,
        frame: shown.frame.unwrap_or_else(|| signed.frame(Section::Targets)),
        form: shown.form,
        action: match &own {
            Some(own) => format!("{own}/edit"),
            None => format!("/programme/models/new?{}", signed.period()),
        },
        title: recorded.map_or_else(|| l.t("model-new"), |view| view.model.name.clone()),
        back_href: own.unwrap_or_else(|| format!("/programme/models?{}", signed.period())),
        projects: rules.projects.iter().map(|project| Choice::new(project.clone(), project.clone())).collect(),
        modes: choices(&rules.modes),
        sectors: choices(&rules.sectors),
        leads: choices(&rules.leads),
        reasons: choices(&rules.reasons),
        line_faults: shown.lines,
        kept: listed.unwrap_or_default(),
        is_correction: recorded.is_some(),
        meanwhile: shown.meanwhile,
    };
    Ok(answer(shown.status, &page))
}

/// The year whose rules a model is read by.
pub(super) fn year_of(view: &ModelView, year: i16) -> i16 {
    view.model.started.or(view.model.approved).map_or(year, Day::year)
}

fn input(posted: &Posted) -> ModelInput {
    ModelInput {
        name: posted.text("name"),
        project: posted.text("project"),
        mode: posted.text("mode"),
        sector: posted.text("sector"),
        lead: posted.text("lead"),
        lead_name: posted.text("lead_name"),
        reason: posted.text("reason"),
        approved: posted.text("approved"),
        started: posted.text("started"),
        state_money: posted.text("state_money"),
        direct_money: posted.text("direct_money"),
        members: posted.text("members"),
        kept: posted.all("kept"),
        others: posted.text("others"),
        version: posted.text("version").parse().unwrap_or(0),
    }
}

async fn save(signed: Signed, State(web): State<Web>, Received(posted): Received<Posted>) -> Result<Response, Fail> {
    match record_model(&web.house, &signed.actor, Some(&signed.scope), &input(&posted)).await {
        Ok(id) => {
            signed.say("model-recorded").await;
            Ok(see(&format!("/programme/models/{id}")))
        }
        Err(refused) => {
            let again = again(&signed, &posted, refused)?;
            build(&web, &signed, None, again.into())
        }
    }
}

/// A model as its form holds it.
fn filled(view: &ModelView) -> Form {
    let found = &view.model;
    let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let values = [
        ("name", found.name.clone()),
        ("project", found.project.clone()),
        ("mode", found.mode.clone()),
        ("sector", found.sector.clone()),
        ("lead", found.lead.clone().unwrap_or_default()),
        ("lead_name", found.lead_name.clone()),
        ("reason", found.reason.clone().unwrap_or_default()),
        ("approved", day(found.approved)),
        ("started", day(found.started)),
        ("state_money", group_thousands(found.state_money)),
        ("direct_money", found.direct_money.map(group_thousands).unwrap_or_default()),
        ("others", group_thousands(found.others)),
        ("version", found.version.to_string()),
    ];
    let kept = found.members.iter().map(|household| ("kept", household.to_string()));
    Form::new(values.into_iter().chain(kept))
}

pub(super) fn id_of(id: &str) -> Result<ModelId, Fail> {
    Ok(id.parse().map_err(|_| AppError::Missing("model"))?)
}

async fn edit(signed: Signed, State(web): State<Web>, Path(id): Path<String>) -> Result<Response, Fail> {
    check(&signed.actor, Verb::RecordWork)?;
    let view = model(&web.house, &signed.actor, id_of(&id)?).await?;
    build(&web, &signed, Some(&view), Shown { form: filled(&view), ..Shown::default() })
}

async fn correct(
    signed: Signed,
    State(web): State<Web>,
    Path(id): Path<String>,
    Received(posted): Received<Posted>,
) -> Result<Response, Fail> {
    let known = id_of(&id)?;
    match correct_model(&web.house, &signed.actor, known, (&input(&posted), &posted.text("why"))).await {
        Ok(()) => {
            signed.say("model-corrected").await;
            Ok(see(&format!("/programme/models/{id}")))
        }
        Err(refused) => {
            let view = model(&web.house, &signed.actor, known).await?;
            let shown = match refused {
                NotRecorded::Error(AppError::Conflict(_)) => saved_meanwhile(&web, &signed, &posted, &view)?,
                other => again(&signed, &posted, other)?.into(),
            };
            build(&web, &signed, Some(&view), shown)
        }
    }
}

fn saved_meanwhile(web: &Web, signed: &Signed, posted: &Posted, view: &ModelView) -> Result<Shown, Fail> {
    let l = signed.l();
    let rules = rules_of(&web.house, year_of(view, signed.year))?.value;
    let words = |field: &str, value: &str| {
        let of = match field {
            "mode" => rules.modes.as_slice(),
            "sector" => rules.sectors.as_slice(),
            "lead" => rules.leads.as_slice(),
            "reason" => rules.reasons.as_slice(),
            "kept" | "version" => return None,
            _ => &[],
        };
        let chosen = of.iter().find(|choice| choice.id == value);
        // keys: label-name label-project label-mode label-sector label-lead label-lead_name label-reason label-approved
        // keys: label-started label-state_money label-direct_money label-others
        let name = l.t(&format!("label-{field}"));
        Some((name, chosen.map_or_else(|| value.to_owned(), |choice| label(l, &choice.label))))
    };
    let (refused, rows) = meanwhile(signed, posted, (&filled(view), &view.past), words);
    Ok(Shown { meanwhile: rows, ..refused.into() })
}
