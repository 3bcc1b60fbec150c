//! Decisions frozen with their facts: approving a review, marking forms official, the register of snapshots, why a
//! household is in its class, what moved between two years. Start with [`mark_official`], then see `freeze` for what a
//! decision leaves behind.

mod approved;
mod cover;
mod decide;
mod dynamics;
mod freeze;
mod gather;
mod pairs;
pub mod poverty;
mod published;
mod register;
mod why;

pub(crate) use approved::{KnownForms, approved_forms};
pub use cover::{Cover, Part};
pub(crate) use decide::freeze_unchanged;
pub use decide::{Standing, approve_review, mark_official, standing};
pub(crate) use dynamics::KnownPairs;
pub use dynamics::{Dynamics, Moved, Transition, dynamics, moved};
pub(crate) use freeze::{Occasion, freeze_in, on_thread};
pub(crate) use published::PublishedTables;
pub use published::{PublishedFamily, PublishedGroup, Section, published, published_years};
pub use register::{Opened, check_snapshot, file, opened, snapshots};
pub use why::{Absent, WhySide, WhyView, why};
