//! The plan: read as a paper, searched, cited, brought in and answered for. Start with [`plan`].

mod answers;
mod bindings;
mod clause;
mod documents;
mod find;
mod plan;
mod versions;
mod words;

use app::programme::{PlanView, Which, plan_view};
use app::{AppError, House};
use axum::Router;
use axum::routing::{get, post};
use kernel::PlanId;
use serde::Deserialize;

use crate::Web;
use crate::fail::Fail;
use crate::visitor::{Signed, urlencode};

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/programme/plan", get(plan::page))
        .route("/programme/plan/find", get(find::page))
        .route("/programme/plan/clauses/{id}", get(clause::page))
        .route("/programme/plan/documents", get(documents::list))
        .route("/programme/plan/documents/{key}", get(documents::page))
        .route("/programme/plan/bindings", get(bindings::page))
        .route("/programme/plan/bindings/confirm", post(answers::confirm))
        .route("/programme/plan/bindings/{id}", get(bindings::one).post(answers::save))
        .route("/programme/plans", get(versions::page).post(versions::take))
}

/// What an address may ask besides the unit and the year.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// Id of an older version.
    #[serde(default)]
    plan: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    only: String,
}

/// The plan asked for; `None` when the year has none.
async fn asked_plan(house: &House, signed: &Signed, asked: &Asked) -> Result<Option<PlanView>, Fail> {
    let which = match asked.plan.trim() {
        "" => Which::Year(signed.year),
        id => Which::Version(id.parse().map_err(|_| AppError::Missing("plan"))?),
    };
    Ok(plan_view(house, &signed.actor, which).await?)
}

/// The plan asked for, where a page is about one that has to be there.
async fn some_plan(house: &House, signed: &Signed, asked: &Asked) -> Result<PlanView, Fail> {
    Ok(asked_plan(house, signed, asked).await?.ok_or(AppError::Missing("plan"))?)
}

/// Makes the addresses of one plan's pages.
struct Addresses {
    /// `unit=…&year=…`, and the version where it is not the newest.
    query: String,
}

impl Addresses {
    fn of(signed: &Signed, view: &PlanView) -> Self {
        let version = view.record.as_ref().filter(|_| !view.is_newest).map(|record| format!("&plan={}", record.id));
        let unit = signed.scope.address();
        Self { query: format!("unit={unit}&year={}{}", view.year(), version.unwrap_or_default()) }
    }

    fn to(&self, page: &str) -> String {
        format!("/programme/plan{page}?{}", self.query)
    }

    fn clause(&self, id: &str) -> String {
        self.to(&format!("/clauses/{}", urlencode(id)))
    }

    fn binding(&self, id: &str) -> String {
        self.to(&format!("/bindings/{}", urlencode(id)))
    }

    fn document(&self, key: &str) -> String {
        self.to(&format!("/documents/{}", urlencode(key)))
    }

    /// The clause in its place on the paper.
    fn in_place(&self, id: &str) -> String {
        format!("{}#{}", self.to(""), crate::pages::programme::anchor(id))
    }
}

fn plan_id(view: &PlanView) -> Option<PlanId> {
    view.record.as_ref().map(|record| record.id)
}
