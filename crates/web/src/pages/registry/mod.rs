//! Households and their people, by hand: search, open, correct, and what happens to them.

mod birth;
mod edit;
mod found;
mod handover;
mod household;
mod households;
mod leave;
mod member;
mod merge;
mod moving;
mod samples;
mod split;

pub use birth::Birth;
pub use edit::Edit;
pub use found::{Found, MemberFields};
pub use handover::Handover;
pub use household::{ClassReason, EventRow, Household, MarkRow, MemberRow, Score, YearCell};
pub use households::{HouseholdRow, Households};
pub use leave::Leave;
pub use member::MemberPage;
pub use merge::{Merge, MergeCandidate};
pub use moving::Moving;
pub use samples::samples;
pub use split::Split;

/// The household a form is about.
#[derive(Debug, Clone)]
pub struct Subject {
    /// `/registry/households/{id}`.
    pub href: String,
    pub head: String,
    /// `Thôn 3, Xã Hương Trạch`.
    pub place: String,
    /// The version the form was opened on; comes back as the hidden field `version`.
    pub version: String,
}
