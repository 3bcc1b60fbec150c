//! The programme's work as data: what a record holds, how each target counts, which kinds of work there are, what a model
//! must keep, when things are due. Conditions stand as CEL text and are checked when the files are loaded.
//! Start with [`TargetDefinitions`] and [`RecordShapes`].

mod activities;
mod due;
mod models;
mod records;
mod targets;

pub use activities::{
    ActivityKind, ActivityKinds, NeedKind, ProjectPeriod, Subject, WorkAnswer, WorkColumns, WorkField,
};
pub use due::{DueRule, DueRules, WhenDue};
pub use models::{ModelChoice, ModelRule, ModelRules, ModelTest};
pub use records::{
    Escaped, FieldSource, RecordField, RecordKind, RecordShapes, SchemaParts, SpecialArea, SpecialAreas, schema_of,
};
pub use targets::{Counts, Rounding, TargetDefinition, TargetDefinitions, TargetMeasure, TargetReading};
