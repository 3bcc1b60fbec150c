//! The plan: brought in, shown clause by clause with what hangs on it, and answered for. No figure is kept here; a clause's
//! state is asked anew from [`state`]. Start with [`import_plan`] and [`plan_view`].

mod answer;
mod import;
mod state;
mod view;

pub use answer::{BindingInput, confirm_bindings, correct_binding, drop_binding};
pub(crate) use import::store_plan;
pub use import::{PlanFile, import_plan, read_file};
pub use state::{FallSide, Live, RateFall, ReadingFigure, StateGap, state};
pub use view::{PlanView, Which, history, plan_view, plans, read_alone};
