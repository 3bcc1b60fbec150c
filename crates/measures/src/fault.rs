//! What can be wrong with a file or a definition, said so that a person can mend it: what, why, what to do next.
//! Each has a code that does not change. Never a panic: a file that was made badly is refused.

use thiserror::Error;

/// Why a measure was not computed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Fault {
    #[error("{path} cannot be read: {why}; check the path and that the file is whole")]
    Unreadable { path: String, why: String },
    #[error("{path} cannot be written: {why}; check the folder, its rights and the space on the disk")]
    Unwritable { path: String, why: String },
    #[error("there is no column {column}: {path} has {has}; rename the column or name another in the definition")]
    NoColumn { column: String, path: String, has: String },
    #[error("column {column} holds {holds}, not whole numbers; save it as whole numbers")]
    NotWhole { column: String, holds: String },
    #[error(
        "column {column} is empty in row {row}: this measure needs a value in every row; fill it or leave the row out"
    )]
    Empty { column: String, row: u64 },
    #[error(
        "column {column} holds {value} in row {row}, and only {allowed} is meant; correct the row or the definition"
    )]
    Outside { column: String, value: i64, row: u64, allowed: String },
    #[error("column {column} holds more than {most} different values, too many for {used_as}; group the values first")]
    TooManyValues { column: String, most: usize, used_as: &'static str },
    #[error("column {column} is damaged near row {row}: {why}; make the file again from its source")]
    Damaged { column: String, row: u64, why: String },
    #[error("the definition {path} cannot be used: {why}; correct it and run again")]
    Definition { path: String, why: String },
    #[error("{people} people are too many for one count; measure parts of the file and add them up")]
    TooManyPeople { people: u64 },
    #[error("the rows are out of order: {why}; hand them in sorted by commune")]
    OutOfOrder { why: String },
}

impl Fault {
    /// Stable, for support and for the manual.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "MEA-001",
            Self::Unwritable { .. } => "MEA-002",
            Self::NoColumn { .. } => "MEA-003",
            Self::NotWhole { .. } => "MEA-004",
            Self::Empty { .. } => "MEA-005",
            Self::Outside { .. } => "MEA-006",
            Self::TooManyValues { .. } => "MEA-007",
            Self::Damaged { .. } => "MEA-008",
            Self::Definition { .. } => "MEA-009",
            Self::OutOfOrder { .. } => "MEA-010",
            Self::TooManyPeople { .. } => "MEA-011",
        }
    }
}
