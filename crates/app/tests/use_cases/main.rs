//! The use cases against a real store: who may do what, what is saved, what the trail says. Sentences, not mocks.
//! Start with `world`: one province with an officer in a commune; `bench` writes lists in a few words over it.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on stops; that is its report"
)]

mod access;
mod asked;
mod bench;
mod boundaries;
mod decisions;
mod forms_kept;
mod handovers;
mod kept_papers;
mod law;
mod lists;
mod one_denominator;
mod papers;
mod poverty;
mod programme;
mod programme_work;
mod real_papers;
mod registry;
mod reports;
mod review;
mod review_forms;
mod review_intake;
mod review_legacy;
mod review_lists;
mod review_numbers;
mod review_snapshots;
mod rounds;
mod sample;
mod surveys;
mod units;
mod unplaced;
mod world;
