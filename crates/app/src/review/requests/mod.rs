//! Requests of households: filed at the counter, by post or on line; taken into a round or decided by income; answered in
//! their days, a refusal always in writing with reasons. Start with [`file`].

mod decide;
mod file;
mod income;
mod monthly;
mod online;
mod unplaced;

pub use decide::{DecideInput, grant, refuse};
pub use file::{FileInput, RequestView, file, request_view, requests};
pub(crate) use file::{citation, income_route};
pub use income::{IncomeInput, answer, determine, object, post};
pub use monthly::{TakenIn, take_into_monthly};
pub use online::{LookUp, LookedUp, OwnView, code_of, file_online, look_up, number_of};
pub use unplaced::{
    AskInput, UnplacedView, answer_unplaced, ask_without_code, communes_to_ask, place_request, unplaced,
    villages_to_ask,
};

/// The subject under which requests stand in the trail.
pub(crate) const REQUEST: &str = "request";
