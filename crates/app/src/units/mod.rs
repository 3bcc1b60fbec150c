//! Villages and how many households and persons live in them; how units changed, and where what is counted lies on another
//! day. Units above the village are norms, not records. Start with [`totals`], or with [`restater`].

mod change_input;
mod changes;
mod counts;
mod life;
mod placing;
mod totals;
mod villages;

pub use change_input::ChangeInput;
pub use changes::{CommuneFate, StepView, change, communes_across, record_change, restater, steps, withdraw_change};
pub(crate) use counts::row_labels;
pub use counts::{ByUnits, UnitChoice, UnitCounts, count_by_units, unit_choices};
pub use life::{Life, Moment, life};
pub use placing::{DividedCommune, HOUSEHOLDS_SHOWN, PlaceInput, Placing, field_of, place, placing};
pub use totals::{TotalInput, TotalRow, Totals, save_totals, totals};
pub(crate) use villages::village_in;
pub use villages::{add_village, commune_names, villages};
