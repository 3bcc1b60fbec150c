//! The shared words: ids, days, points, rates, folded text.
//! Never does I/O, never asks the time and never draws an id: both come in through [`Clock`] and [`Ids`].
//! Start with [`day`] and [`text`].

mod clock;
mod day;
mod id;
pub mod legacy;
mod number;
mod page;
mod rate;
pub mod text;

pub use clock::{Clock, Ids};
pub use day::{BirthDate, BirthDateFault, Day};
pub use id::{
    BoundaryId, EntryId, HandoverId, HouseholdId, IntakeId, ListDecisionId, PersonId, PlanId, RequestId, ResultsId,
    RoundId, SubmissionId, SurveyId, UserId, VillageId,
};
pub use number::{NumberFault, Points, group_thousands, parse_count, parse_decimal_tenths};
pub use page::{Page, PageOf};
pub use rate::Rate;
