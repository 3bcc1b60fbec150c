//! Households and their members over time. Start with [`Household`].

mod events;
mod handover;
mod household;
mod paper;

pub use events::{ChangeRefusal, JoinReason, LeaveReason, MergeOutcome, SplitOutcome, merge, split};
pub use handover::{Handover, HandoverState};
pub use household::{Household, HouseholdEvent, Member, Person, Sex};
pub use paper::{PaperFault, PaperKind, digits_fault, kind_of, length_fault, paper_fault, read_paper};
