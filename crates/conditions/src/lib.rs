//! Conditions of the law as CEL text: who may take part, who counts, who is reached. Checked when the norms are loaded,
//! asked of one record ([`Condition::holds_for`]) or of a whole register in columns ([`Condition::over`]), and said in words.
//! Never reads a store. Only a subset of CEL is taken, the same for one record and for columns. Start with [`Condition::read`].

mod columns;
mod condition;
mod explain;
mod fault;
mod read;
mod record;
mod schema;

pub use columns::{Column, Columns};
pub use condition::{Comparison, Condition, Expr};
pub use explain::Language;
pub use fault::ConditionFault;
pub use record::{Record, Value};
pub use schema::{Choice, Field, Kind, Schema};

/// What a condition says of one record. `No < Unknown < Yes`: "and" is the lesser of two, "or" the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Answer {
    No = 0,
    /// A fact that would decide it is not known.
    Unknown = 1,
    Yes = 2,
}

impl Answer {
    pub fn is_yes(self) -> bool {
        self == Self::Yes
    }
}

impl From<bool> for Answer {
    fn from(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}
