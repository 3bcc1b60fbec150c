//! Villages and how many households and persons live in them. Units above the village are norms, not records.
//! Without the totals no rate is printed. Start with [`totals`].

mod totals;
mod villages;

pub use totals::{TotalInput, TotalRow, Totals, save_totals, totals};
pub(crate) use villages::village_in;
pub use villages::{add_village, villages};
