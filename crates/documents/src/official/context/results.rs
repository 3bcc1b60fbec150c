//! A year's results by unit, as they were frozen when they were compiled.

use kernel::Day;
use serde::{Deserialize, Serialize};

use super::{Head, ReportStage, Signer, Standing};

/// Households and persons of a class.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassCount {
    pub households: i64,
    pub persons: i64,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultsLine {
    /// `Xã Hương Trạch`.
    pub unit: String,
    /// One for each class, in the order of the paper.
    pub counts: Vec<ClassCount>,
    /// Households without a class.
    pub open: i64,
    /// The chairman of the commune has decided.
    pub recognised: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultsTable {
    pub standing: Standing,
    pub head: Head,
    pub stage: ReportStage,
    pub year: i16,
    /// `tỉnh Hà Tĩnh`.
    pub unit: String,
    pub compiled_on: Day,
    /// Number of the paper it was approved with.
    #[serde(default)]
    pub approved_number: Option<String>,
    #[serde(default)]
    pub approved_on: Option<Day>,
    pub classes: Vec<String>,
    pub lines: Vec<ResultsLine>,
    pub total: ResultsLine,
    /// The first signs of the hash of the lines.
    pub hash: String,
    pub signer: Signer,
    pub recipients: Vec<String>,
}
