//! Snapshots, why a household is in its class, what moved between two years; and the decisions that freeze them.

mod decide;
mod dynamics;
mod files;
mod poverty;
mod published;
mod snapshots;
mod why;

use axum::Router;

use crate::Web;

pub fn routes() -> Router<Web> {
    Router::new()
        .merge(snapshots::routes())
        .merge(why::routes())
        .merge(dynamics::routes())
        .merge(poverty::routes())
        .merge(published::routes())
        .merge(decide::routes())
}
