//! What a household asks for: mẫu số 01 to be reviewed, mẫu số 04 to be recognised as escaped.
//! Everything may be missing: then the paper is a blank to be filled by hand.

use kernel::Day;
use serde::{Deserialize, Serialize};

use super::Standing;

/// Who asks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Applicant {
    #[serde(default)]
    pub head_name: Option<String>,
    /// `1` male, `2` female, as the form codes it.
    #[serde(default)]
    pub sex_code: Option<u8>,
    /// As precise as it is known: `05/09/1985` or `1985`.
    #[serde(default)]
    pub birth_date: Option<String>,
    #[serde(default)]
    pub ethnicity: Option<String>,
    #[serde(default)]
    pub id_number: Option<String>,
    #[serde(default)]
    pub id_issued_on: Option<Day>,
    /// With it the household asks after itself.
    #[serde(default)]
    pub household_code: Option<String>,
    #[serde(default)]
    pub permanent_address: Option<String>,
    #[serde(default)]
    pub current_address: Option<String>,
    #[serde(default)]
    pub members: Vec<MemberLine>,
    #[serde(default)]
    pub reason: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MemberLine {
    pub name: String,
    #[serde(default)]
    pub sex: Option<String>,
    #[serde(default)]
    pub birth_date: Option<String>,
    #[serde(default)]
    pub relation: Option<String>,
    /// Schooling, work, insurance … as the household says it.
    #[serde(default)]
    pub status: Option<String>,
}

/// Mẫu số 01.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewRequest {
    pub standing: Standing,
    /// `Chủ tịch Ủy ban nhân dân xã Hương Trạch`; a blank leaves it free.
    #[serde(default)]
    pub to: Option<String>,
    #[serde(default)]
    pub place: Option<String>,
    #[serde(default)]
    pub day: Option<Day>,
    #[serde(default)]
    pub applicant: Applicant,
}

/// Mẫu số 04.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EscapeRequest {
    pub standing: Standing,
    #[serde(default)]
    pub to: Option<String>,
    #[serde(default)]
    pub place: Option<String>,
    #[serde(default)]
    pub day: Option<Day>,
    #[serde(default)]
    pub applicant: Applicant,
    /// `hộ nghèo` or `hộ cận nghèo`: what the household is recognised as today.
    #[serde(default)]
    pub current_class: Option<String>,
    #[serde(default)]
    pub current_year: Option<i16>,
}
