//! The programme as work: targets counted, activities, needs and models recorded, duties kept in time.
//! Start with [`targets`] for figures, [`work`] for records and [`duties`] for what is due.

mod definitions;
pub mod duties;
mod eligible;
mod engine;
pub mod evidence;
pub mod import;
pub mod models;
pub mod needs;
pub mod resolve;
pub mod rows;
pub mod targets;
pub mod work;

pub use definitions::{definitions_on, plan_of as plan_in_force};
pub use engine::CountCache;
/// Records as the store gives them.
pub use storage::{ActivityRow, DutyRecord, EvidenceRecord, NamedWho};
pub use work::scope_of as unit_of;
