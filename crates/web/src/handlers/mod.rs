//! Requests into commands, results into pages: one module per context, each with its own routes.
//! No rule lives here. Start with the `routes` of the context you came for.

mod access;
mod home;
mod intake;
mod norms;
mod programme;
mod registry;
mod reporting;
mod review;
mod round_tasks;
mod start;
mod survey;
mod units;
mod words;

use axum::Router;

pub use self::programme::work::said::gap_by as target_gap;
use crate::Web;

/// Style and script of the phone's page, for its sample.
pub fn survey_assets() -> (&'static str, &'static str) {
    survey::assets()
}

pub fn routes() -> Router<Web> {
    Router::new()
        .merge(start::routes())
        .merge(access::routes())
        .merge(home::routes())
        .merge(registry::routes())
        .merge(review::routes())
        .merge(reporting::routes())
        .merge(intake::routes())
        .merge(norms::routes())
        .merge(programme::routes())
        .merge(units::routes())
        .merge(survey::routes())
}
