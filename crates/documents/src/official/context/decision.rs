//! What the chairman of the commune decides: recognition, escape, and what is taken back or put right.

use serde::{Deserialize, Serialize};

use super::{Head, ListGroup, PaperNumber, Signer, Standing};

/// Recognises the poor and near-poor households of a commune for the year after the review; the lists are its appendix.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecognitionDecision {
    pub standing: Standing,
    pub head: Head,
    /// `CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ HƯƠNG TRẠCH`.
    pub authority: String,
    /// The year that was reviewed.
    pub year: i16,
    /// The year the recognition is for.
    pub valid_year: i16,
    pub commune: String,
    pub bases: Vec<String>,
    /// `Xét biên bản …`, `Theo đề nghị của …`.
    pub grounds: Vec<String>,
    pub groups: Vec<ListGroup>,
    /// Who carries it out: `Chánh Văn phòng …`.
    pub carried_out_by: String,
    pub signer: Signer,
    pub recipients: Vec<String>,
}

/// Recognises households that escaped poverty or near-poverty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EscapeDecision {
    pub standing: Standing,
    pub head: Head,
    pub authority: String,
    pub year: i16,
    pub commune: String,
    pub bases: Vec<String>,
    pub grounds: Vec<String>,
    pub groups: Vec<ListGroup>,
    pub carried_out_by: String,
    pub signer: Signer,
    pub recipients: Vec<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// Recognition or certificate is taken back.
    #[default]
    Revoke,
    /// What was written wrongly is put right.
    Correct,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangedHousehold {
    pub head_name: String,
    #[serde(default)]
    pub address: Option<String>,
    /// Number of the certificate.
    #[serde(default)]
    pub certificate: Option<String>,
    /// What stood in the earlier decision.
    pub was: String,
    /// What holds from now on.
    pub becomes: String,
    pub reason: String,
}

/// Takes back or puts right an earlier decision; the earlier one stays in the books.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeDecision {
    pub standing: Standing,
    pub head: Head,
    pub authority: String,
    pub change: ChangeKind,
    pub year: i16,
    pub commune: String,
    pub bases: Vec<String>,
    pub grounds: Vec<String>,
    /// The decision that is changed.
    pub earlier: PaperNumber,
    pub households: Vec<ChangedHousehold>,
    pub carried_out_by: String,
    pub signer: Signer,
    pub recipients: Vec<String>,
}
