//! A review on its way, on pages: boards, a village's steps, the decision, requests, results. No rule lives here.

mod board;
mod certificates;
mod commune;
mod decision;
mod reports;
mod request;
mod requests;
mod results;
mod results_table;
mod village;
mod village_page;
mod words;

use axum::Router;

use crate::Web;

pub use requests::kind_words;
pub use words::{commune_in, refused, route_words, unprocessable, version_in, with_notice};

/// An act and its article in words.
pub fn law_words_of(law: Option<&norms::Citation>) -> String {
    law.map(|law| format!("{} {}", law.article.as_deref().unwrap_or_default(), law.act).trim().to_owned())
        .unwrap_or_default()
}

pub fn routes() -> Router<Web> {
    Router::new()
        .merge(board::routes())
        .merge(commune::routes())
        .merge(village::routes())
        .merge(decision::routes())
        .merge(certificates::routes())
        .merge(requests::routes())
        .merge(request::routes())
        .merge(results::routes())
        .merge(reports::routes())
        .merge(results_table::routes())
}
