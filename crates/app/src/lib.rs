//! Use cases, one module per context. Each reads aloud: may they, find, decide, save, record.
//! Knows no web framework and no SQL. Start with [`House`], then the context you came for.

pub mod access;
mod ahead;
mod digest;
mod error;
mod house;
mod kept;
pub mod law;
pub mod programme;
pub mod registry;
pub mod reporting;
pub mod review;
pub mod sample;
pub mod session;
pub mod units;

pub use ahead::count_ahead;
pub use error::{AppError, FieldFault};
pub use house::{House, Province};
/// Records as the store gives them, for pages to read.
pub use storage::{
    Confirmation, Entry, HouseholdRow, IntakeRecord, IntakeState, ListDecision, PlanRecord, SnapshotRecord,
    StoredAssessment, StoredBinding, UserRecord,
};
