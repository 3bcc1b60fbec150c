//! Who works with the program: setting it up, signing in, people and their roles, the trail of who did what.
//! Start with [`setup`] and [`sign_in`]; what a role may do is decided in `domain::access`.

mod password;
mod setup;
mod sign_in;
mod trail;
mod users;
mod year;

pub use crate::sample::start_sample;
pub use setup::{Mode, NewAdministrator, Setup, is_sample, setup, start_empty};
pub(crate) use setup::{must_be_new, province_scope, save_setup, year_of_work};
pub(crate) use sign_in::Failures;
pub use sign_in::{Holder, actor, holder, sample_actors, sign_in};
pub use trail::{FullCheck, Standing, trail, trail_standing, verify_trail};
pub use users::{UserChange, UserInput, add_user, change_password, change_user, users};
pub use year::{YearsOfWork, change_year, years_of_work};
