//! A condition that was checked against the fields of its record.

use crate::{Answer, Record, Schema};

/// How a number is compared with a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    AtMost,
    More,
    AtLeast,
}

impl Comparison {
    pub(crate) fn holds(self, value: i32, limit: i32) -> bool {
        match self {
            Self::Equal => value == limit,
            Self::NotEqual => value != limit,
            Self::Less => value < limit,
            Self::AtMost => value <= limit,
            Self::More => value > limit,
            Self::AtLeast => value >= limit,
        }
    }

    /// `16 <= age` is `age >= 16`.
    pub(crate) fn turned(self) -> Self {
        match self {
            Self::Less => Self::More,
            Self::AtMost => Self::AtLeast,
            Self::More => Self::Less,
            Self::AtLeast => Self::AtMost,
            same => same,
        }
    }
}

/// The accepted subset of CEL. Fields are places in the schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    Always(bool),
    Flag(usize),
    Compare(usize, Comparison, i32),
    /// The word is one of these.
    Is(usize, Vec<String>),
    /// This word is among the field's words.
    Has(usize, String),
    Not(Box<Expr>),
    And(Box<Expr>, Box<Expr>),
    Or(Box<Expr>, Box<Expr>),
}

/// CEL text that was parsed and checked.
#[derive(Debug)]
pub struct Condition {
    pub(crate) source: String,
    pub(crate) expr: Expr,
    program: cel::Program,
}

impl Condition {
    pub(crate) fn new(source: String, expr: Expr, program: cel::Program) -> Self {
        Self { source, expr, program }
    }

    /// The text as it stands in the norms.
    pub fn source(&self) -> &str {
        &self.source
    }

    pub fn expr(&self) -> &Expr {
        &self.expr
    }

    /// Asks one record, with CEL's own interpreter. A fact that is not known and would decide leaves the answer open.
    pub fn holds_for(&self, record: &Record, schema: &Schema) -> Answer {
        match self.program.execute(&record.as_context(schema)) {
            Ok(cel::Value::Bool(holds)) => holds.into(),
            // Kinds were checked, so the only thing that can go wrong is a field that is not there.
            _ => Answer::Unknown,
        }
    }
}
