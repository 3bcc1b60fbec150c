//! What the law says about papers: the page of Nghị định 30/2020/NĐ-CP, and the acts each kind of paper cites.
//! Shapes only; the values stand in `norms/documents/`. Lengths are tenths of a millimetre, letters tenths of a point.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Citation, Label, Mark};

/// norms/documents/page.yaml.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageLayout {
    /// Of the sheet standing upright.
    pub width: u32,
    pub height: u32,
    pub top: u32,
    pub bottom: u32,
    pub left: u32,
    pub right: u32,
    /// How far the first line of a paragraph moves in.
    pub first_line: u32,
    /// Between two paragraphs, in tenths of a point.
    pub paragraph_gap: u32,
    pub letters: Letters,
}

/// Sizes of letters by what they say, in tenths of a point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Letters {
    /// Agencies and the name of the state.
    pub head: u32,
    /// The motto, the number, the place and the day.
    pub motto: u32,
    pub title: u32,
    pub body: u32,
    pub page_number: u32,
    /// `Nơi nhận:`
    pub recipients_label: u32,
    pub recipients: u32,
}

/// norms/documents/legal_bases.yaml.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegalBases {
    pub acts: Vec<CitedAct>,
    /// For each kind of paper the acts it cites, in the order they are printed.
    pub papers: BTreeMap<String, Vec<String>>,
}

/// An act as papers cite it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CitedAct {
    pub id: String,
    pub label: Label,
    /// `Nghị định số … ngày … của … quy định …`, without `Căn cứ` and without a last sign.
    pub text: String,
    pub mark: Mark,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citation: Option<Citation>,
}

/// norms/documents/covering_report.yaml.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoveringReportLaw {
    /// Whom a province reports to.
    pub province_to: String,
    pub figures: ReportFigures,
}

/// What a covering report tells of each unit, by the columns of the forms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportFigures {
    pub households: FormColumns,
    pub poor: FormColumns,
    pub poor_rate: FormColumns,
    pub near_poor: FormColumns,
    pub near_poor_rate: FormColumns,
    pub escaped_poor: FormColumns,
    pub escaped_near_poor: FormColumns,
    pub fallen_back: FormColumns,
    pub newly_arisen: FormColumns,
}

impl ReportFigures {
    pub fn all(&self) -> [&FormColumns; 9] {
        [
            &self.households,
            &self.poor,
            &self.poor_rate,
            &self.near_poor,
            &self.near_poor_rate,
            &self.escaped_poor,
            &self.escaped_near_poor,
            &self.fallen_back,
            &self.newly_arisen,
        ]
    }
}

/// Columns of a form; counts of several are added up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormColumns {
    /// `7.2`
    pub form: String,
    pub columns: Vec<String>,
}

impl LegalBases {
    /// The acts that a kind of paper cites, in order.
    pub fn of(&self, paper: &str) -> Vec<&CitedAct> {
        let ids = self.papers.get(paper).map(Vec::as_slice).unwrap_or_default();
        ids.iter().filter_map(|id| self.acts.iter().find(|act| act.id == *id)).collect()
    }
}
