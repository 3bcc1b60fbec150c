//! Why a target has no figure: what is missing, and of how many. The pages say each in words, with what to do.

use kernel::Day;
use norms::Label;

/// Why there is no figure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TargetGap {
    /// TGT-001
    #[error("the target has no definition on this day")]
    NoDefinition,
    /// TGT-002
    #[error("there is nobody to divide by")]
    EmptyBase,
    /// TGT-003
    #[error("the number of households of {villages} villages was not entered for {year}")]
    Totals { villages: i64, year: i16 },
    /// TGT-004
    #[error("the review of {year} has not been held on {on}")]
    NotReviewed { year: i16, on: Day },
    /// TGT-005
    #[error("there is no list of {year}")]
    NoList { year: i16 },
    /// TGT-006
    #[error("the base is not known: {}", .why.vi)]
    NoBase { why: Label },
    /// TGT-007
    #[error("{communes} communes have no list of {year}")]
    Unlisted { communes: i64, year: i16 },
    /// TGT-008
    #[error("the register holds {over} households more than were counted for the villages")]
    Overfull { over: i64 },
    /// TGT-009
    #[error("{households} households on the list of {year} have no class")]
    Unclassified { households: i64, year: i16 },
    /// TGT-010
    #[error("no commune here is on the province's list of such areas")]
    NoArea,
}

impl TargetGap {
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoDefinition => "TGT-001",
            Self::EmptyBase => "TGT-002",
            Self::Totals { .. } => "TGT-003",
            Self::NotReviewed { .. } => "TGT-004",
            Self::NoList { .. } => "TGT-005",
            Self::NoBase { .. } => "TGT-006",
            Self::Unlisted { .. } => "TGT-007",
            Self::Overfull { .. } => "TGT-008",
            Self::Unclassified { .. } => "TGT-009",
            Self::NoArea => "TGT-010",
        }
    }
}
