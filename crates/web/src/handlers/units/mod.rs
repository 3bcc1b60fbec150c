//! Villages and their totals; changes of boundaries, a unit's life, placing villages, counts by the units of a day.

pub mod by_units;
mod changes;
mod counts;
pub mod life;
mod placing;
mod villages;

use axum::Router;

use crate::Web;

pub fn routes() -> Router<Web> {
    Router::new()
        .merge(villages::routes())
        .merge(changes::routes())
        .merge(life::routes())
        .merge(placing::routes())
        .merge(counts::routes())
}
