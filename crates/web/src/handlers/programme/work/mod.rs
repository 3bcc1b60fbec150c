//! The programme's pages: targets down to the people behind them, records of work, models, duties. No rule lives here.

mod activities;
mod activity_form;
mod duties;
mod import;
mod import_undo;
mod meanwhile;
mod model_form;
mod models;
mod money;
mod needs;
pub(crate) mod said;
mod taken_back;
mod target_rows;
mod targets;

use axum::Router;

pub(crate) use duties::state as duty_state;

use crate::Web;

pub fn routes() -> Router<Web> {
    Router::new()
        .merge(targets::routes())
        .merge(target_rows::routes())
        .merge(activities::routes())
        .merge(activity_form::routes())
        .merge(taken_back::routes())
        .merge(needs::routes())
        .merge(models::routes())
        .merge(model_form::routes())
        .merge(duties::routes())
        .merge(money::routes())
        .merge(import::routes())
        .merge(import_undo::routes())
}
