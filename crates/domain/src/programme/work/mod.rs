//! Records of work: activities, needs, staff, models. Start with [`Activity`]; what may be recorded is decided in [`refusal`].

mod activity;
mod model;
mod need;
mod refusal;

pub use activity::{Activity, Who, check_activity, distinct, fields_missing};
pub use model::{Check, Model, Outcome, check_model};
pub use need::{Need, Staff};
pub use refusal::WorkRefusal;
