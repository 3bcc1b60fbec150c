//! The programme's plan, the work done for it, and the targets it is measured by.
//! Never decides what a clause's state is; that is `app::programme::state`. Start with [`plan`], [`work`], [`target`].

pub mod bind;
pub mod due;
pub mod level;
pub mod money;
pub mod plan;
pub mod target;
pub mod work;
