//! What goes by income: the list that hangs at the commune office, and the decision on who is recognised.

use kernel::Day;
use serde::{Deserialize, Serialize};

use super::{Head, Signer, Standing};

/// One household, or one worker.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncomeLine {
    pub name: String,
    #[serde(default)]
    pub birth_year: Option<i16>,
    /// Village.
    #[serde(default)]
    pub address: Option<String>,
    /// Members the income is divided by.
    pub persons: u16,
    /// Đồng per person and month.
    pub per_month: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncomeList {
    pub standing: Standing,
    pub head: Head,
    /// `hộ có mức sống trung bình`, `người lao động có thu nhập thấp`.
    pub what: String,
    pub commune: String,
    pub bases: Vec<String>,
    /// Đồng per person and month: above the first, up to the second.
    pub above: i64,
    pub up_to: i64,
    pub lines: Vec<IncomeLine>,
    pub posted_at: Vec<String>,
    pub first_day: Day,
    pub last_day: Day,
    /// `3 ngày làm việc`.
    pub recheck_within: String,
    pub complaints_to: String,
    pub signer: Signer,
    pub recipients: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncomeDecision {
    pub standing: Standing,
    pub head: Head,
    pub authority: String,
    /// `hộ có mức sống trung bình`.
    pub what: String,
    pub commune: String,
    pub bases: Vec<String>,
    pub grounds: Vec<String>,
    pub lines: Vec<IncomeLine>,
    pub carried_out_by: String,
    pub signer: Signer,
    pub recipients: Vec<String>,
}
