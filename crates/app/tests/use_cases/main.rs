//! The use cases against a real store: who may do what, what is saved, what the trail says. Sentences, not mocks.
//! Start with `world`: one province with an officer in a commune.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "these are tests")]

mod access;
mod boundaries;
mod decisions;
mod handovers;
mod law;
mod lists;
mod programme;
mod registry;
mod review;
mod sample;
mod units;
mod world;
