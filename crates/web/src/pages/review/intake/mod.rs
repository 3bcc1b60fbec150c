//! A list comes in: upload or paste, columns, faulty rows, doubtful households, preview, progress, done.

mod candidates;
mod columns;
mod consent;
mod done;
mod intakes;
mod preview;
mod progress;
mod rows;
mod samples;
mod upload;

pub use candidates::{Candidate, Candidates, Doubt};
pub use columns::{ColumnChoice, Columns};
pub use consent::Consent;
pub use done::Done;
pub use intakes::{IntakeRow, Intakes};
pub use preview::{LikelySame, Preview, PreviewRow};
pub use progress::Progress;
pub use rows::{FaultyCell, FaultyRow, Rows};
pub use samples::samples;
pub use upload::Upload;

/// The import a page is about.
#[derive(Debug, Clone)]
pub struct Subject {
    /// `/review/intake/{id}`.
    pub href: String,
    pub file_name: String,
    pub year: String,
    pub unit_name: String,
    pub version: String,
}

/// Where one is between upload and done; 1 to 4.
pub const STEPS: [&str; 4] = ["intake-step-columns", "intake-step-rows", "intake-step-preview", "intake-step-done"];
