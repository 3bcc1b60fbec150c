//! The Alkire–Foster family: from counts of households by their set of deprivations to headcount, intensity, adjusted headcount,
//! censored and uncensored headcounts and contributions, at every cut-off. Start with [`FamilyPlan`], then [`Cube`].

mod cube;
mod plan;
mod tally;

pub use cube::{ALL, Cube, LANES, Sums, all_of, deprived_of};
pub use plan::{FamilyPlan, MOST_INDICATORS};
pub use tally::{Local, Tally};
