//! Where a value of law comes from and how sure we are of it.
//! Never decides anything; [`Basis`] is what a result carries so that it can cite its rule.

use kernel::Day;
use serde::{Deserialize, Serialize};

/// A text in both languages of the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    pub vi: String,
    pub en: String,
}

impl Label {
    /// The text in a language by its code; Vietnamese unless English is asked for.
    pub fn of(&self, language: &str) -> &str {
        if language == "en" { &self.en } else { &self.vi }
    }
}

/// How a value was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// Read in the cited text.
    Quoted,
    /// Read in a third party's restatement.
    QuotedSecondary,
    /// Deduced from forms, data or software that implement the rule.
    Inferred,
    /// General knowledge, not verified: a person of the province must confirm it.
    Memory,
    /// Looked for and not found: the value is a gap.
    Missing,
    /// Invented to show a shape: a person of the province must replace or confirm it.
    Illustrative,
}

impl Mark {
    /// Whether results made with the value stay unofficial until somebody confirms it.
    pub fn needs_confirmation(self) -> bool {
        matches!(self, Self::Memory | Self::Illustrative)
    }

    /// Whether the value may stand without a citation.
    pub fn stands_alone(self) -> bool {
        matches!(self, Self::Memory | Self::Missing | Self::Illustrative)
    }
}

/// The text a value was read in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    pub act: String,
    /// Missing where the article could not be recovered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Day>,
    /// Keys of `norms/sources.yaml`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
}

/// What a result cites: which norm, which version of it, which article, how sure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    pub norm: String,
    /// First day of the version used.
    pub from: Day,
    /// The item inside the value, where the item carries its own mark (an indicator, say).
    pub item: Option<String>,
    pub label: Label,
    pub mark: Mark,
    pub citation: Option<Citation>,
}

impl Basis {
    /// The key under which the province confirms this value: `review.indicators@2022-01-01#telecom`.
    pub fn key(&self) -> String {
        match &self.item {
            Some(item) => format!("{}@{}#{item}", self.norm, self.from.iso()),
            None => format!("{}@{}", self.norm, self.from.iso()),
        }
    }
}

/// A value with the basis it stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated<T> {
    pub value: T,
    pub basis: Basis,
}
