//! The yearly review as work, against a real store: lists come in, are taken back, sent, returned and counted.
//! Start with `bench`: a province, its officers, lists in a few words.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::expect_used,
    reason = "a test that cannot go on stops; that is its report"
)]

mod bench;
mod review_forms;
mod review_intake;
mod review_legacy;
mod review_lists;
mod review_numbers;
mod review_snapshots;
