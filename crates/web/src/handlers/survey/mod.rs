//! Surveys on pages: the phone's page and what it sends, the plain form, quick entry from paper, blank sheets, two versions
//! of one household, and the self-assessment that anybody may try. No rule lives here.

mod ask;
mod both;
mod codes;
mod form;
mod paper;
mod phone;
mod phone_data;
mod self_check;
mod send;

use axum::Router;

use crate::Web;

/// Style and script of the phone's page.
pub fn assets() -> (&'static str, &'static str) {
    (phone::STYLE, phone::SCRIPT)
}

pub fn routes() -> Router<Web> {
    Router::new()
        .merge(phone::routes())
        .merge(send::routes())
        .merge(form::routes())
        .merge(paper::routes())
        .merge(both::routes())
        .merge(self_check::routes())
        .merge(ask::routes())
}
