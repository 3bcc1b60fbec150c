//! Households by hand: the list, one household with its reasons, its forms, the score sheet and the decision.
//! A form that was not saved is shown again with all that was typed. Start with [`posted`], then the page you came for.

pub(crate) mod choices;
mod decide;
mod edit;
mod found;
mod handover;
mod household;
mod households;
mod leave;
mod members;
mod merge;
mod moving;
pub(crate) mod posted;
mod reasons;
pub(crate) mod sheet;
mod split;
pub(crate) mod survey;

use axum::Router;

use crate::Web;

pub use handover::address as handover_address;
pub use posted::{At, Filled, Posted, address as household_address, again};

pub fn routes() -> Router<Web> {
    Router::new()
        .merge(households::routes())
        .merge(household::routes())
        .merge(found::routes())
        .merge(edit::routes())
        .merge(members::routes())
        .merge(leave::routes())
        .merge(split::routes())
        .merge(merge::routes())
        .merge(moving::routes())
        .merge(handover::routes())
        .merge(sheet::routes())
        .merge(decide::routes())
}
