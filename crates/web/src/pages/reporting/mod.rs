//! Decisions and their frozen facts: snapshots, why a household is in its class, what moved between two years.

mod chart;
mod dynamics;
mod moved;
mod samples;
mod snapshot;
mod snapshots;
mod why;

pub use chart::{Bar, Bars};
pub use dynamics::{ClassFlow, Dynamics, MatrixCell, MatrixRow};
pub use moved::{Moved, MovedRow};
pub use samples::samples;
pub use snapshot::{FileRow, Snapshot};
pub use snapshots::{SnapshotRow, Snapshots};
pub use why::{Why, WhyRow, WhyYear};
