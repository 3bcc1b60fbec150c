//! Plans as data: how an administrative plan is laid out, and what the clauses of one plan stand for.
//! Holds no plan's text. Start with [`PlanReading`] for the layout and [`PlanBindings`] for one plan.

mod bindings;
mod calendar;
mod reading;

pub use bindings::{
    CapitalNature, Definition, MoneySource, PlanBindings, PlanProject, PlanTarget, PlanTask, Pointer, Reading,
    TargetOp, TargetValue,
};
pub use calendar::{Agency, CalendarRule, PublishedCase, Reports, Successor as AgencySuccessor};
pub use reading::{Bound, BoundWord, DocumentKind, Facet, KindRule, PlanReading, RuleKind};
