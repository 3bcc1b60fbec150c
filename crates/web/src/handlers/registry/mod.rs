//! Households by hand: the list, one household with its reasons, its forms, the score sheet and the decision.
//! A form that was not saved is shown again with all that was typed. Start with [`posted`], then the page you came for.

mod choices;
mod decide;
mod edit;
mod found;
mod household;
mod households;
mod leave;
mod members;
mod merge;
mod moving;
mod posted;
mod reasons;
mod sheet;
mod split;
mod survey;

pub(crate) use choices::sexes;

use axum::Router;

use crate::Web;

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
        .merge(sheet::routes())
        .merge(decide::routes())
}
