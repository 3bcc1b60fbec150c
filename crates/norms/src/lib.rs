//! The law as data: loads, checks and dates the files of `norms/`; answers "in force on this day".
//! Never holds a legal number itself. Start with [`Norms`] and [`Rulebook`].

mod layout;
mod mark;
mod review;
mod units;

pub use layout::{
    Check, CheckRule, Column, Counted, Field, FormLayout, ImportColumn, ImportLayout, Measure, SheetLayout, SheetRole,
};
pub use mark::{Basis, Citation, Dated, Label, Mark, NormGap};
pub use review::*;
pub use units::{Crosswalk, Level, Successor, Unit, UnitList};

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
