//! Requests into commands, results into pages: one module per context, each with its own routes.
//! No rule lives here. Start with the `routes` of the context you came for.

mod access;
mod home;
mod intake;
mod norms;
mod programme;
mod registry;
mod review;
mod start;
mod units;
mod words;

use axum::Router;

use crate::Web;

pub fn routes() -> Router<Web> {
    Router::new()
        .merge(start::routes())
        .merge(access::routes())
        .merge(home::routes())
        .merge(registry::routes())
        .merge(review::routes())
        .merge(intake::routes())
        .merge(norms::routes())
        .merge(programme::routes())
        .merge(units::routes())
}
