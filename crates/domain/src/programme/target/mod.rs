//! The target engine: facts of a unit in columns, counted by the definitions of the norms, added up over the country.
//! Start with [`Sheet`] (facts), then [`Definitions`] (what is counted), [`Counts`] (the result) and [`Figure`] (as shown).

mod counts;
mod definitions;
mod figure;
mod gap;
mod rows;
mod sheet;

pub use counts::{ClassCounts, Counts, Tally, count};
pub use definitions::{Definitions, Ready, Resolved};
pub use figure::{Exact, Figure, Met, Value, figure, met};
pub use gap::TargetGap;
pub use rows::{FactAssessment, FactHousehold, FactPerson, FactRows, FactStaff, ListCount, Lists, Named, UnitTotals};
pub use sheet::{Rows, Sheet, build_sheet};
