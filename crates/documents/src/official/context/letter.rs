//! The answer in writing when a request is not granted: every reason with its number and its article.

use kernel::Day;
use serde::{Deserialize, Serialize};

use super::{Head, Signer, Standing};

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefusalReason {
    /// `Điểm B1 của hộ là 152,5, cao hơn ngưỡng 140 của khu vực nông thôn`.
    pub words: String,
    /// The act and the article the reason stands on.
    #[serde(default)]
    pub article: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefusalLetter {
    pub standing: Standing,
    pub head: Head,
    /// `Ông Nguyễn Văn An`.
    pub to: String,
    pub to_address: String,
    /// With it the household asks after itself.
    #[serde(default)]
    pub household_code: Option<String>,
    /// `rà soát, công nhận hộ nghèo, hộ cận nghèo`: what was asked for.
    pub asked: String,
    /// When the request came in.
    pub received_on: Day,
    pub bases: Vec<String>,
    pub reasons: Vec<RefusalReason>,
    /// What the household is after the review: `hộ không nghèo`.
    pub result: String,
    /// Where and how the household can object.
    pub objection: String,
    pub signer: Signer,
    pub recipients: Vec<String>,
}
