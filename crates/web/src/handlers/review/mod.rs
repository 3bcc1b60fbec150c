//! The yearly review on pages: a commune's list, the board above it, forms, what changed since last year.

mod changes;
mod forms;
mod lists;
mod paper;
pub(crate) mod rounds;

use axum::Router;

use crate::Web;

pub fn routes() -> Router<Web> {
    Router::new()
        .merge(lists::routes())
        .merge(forms::routes())
        .merge(changes::routes())
        .merge(paper::routes())
        .merge(rounds::routes())
}
