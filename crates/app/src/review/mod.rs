//! The yearly review as work: lists come in, are compared, counted, sent up and returned.

mod classes;
pub mod decisions;
pub mod export;
pub mod figure;
pub mod files;
pub mod forms;
pub mod frozen;
pub mod intake;
mod lines;
pub mod lists;
pub mod papers;
mod parts;
pub mod people;
pub mod reminders;
pub mod requests;
pub mod results;
pub mod rounds;
pub mod self_check;
pub mod survey;

pub(crate) use classes::{KeptClasses, classes_in};
pub use lines::{TwoYears, load_lines};
pub(crate) use lines::{gone_elsewhere, reviewed};
pub(crate) use parts::KeptParts;
