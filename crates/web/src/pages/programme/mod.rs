//! Kế hoạch: the plan's own words with the live state of every clause, what it cites, and what its clauses were taken for.

mod binding;
mod bindings;
mod clause;
mod documents;
mod find;
mod parts;
mod plan;
mod samples;
mod versions;

pub use binding::Binding;
pub use bindings::{BindingRow, Bindings};
pub use clause::{Clause, NumberRow};
pub use documents::{CitingRow, Document, DocumentRow, Documents};
pub use find::{Find, HitRow};
pub use parts::{Figure, Hung, ReadingRow, Side};
pub use plan::{ClauseRow, ContentsRow, NoPlan, Plan, anchor};
pub use samples::samples;
pub use versions::{VersionRow, Versions};
