//! The programme: the plan brought in and shown clause by clause with what hangs on it, targets counted, work recorded, duties
//! kept in time. Start with [`import_plan`] and [`plan_view`], [`targets`] for figures, [`work`] for records.

pub mod aims;
mod answer;
mod closing;
pub mod corrections;
mod definitions;
mod due_gaps;
pub mod duties;
mod eligible;
mod engine;
pub mod evidence;
mod import;
pub mod import_undo;
pub mod models;
pub mod money;
pub mod needs;
mod reports;
pub mod resolve;
pub mod rows;
mod standing;
pub mod targets;
mod view;
pub mod work;
pub mod work_import;

pub use answer::{BindingInput, FollowedInput, add_binding, confirm_bindings, correct_binding, drop_binding};
pub use definitions::{definitions_on, plan_of as plan_in_force};
pub use due_gaps::{DayGap, day_gaps};
pub use engine::CountCache;
pub(crate) use engine::lies_in;
pub(crate) use import::store_plan;
pub use import::{PlanFile, import_plan, read_file};
pub use standing::{Live, MoneyStanding, ProjectWork, Standing, TaskTime, standing};
/// Records as the store gives them.
pub use storage::{ActivityRow, DutyRecord, EvidenceRecord, MoneyFilter, NamedWho};
pub use view::{PlanView, Which, history, plan_view, plans, read_alone};
