//! Who works with the program: setting it up, signing in, people and their roles, the trail of who did what.
//! Start with [`setup`] and [`sign_in`]; what a role may do is decided in `domain::access`.

mod password;
mod setup;
mod sign_in;
mod trail;
mod users;

pub(crate) use password::hash_password;
pub(crate) use setup::{MODE, PROVINCE, UNITS_FROM, YEAR, year_of_work};
pub use setup::{Mode, NewAdministrator, Setup, change_year, setup, start_empty};
pub use sign_in::{actor, sample_actors, sign_in};
pub use trail::trail;
pub use users::{UserChange, UserInput, add_user, change_password, change_user, users};
