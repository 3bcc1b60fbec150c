//! The law as data: loads, checks and dates the files of `norms/`; answers "in force on this day".
//! Never holds a legal number itself. Start with [`Norms`] and [`Rulebook`].

mod book;
mod case;
mod check;
mod classes;
mod codes;
mod fault;
mod frozen;
mod gap;
mod indicators;
mod layout;
mod load;
mod mark;
mod movements;
mod official;
mod pack;
mod plans;
mod process;
mod process_items;
mod programme;
mod publication;
mod sheet;
#[cfg(test)]
mod tests;
mod unit_files;
mod units;
mod value;

pub use book::{Norm, Norms, Source, Version};
pub use case::{
    Case, CaseFact, CasePaperFault, CasePerson, CaseSex, CaseTest, ClassExpect, ClassGiven, IndicatorExpect,
    IndicatorGiven, MovementExpect, MovementGiven, PaperExpect, PaperGiven,
};
pub use classes::{
    Area, AreaKind, Areas, Band, ByArea, Class, ClassRule, ClassRules, Classes, LocalLine, LocalLines, Standard,
};
pub use codes::{
    Cause, Causes, ComputedGroup, EthnicGroup, EthnicScheme, Papers, Relation, Relations, TargetGroup, TargetGroups,
};
pub use fault::{CODES as FAULT_CODES, NormFault};
pub use frozen::FrozenNorms;
pub use gap::NormGap;
pub use indicators::{Answer, Choice, Dimension, EducationBand, Fact, Facts, Indicator, IndicatorRule, IndicatorSet};
pub use official::{CitedAct, CoveringReportLaw, FormColumns, LegalBases, Letters, PageLayout, ReportFigures};

pub use layout::{
    Check, CheckRule, Column, Counted, Field, FormLayout, ImportColumn, ImportLayout, Measure, SheetLayout, SheetRole,
};
pub use mark::{Basis, Citation, Dated, Label, Mark};
pub use movements::{Explains, HouseholdEventKind, HouseholdEvents, Movement, Movements, Side};
pub use pack::{PackAnswer, PackColumn, PackItem, ScorePack, SkipIf};
pub use plans::{
    Agency, AgencySuccessor, Bound, BoundWord, CalendarRule, CapitalNature, Definition, DocumentKind, Facet, KindRule,
    MoneySource, PlanBindings, PlanProject, PlanReading, PlanTarget, PlanTask, Pointer, PublishedCase, Reading,
    Reports, RuleKind, TargetOp, TargetValue,
};
pub use process::{
    Calendar, CalendarYear, DayKind, Holiday, IncomeRoute, MeetingLaw, MinutesRole, MinutesSigner, MonthlyRoute,
    OpinionLaw, PostingLaw, Process, RecognitionLaw, ReportDay, ReportDays, StepLaw, Term, YearDay,
};
pub use programme::{
    ActivityKind, ActivityKinds, Counts, DueRule, DueRules, Escaped, FieldSource, ModelChoice, ModelRule, ModelRules,
    ModelTest, NeedKind, ProjectPeriod, RecordField, RecordKind, RecordShapes, Rounding, SchemaParts, SpecialArea,
    SpecialAreas, Subject, TargetDefinition, TargetDefinitions, TargetMeasure, TargetReading, WhenDue, WorkAnswer,
    WorkColumns, WorkField, schema_of,
};
pub use publication::Publication;
pub use sheet::{Asked, SheetQuestion, questions as sheet_questions};
pub use unit_files::DatedUnits;
pub use units::{Crosswalk, Level, Successor, Unit, UnitList};
pub use value::{KINDS, MarkedItem, NormValue, Value};

/// All norms of the review in force on one day, for one province.
#[derive(Debug, Clone)]
pub struct Rulebook {
    pub day: kernel::Day,
    pub areas: Dated<Areas>,
    pub standard: Dated<Standard>,
    pub local_line: Option<LocalLine>,
    pub classes: Dated<Classes>,
    pub class_rules: Dated<ClassRules>,
    pub indicators: Dated<IndicatorSet>,
    pub facts: Dated<Facts>,
    pub movements: Dated<Movements>,
    pub events: Dated<HouseholdEvents>,
    pub causes: Dated<Causes>,
    pub groups: Dated<TargetGroups>,
    pub ethnic: Dated<EthnicScheme>,
    pub relations: Dated<Relations>,
    pub papers: Dated<Papers>,
    /// In the order 7.1 … 7.11.
    pub forms: Vec<Dated<FormLayout>>,
    pub list_layout: Dated<ImportLayout>,
}
