//! The forms 7.1 … 7.11 and the report that goes up with them, from the commune to the ministry.

use serde::{Deserialize, Serialize};

use super::{Head, Signer, Standing};

/// A column of a form: its own words, under a heading that neighbours may share.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormHeading {
    #[serde(default)]
    pub heading: Option<String>,
    pub label: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormRow {
    /// `I`, `II`, `III`; nothing for a unit.
    pub numeral: String,
    pub label: String,
    /// Printed numbers, or why there is none.
    pub cells: Vec<String>,
    pub strong: bool,
}

/// One form as it is counted. Made by [`ReportForm::of`](crate::official::ReportForm::of).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportForm {
    pub standing: Standing,
    pub head: Head,
    /// `7.2`.
    pub number: String,
    pub title: String,
    /// `Xã Hương Trạch, Huyện Hương Khê`.
    pub unit: String,
    pub year: i16,
    /// Whether it may be marked official.
    pub official: bool,
    /// The version of the results whose frozen numbers these are, in words.
    #[serde(default)]
    pub version: Option<String>,
    pub columns: Vec<FormHeading>,
    pub rows: Vec<FormRow>,
    /// What is missing, in words.
    pub gaps: Vec<String>,
    /// Each check with its outcome, in words.
    pub checks: Vec<String>,
    /// The act that gives the form.
    pub basis: String,
    /// Who signs: `NGƯỜI LẬP BIỂU`, `CHỦ TỊCH`.
    pub signatures: Vec<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportStage {
    #[default]
    Preliminary,
    Official,
}

/// Results of one unit below; nothing where a number cannot be told. Rates are printed by the caller, `3,21`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitResult {
    pub unit: String,
    #[serde(default)]
    pub households: Option<u64>,
    #[serde(default)]
    pub poor: Option<u64>,
    #[serde(default)]
    pub poor_rate: Option<String>,
    #[serde(default)]
    pub near_poor: Option<u64>,
    #[serde(default)]
    pub near_poor_rate: Option<String>,
    #[serde(default)]
    pub escaped_poor: Option<u64>,
    #[serde(default)]
    pub escaped_near_poor: Option<u64>,
    #[serde(default)]
    pub fallen_back: Option<u64>,
    #[serde(default)]
    pub newly_arisen: Option<u64>,
}

/// The report of a commune, a district or a province to the level above.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoveringReport {
    pub standing: Standing,
    pub head: Head,
    pub stage: ReportStage,
    pub year: i16,
    /// `xã Hương Trạch`, `tỉnh Hà Tĩnh`.
    pub unit: String,
    /// `Kính gửi`.
    pub to: Vec<String>,
    pub bases: Vec<String>,
    /// What was done, paragraph by paragraph.
    pub conduct: Vec<String>,
    /// `Thôn`, `Xã, phường, thị trấn`, `Huyện`.
    pub unit_word: String,
    pub results: Vec<UnitResult>,
    pub total: UnitResult,
    #[serde(default)]
    pub difficulties: Vec<String>,
    #[serde(default)]
    pub proposals: Vec<String>,
    /// The forms that go with it.
    pub attached: Vec<String>,
    pub signer: Signer,
    pub recipients: Vec<String>,
}
