//! What tests share: a clock that stands still, ids that repeat, households in a sentence, fresh databases, and the
//! contract every store must keep. Never part of the program. Start with [`World`], then [`contract`].

mod clock;
pub mod contract;
mod database;
mod ids;
mod world;

pub use clock::FixedClock;
pub use database::TestDatabase;
pub use ids::SeededIds;
pub use world::{HouseholdBuilder, UNITS_FROM, World, person_named};
