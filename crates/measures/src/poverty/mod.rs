//! The Alkire–Foster family: from counts of households by their set of deprivations to headcount, intensity, adjusted headcount,
//! censored and uncensored headcounts and contributions, at every cut-off. Start with [`FamilyPlan`], then [`Cube`] and [`Counts`].

pub mod change;
mod cube;
pub mod dynamics;
mod figures;
mod narrow;
mod of_survey;
mod plan;
mod tally;
mod write_family;

pub use cube::{ALL, Cube, LANES, Sums, all_of, deprived_of};
pub use figures::Counts;
pub(crate) use of_survey::in_bounds;
pub use of_survey::{Decomposition, family_of_survey};
pub use plan::{CROSSED, FamilyPlan, MOST_INDICATORS, WHOLE, cutoffs_of};
pub use tally::{Brief, Cells, Tally};
pub use write_family::{Dimension, Named, family_sheet, full_sheet, named_sheet};
