//! A list comes in: staged, mended, previewed, applied as a whole, undone as a whole.
//! Nothing is stored in the registry before [`apply`]; start with [`stage`] and [`view`].

mod apply;
mod build;
mod content;
mod plan;
mod same;
mod stage;
mod undo;

pub use apply::{Applied, ApplyInput, ListsByPlace, apply, apply_read, read_context};
pub use content::{Choice, Staged, Upload};
pub use plan::{Change, Outcome, Plan, PlanItem, make_plan};
pub use stage::{
    IntakeView, Mend, choose, convert, drop_intake, intakes, match_by_hand, mend, reject_outside, set_aside, stage,
    view,
};
pub use undo::undo;
