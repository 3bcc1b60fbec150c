//! The yearly review as work, against a real store: lists come in, are taken back, sent, returned and counted.
//! Start with `bench`: a province, its officers, lists in a few words.

mod bench;
mod review_forms;
mod review_intake;
mod review_legacy;
mod review_lists;
mod review_numbers;
