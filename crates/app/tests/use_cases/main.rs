//! The use cases against a real store: who may do what, what is saved, what the trail says. Sentences, not mocks.
//! Start with `world`: one province with an officer in a commune.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "these are tests")]

mod access;
mod law;
mod lists;
mod registry;
mod review;
mod rounds;
mod sample;
mod units;
mod world;
