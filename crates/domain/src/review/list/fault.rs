//! What can be wrong with a row of a list. Kinds are stable: people, files and tests name them.

use norms::Field;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultLevel {
    /// Stored, with the doubt kept beside it.
    Warn,
    /// The whole household is set aside.
    Reject,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $level:ident, $listed:literal;)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum FaultKind { $($(#[$doc])* $name,)* }

        impl FaultKind {
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The stable name.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            pub fn level(self) -> FaultLevel {
                match self { $(Self::$name => FaultLevel::$level,)* }
            }

            /// Whether it is one of the kinds that summaries list; the others go under their notes.
            pub fn is_in_summary(self) -> bool {
                match self { $(Self::$name => $listed,)* }
            }
        }
    };
}

kinds! {
    /// No such day, or no date at all.
    BadDate = "bad_date", Reject, true;
    /// Born after the review year.
    Future = "future", Reject, true;
    /// The commune's code is not in the list of units.
    CommuneUnknown = "commune_unknown", Reject, true;
    /// B2 is no multiple of the points of one deprivation, or out of range.
    B2Step = "b2_step", Reject, true;
    SexMissing = "sex_missing", Warn, true;
    /// A birth year alone; stored with that precision.
    YearOnly = "year_only", Warn, true;
    /// The class written differs from the computed one; both are kept.
    ClassWrong = "class_wrong", Warn, true;
    /// A nine-digit paper.
    IdOld = "id_old", Warn, true;
    IdShort = "id_short", Warn, true;
    /// Borne by an earlier row.
    DupId = "dup_id", Warn, true;
    IdSex = "id_sex", Warn, true;
    IdYear = "id_year", Warn, true;
    NameMissing = "name_missing", Reject, false;
    /// A member row before any household has begun.
    NoHousehold = "no_household", Reject, false;
    B1Unreadable = "b1_unreadable", Reject, false;
    /// Neither entered nor computable: the household has no class yet.
    ScoreMissing = "score_missing", Warn, false;
    BirthMissing = "birth_missing", Warn, false;
    ClassUnreadable = "class_unreadable", Warn, false;
    EthnicityUnknown = "ethnicity_unknown", Warn, false;
    DecisionDayUnreadable = "decision_day_unreadable", Warn, false;
    VillageMissing = "village_missing", Warn, false;
    /// The household is of a commune that the person may not write to.
    OutsideScope = "outside_scope", Reject, false;
    /// The address of an escaped household names no known commune.
    AddressUnplaced = "address_unplaced", Reject, false;
    /// No rule says whether a commune of this type is urban or rural, so no class can be told.
    AreaUnknown = "area_unknown", Reject, false;
}

/// One fault at one cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// 1-based sheet and row, as the spreadsheet numbers them.
    pub sheet: usize,
    pub row: usize,
    /// The header as written.
    pub column: String,
    pub field: Field,
    pub kind: FaultKind,
    /// What stands in the cell.
    pub value: String,
    /// What it was compared with, where that helps: the computed class, the earlier row.
    pub against: String,
}

impl Fault {
    pub fn level(&self) -> FaultLevel {
        self.kind.level()
    }
}
