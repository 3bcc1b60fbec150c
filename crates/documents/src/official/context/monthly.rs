//! The report of a month's reviews on request: what came in, what was decided, what is still open.

use serde::{Deserialize, Serialize};

use super::{Head, Signer, Standing};

/// Requests of one kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MonthlyLine {
    /// `Rà soát hộ nghèo, hộ cận nghèo (mẫu 01)`.
    pub kind: String,
    /// Came in during the month.
    pub received: u32,
    /// Decided during the month, whenever they came in.
    pub granted: u32,
    pub refused: u32,
    /// Not decided at the end of the month, and of these past their day.
    pub open: u32,
    pub late: u32,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MonthlyReport {
    pub standing: Standing,
    pub head: Head,
    pub month: i8,
    pub year: i16,
    /// `xã Hương Trạch`.
    pub unit: String,
    pub to: Vec<String>,
    pub bases: Vec<String>,
    pub lines: Vec<MonthlyLine>,
    pub total: MonthlyLine,
    pub signer: Signer,
    pub recipients: Vec<String>,
}
