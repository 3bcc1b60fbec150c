//! The programme's plan: its clauses, what they stand for, and what is cited and counted in them.
//! Never decides what a figure is; that is `app::programme::state`. Start with [`plan`].

pub mod bind;
pub mod figure;
pub mod plan;
