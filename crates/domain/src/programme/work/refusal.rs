//! Why a record of work is not taken. Each code is stable; the sentence and the next step stand in `locales/`.

use kernel::Day;
use norms::{Citation, ProjectPeriod, Subject};

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WorkRefusal {
    /// WRK-001
    #[error("the day lies outside the period of project {}: {} to {}", .period.project, .period.from, .period.to)]
    OutsidePeriod { period: Box<ProjectPeriod> },
    /// WRK-002
    #[error("the day {day} lies in the future")]
    DayInFuture { day: Day },
    /// WRK-003
    #[error("{} participants do not belong to the beneficiaries", .names.len())]
    OutsideClasses { names: Vec<String>, law: Option<Citation> },
    /// WRK-004
    #[error("this kind of work lists {takes:?}")]
    WrongSubject { takes: Subject },
    /// WRK-005
    #[error("this kind of work lists nobody by name")]
    NobodyListed,
    /// WRK-006
    #[error("money cannot be negative")]
    NegativeMoney,
    /// WRK-007
    #[error("the kind {kind} is not known on this day")]
    UnknownKind { kind: String },
    /// WRK-008
    #[error("a need of this kind is already recorded for {}", .names.join(", "))]
    NeedRecorded { names: Vec<String> },
    /// WRK-009
    #[error("the file is larger than {most} bytes")]
    FileTooLarge { most: usize },
    /// WRK-010
    #[error("files of this type are not taken")]
    FileType,
    /// WRK-011
    #[error("the import can no longer be taken back")]
    ImportChanged,
    /// WRK-014
    #[error("somebody on the list since {since} cannot have left it on {left}")]
    LeavesBeforeJoining { since: Day, left: Day },
}

impl WorkRefusal {
    pub fn code(&self) -> &'static str {
        match self {
            Self::OutsidePeriod { .. } => "WRK-001",
            Self::DayInFuture { .. } => "WRK-002",
            Self::OutsideClasses { .. } => "WRK-003",
            Self::WrongSubject { .. } => "WRK-004",
            Self::NobodyListed => "WRK-005",
            Self::NegativeMoney => "WRK-006",
            Self::UnknownKind { .. } => "WRK-007",
            Self::NeedRecorded { .. } => "WRK-008",
            Self::FileTooLarge { .. } => "WRK-009",
            Self::FileType => "WRK-010",
            Self::ImportChanged => "WRK-011",
            Self::LeavesBeforeJoining { .. } => "WRK-014",
        }
    }
}
