//! A person answers for bindings: many at once, or one with a correction.

use app::programme::{
    BindingInput, FollowedInput, PlanView, Which, add_binding, confirm_bindings, correct_binding, drop_binding,
    plan_view,
};
use app::{AppError, FieldFault};
use axum::Form as Posted;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::programme::bind::BindingRefusal;
use kernel::PlanId;
use serde::Deserialize;

use super::{Addresses, bindings};
use crate::Web;
use crate::fail::Fail;
use crate::handlers::words::{number, with_faults};
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::parts::Notice;
use crate::visitor::{Signed, see};

async fn posted_plan(web: &Web, signed: &Signed, plan: &str) -> Result<(PlanId, PlanView), Fail> {
    let id: PlanId = plan.parse().map_err(|_| AppError::Missing("plan"))?;
    let view = plan_view(&web.house, &signed.actor, Which::Version(id)).await?;
    Ok((id, view.ok_or(AppError::Missing("plan"))?))
}

/// Confirms the rows that were ticked, or every one that waits.
pub async fn confirm(
    signed: Signed,
    State(web): State<Web>,
    Posted(posted): Posted<Vec<(String, String)>>,
) -> Result<Response, Fail> {
    let value = |name: &str| posted.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str()).unwrap_or_default();
    let (plan, view) = posted_plan(&web, &signed, value("plan")).await?;
    let ids: Vec<String> = if value("all") == "yes" {
        view.bindings.iter().map(|stored| stored.binding.id.clone()).collect()
    } else {
        posted.iter().filter(|(name, _)| name == "id").map(|(_, id)| id.clone()).collect()
    };
    let confirmed = confirm_bindings(&web.house, &signed.actor, plan, &ids).await?;
    signed.say_text(&signed.l().t1("notice-bindings-confirmed", "n", number(confirmed))).await;
    Ok(see(&Addresses::of(&signed, &view).to("/bindings")))
}

#[derive(Debug, Deserialize)]
pub struct Answer {
    #[serde(default)]
    plan: String,
    #[serde(default)]
    version: i64,
    /// `confirm`, `correct` or `drop`.
    #[serde(default, rename = "do")]
    action: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    clause: String,
    #[serde(default)]
    part: String,
    #[serde(default)]
    label: String,
    #[serde(default)]
    agency: String,
    #[serde(default)]
    counted_by: String,
    #[serde(default)]
    level_op: String,
    #[serde(default)]
    level_value: String,
    #[serde(default)]
    level_high: String,
    #[serde(default)]
    day: String,
    #[serde(default)]
    office: String,
}

impl Answer {
    fn typed(self) -> Form {
        Form::new([
            ("kind", self.kind),
            ("clause", self.clause),
            ("part", self.part),
            ("label", self.label),
            ("agency", self.agency),
            ("counted_by", self.counted_by),
            ("level_op", self.level_op),
            ("level_value", self.level_value),
            ("level_high", self.level_high),
            ("day", self.day),
            ("office", self.office),
        ])
    }
}

/// Faults that the form can show; others pass on.
fn faults_of(error: AppError) -> Result<Vec<FieldFault>, Fail> {
    match error {
        AppError::Form(faults) => Ok(faults),
        AppError::Binding(BindingRefusal::NoClause) => Ok(vec![FieldFault::at("clause", "field-clause")]),
        AppError::Binding(BindingRefusal::NoPart) => Ok(vec![FieldFault::at("part", "field-part")]),
        AppError::Binding(BindingRefusal::NoDefinition) => Ok(vec![FieldFault::at("counted_by", "field-choice")]),
        other => Err(other.into()),
    }
}

/// Hangs something on a clause.
pub async fn add(signed: Signed, State(web): State<Web>, Posted(posted): Posted<Answer>) -> Result<Response, Fail> {
    let (plan, view) = posted_plan(&web, &signed, &posted.plan).await?;
    match add_binding(&web.house, &signed.actor, plan, &input(&posted)).await {
        Ok(id) => {
            signed.say("notice-binding-answered").await;
            Ok(see(&Addresses::of(&signed, &view).binding(&id)))
        }
        Err(error) => {
            let form = with_faults(posted.typed(), &faults_of(error)?);
            Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &bindings::build_new(&signed, &web, &view, form)?))
        }
    }
}

pub async fn save(
    signed: Signed,
    State(web): State<Web>,
    Path(id): Path<String>,
    Posted(posted): Posted<Answer>,
) -> Result<Response, Fail> {
    let (plan, view) = posted_plan(&web, &signed, &posted.plan).await?;
    let (house, actor) = (&web.house, &signed.actor);
    let done = match posted.action.as_str() {
        "confirm" => confirm_bindings(house, actor, plan, std::slice::from_ref(&id)).await.map(|_| ()),
        "drop" => drop_binding(house, actor, plan, &id, posted.version).await,
        _ => correct_binding(house, actor, plan, &id, &input(&posted)).await,
    };
    match done {
        Ok(()) => {
            signed.say("notice-binding-answered").await;
            Ok(see(&Addresses::of(&signed, &view).binding(&id)))
        }
        // What somebody else answered stands on the page; what was typed stays in the form, over their version.
        Err(AppError::Conflict(_)) => {
            let mut page = bindings::build(&signed, &web, &view, &id, posted.typed()).await?;
            page.frame.notice = Some(Notice::warn(signed.l().t1("binding-meanwhile", "said", &page.said)));
            Ok(answer(StatusCode::CONFLICT, &page))
        }
        Err(error) => {
            let form = with_faults(posted.typed(), &faults_of(error)?);
            let page = bindings::build(&signed, &web, &view, &id, form).await?;
            Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
    }
}

fn input(posted: &Answer) -> BindingInput {
    BindingInput {
        kind: posted.kind.clone(),
        clause: posted.clause.clone(),
        part: posted.part.clone(),
        label: posted.label.clone(),
        agency: posted.agency.clone(),
        follows: FollowedInput {
            definition: posted.counted_by.clone(),
            op: posted.level_op.clone(),
            value: posted.level_value.clone(),
            high: posted.level_high.clone(),
        },
        day: posted.day.clone(),
        office: posted.office.clone(),
        version: posted.version,
    }
}
