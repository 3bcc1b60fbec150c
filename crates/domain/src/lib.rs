//! The rules of the house: households, lists, classes, movements, forms, who may do what.
//! Pure: takes values and returns values; never reads a store, a clock or a number of law that is not in a [`norms::Rulebook`].
//! Start with [`review`].

pub mod access;
pub mod programme;
pub mod registry;
pub mod reporting;
pub mod review;
pub mod units;
