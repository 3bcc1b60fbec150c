//! The four families of what can go wrong: refusals, form faults, missing things, faults of ours.

use documents::ReadProblem;
use domain::access::AccessRefusal;
use domain::programme::bind::BindingRefusal;
use domain::programme::plan::PlanProblem;
use domain::registry::ChangeRefusal;
use domain::reporting::ReportRefusal;
use domain::review::ListRefusal;
use domain::review::list::ListProblem;
use domain::review::request::RequestRefusal;
use domain::review::results::ResultsRefusal;
use domain::review::round::RoundRefusal;
use domain::units::BoundaryRefusal;
use kernel::{HouseholdId, IntakeId};
use norms::{NormFault, NormGap};
use snapshots::SnapshotFault;
use storage::StorageError;

/// A field of a form that was not taken; the page says it at the field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFault {
    /// The field's name in the form: `login`, `members.2.birth`, `household.water`, `person.<id>.work`.
    pub field: String,
    /// Key of the sentence in `locales/`: `field-missing`, `field-date`, `field-number` …
    pub problem: &'static str,
}

impl FieldFault {
    pub fn at(field: impl Into<String>, problem: &'static str) -> Self {
        Self { field: field.into(), problem }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum AppError {
    #[error(transparent)]
    Access(#[from] AccessRefusal),
    #[error(transparent)]
    Change(#[from] ChangeRefusal),
    #[error(transparent)]
    List(#[from] ListRefusal),
    /// A step of a round stops, by a clause.
    #[error(transparent)]
    Round(#[from] RoundRefusal),
    #[error(transparent)]
    Request(#[from] RequestRefusal),
    #[error(transparent)]
    Results(#[from] ResultsRefusal),
    #[error(transparent)]
    Report(#[from] ReportRefusal),
    /// The files of a snapshot; nothing was decided.
    #[error(transparent)]
    Snapshot(#[from] SnapshotFault),
    #[error(transparent)]
    Boundary(#[from] BoundaryRefusal),
    #[error(transparent)]
    ListFile(#[from] ListProblem),
    #[error(transparent)]
    File(#[from] ReadProblem),
    /// An import cannot be undone, because its households were changed since.
    #[error("{count} households were changed since the import")]
    CannotUndo {
        /// A later import that changed some of them, with its file's name: it is undone first.
        later: Option<(IntakeId, String)>,
        /// Some of them with their heads.
        households: Vec<(HouseholdId, String)>,
        count: usize,
    },
    #[error(transparent)]
    Plan(#[from] PlanProblem),
    #[error(transparent)]
    Binding(#[from] BindingRefusal),
    /// A rule of the program itself says no; `code` finds the sentence.
    #[error("refused: {code}")]
    Refused { code: &'static str },
    #[error("some fields were not taken")]
    Form(Vec<FieldFault>),
    /// Not there, or not to be known of.
    #[error("there is no such {0}")]
    Missing(&'static str),
    /// A score pack that the province wanted to load has these faults.
    #[error("the score pack has {} faults", .0.len())]
    Pack(Vec<NormFault>),
    #[error(transparent)]
    Gap(#[from] NormGap),
    /// Somebody saved in between; both versions are kept for the person to choose.
    #[error("{0} was changed by somebody else in the meantime")]
    Conflict(&'static str),
    #[error(transparent)]
    Fault(StorageError),
    #[error("a spreadsheet could not be written: {0}")]
    Paper(String),
}

impl From<StorageError> for AppError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Conflict { record } => Self::Conflict(record),
            other => Self::Fault(other),
        }
    }
}

impl AppError {
    /// The stable code that support asks for.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Access(AccessRefusal::RoleMayNot(_)) => "ACC-001",
            Self::Access(AccessRefusal::OutsideScope) => "ACC-002",
            Self::Change(refusal) => refusal.code(),
            Self::List(refusal) => refusal.code(),
            Self::Report(refusal) => refusal.code(),
            Self::Snapshot(fault) => fault.code(),
            Self::Boundary(refusal) => refusal.code(),
            Self::Round(refusal) => refusal.stop.code(),
            Self::Request(refusal) => refusal.stop.code(),
            Self::Results(refusal) => refusal.code(),
            Self::ListFile(problem) => problem.code(),
            Self::File(problem) => problem.code(),
            Self::CannotUndo { later: Some(_), .. } => "INT-005",
            Self::CannotUndo { later: None, .. } => "INT-003",
            Self::Plan(problem) => problem.code(),
            Self::Binding(refusal) => refusal.code(),
            Self::Refused { code } => code,
            Self::Form(_) => "FRM-001",
            Self::Missing(_) => "MIS-001",
            Self::Pack(faults) => faults.first().map_or("NRM-001", |fault| fault.code),
            Self::Gap(_) => "NRM-001",
            Self::Conflict(_) => "STO-001",
            Self::Fault(_) | Self::Paper(_) => "FLT-001",
        }
    }
}
