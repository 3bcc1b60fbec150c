//! The yearly review on pages: a commune's list, the board above it, forms, what changed since last year.

mod changes;
mod decisions;
mod forms;
mod lists;
mod paper;
pub(crate) mod papers;
pub(crate) mod rounds;

pub use lists::xlsx;

use axum::Router;

use crate::Web;

pub fn routes() -> Router<Web> {
    Router::new()
        .merge(lists::routes())
        .merge(decisions::routes())
        .merge(forms::routes())
        .merge(changes::routes())
        .merge(paper::routes())
        .merge(papers::routes())
        .merge(rounds::routes())
}
