//! The four families of what can go wrong: refusals, form faults, missing things, faults of ours.

use documents::ReadProblem;
use domain::access::AccessRefusal;
use domain::programme::target::TargetGap;
use domain::programme::work::WorkRefusal;
use domain::registry::ChangeRefusal;
use domain::review::ListRefusal;
use domain::review::list::ListProblem;
use norms::{NormFault, NormGap};
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
    #[error(transparent)]
    Work(#[from] WorkRefusal),
    #[error(transparent)]
    Target(#[from] TargetGap),
    #[error(transparent)]
    ListFile(#[from] ListProblem),
    #[error(transparent)]
    File(#[from] ReadProblem),
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
            Self::Work(refusal) => refusal.code(),
            Self::Target(gap) => gap.code(),
            Self::ListFile(problem) => problem.code(),
            Self::File(problem) => problem.code(),
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
