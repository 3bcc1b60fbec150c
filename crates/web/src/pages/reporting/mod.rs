//! Decisions and their frozen facts: snapshots, why a household is in its class, what moved between two years, how poor a
//! year was.

mod chart;
mod definition;
mod dynamics;
mod moved;
mod panels;
mod poverty;
mod poverty_samples;
mod published;
mod samples;
mod snapshot;
mod snapshots;
mod why;

pub use chart::{Bar, Bars};
pub use definition::{BehindRow, Definition};
pub use dynamics::{ClassFlow, Dynamics, MatrixCell, MatrixRow};
pub use moved::{Moved, MovedRow};
pub use panels::{Lines, Panel};
pub use poverty::{ChangeRow, ChangeTable, Compare, CutoffRow, GroupRow, IndicatorRow, Poverty, Select};
pub use published::{Published, PublishedRow};
pub use samples::samples;
pub use snapshot::{FileRow, Snapshot};
pub use snapshots::{SnapshotRow, Snapshots};
pub use why::{Why, WhyRow, WhyYear};
