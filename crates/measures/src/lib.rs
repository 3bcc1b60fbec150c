//! Measures over many households: scoring and classes of a whole survey, the Alkire–Foster family, figures of samples,
//! suppression, and the columnar file that figures are computed from. Pure: no database, no async, no clock; files in, values out.
//! Start with [`pack`] (what is scored), [`poverty`] (what is computed) and [`layout`] (what it is computed from).

pub mod columns;
mod fault;
pub mod layout;
pub mod poverty;
pub mod sample;
pub mod scoring;
pub mod sheet;
pub mod suppress;
mod threads;

pub use fault::{Fault, Why};
