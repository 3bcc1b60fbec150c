//! The yearly review as work: lists come in, are compared, counted, sent up and returned.

pub mod export;
mod form_rows;
pub mod forms;
pub mod intake;
mod lines;
pub mod lists;
pub mod people;

pub use lines::{LoadedLines, load_lines};
