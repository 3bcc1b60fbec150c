//! The blank survey sheet with its codes, to be filled on paper and entered by its numbers.

use serde::{Deserialize, Serialize};

use super::Standing;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetChoice {
    /// What is written into the box.
    pub code: String,
    pub label: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetQuestion {
    /// `12`.
    pub code: String,
    pub label: String,
    /// Empty where a number or a text is written.
    #[serde(default)]
    pub choices: Vec<SheetChoice>,
    /// `m²`, where a number is written.
    #[serde(default)]
    pub unit: Option<String>,
    /// Several codes may be written.
    #[serde(default)]
    pub several: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetPart {
    pub title: String,
    pub questions: Vec<SheetQuestion>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurveySheet {
    pub standing: Standing,
    pub year: i16,
    #[serde(default)]
    pub province: Option<String>,
    #[serde(default)]
    pub district: Option<String>,
    #[serde(default)]
    pub commune: Option<String>,
    #[serde(default)]
    pub village: Option<String>,
    #[serde(default)]
    pub head_name: Option<String>,
    #[serde(default)]
    pub id_number: Option<String>,
    /// With it the household asks after itself.
    #[serde(default)]
    pub household_code: Option<String>,
    /// Asked once for the household.
    pub parts: Vec<SheetPart>,
    /// Asked for every member, one column a question.
    pub member_questions: Vec<SheetQuestion>,
    /// Members known from last year; free rows are added up to `member_rows`.
    #[serde(default)]
    pub members: Vec<String>,
    pub member_rows: u16,
    /// The score pack that gives the questions, and whether it is official.
    #[serde(default)]
    pub pack: Option<String>,
}
