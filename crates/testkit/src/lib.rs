//! What tests share: a clock that stands still, ids that repeat, households in a sentence, fresh databases, and the
//! contract every store must keep. Never part of the program. Start with [`World`], then [`contract`].

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::missing_panics_doc,
    clippy::indexing_slicing,
    clippy::cast_possible_wrap,
    clippy::assigning_clones,
    reason = "a test that cannot go on stops; that is its report"
)]

mod clock;
pub mod contract;
mod database;
mod ids;
mod world;

pub use clock::FixedClock;
pub use database::TestDatabase;
pub use ids::SeededIds;
pub use world::{HouseholdBuilder, UNITS_FROM, World, person_named};
