//! What most papers share: the head, the signer, and what the paper stands on.

use kernel::Day;
use norms::LegalBases;
use serde::{Deserialize, Serialize};

/// The head of a paper by Nghị định 30/2020/NĐ-CP.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The agency above, where one is printed: `ỦY BAN NHÂN DÂN HUYỆN HƯƠNG KHÊ`.
    #[serde(default)]
    pub parent: Option<String>,
    /// `ỦY BAN NHÂN DÂN XÃ HƯƠNG TRẠCH`.
    pub agency: String,
    /// `None` while the clerk has not given one.
    #[serde(default)]
    pub number: Option<u32>,
    /// `QĐ-UBND`.
    #[serde(default)]
    pub symbol: Option<String>,
    /// `Hương Trạch`.
    pub place: String,
    /// `None` while it is not signed.
    #[serde(default)]
    pub day: Option<Day>,
}

/// Another paper, as one names it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperNumber {
    /// `45/QĐ-UBND`.
    pub number: String,
    #[serde(default)]
    pub day: Option<Day>,
}

/// Who signs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signer {
    /// Line by line: `KT. CHỦ TỊCH`, `PHÓ CHỦ TỊCH`.
    pub capacity: Vec<String>,
    #[serde(default)]
    pub name: Option<String>,
}

/// Somebody with what they are there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    pub name: String,
    #[serde(default)]
    pub role: Option<String>,
}

/// What keeps a paper from being official.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standing {
    /// Made of invented data.
    #[serde(default)]
    pub sample: bool,
    /// Values of law used here that nobody has confirmed, in words.
    #[serde(default)]
    pub unconfirmed: Vec<String>,
}

/// The bases of a kind of paper as it prints them: `Căn cứ …`.
pub fn cited(bases: &LegalBases, paper: &str) -> Vec<String> {
    bases.of(paper).into_iter().map(|act| format!("Căn cứ {}", act.text)).collect()
}
